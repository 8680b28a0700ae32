from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import python_calamine
import time_machine

from tests.apps.plans.planned_rows import make_rows, reckoned
from tests.conftest import StrictClient
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plans import (
    decide,
    make_decided,
    make_done_review,
    make_measure,
    make_plan,
)
from tests.factories.procedures import AT, make_version
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments.actions import start_sheet, write_cells
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind, Verdict
from tinhgon.apps.plans.models import Plan, PlanDecisionLine
from tinhgon.apps.plans.queries.indicators import burnup
from tinhgon.apps.plans.queries.indicators import page as page_of_indicators
from tinhgon.apps.plans.queries.indicators.asked import Asked
from tinhgon.apps.plans.queries.indicators.counted import counted
from tinhgon.apps.plans.queries.indicators.scope import Scope, rounds_of, scope_of
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.reviews.enums import Outcome
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.simplification import Stage, burn_up, count, rising

TODAY = AT.date()
PAGE = "/phuong-an/chi-tieu/"
ROWS = f"{PAGE}thu-tuc/"


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.committee, "coordinator")


def make_round(agency: Agency, **values: Any) -> ReviewRound:
    """Make a round whose procedures are those that it reviews."""
    scope = {"path": agency.path, "agency": agency.name, "on": str(TODAY)}
    return make_review_round(agency, scope=scope, **values)


def with_cost(review: Review, now: str | int, after: str | int) -> Review:
    before, later = Decimal(now), Decimal(after)
    CostSheet.objects.create(
        review=review,
        now={},
        after={},
        norm={},
        cost_now=before,
        cost_after=later,
        saved=before - later,
        created_at=AT,
        changed_at=AT,
        changed_by=make_user(review.agency, "officer"),
    )
    return review


def make_approved(review: Review, now: int = 0, after: int = 0) -> Plan:
    """Make an approved plan of one procedure, with the costs that its decision says."""
    plan = make_plan(review.agency, reviews=[review])
    if review.outcome == Outcome.AMEND.value:
        make_measure(plan.items.select_related("plan__agency").get())
    decide(plan)
    if now:
        with_cost(review, now, after)
        PlanDecisionLine.objects.filter(item__plan=plan).update(cost_before=now, cost_after=after)
    return plan


def scope_for(user: User, query: str = "", on: date = TODAY) -> Scope:
    pairs = dict(each.split("=") for each in query.split("&") if each)
    found = scope_of(user, rounds_of(user), Asked.read(pairs), on)
    assert found
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_database_counts_as_the_domain_does(province: Province, seed: int) -> None:
    _, decision = make_decided(province.departments[0])
    agencies = [*province.departments, *province.districts]
    rows = make_rows(province.committee, agencies, decision, seed)
    user = make_user(province.committee, "coordinator")
    [first, second] = rows.rounds
    together = f"dot=ct-{first.round.programme_id}"
    for query, rounds in (
        (f"dot={first.pk}", [first]),
        (f"dot={second.pk}", [second]),
        (together, [first, second]),
    ):
        for on in (date(2023, 9, 1), date(2024, 5, 1), TODAY, date(2025, 12, 31)):
            found = counted(user, scope_for(user, query, on))
            begun = [each for each in rounds if each.opened_on <= on] or rounds[:1]
            case = reckoned(begun, on)
            for stage in Stage:
                expected = count(case.listed, case.planned, on=on, stage=stage)
                assert found.total(stage) == expected, (query, on, stage)
                steps = [(s.on, s.share) for s in found.steps if s.stage is stage]
                points = rising(found.whole, steps, until=on)
                assert points == burn_up(case.listed, case.planned, until=on, stage=stage)
            for agency in agencies:
                own = [each for each in case.listed if case.agency_of[each.procedure] == agency.pk]
                got = found.within([agency.pk]).total(Stage.APPROVED)
                assert got == count(own, case.planned, on=on)


