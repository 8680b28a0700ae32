"""What a confirmed plan rests on stands still: its reviews, its versions, its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import StrictClient
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plans import (
    make_assessed,
    make_confirmed,
    make_done_review,
    make_legal_change,
    make_measure,
    make_plan,
    make_ready,
    opinion,
    signed_decision,
    vouch_for,
)
from tests.factories.procedures import AT
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments.actions import NewNorm, add_norm, apply_norm, start_sheet, write_cells
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind, Verdict
from tinhgon.apps.plans.models import LegalChange, Plan, PlanDecisionLine, PlanItem
from tinhgon.apps.plans.queries.costs import costs_of_items
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import actions as reviews
from tinhgon.apps.reviews.enums import Move, Outcome, Status
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import Duration, Record, Unit, to_json

CELLS = {"now.paper-1.hours": "5", "now.paper-2.hours": "2", "now..subjects": "40"}


def make_costed(home: Agency) -> Plan:
    """Make a plan in draft that drops a paper and shortens, of one procedure with a cost sheet."""
    review = make_done_review(home)
    by = make_user(home, "officer")
    sheet = start_sheet(review=review, by=by, at=AT)
    write_cells(sheet=sheet, cells=CELLS, by=by, at=AT, seen=sheet.version)
    plan = make_plan(home, reviews=[review])
    make_measure(item_of(plan), kind=MeasureKind.DROP_PAPER, target="paper:1")
    make_measure(item_of(plan), kind=MeasureKind.DROP_PAPER, target="paper:2")
    vouch_for(plan)
    return Plan.objects.select_related("agency", "round__round").get(pk=plan.pk)


def item_of(plan: Plan) -> PlanItem:
    items = PlanItem.objects.select_related("plan__agency", "plan__round__round")
    return items.get(plan=plan)


def review_of(plan: Plan) -> Review:
    rows = Review.objects.select_related("agency", "round", "procedure_version")
    return rows.get(pk=item_of(plan).review_id)


def confirm(plan: Plan) -> None:
    actions.confirm_plan(plan=plan, by=make_user(plan.agency, "head"), at=AT, seen=plan.version)


def submit(plan: Plan) -> None:
    above = plan.agency.parent
    assert above is not None
    office, head = make_user(above, "coordinator"), make_user(plan.agency, "head")
    actions.assess_plan(plan=plan, opinion=opinion(above), by=office, at=AT, seen=plan.version)
    letter = actions.Letter("12", AT.date())
    actions.submit_plan(plan=plan, letter=letter, by=head, at=AT, seen=plan.version)


def decide(plan: Plan, decided: actions.Decided) -> PlanDecisionLine:
    above = plan.agency.parent
    assert above is not None
    made = actions.record_decision(
        plans=[actions.Seen(plan, plan.version)],
        verdicts={item_of(plan).pk: decided},
        signed=signed_decision(above),
        by=make_user(above, "clerk"),
        at=AT,
    )
    return made.lines.get()


def give_another_norm(plan: Plan) -> None:
    by = make_user(plan.round.agency, "coordinator")
    new = NewNorm("Mức mới", date(2020, 1, 1), "Cục Thống kê", per_head=Decimal(200_000_000))
    norm = add_norm(norm=new, by=by, at=AT)
    plan.round.refresh_from_db()
    seen = plan.round.version
    apply_norm(review_round=plan.round, code=norm.code, reason="Số mới", by=by, at=AT, seen=seen)


def supersede(version: ProcedureVersion, record: Record | None = None) -> ProcedureVersion:
    """Put another version in force in place of this one: the record, or with a step less."""
    day = AT.date()
    content = to_json(record or version.record)
    content["steps"] = content["steps"][: None if record else 1]
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=day, is_superseded=True)
    newer = ProcedureVersion.objects.get(pk=version.pk)
    newer.pk, newer.number, newer.content = None, version.number + 1, content
    newer.valid_from, newer.valid_to, newer.is_superseded = day, None, False
    newer._state.adding = True
    newer.save()
    return newer


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.RETURNED, Status.IN_PROGRESS])
def test_a_plan_rests_on_reviews_that_the_head_stands_behind(home: Agency, status: Status) -> None:
    plan = make_ready(home)
    Review.objects.update(status=status.value)

    with pytest.raises(actions.Refused, match="chưa xác nhận phiếu rà soát"):
        confirm(plan)


def test_the_review_of_a_confirmed_plan_does_not_move_until_the_plan_comes_back(
    province: Province, home: Agency
) -> None:
    plan = make_confirmed(home)
    office = make_user(province.committee, "coordinator")
    review = review_of(plan)

    with pytest.raises(IllegalMove):
        reviews.move_review(
            review=review, move=Move.RETURN, by=office, at=AT, seen=review.version, reason="Thiếu"
        )

    said = opinion(province.committee, "Bổ sung")
    actions.return_plan(plan=plan, opinion=said, by=office, at=AT, seen=plan.version)
    review = review_of(plan)
    reviews.move_review(
        review=review, move=Move.RETURN, by=office, at=AT, seen=review.version, reason="Thiếu"
    )
    assert review_of(plan).status == Status.RETURNED
    kinds = list(Event.objects.filter(kind__startswith="reviews.").values_list("kind", flat=True))
    assert {"reviews.held", "reviews.released"} < set(kinds)


@pytest.mark.parametrize("move", ["reopen", "withdraw"])
def test_the_head_lets_the_reviews_go_with_the_plan(home: Agency, move: str) -> None:
    plan, head = make_confirmed(home), make_user(home, "head")
    assert review_of(plan).is_held

    if move == "reopen":
        actions.reopen_plan(plan=plan, by=head, at=AT, seen=plan.version)
    else:
        actions.withdraw_plan(plan=plan, reason="Chờ", by=head, at=AT, seen=plan.version)

    assert not review_of(plan).is_held


def test_a_review_that_moves_while_the_head_confirms_is_told_so(home: Agency) -> None:
    plan = make_ready(home)
    review = review_of(plan)
    Review.objects.filter(pk=review.pk).update(status=Status.RETURNED.value)

    with pytest.raises(actions.StaleObject):
        reviews.hold_reviews([review], at=AT)


def test_nothing_renews_the_review_of_a_confirmed_plan(home: Agency) -> None:
    plan = make_ready(home)
    Review.objects.update(status=Status.CONFIRMED.value, checked_at=None, checked_by=None)
    confirm(plan)
    as_is = item_of(plan).as_is
    supersede(as_is)
    officer = make_user(home, "officer")
    review = review_of(plan)

    for act in (reviews.renew, reviews.lapse):
        with pytest.raises(IllegalMove):
            act(review=review, by=officer, at=AT, seen=review.version)

    item = item_of(plan)
    assert (item.as_is, item.as_is_record) == (as_is, as_is.record)


def test_a_draft_keeps_the_version_for_which_its_measures_were_made(home: Agency) -> None:
    plan = make_ready(home)
    Review.objects.update(status=Status.CONFIRMED.value, checked_at=None, checked_by=None)
    old = item_of(plan).as_is
    newer = supersede(old)

    with pytest.raises(actions.Refused, match="không còn hiệu lực, xử lý phiếu rà soát trước"):
        confirm(plan)
    review = review_of(plan)
    reviews.renew(review=review, by=make_user(home, "officer"), at=AT, seen=review.version)
    vouch_for(plan)

    assert item_of(plan).as_is == old
    with pytest.raises(actions.Refused, match="chuyển sang bản mới"):
        confirm(plan)
    item = item_of(plan)
    actions.remove_item(item=item, by=make_user(home, "officer"), at=AT, seen=item.version)
    plan.refresh_from_db()
    again = Review.objects.filter(pk=review.pk)
    actions.add_items(plan=plan, reviews=list(again), by=make_user(home, "officer"), at=AT)
    assert item_of(plan).as_is == newer


def test_a_draft_goes_over_to_the_newer_version_with_the_measures_that_still_fit(
    client: StrictClient, home: Agency
) -> None:
    """Parts are told by what they say, wherever they stand; what is no more is named."""
    plan = make_plan(home)
    kept, gone = (
        make_measure(item_of(plan), kind=MeasureKind.DROP_PAPER, target=f"paper:{place}")
        for place in (2, 1)
    )
    time = make_measure(item_of(plan))
    text = make_legal_change(item_of(plan), measure=gone)
    officer = make_user(home, "officer")
    old = item_of(plan).as_is
    limit = Duration(Decimal(20), Unit.WORKING_DAY)
    record = replace(old.record, papers=old.record.papers[1:], time_limit=limit)
    newer = supersede(old, record)
    review = review_of(plan)
    reviews.renew(review=review, by=officer, at=AT, seen=review.version)
    vouch_for(plan)
    client.force_login(officer)
    item = item_of(plan)
    url = item.get_absolute_url()

    shown = client.get(url).context["renewal"]
    assert ([each.pk for each in shown.lost], len(shown.kept)) == ([gone.pk], 2)
    assert shown.lost_texts == [text]
    sent = {"version": item.version, "to": newer.pk}
    answer = client.post(f"{url}ban-moi/", sent, follow=True)

    assert gone.content in answer.content.decode()
    item = item_of(plan)
    assert item.as_is == newer
    assert not item.conflicts
    targets = {m.pk: (m.target, m.content) for m in item.measures.all()}
    assert set(targets) == {kept.pk, time.pk}
    assert targets[kept.pk] == ("paper:1", kept.content)
    assert "từ 20 ngày làm việc xuống" in targets[time.pk][1]
    assert not item.legal_changes.exists()
    assert client.get(url).context["renewal"] is None
    told = Event.objects.get(kind="plans.item_renewed").changes
    assert {"field": "Văn bản phải sửa", "from": str(text), "to": ""} in told
    plan.refresh_from_db()
    confirm(plan)


def renewed_without_its_paper(home: Agency) -> tuple[PlanItem, LegalChange, ProcedureVersion]:
    """A draft that loses its only measure; a text and words are tied to none."""
    plan = make_plan(home)
    officer = make_user(home, "officer")
    make_measure(item_of(plan), kind=MeasureKind.DROP_PAPER, target="paper:1")
    text = make_legal_change(item_of(plan))
    item = item_of(plan)
    actions.describe_item(item=item, proposal="Sửa Quy chế", by=officer, at=AT, seen=item.version)
    old = item_of(plan).as_is
    newer = supersede(old, replace(old.record, papers=old.record.papers[1:]))
    review = review_of(plan)
    reviews.renew(review=review, by=officer, at=AT, seen=review.version)
    vouch_for(plan)
    return item_of(plan), text, newer


def test_what_is_tied_to_no_measure_neither_stays_nor_goes_unasked(
    client: StrictClient, home: Agency
) -> None:
    item, text, newer = renewed_without_its_paper(home)
    client.force_login(make_user(home, "officer"))
    url = item.get_absolute_url()
    page = client.get(url)
    assert (page.context["renewal"].loose_texts, page.context["renewal"].proposal) == (
        [text],
        "Sửa Quy chế",
    )
    assert page.content.decode().count("Không còn cần, bỏ") == 2
    sent = {"version": item.version, "to": newer.pk}

    told = client.post(f"{url}ban-moi/", {**sent, f"text_{text.pk}": "bo"})
    assert told.status_code == 422
    assert "Chọn giữ hay bỏ." in told.content.decode()
    assert set(told.context["renewing"].errors) == {"proposal"}
    assert item_of(item.plan).as_is == item.as_is

    answered = {**sent, f"text_{text.pk}": "bo", "proposal": "giu"}
    assert client.post(f"{url}ban-moi/", answered).status_code == 302
    found = item_of(item.plan)
    assert (found.as_is, found.proposal) == (newer, "Sửa Quy chế")
    assert not found.legal_changes.exists()
    told_of = Event.objects.get(kind="plans.item_renewed").changes
    assert {"field": "Văn bản phải sửa", "from": str(text), "to": ""} in told_of
    # It stays in sight, and can be taken out, where no measure is left that needs it.
    assert "không còn nội dung nào cần đến" in client.get(url).content.decode()


def test_a_text_that_is_still_needed_stays_and_words_that_are_not_go(home: Agency) -> None:
    item, text, newer = renewed_without_its_paper(home)
    officer = make_user(home, "officer")
    with pytest.raises(actions.Refused, match="Chọn giữ hay bỏ văn bản") as refused:
        actions.renew_item(item=item, to=newer.pk, by=officer, at=AT, seen=item.version)
    assert refused.value.field == f"text_{text.pk}"

    kept = actions.Kept({text.pk: True}, proposal=False)
    actions.renew_item(item=item, to=newer.pk, by=officer, at=AT, seen=item.version, kept=kept)

    found = item_of(item.plan)
    assert (list(found.legal_changes.all()), found.proposal) == ([text], "")
    told_of = Event.objects.get(kind="plans.item_renewed").changes
    assert {"field": "Kiến nghị thực thi", "from": "Sửa Quy chế", "to": ""} in told_of


def test_nothing_is_asked_where_every_measure_goes_over(client: StrictClient, home: Agency) -> None:
    plan = make_plan(home)
    make_measure(item_of(plan))
    text = make_legal_change(item_of(plan))
    newer = supersede(item_of(plan).as_is)
    officer = make_user(home, "officer")
    review = review_of(plan)
    reviews.renew(review=review, by=officer, at=AT, seen=review.version)
    vouch_for(plan)
    client.force_login(officer)
    item = item_of(plan)

    assert not client.get(item.get_absolute_url()).context["renewal"].loose_texts
    sent = {"version": item.version, "to": newer.pk}
    client.post(f"{item.get_absolute_url()}ban-moi/", sent)
    found = item_of(plan)
    assert (found.as_is, found.legal_changes.get()) == (newer, text)


def test_a_draft_goes_over_only_to_the_version_whose_measures_were_shown(
    client: StrictClient, home: Agency
) -> None:
    """The review went on once more between the page and the click."""
    plan = make_plan(home)
    gone = make_measure(item_of(plan), kind=MeasureKind.DROP_PAPER, target="paper:1")
    officer = make_user(home, "officer")
    old = item_of(plan).as_is
    shown = supersede(old, old.record)
    review = review_of(plan)
    reviews.renew(review=review, by=officer, at=AT, seen=review.version)
    newest = supersede(shown, replace(old.record, papers=old.record.papers[1:]))
    Review.objects.update(procedure_version=newest)
    client.force_login(officer)
    item = item_of(plan)
    url = f"{item.get_absolute_url()}ban-moi/"

    for to in (shown.pk, "", "x", 10**30):
        client.post(url, {"version": item.version, "to": to}, follow=True)
        assert item_of(plan).as_is == old
        assert item_of(plan).measures.get() == gone


@pytest.mark.parametrize(
    "said", [{"status": Status.LAPSED.value, "reason": "x"}, {"outcome": Outcome.KEEP.value}]
)
def test_what_is_to_leave_the_plan_is_not_offered_the_newer_version(
    client: StrictClient, home: Agency, said: dict[str, str]
) -> None:
    plan = make_ready(home)
    newer = supersede(item_of(plan).as_is)
    Review.objects.update(procedure_version=newer, **said)
    client.force_login(make_user(home, "officer"))

    assert client.get(item_of(plan).get_absolute_url()).context["renewal"] is None


def test_a_procedure_abolished_meanwhile_leaves_the_plan(home: Agency) -> None:
    plan = make_ready(home)
    Review.objects.update(
        status=Status.LAPSED.value, reason="Thủ tục không còn hiệu lực.", outcome=Outcome.KEEP.value
    )

    with pytest.raises(actions.Refused, match="không còn hiệu lực, bỏ khỏi phương án"):
        confirm(plan)


def test_the_page_of_the_review_says_why_it_stands_still(
    client: StrictClient, province: Province, home: Agency
) -> None:
    plan = make_assessed(home)
    client.force_login(make_user(province.committee, "coordinator"))

    page = client.get(review_of(plan).get_absolute_url()).content.decode()

    assert "đang nằm trong phương án đã xác nhận" in page
    assert "Văn phòng trả lại" in page


def test_figures_stay_as_the_head_confirmed_them(home: Agency) -> None:
    plan = make_costed(home)
    confirm(plan)
    before = costs_of_items([item_of(plan)])

    give_another_norm(plan)

    assert costs_of_items([item_of(plan)]) == before
    [costs] = before.values()
    assert CostSheet.objects.get().cost_now != costs.before > 0
    submit(plan)
    line = decide(plan, actions.Decided(Verdict.APPROVED))
    assert (line.cost_before, line.cost_after) == (costs.before, costs.after)


def test_a_plan_that_comes_back_shows_its_sheets_again(home: Agency) -> None:
    plan = make_costed(home)
    confirm(plan)
    give_another_norm(plan)
    actions.reopen_plan(plan=plan, by=make_user(home, "head"), at=AT, seen=plan.version)

    [costs] = costs_of_items([item_of(plan)]).values()
    assert costs.before == CostSheet.objects.get().cost_now


@pytest.mark.parametrize("changes_norm", [False, True])
def test_only_what_is_granted_is_saved(home: Agency, *, changes_norm: bool) -> None:
    plan = make_costed(home)
    confirm(plan)
    submit(plan)
    if changes_norm:
        give_another_norm(plan)
    item = item_of(plan)
    first, _ = item.measures.all()

    line = decide(plan, actions.Decided(Verdict.PARTLY, "Chưa phù hợp", frozenset({first.pk})))

    assert line.cost_before == item.cost_before
    assert line.cost_before is not None
    assert line.cost_after is not None
    # Of five hours, two, and half an hour the first are dropped: a third is left.
    assert line.cost_after == (line.cost_before / 3).quantize(Decimal("0.0001"))
    [costs] = costs_of_items([item_of(plan)]).values()
    assert costs.after == line.cost_after


def test_what_is_refused_saves_nothing_and_is_in_no_sum(
    client: StrictClient, province: Province, home: Agency
) -> None:
    plan = make_costed(home)
    confirm(plan)
    submit(plan)

    line = decide(plan, actions.Decided(Verdict.REFUSED, "Chưa phù hợp"))

    assert line.cost_before == line.cost_after
    assert not review_of(plan).is_held
    client.force_login(make_user(province.committee, "leader"))
    decision = client.get(line.decision.get_absolute_url())
    assert decision.context["total"] is None
    assert client.get(plan.get_absolute_url()).context["total"] is None


def test_a_procedure_taken_out_saves_nothing_and_its_texts_are_in_the_trail(home: Agency) -> None:
    plan = make_costed(home)
    make_legal_change(item_of(plan))
    item = item_of(plan)
    assert CostSheet.objects.get().saved > 0

    actions.remove_item(item=item, by=make_user(home, "officer"), at=AT, seen=item.version)

    assert CostSheet.objects.get().saved == 0
    changes = Event.objects.get(kind="plans.item_removed").changes
    assert "Văn bản phải sửa" in [each["field"] for each in changes]


def test_confirming_many_takes_no_more_statements_than_a_few(
    home: Agency, django_assert_max_num_queries: object
) -> None:
    plan = make_ready(home, 12)
    head = make_user(home, "head")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        actions.confirm_plan(plan=plan, by=head, at=AT, seen=plan.version)


def test_a_line_has_both_costs_or_none(home: Agency) -> None:
    plan = make_costed(home)
    confirm(plan)
    submit(plan)
    line = decide(plan, actions.Decided(Verdict.APPROVED))

    with pytest.raises(IntegrityError), transaction.atomic():
        PlanDecisionLine.objects.filter(pk=line.pk).update(cost_after=None)
