"""Lists of cost sheets: found without tones, in one order on both databases, sums that split."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tests.factories.reviews import make_review
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.assessments.queries import norm_of, norms
from tinhgon.apps.assessments.queries.splitting import split_of
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import Confidence, Note, Term, money

from .door import fresh, parsed, words
from .samples import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = 48_248  # đồng, the norm of the round


@pytest.fixture
def review_round(sheet: CostSheet) -> ReviewRound:
    return sheet.review.round


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


def another(review_round: ReviewRound, home: Any, name: str) -> Review:
    return make_review(review_round, home, make_version(home, name=name, status=Status.PUBLISHED))


def write(sheet: CostSheet, by: User, cells: dict[str, str], *, days: int = 0) -> CostSheet:
    found = fresh(sheet)
    actions.write_cells(sheet=found, cells=cells, by=by, at=AT + days * DAY, seen=found.version)
    return fresh(sheet)


def page(client: StrictClient, review_round: ReviewRound, **asked: str) -> Any:
    return client.get(reverse("assessments:round", args=[review_round.pk]), asked)


def names(response: Any) -> list[str]:
    table = parsed(response).select("table.ledger tbody tr[data-href] th")
    return [each.get_text().strip() for each in table]


@pytest.mark.parametrize("asked", ["cử đào tạo", "CU DAO TAO", "dao tao cu", "cu cong chuc di"])
def test_sheets_are_found_without_tones_and_in_any_order(
    client: StrictClient, sheet: CostSheet, office: User, review_round: ReviewRound, asked: str
) -> None:
    another(review_round, sheet.review.agency, "Bổ nhiệm lại kế toán trưởng")
    client.force_login(office)
    assert names(page(client, review_round, ten=asked)) == ["Cử công chức đi đào tạo"]
    assert names(page(client, review_round, ten="cử kế toán")) == []


@pytest.mark.parametrize("order", ["chi-phi", "tiet-kiem"])
def test_what_has_no_sheet_comes_last(
    client: StrictClient,
    sheet: CostSheet,
    officer: User,
    office: User,
    review_round: ReviewRound,
    order: str,
) -> None:
    home = sheet.review.agency
    another(review_round, home, "Chưa có bảng tính")
    dear = actions.start_sheet(review=another(review_round, home, "Đắt nhất"), by=officer, at=AT)
    write(sheet, officer, {"now..subjects": "1", "after.submit.hours": "0"})
    write(dear, officer, {"now..subjects": "900", "after.submit.hours": "0"})
    client.force_login(office)
    found = names(page(client, review_round, **{"sap-xep": order}))
    assert found == ["Đắt nhất", "Cử công chức đi đào tạo", "Chưa có bảng tính"]


def test_the_list_is_narrowed_to_an_agency(
    client: StrictClient,
    sheet: CostSheet,
    office: User,
    province: Province,
    review_round: ReviewRound,
) -> None:
    another(review_round, province.departments[1], "Của cơ quan khác")
    client.force_login(office)
    found = page(client, review_round, **{"co-quan": str(province.departments[1].pk)})
    assert names(found) == ["Của cơ quan khác"]


def confirm(sheet: CostSheet, *, days: int = 0) -> None:
    """The head stands behind the review from that day on, and it was given back."""
    Review.objects.filter(pk=sheet.review_id).update(last_confirmed_at=AT + days * DAY)


def split(sheet: CostSheet) -> list[Decimal]:
    found = fresh(sheet)
    return [found.saved, found.re_estimate, found.real_cut]


def told(sheet: CostSheet) -> list[str]:
    """Return re-estimate and real cut as the page of the sheet tells them."""
    found = split_of(fresh(sheet))
    assert found is not None
    return [found.re_estimate, found.real_cut]


def test_the_round_tells_real_cuts_from_better_figures(
    client: StrictClient,
    sheet: CostSheet,
    officer: User,
    office: User,
    province: Province,
    review_round: ReviewRound,
) -> None:
    other = actions.start_sheet(
        review=another(review_round, province.departments[1], "Bổ nhiệm kế toán trưởng"),
        by=make_user(province.departments[1], "officer"),
        at=AT,
    )
    # One hour of ten subjects saved, and confirmed; the other sheet never was.
    write(sheet, officer, {"now..subjects": "10", "after.paper-1.hours": "1"})
    confirm(sheet)
    theirs = {"now..subjects": "10", "after.submit.hours": "0"}
    kept = write(other, make_user(province.departments[1], "officer"), theirs).saved
    assert split(sheet) == [10 * HOUR, 0, 0]
    # There are twice as many subjects: the same cut saves twice as much, and nothing was cut.
    write(sheet, officer, {"now..subjects": "20"}, days=1)
    assert split(sheet) == [20 * HOUR, 10 * HOUR, 0]
    # Half an hour less again is a real cut.
    write(sheet, officer, {"after.paper-1.hours": "0,5"}, days=2)
    assert split(sheet) == [30 * HOUR, 10 * HOUR, 10 * HOUR]
    client.force_login(office)
    found = parsed(page(client, review_round))
    cells = {
        str(row.select("th")[0].get_text()).strip(): [
            cell.get_text().strip() for cell in row.select("td")[-3:]
        ]
        for row in found.select("details table tr:has(td)")
    }
    assert cells[sheet.review.agency.label] == [
        money(Decimal(each * HOUR)) for each in (10, 10, 10)
    ]
    assert cells[other.review.agency.label] == [money(kept), "0", "0"]
    whole = [money(10 * HOUR + kept), money(Decimal(10 * HOUR)), money(Decimal(10 * HOUR))]
    assert cells["Cả đợt"] == whole
    (row,) = parsed(client.get(reverse("assessments:list"))).select("tbody tr")
    assert [cell.get_text().strip() for cell in row.select("td")[-2:]] == whole[1:]


def test_a_new_norm_is_re_estimate_in_the_sums_as_on_the_sheet(
    sheet: CostSheet, officer: User, office: User, review_round: ReviewRound
) -> None:
    write(sheet, officer, {"now..subjects": "10", "after.paper-1.hours": "1"})
    confirm(sheet)
    untouched = actions.start_sheet(
        review=another(review_round, sheet.review.agency, "Khác"), by=officer, at=AT
    )
    write(untouched, officer, {"now..subjects": "10", "after.submit.hours": "0"})
    confirm(untouched)
    write(sheet, officer, {"after.paper-1.hours": "0,5"}, days=1)  # a real cut since
    for code, value, days in (("gdp-2024", "53977.27", 2), ("gdp-2022", "45265.15", 3)):
        actions.apply_norm(
            review_round=ReviewRound.objects.select_related("agency").get(pk=review_round.pk),
            code=code,
            reason="Văn phòng yêu cầu",
            by=office,
            at=AT + days * DAY,
            seen=ReviewRound.objects.get(pk=review_round.pk).version,
        )
        hour = fresh(sheet).sides.now.hourly.value
        assert abs(hour - Decimal(value)) < 1
        assert split(sheet) == [15 * hour, 10 * (hour - HOUR), 5 * hour]
        assert told(sheet) == [money(each) for each in split(sheet)[1:]]
        assert told(untouched) == [money(each) for each in split(untouched)[1:]]
        assert split(untouched)[2] == 0
    # Writing again after a norm comes to the same.
    again = write(sheet, officer, {"now.paper-1.source": "Sổ"}, days=4)
    assert told(again) == [money(each) for each in split(again)[1:]]


def test_the_least_sure_figure_of_either_side_counts(sheet: CostSheet, officer: User) -> None:
    """Whoever states a figure of the after side says how sure he is of it: of that alone."""
    measured = {f"now.{row.key}.hours": "3" for row in sheet.sides.now.rows}
    found = write(sheet, officer, {"now..subjects": "10", **measured})
    assert found.confidence == "medium"
    row = found.sides.after.rows[0]
    note = Note(Term.HOURS, reason="Ước lượng", confidence=Confidence.LOW)
    said = actions.RowFigures(
        side="after",
        what=row.what,
        how=row.how,
        group=row.group,
        performer=row.side,
        source=row.source,
        per_set=row.per_set,
        figures={Term.HOURS: (Decimal(1), note)},
    )
    actions.write_row(sheet=found, key=row.key, said=said, by=officer, at=AT, seen=found.version)
    assert fresh(sheet).confidence == "low"


def test_columns_of_an_earlier_version_are_filled_when_the_server_starts(
    sheet: CostSheet, officer: User
) -> None:
    write(sheet, officer, {"now..subjects": "10", "after.paper-1.hours": "1"})
    confirm(sheet)
    before = write(sheet, officer, {"now..subjects": "20", "after.paper-1.hours": "0,5"}, days=1)
    wanted = [before.re_estimate, before.real_cut, before.sums, before.confidence, before.version]
    assert all(wanted)
    CostSheet.objects.update(re_estimate=0, real_cut=0, confidence="", sums={}, reckoned=0)
    call_command("prepare", verbosity=0)
    found = fresh(sheet)
    assert [
        found.re_estimate,
        found.real_cut,
        found.sums,
        found.confidence,
        found.version,
    ] == wanted
    assert actions.reckon() == 0


@pytest.mark.parametrize("figures", [{"subjects": "-5"}, {"subjects": "1" + "0" * 8}])
def test_a_sheet_that_cannot_be_reckoned_stops_neither_the_server_nor_the_others(
    sheet: CostSheet, officer: User, figures: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    """An earlier version kept it, with wider bounds: it stays as it is, and the log names it."""
    other = a_sheet_beyond_bounds(sheet, officer, **figures)

    call_command("prepare", verbosity=0)

    assert (fresh(sheet).sums, fresh(sheet).reckoned) == ({}, 0)
    assert fresh(other).sums
    assert f"review {sheet.review_id}" in caplog.text


def test_a_round_takes_no_other_norm_while_a_sheet_of_it_cannot_be_reckoned(
    sheet: CostSheet, officer: User, office: User
) -> None:
    """Somebody must look at that sheet first: it is named."""
    a_sheet_beyond_bounds(sheet, officer, subjects="1" + "0" * 8)
    call_command("prepare", verbosity=0)
    review_round = sheet.review.round
    code = next(norm.id for norm in norms() if norm.id != norm_of(review_round).id)

    with pytest.raises(Refused, match=str(sheet.review.procedure_version)):
        actions.apply_norm(
            review_round=review_round,
            code=code,
            reason="Theo công văn",
            by=office,
            at=AT,
            seen=review_round.version,
        )


def a_sheet_beyond_bounds(sheet: CostSheet, by: User, **figures: str) -> CostSheet:
    """Let the sheet cost more than can be in one year; return a sound one of the same round."""
    write(sheet, by, {"now..subjects": "10", "now.paper-1.hours": "10000"})
    review = another(sheet.review.round, sheet.review.agency, "Nghỉ phép")
    other = actions.start_sheet(review=review, by=by, at=AT)
    CostSheet.objects.update(reckoned=0, sums={})
    now = {**fresh(sheet).now, "times": "100000", **figures}
    CostSheet.objects.filter(pk=sheet.pk).update(now=now)
    return other


def test_pages_ask_little_of_the_database(
    client: StrictClient,
    sheet: CostSheet,
    office: User,
    province: Province,
    review_round: ReviewRound,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for home in province.departments:
        another(review_round, home, f"Thủ tục của {home.name}")
    client.force_login(office)
    with django_assert_max_num_queries(12):
        page(client, review_round)
    with django_assert_max_num_queries(12):
        assert "Ước tính lại" in words(client.get(reverse("assessments:list")))