@pytest.fixture
def round_with_plans(province: Province) -> ReviewRound:
    """
    Five procedures of a department, one of which is abolished, one amended and not decided; one of
    a commune.
    """
    department = province.departments[0]
    commune = province.communes[0][0]
    review_round = make_round(province.committee)
    ended = make_done_review(department, review_round, outcome=Outcome.ABOLISH)
    make_approved(ended, 1_000_000, 0)
    amended = make_done_review(department, review_round)
    make_plan(department, reviews=[amended])
    with_cost(amended, 3_000_000, 2_000_000)
    for _ in range(3):
        make_review(review_round, department)
    with_cost(make_review(review_round, commune), 6_000_000, 6_000_000)
    return review_round


def rows_of(client: StrictClient, query: str = "") -> dict[str, Any]:
    with time_machine.travel(AT, tick=False):
        page = client.get(f"{PAGE}?{query}").context
    return {row.label: row for row in [*page["rows"], page["total"]]}


def stages_of(row: Any) -> list[int]:
    return [row.listed.number, *(each.number for each in row.stages)]


def test_the_table_rolls_up_the_tree_and_adds_up(
    client: StrictClient, province: Province, office: User, round_with_plans: ReviewRound
) -> None:
    client.force_login(office)

    rows = rows_of(client)

    department, district = province.departments[0].name, province.districts[0].short_name
    assert list(rows) == [department, district or province.districts[0].name, "Tổng số"]
    own, below, total = rows.values()
    assert stages_of(own) == [5, 2, 1, 0]
    assert stages_of(below) == [1, 0, 0, 0]
    assert stages_of(total) == [6, 2, 1, 0]
    assert [f.words for f in own.figures] == ["20,00%", "20,00%", "25,00%", "100,00%"]
    assert (own.number.standing.words, own.cost.standing.words) == ("đạt", "đạt")
    assert total.number.standing.words == "thiếu 1 thủ tục"
    assert total.cost.standing.words == "thiếu 1.000.000 đồng"
    assert (own.unassessed.number, below.unassessed.number) == (3, 0)
    opened = rows_of(client, below.open_url.partition("?")[2])
    assert [stages_of(each)[0] for each in opened.values()] == [1, 1]


def test_the_figures_are_those_of_the_stage_and_the_day_asked_for(
    client: StrictClient, office: User, round_with_plans: ReviewRound
) -> None:
    client.force_login(office)

    assert rows_of(client, "tinh-theo=phuong-an")["Tổng số"].figures[1].words == "33,33%"
    assert rows_of(client, "tinh-theo=thuc-thi")["Tổng số"].figures[1].words == "0,00%"
    before = (TODAY - timedelta(days=1)).isoformat()
    assert stages_of(rows_of(client, f"tai-ngay={before}")["Tổng số"]) == [6, 0, 0, 0]
    with time_machine.travel(AT, tick=False):
        nothing = client.get(f"{PAGE}?linh-vuc=999999").content.decode()
    assert "Không có thủ tục nào trong phạm vi này" in nothing


@pytest.mark.parametrize("word", ["phuong-an", "phe-duyet", "thuc-thi"])
def test_every_figure_opens_its_rows(
    client: StrictClient, office: User, round_with_plans: ReviewRound, word: str
) -> None:
    client.force_login(office)
    for row in rows_of(client, f"tinh-theo={word}").values():
        with time_machine.travel(AT, tick=False):
            for number in (row.listed, row.unassessed, *row.stages):
                page = client.get(number.url).context
                assert page["page"].paginator.count == number.number, number.url
                assert len(page["rows"]) == number.number
            listed = client.get(row.listed.url).context
        k2, cost = row.figures[1], row.figures[2]
        assert sum(bool(each.counts) for each in listed["rows"]) == k2.part
        assert (listed["saved"], listed["before"]) == (cost.part, cost.whole)


