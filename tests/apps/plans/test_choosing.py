"""The planner: what ticked measures reach, what it finds, and the choice applied and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plans import (
    decide,
    entry,
    make_done_review,
    make_legal_change,
    make_measure,
    make_plan,
    vouch_for,
)
from tests.factories.procedures import AT
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments import actions as assessments
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind
from tinhgon.apps.plans.models import LegalChange, Measure, MeasureChoice, Plan, PlanItem
from tinhgon.apps.plans.queries.planner import find, planner_part
from tinhgon.apps.plans.queries.planning import Work, load_work
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.simplification import Barrier, CountingRule, NumberRule, Wish

D = Decimal
RULE = CountingRule()


@pytest.fixture
def review_round(province: Province) -> ReviewRound:
    return make_review_round(province.committee)


def make_draft(agency: Agency, review_round: ReviewRound, n: int = 2) -> Plan:
    """Make a draft plan: each procedure drops a paper for 2 days of work, and shortens for 1."""
    reviews = [make_done_review(agency, review_round) for _ in range(n)]
    officer = make_user(agency, "officer")
    for review in reviews:
        sheet = assessments.start_sheet(review=review, by=officer, at=AT)
        cells = {"now..subjects": "10", "now.paper-1.hours": "4", "now.paper-2.hours": "6"}
        assessments.write_cells(sheet=sheet, cells=cells, by=officer, at=AT, seen=sheet.version)
    plan = make_plan(agency, reviews=reviews)
    for item in plan.items.select_related("plan__agency", "review__procedure_version"):
        dropped = entry(MeasureKind.DROP_PAPER, "paper:2", effort=D(2), risk=3)
        make_measure(item, entry=dropped)
        make_measure(item, entry=entry(effort=D(1)))
    return Plan.objects.get(pk=plan.pk)


def work_of(user: User, agency: Agency, review_round: ReviewRound) -> Work:
    return load_work(
        user=user, review_round=review_round, agency=agency, rule=RULE, today=AT.date()
    )


def keys(measures: Sequence[Measure]) -> set[str]:
    return {str(measure.pk) for measure in measures}


def test_what_measures_save_is_what_the_cost_sheet_would_say(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 1)
    item = plan.items.get()
    sheet = CostSheet.objects.get(review=item.review)
    assert sheet.saved > 0
    work = work_of(officer, home, review_round)
    paper, time = item.measures.all()
    procedure = str(item.review.procedure_id)

    both = work.savings(procedure, frozenset(keys([paper, time])))
    alone = work.savings(procedure, frozenset(keys([paper])))

    assert both == sheet.saved
    assert work.savings(procedure, frozenset(keys([time]))) == 0
    make_measure_gone(time, officer)
    assert alone == CostSheet.objects.get(review=item.review).saved


def make_measure_gone(measure: Measure, by: User) -> None:
    item = PlanItem.objects.select_related("plan__agency").get(pk=measure.item_id)
    measure.item = item
    actions.remove_measure(measure=measure, by=by, at=AT, seen=item.version)


def test_the_least_effort_that_reaches_both_targets_is_found(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    make_draft(home, review_round, 4)
    work = work_of(officer, home, review_round)

    answer = find(work, Wish(RULE))

    assert answer.choice is not None
    assert answer.choice.is_proven
    totals = answer.choice.totals
    assert totals.effort < sum(m.effort for m in work.measures)
    assert totals.is_enough
    part = planner_part(work=work, wish=Wish(RULE), ticked=totals.measures, answer=answer)
    assert part["effect"].is_enough
    assert part["found"] is not None
    assert "Đã chứng minh" in part["found"].proof
    assert part["found"].next_best
    assert part["removed"] == len(work.measures) - len(totals.measures)


def test_what_takes_too_long_is_told_as_that(
    home: Agency,
    officer: User,
    review_round: ReviewRound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_draft(home, review_round, 4)
    monkeypatch.setattr("tinhgon.apps.plans.queries.planner.SECONDS", 0.0)
    url = f"{reverse('plans:choose', args=[review_round.pk])}?co-quan={home.pk}"

    page = signed_in(officer).post(url, asked(lam="giup"))

    assert "Chưa tìm xong trong thời gian cho phép" in page.content.decode()


def test_locks_budget_and_exclusions_are_kept_to_or_named(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    make_draft(home, review_round, 2)
    work = work_of(officer, home, review_round)
    papers = [str(m.pk) for m in work.measures if m.kind == "drop_paper"]

    without = find(work, Wish(RULE, locked_out=frozenset(papers)))
    assert without.choice is None
    assert Barrier.LOCKED_OUT in without.unreached[0].barriers
    assert without.unreached[0].most_saved == 0
    poor = find(work, Wish(RULE, effort_budget=D(1)))
    assert poor.choice is None
    assert Barrier.BUDGET in poor.unreached[0].barriers
    kept = find(work, Wish(RULE, locked_in=frozenset(papers)))
    assert kept.choice is not None
    assert set(papers) <= set(kept.choice.totals.measures)
    apart = Wish(RULE, exclusions=(frozenset(papers),), locked_in=frozenset(papers[:1]))
    found = find(work, apart)
    assert found.choice is not None
    assert papers[1] not in found.choice.totals.measures


def test_what_is_decided_already_counts_and_is_not_chosen_again(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    decided = make_draft(home, review_round, 1)
    decide(decided)
    make_draft(home, review_round, 1)
    make_review(review_round, home)

    work = work_of(officer, home, review_round)

    assert (len(work.subjects), len(work.items), work.fixed, work.unassessed) == (3, 1, 1, 1)
    [counted] = [each for each in work.subjects if each.counted]
    assert counted.saved > 0
    cut_only = replace(RULE, number=NumberRule.K1)
    narrow = load_work(
        user=officer, review_round=review_round, agency=home, rule=cut_only, today=AT.date()
    )
    assert not any(each.counted for each in narrow.subjects)


def test_the_time_is_that_of_the_texts_to_change(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 1)
    item = plan.items.select_related("plan__agency").get()
    paper = item.measures.all()[0]
    make_legal_change(item, measure=paper, due_on=AT.date().replace(day=18))

    work = work_of(officer, home, review_round)

    days = {each.key: each.days for each in work.candidates}
    assert days[str(paper.pk)] == 10
    assert work.undated == 1


def test_a_choice_narrows_the_drafts_and_is_taken_back(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 2)
    first, second = plan.items.select_related("plan__agency")
    paper, time = first.measures.all()
    make_legal_change(first, measure=time, text="Quy chế làm việc")
    make_legal_change(second)
    before = {(m.item.review_id, m.kind, m.content, m.effort) for m in _measures()}
    saved = CostSheet.objects.get(review=first.review).saved
    work = work_of(officer, home, review_round)

    choice = actions.apply_choice(
        work=work, chosen={paper.pk}, seen=_versions(work), by=officer, at=AT
    )

    assert [m.pk for m in Measure.objects.all()] == [paper.pk]
    assert list(PlanItem.objects.all()) == [first]
    assert not LegalChange.objects.exists()
    assert (choice.kept, choice.measures_removed) == (1, 3)
    first.refresh_from_db()
    assert first.to_be_record is not None
    assert len(first.to_be_record.papers) == 1
    assert Event.objects.filter(kind="plans.choice_applied").exists()

    actions.undo_choice(choice=choice, by=officer, at=AT, seen=choice.version)

    assert {(m.item.review_id, m.kind, m.content, m.effort) for m in _measures()} == before
    assert CostSheet.objects.get(review=first.review).saved == saved
    texts = LegalChange.objects.order_by("text").values_list(
        "text", "item__review", "measure__kind"
    )
    assert list(texts) == [
        ("Quy chế làm việc", first.review_id, "shorten"),
        ("Quyết định số 15/2022/QĐ-UBND", second.review_id, None),
    ]
    with pytest.raises(actions.Refused, match="đã được hoàn tác"):
        actions.undo_choice(choice=choice, by=officer, at=AT, seen=choice.version)


def _measures() -> list[Measure]:
    return list(Measure.objects.select_related("item"))


def _versions(work: Work) -> dict[int, int]:
    return {plan.pk: plan.version for plan in work.plans}


def test_a_plan_that_changed_meanwhile_is_left_alone(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 1)
    item = plan.items.select_related("plan__agency").get()
    seen = _versions(work_of(officer, home, review_round))
    make_measure(item, entry=entry(MeasureKind.DROP_STEP, "step:2"))
    work = work_of(officer, home, review_round)
    chosen = {item.measures.all()[0].pk}

    with pytest.raises(actions.StaleObject):
        actions.apply_choice(work=work, chosen=chosen, seen=seen, by=officer, at=AT)
    assert Measure.objects.count() == 3


def test_nothing_is_applied_that_is_empty_or_changes_nothing(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    make_draft(home, review_round, 1)
    work = work_of(officer, home, review_round)
    everything = {m.pk for m in work.measures}

    for chosen, words in ((set[int](), "ít nhất một"), (everything, "đúng các nội dung")):
        with pytest.raises(actions.Refused, match=words):
            actions.apply_choice(work=work, chosen=chosen, seen=_versions(work), by=officer, at=AT)


def test_the_office_looks_and_does_not_change_drafts(
    province: Province, home: Agency, review_round: ReviewRound
) -> None:
    make_draft(home, review_round, 1)
    office = make_user(province.committee, "coordinator")
    work = work_of(office, province.committee, review_round)

    assert len(work.measures) == 2
    with pytest.raises(PermissionDenied):
        actions.apply_choice(work=work, chosen={1}, seen=_versions(work), by=office, at=AT)


def test_a_choice_is_not_taken_back_out_of_a_confirmed_plan(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 2)
    kept = [item.measures.all()[0].pk for item in plan.items.all()]
    work = work_of(officer, home, review_round)
    choice = actions.apply_choice(work=work, chosen=kept, seen=_versions(work), by=officer, at=AT)
    plan.refresh_from_db()
    vouch_for(plan)
    actions.confirm_plan(plan=plan, by=make_user(home, "head"), at=AT, seen=plan.version)

    with pytest.raises(IllegalMove):
        actions.undo_choice(choice=choice, by=officer, at=AT, seen=choice.version)
    assert Measure.objects.count() == 2


def test_a_procedure_that_went_elsewhere_stops_taking_back(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 2)
    first, second = plan.items.all()
    work = work_of(officer, home, review_round)
    chosen = {m.pk for m in first.measures.all()}
    choice = actions.apply_choice(work=work, chosen=chosen, seen=_versions(work), by=officer, at=AT)
    make_plan(home, officer, reviews=[second.review])

    with pytest.raises(actions.Refused, match="đã vào phương án khác"):
        actions.undo_choice(choice=choice, by=officer, at=AT, seen=choice.version)
    choice.refresh_from_db()
    assert choice.undone_at is None


def signed_in(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client


def words_of(response: Any) -> str:
    content: bytes = response.content
    return content.decode()


def asked(**more: Any) -> dict[str, Any]:
    return {
        "number_target": "20",
        "cost_target": "20",
        "least": "effort",
        "reach": "whole",
        "exclusions": "",
        **more,
    }


def test_from_the_question_to_the_plan(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 4)
    client = signed_in(officer)
    url = f"{reverse('plans:choose', args=[review_round.pk])}?co-quan={home.pk}"

    page = words_of(client.get(url))
    assert url.partition("?")[0] in words_of(client.get(plan.get_absolute_url()))
    assert "Đạt cả hai chỉ tiêu" in page
    assert "gồm đúng các nội dung này" in page  # everything is ticked at first

    found = client.post(url, asked(lam="giup"))
    assert found.status_code == 200
    page = words_of(found)
    assert "Đã chứng minh: không cách chọn nào" in page
    assert "Áp dụng sẽ đưa" in page
    ticked = {m.pk for m in Measure.objects.all() if _is_ticked(page, m.pk)}
    assert 0 < len(ticked) < 8

    data = asked(chon=sorted(ticked), **{f"v{plan.pk}": plan.version})
    apply_url = reverse("plans:apply_choice", args=[review_round.pk])
    answer = client.post(f"{apply_url}?co-quan={home.pk}", data)
    assert answer.status_code == 302
    assert {m.pk for m in Measure.objects.all()} == ticked
    page = words_of(client.get(url))
    assert "Đã áp dụng" in page
    choice = MeasureChoice.objects.get()
    undo_url = reverse("plans:undo_choice", args=[choice.pk])
    assert client.post(undo_url, {"version": choice.version}).status_code == 302
    assert Measure.objects.count() == 8
    assert "đã hoàn tác" in words_of(client.get(url))


def _is_ticked(page: str, pk: int) -> bool:
    before = page.partition(f'name="chon" value="{pk}"')[2].partition(">")[0]
    return "checked" in before


def test_ticks_show_their_effect_at_once(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 2)
    client = signed_in(officer)
    url = reverse("plans:choose", args=[review_round.pk])
    time = [m.pk for m in Measure.objects.filter(item__plan=plan, kind="shorten")]

    live = client.post(url, asked(chon=time), headers={"HX-Request": "true"})
    words = words_of(live)
    assert live.status_code == 200
    assert "<html" not in words
    assert 'id="ket-qua"' in words
    assert "Chưa đạt chỉ tiêu" in words
    assert "thiếu" in words
    whole = words_of(client.post(url, asked(chon=time, lam="tinh")))  # without script
    assert "<html" in whole
    assert "Chưa đạt chỉ tiêu" in whole


def test_too_many_to_tick_one_by_one_are_still_planned(
    home: Agency, officer: User, review_round: ReviewRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhgon.apps.plans.views.choosing.MOST_LISTED", 3)
    make_draft(home, review_round, 2)
    url = reverse("plans:choose", args=[review_round.pk])

    page = words_of(signed_in(officer).post(url, asked(lam="giup")))

    assert "Phạm vi này có 4 nội dung" in page
    assert "Đã chứng minh" in page
    assert page.count('type="hidden" name="chon"') == 1


def test_what_cannot_be_reached_is_told_with_its_reason(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    make_draft(home, review_round, 1)
    for _ in range(9):
        make_review(review_round, home)
    client = signed_in(officer)
    url = reverse("plans:choose", args=[review_round.pk])

    page = words_of(client.post(url, asked(lam="giup", reach="each_agency")))

    assert "Không có cách chọn nào đạt chỉ tiêu" in page
    assert "nhiều nhất 1/10 thủ tục, cần 2" in page
    assert home.name in page
    assert "bỏ chỉ tiêu này thì đạt" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("exclusions", "1, 99", "Số thứ tự từ 1 đến 2"),
        ("number_target", "120", "Nhập số không lớn hơn"),
        ("budget", "-1", "Nhập số không nhỏ hơn"),
        ("least", "tien", "Chọn một mục trong danh sách"),
    ],
)
def test_what_is_wrong_in_the_question_is_told(
    home: Agency, officer: User, review_round: ReviewRound, field: str, value: str, words: str
) -> None:
    make_draft(home, review_round, 1)
    answer = signed_in(officer).post(
        reverse("plans:choose", args=[review_round.pk]), asked(lam="giup", **{field: value})
    )

    assert answer.status_code == 422
    assert words in words_of(answer)


def test_a_late_application_is_told_and_shows_what_is_there(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 1)
    chosen = [Measure.objects.all()[0].pk]
    url = reverse("plans:apply_choice", args=[review_round.pk])

    answer = signed_in(officer).post(url, asked(chon=chosen, **{f"v{plan.pk}": 1}))

    assert answer.status_code == 422
    assert "Người khác vừa thay đổi phương án này" in words_of(answer)
    assert Measure.objects.count() == 2


def test_without_a_draft_the_page_says_who_does_what(
    home: Agency, officer: User, review_round: ReviewRound
) -> None:
    make_review(review_round, home)
    page = words_of(signed_in(officer).get(reverse("plans:choose", args=[review_round.pk])))

    assert "Chưa có nội dung nào để chọn" in page


def test_a_stranger_is_told_that_there_is_none(
    province: Province, home: Agency, review_round: ReviewRound
) -> None:
    plan = make_draft(home, review_round, 1)
    stranger = signed_in(make_user(province.departments[1], "officer"))
    url = reverse("plans:choose", args=[review_round.pk])

    assert stranger.get(url).status_code == 404
    own = signed_in(make_user(home, "leader"))
    assert own.get(url).status_code == 200
    assert own.get(f"{url}?co-quan={province.departments[1].pk}").status_code == 404
    apply_url = reverse("plans:apply_choice", args=[review_round.pk])
    assert own.post(apply_url, {f"v{plan.pk}": plan.version}).status_code == 403
