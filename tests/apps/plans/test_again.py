"""A procedure whose plan was refused or withdrawn goes into another plan: one at a time."""

from __future__ import annotations

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.conftest import StrictClient
from tests.domain.catalogue.plans.decisions import decision, layout
from tests.factories import make_user
from tests.factories.plan_imports import (
    LATER,
    make_import,
    make_ready_import,
    write,
)
from tests.factories.plans import (
    MINISTRY,
    answer,
    decide,
    make_done_review,
    make_measure,
    make_plan,
    make_sent,
    record_answer,
    sent_letter,
    vouch_for,
)
from tests.factories.procedures import AT
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import MeasureKind, RecommendationMove, RowChoice, Verdict
from tinhgon.apps.plans.models import Plan, PlanItem, Recommendation
from tinhgon.apps.plans.queries.import_standing import standing_of
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.models import StaleObject


def make_refused(home: Agency, n: int = 1) -> Plan:
    first = make_done_review(home)
    reviews = [first, *(make_done_review(home, first.round) for _ in range(n - 1))]
    plan = make_plan(home, reviews=reviews)
    for item in plan.items.select_related("plan__agency"):
        make_measure(item)
    decide(plan, Verdict.REFUSED)
    return plan


def test_a_refused_procedure_is_offered_again_and_the_old_refusal_stays_in_sight(
    client: StrictClient, home: Agency, officer: User
) -> None:
    refused = make_refused(home)
    old = refused.items.get()
    client.force_login(officer)
    url = f"{reverse('plans:draft')}?dot={refused.round_id}&co-quan={home.pk}"

    page = client.get(url).content.decode()
    assert "phương án trước không được phê duyệt" in page
    client.post(url, {"reviews": [old.review_id]})

    plan = Plan.objects.get(round=refused.round, number=2)
    new = plan.items.get()
    assert new.review_id == old.review_id
    assert (old.is_live, new.is_live) == (False, True)
    shown = client.get(new.get_absolute_url()).content.decode()
    assert old.get_absolute_url() in shown
    assert "Chưa phù hợp" in shown  # the reason of the refusal
    back = client.get(old.get_absolute_url()).content.decode()
    assert new.get_absolute_url() in back
    make_measure(plan.items.select_related("plan__agency").get())
    decide(plan)
    new.refresh_from_db()
    assert new.verdict == Verdict.APPROVED
    assert [line.verdict for line in old.decision_lines.all()] == ["refused"]
    listed = client.get(f"{reverse('plans:add_items', args=[make_plan(home).pk])}")
    assert f'value="{old.review_id}"' not in listed.content.decode()


def test_what_a_ministry_refused_may_be_planned_again(home: Agency, officer: User) -> None:
    found = make_sent(home)
    clerk = make_user(home.parent or home, "clerk")
    said = answer(RecommendationMove.REFUSE)
    record_answer(found, said, by=clerk, at=AT, seen=3)
    old = PlanItem.objects.select_related("review").get(pk=found.item_id)

    plan = make_plan(home, officer, reviews=[old.review])

    assert plan.items.get().is_live


def refused_above(found: Recommendation, clerk: User) -> Recommendation:
    said = answer(RecommendationMove.REFUSE)
    record_answer(found, said, by=clerk, at=AT, seen=found.version)
    return found


def test_after_a_refusal_from_above_the_page_leads_on_even_when_the_round_is_over(
    client: StrictClient, home: Agency, officer: User
) -> None:
    clerk = make_user(home.parent or home, "clerk")
    found = refused_above(make_sent(home), clerk)
    ReviewRound.objects.update(closed_on=AT.date())
    client.force_login(clerk)  # he drafts nothing: he is told who does
    assert (
        f"{home.name} lập phương án khác" in client.get(found.get_absolute_url()).content.decode()
    )
    client.force_login(officer)

    next_step = client.get(found.get_absolute_url()).context["again"]
    assert next_step.label == "Lập phương án khác"
    assert client.get(found.item.get_absolute_url()).context["again"] == next_step
    assert client.get(next_step.url).status_code == 200
    client.post(next_step.url, {"reviews": [found.item.review_id]})

    plan = Plan.objects.get(number=2)
    made = client.get(found.get_absolute_url()).context["again"]
    assert made.url == plan.items.get().get_absolute_url()


def test_a_round_that_is_over_takes_no_procedure_that_was_in_no_plan(
    client: StrictClient, home: Agency, officer: User
) -> None:
    review = make_done_review(home)
    url = f"{reverse('plans:draft')}?dot={review.round_id}&co-quan={home.pk}"
    client.force_login(officer)
    assert client.get(url).status_code == 200
    ReviewRound.objects.update(closed_on=AT.date())
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("values", "closed", "words"),
    [
        ({"status": "in_progress"}, False, "Làm xong phiếu rà soát"),
        ({"status": "in_progress"}, True, "mở lại đợt"),
        ({"status": "lapsed"}, False, "không còn hiệu lực"),
        ({"outcome": "keep"}, False, "giữ nguyên"),
    ],
)
def test_where_no_other_plan_can_be_drafted_the_page_says_why(
    client: StrictClient,
    home: Agency,
    officer: User,
    values: dict[str, str],
    closed: bool,
    words: str,
) -> None:
    found = refused_above(make_sent(home), make_user(home.parent or home, "clerk"))
    Review.objects.update(**values)
    ReviewRound.objects.update(closed_on=AT.date() if closed else None)
    client.force_login(officer)

    assert words in client.get(found.get_absolute_url()).context["again"].words