def test_what_several_rounds_plan_counts_once(
    client: StrictClient, province: Province, office: User
) -> None:
    agency = province.departments[0]
    first = make_round(province.committee, at=AT - timedelta(days=200))
    second = make_round(
        province.committee,
        round=first.round.programme.rounds.create(name="Lần 3", order=3),
        opened_on=TODAY - timedelta(days=30),
    )
    old = make_done_review(agency, first)
    again = make_done_review(agency, second, version=old.procedure_version)
    make_review(second, agency)
    make_approved(old, 100, 70)
    make_approved(again, 100, 50)
    client.force_login(office)

    together = rows_of(client, f"dot=ct-{first.round.programme_id}")["Tổng số"]
    alone = rows_of(client)["Tổng số"]

    assert stages_of(together) == [2, 1, 1, 0]
    assert [f.words for f in together.figures] == ["0,00%", "50,00%", "50,00%", "50,00%"]
    assert stages_of(alone) == [2, 1, 1, 0]
    with time_machine.travel(AT, tick=False):
        rows = client.get(together.stages[1].url).context["rows"]
    assert [(row.before, row.saved) for row in rows] == [(100, 50)]


def test_what_was_refused_and_then_approved_counts_once(
    client: StrictClient, province: Province, office: User
) -> None:
    """Refused it is no plan; in the supplementary plan it is one, with the figures of that one."""
    agency = province.departments[0]
    review = make_done_review(agency)
    make_done_review(agency, review.round)
    first = make_plan(agency, reviews=[review])
    make_measure(first.items.select_related("plan__agency").get())
    decide(first, Verdict.REFUSED)
    client.force_login(office)
    refused = rows_of(client)["Tổng số"]

    second = make_plan(agency, reviews=[review])
    make_measure(second.items.select_related("plan__agency").get())
    decide(second)
    with_cost(review, 100, 60)
    PlanDecisionLine.objects.filter(item__plan=first).update(cost_before=100, cost_after=70)
    lines = PlanDecisionLine.objects.filter(item__plan=second)
    lines.update(cost_before=100, cost_after=60)
    total = rows_of(client)["Tổng số"]

    assert stages_of(refused) == [2, 0, 0, 0]
    assert stages_of(total) == [2, 1, 1, 0]
    assert [f.words for f in total.figures] == ["0,00%", "50,00%", "40,00%", "40,00%"]
    with time_machine.travel(AT, tick=False):
        rows = client.get(total.stages[1].url).context["rows"]
    assert [(row.item, row.saved) for row in rows] == [(second.items.get().pk, 40)]


def test_what_a_decision_says_stays_and_what_differs_is_told(
    client: StrictClient, province: Province, office: User, round_with_plans: ReviewRound
) -> None:
    client.force_login(office)
    CostSheet.objects.filter(review__plan_items__verdict="approved").update(
        cost_now=5_000_000, cost_after=4_000_000
    )

    total = rows_of(client)["Tổng số"]
    page = client.get(PAGE).content.decode()

    assert total.figures[2].part == 1_000_000
    assert total.figures[2].whole == 10_000_000
    assert "1 thủ tục đã phê duyệt có bảng tính chi phí khác" in page
    district = rows_of(client)[province.districts[0].label].open_url
    assert "bảng tính chi phí khác" not in client.get(district).content.decode()


def test_a_round_entered_later_is_measured_against_the_registry(
    client: StrictClient, province: Province, office: User
) -> None:
    agency = province.departments[0]
    review_round = make_review_round(province.committee)  # without a scope: nobody opened it
    make_approved(make_done_review(agency, review_round))
    make_version(agency, status=Status.PUBLISHED, at=AT)
    make_version(province.departments[1], status=Status.PUBLISHED, at=AT)
    client.force_login(office)

    rows = rows_of(client)

    assert stages_of(rows["Tổng số"]) == [3, 1, 1, 0]
    assert stages_of(rows[province.departments[1].name]) == [1, 0, 0, 0]
    with time_machine.travel(AT, tick=False):
        listed = client.get(rows["Tổng số"].listed.url)
    assert listed.context["unreviewed"] == 2
    client.force_login(make_user(agency, "officer"))
    assert stages_of(rows_of(client)["Tổng số"]) == [2, 1, 1, 0]


