"""How the 20% of procedures and the 20% of cost are counted (QĐ 1085/QĐ-TTg leaves it open)."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from typing import Generic, Self, TypeVar

from tinhgon.domain.vntext import format_number, format_share

P = TypeVar("P", bound=Hashable)
"""What names a procedure."""

USUAL_RULE = (
    "Quyết định số 1085/QĐ-TTg ngày 15/9/2022 (cắt giảm ít nhất 20% số thủ tục, 20% chi phí tuân "
    "thủ), không quy định cách tính; tạm tính như số liệu Chính phủ, các tỉnh đã công bố."
)
"""What the rule rests on that holds where nobody set another."""
_NOTHING = Decimal(0)


class NumberRule(StrEnum):
    """Which figure is the official one for the number of procedures."""

    K1 = auto()
    """Cut only: abolished or merged."""
    K2 = auto()
    """Cut or simplified: what national accounts count together."""


class CostRule(StrEnum):
    """Which figure is the official one for the compliance cost."""

    C = auto()
    """Of the cost of all procedures in scope."""
    C_PRIME = auto()
    """Of the cost of the procedures that have a plan."""


@dataclass(frozen=True, slots=True)
class CountingRule:
    """Quy tắc tính chỉ tiêu: the official figures and the targets they are held against."""

    number: NumberRule = NumberRule.K2
    cost: CostRule = CostRule.C
    number_target: Decimal = Decimal("0.2")
    cost_target: Decimal = Decimal("0.2")


@dataclass(frozen=True, slots=True)
class Listed(Generic[P]):
    """A procedure in scope, with its yearly cost before any plan; None: not assessed yet."""

    procedure: P
    before: Decimal | None = None


class Stage(StrEnum):
    """How far a plan must have come to be counted. Approved is not carried out."""

    PLANNED = auto()
    APPROVED = auto()
    CARRIED_OUT = auto()


@dataclass(frozen=True, slots=True)
class Planned(Generic[P]):
    """
    One procedure in the plan of one round.

    `round` orders the rounds. `cut`: abolished or merged, else simplified. `before` and `after`
    are đồng a year, None where not assessed. `begun_on` is the day on which its round took the
    baseline: what an earlier round carried out until then is part of `before` already.
    """

    procedure: P
    round: int
    cut: bool = False
    before: Decimal | None = None
    after: Decimal | None = None
    begun_on: date | None = None
    planned_on: date | None = None
    approved_on: date | None = None
    carried_out_on: date | None = None

    def reached_on(self, stage: Stage) -> date | None:
        """Return the day on which it came to a stage, None where it has not."""
        match stage:
            case Stage.PLANNED:
                return self.planned_on
            case Stage.APPROVED:
                return self.approved_on
            case Stage.CARRIED_OUT:
                return self.carried_out_on

    def counts(self, stage: Stage, on: date) -> bool:
        day = self.reached_on(stage)
        return day is not None and day <= on


@dataclass(frozen=True, slots=True)
class Figure:
    """A share: its sign in the tables, what is divided by what, and the formula in words."""

    sign: str
    part: Decimal
    whole: Decimal
    formula: str

    @property
    def ratio(self) -> Decimal | None:
        """The share as a number up to 1, None where there is nothing to divide by."""
        return self.part / self.whole if self.whole else None

    @property
    def words(self) -> str:
        """Return "22,53%", or "không xác định"."""
        return format_share(self.ratio)

    def reaches(self, target: Decimal) -> bool | None:
        """Return whether the target is met, exactly; None where the share is undefined."""
        return self.part >= target * self.whole if self.whole else None

    def lacks(self, target: Decimal) -> Decimal:
        """Return by how much the part falls short of the target; nothing where it is met."""
        return max(target * self.whole - self.part, _NOTHING)


@dataclass(frozen=True, slots=True)
class Indicators:
    """The four figures of a scope, and what they were counted from."""

    listed: int
    cut: int
    simplified: int
    saved: Decimal
    before: Decimal
    """Yearly cost before any plan of every procedure in scope that was assessed."""
    before_planned: Decimal
    unassessed: int
    """Procedures in scope whose cost is not known: they count nothing on either side."""

    @property
    def k1(self) -> Figure:
        return Figure(
            "K1",
            Decimal(self.cut),
            Decimal(self.listed),
            f"K1 = số thủ tục cắt giảm (bãi bỏ, gộp) / tổng số thủ tục = "
            f"{self.cut} / {self.listed}",
        )

    @property
    def k2(self) -> Figure:
        both = self.cut + self.simplified
        return Figure(
            "K2",
            Decimal(both),
            Decimal(self.listed),
            f"K2 = số thủ tục cắt giảm và đơn giản hóa / tổng số thủ tục = "
            f"({self.cut} + {self.simplified}) / {self.listed}",
        )

    @property
    def c(self) -> Figure:
        return Figure(
            "C",
            self.saved,
            self.before,
            "C = chi phí tiết kiệm / chi phí trước đơn giản hóa của tất cả thủ tục = "
            f"{_money(self.saved)} / {_money(self.before)} (đồng/năm)",
        )

    @property
    def c_prime(self) -> Figure:
        return Figure(
            "C′",
            self.saved,
            self.before_planned,
            "C′ = chi phí tiết kiệm / chi phí trước đơn giản hóa của các thủ tục có phương án = "
            f"{_money(self.saved)} / {_money(self.before_planned)} (đồng/năm)",
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (self.k1, self.k2, self.c, self.c_prime)

    def number(self, rule: CountingRule) -> Figure:
        """Return the official figure for the number of procedures."""
        return self.k1 if rule.number is NumberRule.K1 else self.k2

    def cost(self, rule: CountingRule) -> Figure:
        """Return the official figure for the compliance cost."""
        return self.c if rule.cost is CostRule.C else self.c_prime

    def lacking_procedures(self, rule: CountingRule) -> int:
        """Return how many more procedures the official figure needs to reach its target."""
        return math.ceil(self.number(rule).lacks(rule.number_target))

    def lacking_cost(self, rule: CountingRule) -> Decimal:
        """Return how much more is to be saved to reach the target, in đồng a year."""
        return self.cost(rule).lacks(rule.cost_target)


def _money(value: Decimal) -> str:
    return format_number(value, 0)


@dataclass(frozen=True, slots=True)
class Whole:
    """What shares are divided by: the procedures in scope, and what they cost before any plan."""

    listed: int = 0
    before: Decimal = _NOTHING
    unassessed: int = 0

    @classmethod
    def of(cls, costs: Iterable[Decimal | None]) -> Self:
        """Return the whole of procedures with these costs; None: not assessed."""
        rows = list(costs)
        known = [before for before in rows if before is not None]
        return cls(len(rows), sum(known, _NOTHING), len(rows) - len(known))

    def __add__(self, other: Whole) -> Whole:
        return Whole(
            self.listed + other.listed,
            self.before + other.before,
            self.unassessed + other.unassessed,
        )


@dataclass(frozen=True, slots=True)
class Share:
    """What planned procedures add: `before` is the yearly cost of those that were assessed."""

    cut: int = 0
    simplified: int = 0
    saved: Decimal = _NOTHING
    before: Decimal = _NOTHING

    def __add__(self, other: Share) -> Share:
        return Share(
            self.cut + other.cut,
            self.simplified + other.simplified,
            self.saved + other.saved,
            self.before + other.before,
        )

    def __sub__(self, other: Share) -> Share:
        return Share(
            self.cut - other.cut,
            self.simplified - other.simplified,
            self.saved - other.saved,
            self.before - other.before,
        )


@dataclass(frozen=True, slots=True)
class Step(Generic[P]):
    """By how much a procedure changes what is counted, on a day."""

    procedure: P
    on: date
    share: Share


def indicators(whole: Whole, share: Share) -> Indicators:
    """Return the figures of a whole of which this share is counted."""
    return Indicators(
        listed=whole.listed,
        cut=share.cut,
        simplified=share.simplified,
        saved=share.saved,
        before=whole.before,
        before_planned=share.before,
        unassessed=whole.unassessed,
    )


def count(
    scope: Iterable[Listed[P]],
    planned: Iterable[Planned[P]],
    *,
    on: date,
    stage: Stage = Stage.APPROVED,
) -> Indicators:
    """
    Return the figures of a scope on a day, over the rounds whose plans are given.

    Every procedure counts once, in however many rounds it is: cut if any of them cuts it. What
    several rounds save is added up only where the later one was reckoned from what the earlier
    one had left; on the same baseline the later plan stands in place of the earlier one.
    `scope` includes the procedures that plans abolish: they stay in the whole.
    """
    baseline = {each.procedure: each.before for each in scope}
    total = Share()
    for procedure, rows in _by_procedure(planned, baseline).items():
        total += _share(rows, baseline[procedure], stage, on)
    return indicators(Whole.of(baseline.values()), total)


def _by_procedure(planned: Iterable[Planned[P]], scope: Collection[P]) -> dict[P, list[Planned[P]]]:
    rows: dict[P, list[Planned[P]]] = defaultdict(list)
    for each in planned:
        if each.procedure in scope:
            rows[each.procedure].append(each)
    for found in rows.values():
        found.sort(key=lambda each: each.round)
    return rows


def _share(rows: Sequence[Planned[P]], before: Decimal | None, stage: Stage, on: date) -> Share:
    counted = [each for each in rows if each.counts(stage, on)]
    if not counted:
        return Share()
    cut = any(each.cut for each in counted)
    if before is None:
        return Share(int(cut), int(not cut))
    return Share(int(cut), int(not cut), _saved(counted), before)


def _saved(rows: Sequence[Planned[P]]) -> Decimal:
    total = latest = _NOTHING
    former: Planned[P] | None = None
    for each in rows:
        if each.before is None or each.after is None:
            continue
        if former is not None and _builds_on(each, former):
            total += latest
        # On the baseline of the former one the later plan says anew what the whole of it saves.
        latest = each.before - each.after
        former = each
    return total + latest


def _builds_on(later: Planned[P], former: Planned[P]) -> bool:
    done, begun = former.carried_out_on, later.begun_on
    return done is not None and begun is not None and done <= begun


def growth(
    scope: Iterable[Listed[P]],
    planned: Iterable[Planned[P]],
    *,
    stage: Stage = Stage.APPROVED,
) -> Iterator[Step[P]]:
    """Yield how the counted share of each procedure in scope changes, day by day."""
    baseline = {each.procedure: each.before for each in scope}
    for procedure, rows in _by_procedure(planned, baseline).items():
        before = Share()
        for day in sorted({day for each in rows if (day := each.reached_on(stage))}):
            now = _share(rows, baseline[procedure], stage, day)
            yield Step(procedure, day, now - before)
            before = now


@dataclass(frozen=True, slots=True)
class Point:
    """The figures at the end of a day on which one of them changed."""

    on: date
    indicators: Indicators


def rising(whole: Whole, shares: Iterable[tuple[date, Share]], *, until: date) -> tuple[Point, ...]:
    """Return the figures of the whole on each day on which shares came to it, up to `until`."""
    days: dict[date, Share] = defaultdict(Share)
    for day, share in shares:
        days[day] += share
    total = Share()
    points = []
    for day in sorted(day for day in days if day <= until):
        total += days[day]
        points.append(Point(day, indicators(whole, total)))
    return tuple(points)


def burn_up(
    scope: Iterable[Listed[P]],
    planned: Iterable[Planned[P]],
    *,
    until: date,
    stage: Stage = Stage.APPROVED,
) -> tuple[Point, ...]:
    """Return how the figures grew: one point for each day that changed them, up to `until`."""
    rows = list(scope)
    baseline = {each.procedure: each.before for each in rows}
    steps = ((step.on, step.share) for step in growth(rows, planned, stage=stage))
    return rising(Whole.of(baseline.values()), steps, until=until)
