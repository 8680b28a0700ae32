"""The compliance cost of procedures before and after, from their cost sheets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.apps.assessments.models import CostSheet
from tinhgon.domain.vntext import format_number, format_share


@dataclass(frozen=True, slots=True)
class Costs:
    """Đồng a year before and after, exact."""

    before: Decimal
    after: Decimal

    @property
    def saved(self) -> Decimal:
        return self.before - self.after

    @property
    def ratio_words(self) -> str:
        """Return "22,53%", or "không xác định" where there was no cost before."""
        return format_share(self.saved / self.before if self.before else None)

    @property
    def before_words(self) -> str:
        return format_number(self.before, 0)

    @property
    def after_words(self) -> str:
        return format_number(self.after, 0)

    @property
    def saved_words(self) -> str:
        return format_number(self.saved, 0)


def costs_of(reviews: Collection[int]) -> Mapping[int, Costs]:
    """Return the costs by review, for the reviews that have a cost sheet."""
    rows = CostSheet.objects.filter(review__in=reviews)
    return {
        review: Costs(before, after)
        for review, before, after in rows.values_list("review_id", "cost_now", "cost_after")
    }


def sum_of(costs: Iterable[Costs]) -> Costs | None:
    """Return the costs of several procedures together, None for none."""
    rows = list(costs)
    if not rows:
        return None
    nothing = Decimal(0)
    return Costs(
        sum((row.before for row in rows), nothing), sum((row.after for row in rows), nothing)
    )
