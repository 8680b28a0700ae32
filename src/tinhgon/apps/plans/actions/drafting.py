"""A plan and the procedures in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import MeasureKind
from tinhgon.apps.plans.models import Measure, Plan, PlanItem
from tinhgon.apps.plans.queries.suggested import accepted_later
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews.enums import Outcome
from tinhgon.apps.reviews.models import Review, ReviewRound, SuggestionVerdict
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.reviewing import DONE
from tinhgon.domain.simplification import Measure as MeasureValue
from tinhgon.domain.simplification import measure_words

from ._costs import follow_costs, to_be_of
from ._shared import open_for_edit, recompute

LONGEST_TEXT = 5_000


@transaction.atomic
def draft_plan(
    *,
    review_round: ReviewRound,
    agency: Agency,
    reviews: Sequence[Review],
    by: User,
    at: datetime,
) -> Plan:
    """
    Start a plan with the procedures whose reviews found something to simplify.

    Abolition or merger as the review concluded, and every suggestion that was accepted, become
    measures at once.

    :raises PermissionDenied: if `by` may not draft for the agency.
    :raises Refused: if there is no procedure, or one of them cannot go into the plan.
    :raises StaleObject: if one of them went into another plan at this very moment.
    """
    policies.check_draft(by, agency)
    last = Plan.objects.filter(round=review_round, agency=agency).aggregate(n=Max("number"))["n"]
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                round=review_round,
                agency=agency,
                number=(last or 0) + 1,
                created_at=at,
                created_by=by,
                changed_at=at,
            )
            _, followed = _put_in(plan, reviews, by=by, at=at)
    except IntegrityError:
        raise StaleObject from None
    change = audit.Change("Số thủ tục", "", str(len(reviews)))
    first = audit.Entry("plans.drafted", plan, (change,))
    audit.record_all([first, *followed], by=by, at=at)
    return plan


@transaction.atomic
def add_items(*, plan: Plan, reviews: Sequence[Review], by: User, at: datetime) -> None:
    """
    Put more procedures into a plan that is being drafted.

    :raises IllegalMove, PermissionDenied: as `open_for_edit`.
    :raises Refused, StaleObject: as `draft_plan`.
    """
    open_for_edit(plan, by=by, at=at)
    try:
        with transaction.atomic():
            items, followed = _put_in(plan, reviews, by=by, at=at)
    except IntegrityError:
        raise StaleObject from None
    changes = tuple(audit.Change("Thủ tục", "", str(item)) for item in items)
    first = audit.Entry("plans.items_added", plan, changes)
    audit.record_all([first, *followed], by=by, at=at)


@transaction.atomic
def remove_item(*, item: PlanItem, by: User, at: datetime, seen: int) -> None:
    """
    Take a procedure out of a plan, with its measures; it may go into another plan.

    :raises IllegalMove, PermissionDenied: as `open_for_edit`.
    :raises StaleObject: if the item changed since `seen` was seen.
    """
    open_for_edit(item.plan, by=by, at=at)
    item.change(seen_version=seen)
    lost = [audit.Change("Nội dung đơn giản hóa", m.content, "") for m in item.measures.all()]
    lost += [audit.Change("Văn bản phải sửa", str(c), "") for c in item.legal_changes.all()]
    changes = (audit.Change("Thủ tục", str(item), ""), *lost)
    followed = follow_costs([(item, to_be_of(item, ()))], by=by, at=at)  # nothing is saved any more
    item.delete()
    first = audit.Entry("plans.item_removed", item.plan, changes)
    audit.record_all([first, *followed], by=by, at=at)


@transaction.atomic
def describe_item(*, item: PlanItem, proposal: str, by: User, at: datetime, seen: int) -> None:
    """
    Write the kiến nghị thực thi of one procedure in words.

    :raises IllegalMove, PermissionDenied: as `open_for_edit`.
    :raises StaleObject: if the item changed since `seen` was seen.
    :raises Refused: if it is too long.
    """
    text = proposal.strip()
    if len(text) > LONGEST_TEXT:
        raise Refused(f"Kiến nghị thực thi dài hơn {LONGEST_TEXT} ký tự.", "proposal")
    open_for_edit(item.plan, by=by, at=at)
    change = audit.Change("Kiến nghị thực thi", item.proposal, text)
    item.change(seen_version=seen, proposal=text)
    if change.old != change.new:
        audit.record("plans.item_described", item, by=by, at=at, changes=[change])


@transaction.atomic
def take_suggestions(*, item: PlanItem, by: User, at: datetime, seen: int) -> list[Measure]:
    """
    Make measures of the suggestions that were accepted after the procedure came into the plan.

    :raises IllegalMove, PermissionDenied: as `open_for_edit`.
    :raises StaleObject: if the item changed since `seen` was seen.
    :raises Refused: if there are none.
    """
    open_for_edit(item.plan, by=by, at=at)
    waiting = accepted_later([item])
    if not waiting:
        raise Refused("Không còn gợi ý nào đã nhận mà chưa có trong phương án.")
    last = item.measures.aggregate(n=Max("order"))["n"] or 0
    made = Measure.objects.bulk_create(
        _measure(item, order, *_suggested(each)) for order, each in enumerate(waiting, last + 1)
    )
    followed = recompute(item, by=by, at=at, seen=seen)
    changes = [audit.Change("Nội dung đơn giản hóa", "", measure.content) for measure in made]
    first = audit.Entry("plans.suggestions_taken", item, tuple(changes))
    audit.record_all([first, *followed], by=by, at=at)
    return made


def _put_in(
    plan: Plan, reviews: Sequence[Review], *, by: User, at: datetime
) -> tuple[list[PlanItem], list[audit.Entry]]:
    if not reviews:
        raise Refused("Chọn ít nhất một thủ tục có nội dung đơn giản hóa.", "reviews")
    last = plan.items.aggregate(n=Max("order"))["n"] or 0
    items, entries = [], []
    for order, review in enumerate(reviews, last + 1):
        _check_fits(plan, review)
        item = PlanItem.objects.create(
            plan=plan, review=review, as_is=review.procedure_version, order=order
        )
        _first_measures(item)
        entries += recompute(item, by=by, at=at, seen=item.version)
        items.append(item)
    return items, entries


def _check_fits(plan: Plan, review: Review) -> None:
    if (review.round_id, review.agency_id) != (plan.round_id, plan.agency_id):
        raise Refused(f"“{review.procedure_version}” không thuộc cơ quan và đợt này.", "reviews")
    done = review.status in {status.value for status in DONE}
    if not done or review.outcome in ("", Outcome.KEEP.value):
        raise Refused(
            f"“{review.procedure_version}” chưa rà soát xong hoặc được giữ nguyên.", "reviews"
        )


_Found = tuple[MeasureValue, str, SuggestionVerdict | None]


def _first_measures(item: PlanItem) -> None:
    """Turn what the review found into measures: its outcome, and the suggestions accepted."""
    Measure.objects.bulk_create(
        _measure(item, order, *found) for order, found in enumerate(_found(item.review), 1)
    )


def _measure(
    item: PlanItem,
    order: int,
    measure: MeasureValue,
    reason: str,
    verdict: SuggestionVerdict | None,
) -> Measure:
    return Measure(
        item=item,
        order=order,
        kind=measure.kind.value,
        target=measure.target,
        value=dict(measure.value),
        content=measure_words(item.as_is_record, measure),
        reason=reason,
        suggestion=verdict,
    )


def _found(review: Review) -> list[_Found]:
    if review.outcome == Outcome.ABOLISH.value:
        return [(MeasureValue(MeasureKind.ABOLISH), review.outcome_reason, None)]
    if review.outcome == Outcome.MERGE.value:
        value = {"into": _name_of_other(review)}
        return [(MeasureValue(MeasureKind.MERGE, value=value), review.outcome_reason, None)]
    return [_suggested(verdict) for verdict in review.verdicts.filter(is_accepted=True)]


def _suggested(verdict: SuggestionVerdict) -> _Found:
    measure = MeasureValue(MeasureKind(verdict.measure), verdict.target, verdict.value)
    return measure, verdict.words, verdict


def _name_of_other(review: Review) -> str:
    """Return the name that is in force: a draft of another agency is not for this one to read."""
    published = ProcedureVersion.objects.filter(valid_from__isnull=False)
    version = published.filter(procedure=review.merge_into_id).order_by("-number").first()
    return version.name if version else "chưa xác định"