def test_what_was_approved_in_part_saves_only_that_part(province: Province, office: User) -> None:
    agency = province.departments[0]
    review = make_done_review(agency, make_round(province.committee))
    by = make_user(agency, "officer")
    sheet = start_sheet(review=review, by=by, at=AT)
    cells = {"now.paper-1.hours": "5", "now.paper-2.hours": "2", "now..subjects": "40"}
    write_cells(sheet=sheet, cells=cells, by=by, at=AT, seen=sheet.version)
    plan = make_plan(agency, reviews=[review])
    item = plan.items.select_related("plan__agency").get()
    first = make_measure(item, kind=MeasureKind.DROP_PAPER, target="paper:1")
    item.refresh_from_db()
    make_measure(item, kind=MeasureKind.DROP_PAPER, target="paper:2")
    planned = counted(office, scope_for(office)).total(Stage.PLANNED)
    partly = actions.Decided(Verdict.PARTLY, "Còn vướng", frozenset({first.pk}))

    decide(plan, verdicts={item.pk: partly})

    approved = counted(office, scope_for(office)).total(Stage.APPROVED)
    assert approved.saved * 7 == planned.saved * 5
    assert approved.before == planned.before
    assert 0 < approved.saved < planned.saved


def test_each_sees_only_his_own_branch(
    client: StrictClient, province: Province, round_with_plans: ReviewRound
) -> None:
    client.force_login(make_user(province.departments[0], "officer"))
    own = rows_of(client)
    assert stages_of(own["Tổng số"]) == [5, 2, 1, 0]
    foreign = province.communes[0][0].pk
    with time_machine.travel(AT, tick=False):
        assert not client.get(f"{ROWS}?co-quan={foreign}").context["rows"]

    stranger = make_user(province.departments[1], "officer")
    client.force_login(stranger)
    assert client.get(f"{PAGE}?dot={round_with_plans.pk}").status_code == 404
    assert client.get(f"{ROWS}?dot={round_with_plans.pk}").status_code == 404
    assert client.get(f"{PAGE}xuat/?dot={round_with_plans.pk}").status_code == 404
    assert "Chưa có đợt rà soát nào" in client.get(PAGE).content.decode()


def test_an_agency_that_has_ended_still_has_its_row(
    client: StrictClient, province: Province, office: User, round_with_plans: ReviewRound
) -> None:
    client.force_login(office)
    agency = province.departments[0]
    agency.ended_on = TODAY
    agency.save()
    agency.states.update(ended_on=TODAY)

    rows = rows_of(client)

    assert stages_of(rows["Tổng số"]) == [6, 2, 1, 0]
    assert rows[agency.name].note == "đã kết thúc từ ngày 08/7/2024"


def test_all_at_once_takes_no_more_queries_than_a_page_may(
    client: StrictClient, province: Province, office: User, round_with_plans: ReviewRound
) -> None:
    """A round entered later, one that runs, counted together after a department was merged."""
    agency = province.departments[0]
    programme = round_with_plans.round.programme
    entered = make_review_round(
        province.committee,
        at=AT - timedelta(days=300),
        round=programme.rounds.create(name="Lần 1", order=1),
    )
    old = round_with_plans.reviews.filter(agency=agency).latest("pk")
    make_done_review(agency, entered, version=old.procedure_version)
    agency.ended_on = TODAY
    agency.save()
    agency.states.update(ended_on=TODAY)
    client.force_login(office)

    rows = rows_of(client, f"dot=ct-{programme.pk}")

    assert stages_of(rows["Tổng số"]) == [6, 2, 1, 0]
    with time_machine.travel(AT, tick=False):
        page = client.get(rows[agency.name].listed.url).context
    assert len(page["rows"]) == 5


def test_the_formula_and_its_rule_stand_under_the_table(
    client: StrictClient, office: User, round_with_plans: ReviewRound
) -> None:
    client.force_login(office)

    with time_machine.travel(AT, tick=False):
        page = client.get(PAGE).content.decode()

    assert "K2 = số thủ tục cắt giảm và đơn giản hóa / tổng số thủ tục = (1 + 0) / 6" in page
    assert "C = chi phí tiết kiệm / chi phí trước đơn giản hóa của tất cả thủ tục" in page
    assert "Căn cứ: Quyết định số 1085/QĐ-TTg ngày 15/9/2022" in page
    assert page.count("chỉ số chính thức") == 2


