"""Procedures one by one, with all that the rounds in scope plan for them, as the domain counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.simplification import Listed, Planned, Stage

from .items import days, with_done_on, with_figures
from .scope import Scope

Condition = Callable[[str], Q]
"""Takes the prefix under which the review stands."""


@dataclass(frozen=True, slots=True)
class Cases:
    """Procedures with the agency of the last review of each, and the last item of those planned."""

    listed: list[Listed[int]]
    planned: list[Planned[int]]
    agencies: Mapping[int, int]
    items: Mapping[int, int]


def cases_of(user: User | None, scope: Scope, condition: Condition) -> Cases:
    """
    Return the procedures of the reviews that meet the condition; two queries.

    Only those whose last review the person sees: whoever had it before no longer answers for it.
    Without a person, all of them.
    """
    rank = {each.pk: place for place, each in enumerate(scope.rounds)}
    reviews = sorted(_reviews(user, scope, condition), key=lambda row: rank[row[2]])
    last = {procedure: (agency, seen) for _, procedure, _, agency, _, seen in reviews}
    agencies = {procedure: agency for procedure, (agency, seen) in last.items() if seen}
    items = _items(scope, condition)
    baseline: dict[int, Decimal | None] = {}
    planned, newest = [], {}
    for pk, procedure, number, _, cost, _ in reviews:
        if procedure not in agencies:
            continue
        item = items.get(pk)
        if baseline.get(procedure) is None:
            baseline[procedure] = item.before if item else cost
        if item:
            newest[procedure] = item.pk
            begun_on = scope.rounds[rank[number]].opened_on
            planned.append(
                _as_planned(item, procedure, rank[number], begun_on=begun_on, on=scope.on)
            )
    return Cases([Listed(*each) for each in baseline.items()], planned, agencies, newest)


def cases_of_procedures(user: User, scope: Scope, procedures: Collection[int]) -> Cases:
    """Return the same for some procedures, by their keys."""
    return cases_of(user, scope, lambda prefix: Q(**{f"{prefix}procedure__in": procedures}))


def _reviews(user: User | None, scope: Scope, condition: Condition) -> Iterable[Any]:
    rounds = [each.pk for each in scope.rounds]
    seen_by = scope.reviews_seen_by(user) if user else Q(pk__gt=0)
    seen = ExpressionWrapper(seen_by, BooleanField())
    rows = Review.objects.filter(condition(""), round__in=rounds).order_by()
    return rows.values_list("pk", "procedure", "round", "agency", "cost_sheet__cost_now", seen)


class Item(NamedTuple):
    """What is planned for a review."""

    pk: int
    review: int
    created_at: datetime
    decided_on: date | None
    is_counted: bool
    is_cut: bool
    before: Decimal | None
    after: Decimal | None
    done_on: date | None


def _items(scope: Scope, condition: Condition) -> dict[int, Item]:
    """Return by review what is planned."""
    rounds = [each.pk for each in scope.rounds]
    items = PlanItem.objects.live().filter(condition("review__"), plan__round__in=rounds)
    rows = with_done_on(with_figures(items)).order_by()
    names = (
        "pk",
        "review",
        "plan__created_at",
        "plan__decided_on",
        "is_counted",
        "is_cut",
        "before",
        "after",
        "done_on",
    )
    return {item.review: item for item in map(Item._make, rows.values_list(*names))}


def _as_planned(
    item: Item, procedure: int, number: int, *, begun_on: date, on: date
) -> Planned[int]:
    reached = dict(days(item, on))
    return Planned(
        procedure,
        number,
        item.is_cut,
        item.before,
        item.after,
        begun_on=begun_on,
        planned_on=reached.get(Stage.PLANNED),
        approved_on=reached.get(Stage.APPROVED),
        carried_out_on=reached.get(Stage.CARRIED_OUT),
    )
