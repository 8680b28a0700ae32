"""
What is counted of each agency, and on which day it came.

The database sums it; what several rounds plan for one procedure is left to
`domain.simplification`, which alone knows what of it would be counted twice. A test holds the two
to each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import BigIntegerField, Count, F, Func, QuerySet, Sum

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.simplification import Indicators, Share, Stage, Whole, indicators

from .items import days
from .scope import Scope
from .sums import sums_of
from .together import grown, together


class Step(NamedTuple):
    """
    What came to a stage at an agency on a day; money in ten-thousandths of a đồng.

    Whole numbers, because a nation has many steps: `share` is the same as the domain adds it.
    """

    agency: int
    stage: Stage
    on: date
    cut: int
    simplified: int
    saved: int
    before: int

    @property
    def share(self) -> Share:
        return _added([self])


@dataclass(slots=True)
class Counted:
    """The whole of each agency, and the steps that lead to what is counted of it."""

    wholes: dict[int, Whole] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    differing: Counter[int] = field(default_factory=Counter)
    """Approved procedures whose cost sheet says something else by now than the decision did."""

    def add_whole(self, agency: int, whole: Whole) -> None:
        self.wholes[agency] = self.wholes.get(agency, Whole()) + whole

    def shares(self) -> Mapping[tuple[int, Stage], Share]:
        """Return what is counted of each agency at each stage."""
        found: dict[tuple[int, Stage], list[Step]] = defaultdict(list)
        for step in self.steps:
            found[step.agency, step.stage].append(step)
        return {key: _added(steps) for key, steps in found.items()}

    def within(self, agencies: Iterable[int]) -> Counted:
        """Return what is counted of these agencies."""
        kept = set(agencies)
        return Counted(
            {agency: whole for agency, whole in self.wholes.items() if agency in kept},
            [step for step in self.steps if step.agency in kept],
            Counter({agency: n for agency, n in self.differing.items() if agency in kept}),
        )

    def total(self, stage: Stage) -> Indicators:
        return indicators(self.whole, _added([e for e in self.steps if e.stage is stage]))

    @property
    def whole(self) -> Whole:
        return sum(self.wholes.values(), Whole())


def _added(steps: Sequence[Step]) -> Share:
    return Share(
        sum(step.cut for step in steps),
        sum(step.simplified for step in steps),
        _money(sum(step.saved for step in steps)),
        _money(sum(step.before for step in steps)),
    )


def counted(user: User, scope: Scope) -> Counted:
    """
    Return what the person sees of a scope on its day.

    Two queries, one for several rounds; one more for a round that was entered later.
    """
    found = Counted()
    if scope.is_cumulative:
        _count_together(found, user, scope)
    else:
        reviews = Review.objects.filter(scope.reviews_seen_by(user))
        for agency, listed, known, before in _listed(reviews):
            found.add_whole(agency, Whole(listed, _money(before), listed - known))
        _count_plans(found, PlanItem.objects.live().filter(scope.items_seen_by(user)), scope.on)
    for agency, number in _unreviewed(user, scope):
        found.add_whole(agency, Whole(number, unassessed=number))
    return found


class _Exact(Func):
    """An amount in ten-thousandths of a đồng: whole numbers add up exactly on either database."""

    template = "CAST(ROUND(%(expressions)s * 10000) AS BIGINT)"
    output_field = BigIntegerField()


def _sum(column: str) -> Sum:
    return Sum(_Exact(F(column)))


def _money(tenthousandths: int | Decimal | None) -> Decimal:
    return Decimal(int(tenthousandths or 0)).scaleb(-4)


def _tenthousandths(money: Decimal) -> int:
    return int(money.scaleb(4))


def _listed(reviews: QuerySet[Review]) -> Iterable[tuple[int, int, int, int]]:
    """Return of each agency: procedures, those that were assessed, and what these cost now."""
    rows = reviews.order_by().values_list("agency")
    cost = "cost_sheet__cost_now"
    return rows.annotate(listed=Count("pk"), known=Count(cost), cost=_sum(cost))


def _unreviewed(user: User, scope: Scope) -> Iterable[tuple[int, int]]:
    """
    Return of each agency what no round reviews. All versions of a procedure have one holder, who
    has it now: what changed hands counts there once, and whoever had it before sees none of it.
    """
    rows = scope.unreviewed_seen_by(user)
    if rows is None:
        return ()
    return rows.order_by().values_list("holder").annotate(n=Count("procedure", distinct=True))


def _count_plans(found: Counted, items: QuerySet[PlanItem], on: date) -> None:
    """Count what reached a stage, and let the whole follow the figures of decisions."""
    for sums in sums_of(items):
        if sums.before != sums.in_sheets or sums.sheets != sums.known:
            corrected = _money(sums.before - sums.in_sheets)
            found.add_whole(sums.agency, Whole(0, corrected, sums.sheets - sums.known))
        found.differing[sums.agency] += sums.differing
        cut, simplified = (sums.items, 0) if sums.is_cut else (0, sums.items)
        saved = sums.before - sums.after
        found.steps += [
            Step(sums.agency, stage, day, cut, simplified, saved, sums.before)
            for stage, day in days(sums, on)
        ]


def _count_together(found: Counted, user: User, scope: Scope) -> None:
    alike, overlaps = together(user, scope)
    for each in alike:
        whole = Whole(each.listed, _money(each.cost), each.listed - each.assessed)
        found.add_whole(each.agency, whole)
        found.differing[each.agency] += each.differing
        if course := each.course:
            cut, simplified = (each.listed, 0) if course.is_cut else (0, each.listed)
            found.steps += [
                Step(each.agency, stage, day, cut, simplified, each.saved, each.cost)
                for stage, day in days(course, scope.on)
            ]
    found.steps += [Step(*each) for each in grown(overlaps, scope)]