def test_the_file_says_what_the_page_shows(
    client: StrictClient, office: User, round_with_plans: ReviewRound
) -> None:
    client.force_login(office)

    with time_machine.travel(AT, tick=False):
        answer = client.get(f"{PAGE}xuat/")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    lines: Sequence[Any] = book.get_sheet_by_index(0).to_python()

    total = next(line for line in lines if line[0] == "Tổng số")
    assert total[1:5] == [6, 2, 1, 0]
    assert total[5:8] == [pytest.approx(1 / 6), pytest.approx(1 / 6), "thiếu 1 thủ tục"]
    assert total[8:13] == [10_000_000, 1_000_000, 0.1, 1.0, "thiếu 1.000.000 đồng"]
    words = [line[0] for line in lines]
    assert any(str(each).startswith("K1 = ") for each in words)
    assert any("Căn cứ: " in str(each) for each in words)


def test_many_agencies_are_paged_and_the_file_has_them_all(
    client: StrictClient,
    province: Province,
    office: User,
    round_with_plans: ReviewRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(page_of_indicators, "ROWS", 1)
    monkeypatch.setattr(burnup, "LATEST", 2)
    client.force_login(office)
    with time_machine.travel(AT + timedelta(days=70), tick=False):
        pages = [client.get(f"{PAGE}?page={number}") for number in (1, 2)]
        answer = client.get(f"{PAGE}xuat/?page=2")

    labels = [[row.label for row in page.context["rows"]] for page in pages]
    assert [len(each) for each in labels] == [1, 1]
    assert labels[0] != labels[1]
    for page in pages:
        assert stages_of(page.context["total"]) == [6, 2, 1, 0]
    assert "?page=2" in pages[0].content.decode()
    assert "2 tháng gần nhất; tệp xlsx có đủ 3 tháng" in pages[0].content.decode()
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    names = [line[0] for line in book.get_sheet_by_index(0).to_python()]
    assert {*labels[0], *labels[1]} <= set(names)
    months = book.get_sheet_by_name("Theo tháng").to_python()
    assert [line[0] for line in months[1:]] == ["07/2024", "08/2024", "09/2024"]
    assert months[-1][4:7] == [1, pytest.approx(1 / 6), 0.1]


def test_the_day_begins_with_the_figures_of_the_table(
    client: StrictClient, province: Province, office: User, round_with_plans: ReviewRound
) -> None:
    for person in (office, make_user(province.departments[0], "officer")):
        client.force_login(person)
        day = client.get("/nhiem-vu/cua-toi/").content.decode()
        assert f'hx-get="{PAGE}thuoc-do/"' in day
        assert f'href="{PAGE}"' in day
        total = rows_of(client)["Tổng số"]
        with time_machine.travel(AT, tick=False):
            shown = client.get(f"{PAGE}thuoc-do/")
        assert (shown.context["page"].number, shown.context["page"].cost) == (
            total.number,
            total.cost,
        )
        assert total.number.figure.words in shown.content.decode()
    client.force_login(make_user(province.departments[1], "officer"))
    assert not client.get(f"{PAGE}thuoc-do/").content.decode().strip()


def test_the_burn_up_ends_where_the_table_stands(
    client: StrictClient, office: User, round_with_plans: ReviewRound
) -> None:
    client.force_login(office)

    with time_machine.travel(AT + timedelta(days=70), tick=False):
        page = client.get(PAGE).context

    months = page["burn_up"].months
    assert [month.words for month in months] == ["07/2024", "08/2024", "09/2024"]
    assert [cell.number for cell in months[-1].cells][1] == page["total"].number.figure
    assert [chart.title for chart in page["burn_up"].charts] == [
        "Số thủ tục (K2)",
        "Chi phí tuân thủ (C)",
    ]
