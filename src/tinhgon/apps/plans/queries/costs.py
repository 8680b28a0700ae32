"""
The compliance cost of procedures before and after: from their cost sheets until the head confirms
the plan, then as he confirmed it, then as it was decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.plans.enums import PlanStatus, Verdict
from tinhgon.apps.plans.models import PlanDecisionLine, PlanItem, StatedCosts
from tinhgon.domain.vntext import format_number, format_percent, format_share


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


@dataclass(frozen=True, slots=True)
class Stated:
    """The figures that a decision states, in đồng a year and percent; never computed here."""

    before: Decimal | None = None
    after: Decimal | None = None
    saved: Decimal | None = None
    ratio: Decimal | None = None

    @classmethod
    def read(cls, said: Mapping[str, str]) -> Stated | None:
        """Return the figures as they were read from a decision, None where it states none."""
        return cls(**{name: Decimal(value) for name, value in said.items()}) if said else None

    @classmethod
    def of(cls, row: StatedCosts) -> Stated:
        return cls(row.before, row.after, row.saved, row.ratio)

    @classmethod
    def beside(cls, item: PlanItem) -> Stated | None:
        """Return the figures of an item that was read with them, None where it has none."""
        return cls.of(item.stated_costs) if hasattr(item, "stated_costs") else None

    @property
    def before_words(self) -> str:
        return _figure(self.before)

    @property
    def after_words(self) -> str:
        return _figure(self.after)

    @property
    def saved_words(self) -> str:
        return _figure(self.saved)

    @property
    def ratio_words(self) -> str:
        """Return the percentage with the decimals that the decision has."""
        return NOT_STATED if self.ratio is None else format_percent(self.ratio)


NOT_STATED = "không nêu"


def _figure(value: Decimal | None) -> str:
    return NOT_STATED if value is None else format_number(value)


def stated_of(items: Collection[int]) -> Mapping[int, Stated]:
    """Return by item the costs as their decision states them, where it states any."""
    rows = StatedCosts.objects.filter(item__in=items)
    return {row.item_id: Stated.of(row) for row in rows}


def sum_of_stated(rows: Iterable[Stated]) -> Stated | None:
    """Return the stated figures together, None for none; what one row lacks, the sum leaves out."""
    found = list(rows)
    if not found:
        return None
    return Stated(
        *(_sum([getattr(row, name) for row in found]) for name in ("before", "after", "saved"))
    )


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def costs_of(reviews: Collection[int]) -> Mapping[int, Costs]:
    """Return the costs by review, for the reviews that have a cost sheet."""
    rows = CostSheet.objects.filter(review__in=reviews)
    return {
        review: Costs(before, after)
        for review, before, after in rows.values_list("review_id", "cost_now", "cost_after")
    }


def costs_of_items(items: Iterable[PlanItem]) -> Mapping[int, Costs]:
    """Return the costs by item as they stand, where there are any; the items have their plans."""
    rows = list(items)
    decided = [item.pk for item in rows if item.verdict != Verdict.WAITING.value]
    return {**proposed_costs(rows), **_decided(decided)}


def decided_costs(items: Iterable[PlanItem]) -> Mapping[int, Costs]:
    """Return the costs by item as decided, whatever those above answered since."""
    rows = list(items)
    return {**proposed_costs(rows), **_decided([item.pk for item in rows], answered=False)}


def _decided(items: Collection[int], *, answered: bool = True) -> Mapping[int, Costs]:
    """What those above agreed to in part costs what the rest of the measures leaves."""
    if not items:
        return {}
    known = PlanDecisionLine.objects.filter(
        item__in=items, cost_before__isnull=False, cost_after__isnull=False
    )
    rows = known.order_by("pk").values_list(
        "item", "cost_before", "cost_after", "item__recommendation__cost_after"
    )
    found = {}
    for item, before, after, agreed in rows:
        rest = agreed if answered and agreed is not None else after
        if before is not None and rest is not None:
            found[item] = Costs(before, rest)
    return found


def proposed_costs(items: Iterable[PlanItem]) -> Mapping[int, Costs]:
    """Return the costs by item as the plan proposes them, whatever was decided."""
    rows = list(items)
    live = {item.pk: item.review_id for item in rows if _follows_sheet(item)}
    sheets = costs_of(set(live.values())) if live else {}
    found = {}
    for item in rows:
        costs = sheets.get(item.review_id) if item.pk in live else _kept(item)
        if costs:
            found[item.pk] = costs
    return found


def _follows_sheet(item: PlanItem) -> bool:
    """The sheet is of the plan in which the review stands: a withdrawn one keeps its figures."""
    return item.plan.confirmed_at is None and item.plan.status != PlanStatus.WITHDRAWN.value


def _kept(item: PlanItem) -> Costs | None:
    if item.cost_before is None or item.cost_after is None:
        return None
    return Costs(item.cost_before, item.cost_after)


def planned(items: Iterable[PlanItem], costs: Mapping[int, Costs]) -> Iterator[Costs]:
    """Yield the costs that the benefit of a plan is made of: not of what was refused."""
    for item in items:
        if item.pk in costs and item.verdict != Verdict.REFUSED.value:
            yield costs[item.pk]


def sum_of(costs: Iterable[Costs]) -> Costs | None:
    """Return the costs of several procedures together, None for none."""
    rows = list(costs)
    if not rows:
        return None
    nothing = Decimal(0)
    return Costs(
        sum((row.before for row in rows), nothing), sum((row.after for row in rows), nothing)
    )
