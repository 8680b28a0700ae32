"""Suggestions of the review that a plan does not have yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from tinhgon.apps.plans.models import Measure, PlanItem
from tinhgon.apps.reviews.models import SuggestionVerdict


def accepted_later(items: Iterable[PlanItem]) -> list[SuggestionVerdict]:
    """
    Return what was accepted in the reviews and is no measure: accepted after the procedure came
    into the plan, or taken out since. A procedure that ends needs none.
    """
    reviews = [item.review_id for item in items if not item.ending]
    accepted = SuggestionVerdict.objects.filter(review__in=reviews, is_accepted=True)
    taken = Measure.objects.filter(suggestion=OuterRef("pk"), item__in=PlanItem.objects.live())
    return list(accepted.filter(~Exists(taken)).order_by("pk"))


def accepted_words(items: Iterable[PlanItem]) -> dict[int, str]:
    """Return by review what to tell of suggestions that are no measure yet."""
    counts = Counter(each.review_id for each in accepted_later(items))
    return {
        review: f"có {number:02} gợi ý đã nhận khi rà soát chưa đưa vào."
        for review, number in counts.items()
    }
