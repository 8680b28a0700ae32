from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments.models import CostSheet, HourlyNorm
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.costing import HourlyValue, hourly_value_on, hourly_values


def get_visible_review(*, user: User, pk: int) -> Review:
    """
    Return the review whose cost is calculated, if the person may see it.

    :raises Review.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        Review.objects.visible_to(user)
        .select_related("round__round", "round__agency", "procedure_version", "procedure", "agency")
        .get(pk=pk)
    )


def get_visible_round(*, user: User, pk: int) -> ReviewRound:
    """
    Return the round, if the person may see it.

    :raises ReviewRound.DoesNotExist: also when it exists but is hidden from the person.
    """
    return ReviewRound.objects.visible_to(user).select_related("round", "agency").get(pk=pk)


def sheet_of(review: Review) -> CostSheet | None:
    """Return the cost sheet of a review, None while there is none."""
    sheet = CostSheet.objects.filter(review=review).select_related("changed_by").first()
    if sheet is not None:
        sheet.review = review
    return sheet


def norms() -> list[HourlyValue]:
    """Return every hourly value that is known, the newest first."""
    own = [norm.as_value for norm in HourlyNorm.objects.all()]
    return sorted([*hourly_values(), *own], key=lambda norm: (norm.since, norm.id), reverse=True)


def find_norm(code: str) -> HourlyValue | None:
    return next((norm for norm in norms() if norm.id == code), None)


def norm_of(review_round: ReviewRound) -> HourlyValue:
    """
    Return the hourly value that a round uses: its own, else the standard one of its first day.

    A round from before the first known value takes the first.
    """
    known = norms()
    if own := next((norm for norm in known if norm.id == review_round.hourly_norm), None):
        return own
    return norm_on(review_round.opened_on, known)


def norm_on(day: date, known: list[HourlyValue]) -> HourlyValue:
    oldest = min((norm for norm in known if norm.is_standard), key=lambda norm: norm.since)
    return hourly_value_on(day, of=tuple(known)) or oldest


def earlier_sheets(review: Review) -> QuerySet[CostSheet]:
    """Return sheets from which figures may be taken: of former rounds, then of the shared one."""
    procedures = [review.procedure_id, review.procedure.canonical_id]
    return (
        CostSheet.objects.filter(review__procedure__in=[pk for pk in procedures if pk])
        .exclude(review=review)
        .select_related("review__procedure_version", "review__round__round")
    )
