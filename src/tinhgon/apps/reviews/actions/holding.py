"""Reviews on which a confirmed plan rests: they stand still until the plan comes back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import F, QuerySet

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reviews.models import Review
from tinhgon.common.models import StaleObject
from tinhgon.domain.reviewing import VOUCHED

_VOUCHED = sorted(status.value for status in VOUCHED)


def hold_reviews(reviews: Collection[Review], *, at: datetime) -> list[audit.Entry]:
    """
    Let nobody move these reviews; return what the trail is to say.

    The caller asked the policy of the plan that rests on them, and writes the trail.

    :raises StaleObject: if one of them moved since it was read, or its head does not stand behind
        it.
    """
    rows = _as_read(reviews).filter(is_held=False, status__in=_VOUCHED)
    return _set(reviews, rows, at, is_held=True, kind="reviews.held")


def release_reviews(reviews: Collection[Review], *, at: datetime) -> list[audit.Entry]:
    """
    Let these reviews move again: the plan came back, or what it planned for them was refused.

    :raises StaleObject: as `hold_reviews`.
    """
    rows = _as_read(reviews).filter(is_held=True)
    return _set(reviews, rows, at, is_held=False, kind="reviews.released")


def _as_read(reviews: Collection[Review]) -> QuerySet[Review]:
    return Review.objects.filter(pk__in=[review.pk for review in reviews])


def _set(
    reviews: Collection[Review], rows: QuerySet[Review], at: datetime, *, is_held: bool, kind: str
) -> list[audit.Entry]:
    if rows.update(is_held=is_held, changed_at=at, version=F("version") + 1) != len(reviews):
        raise StaleObject
    return [audit.Entry(kind, review) for review in reviews]
