"""Suggestions: taken as a measure for the plan, or dismissed with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import Move
from tinhgon.apps.reviews.models import Review, SuggestionVerdict
from tinhgon.apps.reviews.queries.facts import answers_of, known_of, suggestions_for
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused


@transaction.atomic
def judge(
    *,
    review: Review,
    rule: str,
    target: str,
    accepted: bool,
    reason: str,
    by: User,
    at: datetime,
) -> SuggestionVerdict:
    """
    Take a suggestion as a measure for the plan, or dismiss it with a reason.

    :raises IllegalMove, PermissionDenied: as `policies.check` for writing.
    :raises Refused: if nothing of that kind is suggested, or it is dismissed without a reason.
    :raises StaleObject: if somebody decided on it, or moved the review, at the same time.
    """
    policies.check(by, Move.WRITE, review)
    if not accepted and not reason.strip():
        raise Refused("Ghi rõ lý do bỏ qua gợi ý.", "reason")
    known = known_of(review, today=at.date())
    suggested = suggestions_for(review.round.questionnaire.form, known, answers_of(review, known))
    found = [each for each in suggested if (each.rule, each.target) == (rule, target)]
    if not found:
        raise Refused("Gợi ý này không còn. Tải lại trang để xem gợi ý hiện có.")
    review.change(seen_version=review.version, changed_at=at)
    try:
        with transaction.atomic():
            verdict = SuggestionVerdict.objects.create(
                review=review,
                rule=rule,
                target=target,
                measure=found[0].measure,
                value=dict(found[0].value),
                words=found[0].reason,
                is_accepted=accepted,
                reason="" if accepted else reason.strip()[:2000],
                decided_at=at,
                decided_by=by,
            )
    except IntegrityError as e:
        raise StaleObject from e
    kind = "reviews.suggestion_accepted" if accepted else "reviews.suggestion_dismissed"
    change = audit.Change("Gợi ý", "", verdict.words)
    audit.record_all([audit.Entry(kind, review, (change,), verdict.reason)], by=by, at=at)
    return verdict


@transaction.atomic
def reopen(*, review: Review, verdict: int, by: User, at: datetime) -> None:
    """
    Put a decision on a suggestion aside, so that it is asked again.

    :raises IllegalMove, PermissionDenied: as `policies.check` for writing.
    :raises Refused: if there is none any more.
    :raises StaleObject: if somebody moved the review at the same time.
    """
    policies.check(by, Move.WRITE, review)
    row = review.verdicts.filter(pk=verdict).first()
    if row is None:
        raise Refused("Gợi ý này chưa có kết luận.")
    words = row.words
    review.change(seen_version=review.version, changed_at=at)
    row.delete()
    change = audit.Change("Gợi ý", words, "")
    audit.record("reviews.suggestion_reopened", review, by=by, at=at, changes=[change])