def test_what_was_entered_and_refused_above_is_told_of_by_a_later_decision(
    client: StrictClient, home: Agency
) -> None:
    """No review stands behind it, so that nothing is drafted: another decision is entered."""
    first = make_ready_import(home)
    first.rows.update(verdict=Verdict.RECOMMENDED_UP.value)
    write(first)
    clerk = make_user(home.parent or home, "coordinator")
    found, *_ = Recommendation.objects.select_related("item__plan__agency", "item__review")
    actions.address_recommendation(
        recommendation=found,
        asked=actions.Asked(MINISTRY),
        by=make_user(home, "officer"),
        at=LATER,
        seen=found.version,
    )
    letter = sent_letter(issued_on=LATER.date(), answer_by=None)
    seen = [actions.SeenRecommendation(found, found.version)]
    actions.send_recommendations(seen=seen, letter=letter, by=clerk, at=LATER)
    said = answer(RecommendationMove.REFUSE, issued_on=LATER.date())
    record_answer(found, said, by=clerk, at=LATER, seen=found.version)
    client.force_login(clerk)
    next_step = client.get(found.get_absolute_url()).context["again"]
    assert "không soạn phương án khác được" in next_step.words
    assert client.get(next_step.url).status_code == 200

    text = decision(layout("dotted")).replace("1877", "2001")
    later = make_import(home, programme_round=first.round, text=text)
    [(held, why)] = standing_of(later, today=LATER.date(), by=clerk).faults.items()
    free = later.rows.exclude(pk=held).get()
    assert free.version == found.item.review.procedure_version
    row = later.rows.get(pk=held)  # its recommendation goes on
    assert "Đã có trong phương án" in why
    entry = actions.RowEntry(
        RowChoice.LEAVE,
        reason="Đã có",
        kinds=[MeasureKind(each["kind"]) for each in row.said["measures"]],
    )
    row.plan_import = later
    actions.change_row(row=row, entry=entry, by=clerk, at=LATER, seen=later.version)
    write(later, clerk)
    item = PlanItem.objects.live().get(review=found.item.review_id)
    assert client.get(found.get_absolute_url()).context["again"].url == item.get_absolute_url()

    later.refresh_from_db()
    actions.undo_import(plan_import=later, by=clerk, at=LATER, seen=later.version)
    review = Review.objects.get(pk=found.item.review_id)
    assert (review.status, "1877" in review.outcome_reason) == ("entered", True)


def test_the_database_holds_a_review_to_one_live_item(home: Agency) -> None:
    plan = make_plan(home)
    item = plan.items.get()
    copy = {"review": item.review, "as_is": item.as_is, "order": 2}

    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.create(plan=plan, **copy)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.filter(pk=item.pk).update(verdict="refused")
    PlanItem.objects.filter(pk=item.pk).update(verdict="refused", is_live=False)
    PlanItem.objects.create(plan=plan, **copy)


def test_two_who_plan_a_refused_procedure_at_once(home: Agency, officer: User) -> None:
    review = make_refused(home).items.select_related("review").get().review
    make_plan(home, officer, reviews=[review])

    with pytest.raises(StaleObject):
        make_plan(home, officer, reviews=[review])


def test_a_withdrawn_plan_lets_its_procedures_go_and_says_which_are_gone_when_resumed(
    client: StrictClient, home: Agency, officer: User
) -> None:
    first = make_done_review(home)
    second = make_done_review(home, first.round)
    plan = make_plan(home, reviews=[first, second])
    for item in plan.items.select_related("plan__agency"):
        make_measure(item)
    vouch_for(plan)
    plan.refresh_from_db()
    head = make_user(home, "head")
    actions.withdraw_plan(plan=plan, reason="Chờ", by=head, at=AT, seen=plan.version)
    assert not PlanItem.objects.filter(is_live=True).exists()
    other = make_plan(home, officer, reviews=[first])
    client.force_login(head)

    with time_machine.travel(AT, tick=False):
        answer = client.post(
            reverse("plans:resume", args=[plan.pk]), {"version": plan.version}, follow=True
        )

    assert "Đã ở trong phương án khác nên bỏ khỏi đây" in answer.content.decode()
    assert [item.review_id for item in plan.items.all()] == [second.pk]
    assert plan.items.get().is_live
    assert other.items.get().review_id == first.pk
    event = Event.objects.get(kind="plans.resumed")
    assert str(first.procedure_version.name) in str(event.changes)


def test_what_was_refused_is_not_counted_with_the_procedures_of_the_plan(
    client: StrictClient, home: Agency, officer: User
) -> None:
    first = make_done_review(home)
    plan = make_plan(home, reviews=[first, make_done_review(home, first.round)])
    items = list(plan.items.select_related("plan__agency"))
    for item in items:
        make_measure(item)
    given = dict(zip([i.pk for i in items], [Verdict.APPROVED, Verdict.REFUSED], strict=True))
    decide(plan, verdicts={pk: actions.Decided(v, "Chưa phù hợp") for pk, v in given.items()})
    client.force_login(officer)

    page = client.get(plan.get_absolute_url())
    [line] = client.get(reverse("plans:list")).context["lines"]

    counted = (page.context["procedures"], page.context["refused"], line.procedures)
    assert counted == (1, 1, 1)
    assert "không được phê duyệt 1 thủ tục, không tính" in page.content.decode()
