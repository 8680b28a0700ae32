"""What was reviewed before the system knew of it: entered with the decision that tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import Move, Outcome, Status
from tinhgon.apps.reviews.models import Questionnaire, Review, ReviewRound
from tinhgon.common.bulk import insert
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.reviewing import REVIEW


@dataclass(frozen=True, slots=True)
class Entered:
    """What a decision tells of the review of one procedure, which `agency` held then."""

    version: ProcedureVersion
    agency: Agency
    outcome: Outcome
    reason: str


@transaction.atomic
def enter_round(*, programme_round: Round, on: date, by: User, at: datetime) -> ReviewRound:
    """
    Make the review of a round that was over on a day before the system knew of it.

    :raises PermissionDenied: if `by` does not run rounds for the programme's agency.
    :raises Refused: if there is no questionnaire at all, or the round reviews already.
    """
    agency = programme_round.programme.agency
    policies.check_manage(by, agency)
    form = Questionnaire.objects.order_by("-added_at", "-pk").first()
    if form is None:
        raise Refused("Chưa có mẫu phiếu rà soát nào. Báo người quản trị nạp mẫu phiếu.", "round")
    try:
        with transaction.atomic():
            review_round = ReviewRound.objects.create(
                round=programme_round,
                agency=agency,
                questionnaire=form,
                opened_on=on,
                due_on=on,
                closed_on=on,
                created_at=at,
                created_by=by,
            )
    except IntegrityError:
        raise Refused("Đợt này vừa được người khác mở rà soát.", "round") from None
    audit.record("reviews.round_entered", review_round, by=by, at=at)
    return review_round


def discard_round(*, review_round: ReviewRound) -> bool:
    """Take a round back that was entered, if nothing is in it; the caller keeps the trail."""
    try:
        with transaction.atomic():
            ReviewRound.objects.filter(pk=review_round.pk, reviews=None).delete()
    except ProtectedError:
        return False
    return not ReviewRound.objects.filter(pk=review_round.pk).exists()


@transaction.atomic
def enter_reviews(
    *, review_round: ReviewRound, rows: Sequence[Entered], by: User, at: datetime
) -> list[tuple[Review, bool]]:
    """
    Enter the outcome of each review as a signed decision tells it; with True where it is new.

    A review that nobody has begun takes the outcome, and so does one that another decision told of
    before. The caller asked the policy of the decision.

    :raises Refused: if the review of a procedure was begun in the system.
    :raises StaleObject: if somebody begins one at this very moment.
    """
    procedures = [row.version.procedure_id for row in rows]
    known = {
        review.procedure_id: review
        for review in Review.objects.filter(round=review_round, procedure__in=procedures)
    }
    made = [_new(review_round, row, at) for row in rows if row.version.procedure_id not in known]
    try:
        with transaction.atomic():
            new = {review.procedure_id: review for review in insert(made)}
    except IntegrityError:
        raise StaleObject from None  # the procedure came into the round at this very moment
    for row in rows:
        if row.version.procedure_id in known:
            _enter(known[row.version.procedure_id], row, at)
    found = [(known | new)[procedure] for procedure in procedures]
    entries = [audit.Entry("reviews.entered", each, (), each.outcome_reason) for each in found]
    audit.record_all(entries, by=by, at=at)
    return [(review, review.procedure_id in new) for review in found]


def _outcome(row: Entered, at: datetime) -> dict[str, Any]:
    return {
        "status": Status.ENTERED.value,
        "outcome": row.outcome.value,
        "outcome_reason": row.reason,
        "procedure_version": row.version,
        "changed_at": at,
    }


def _new(review_round: ReviewRound, row: Entered, at: datetime) -> Review:
    return Review(
        round=review_round,
        procedure=row.version.procedure,
        agency=row.agency,
        created_at=at,
        **_outcome(row, at),
    )


def _enter(review: Review, row: Entered, at: datetime) -> None:
    try:
        REVIEW.transition_for(Status(review.status), Move.ENTER)
    except IllegalMove:
        words = f"“{row.version}” đang được rà soát trong hệ thống ở đợt này."
        raise Refused(words, "rows") from None
    review.change(seen_version=review.version, **_outcome(row, at))


@transaction.atomic
def take_out_reviews(*, reviews: Sequence[tuple[Review, bool]], by: User, at: datetime) -> None:
    """
    Undo `enter_reviews`: what it made goes, what it found is to be done again.

    :raises StaleObject: if a review changed meanwhile.
    """
    entries = [audit.Entry("reviews.taken_out", review) for review, _ in reviews]
    audit.record_all(entries, by=by, at=at)
    for review, is_new in reviews:
        to = REVIEW.transition_for(Status(review.status), Move.TAKE_OUT).to
        review.change(
            seen_version=review.version,
            status=to.value,
            outcome="",
            outcome_reason="",
            changed_at=at,
        )
        if is_new:
            review.delete()
