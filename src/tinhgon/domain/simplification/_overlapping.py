"""How what several rounds plan for one procedure grows, worked out once for each pattern of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ._indicators import Listed, Planned, Stage, Step, growth

_FIRST = date(1, 1, 1)
_PATTERNS = 4096
_ONE, _NOTHING = Decimal(1), Decimal(0)


class PlannedAgain(NamedTuple):
    """As `Planned`, with amounts as whole numbers of any unit; the rounds are in their order."""

    cut: bool
    before: int | None
    after: int | None
    begun_on: date | None
    planned_on: date | None
    approved_on: date | None
    carried_out_on: date | None


class Growth(NamedTuple):
    """By how much one procedure changes what is counted at a stage, on a day."""

    stage: Stage
    on: date
    cut: int
    simplified: int
    saved: int
    before: int


class _Pattern(NamedTuple):
    """Of each plan: whether it cuts, whether its cost is known, the places of its days."""

    is_assessed: bool
    plans: tuple[tuple[bool, bool, tuple[int | None, ...]], ...]


class _Step(NamedTuple):
    """`factors`: how many times what each plan saves counts; `whole`: and the cost before."""

    stage: Stage
    place: int
    cut: int
    simplified: int
    factors: tuple[int, ...]
    whole: int


def growth_of_one(before: int | None, plans: Sequence[PlannedAgain]) -> Iterator[Growth]:
    """
    Yield what `growth` says of one procedure, at every stage.

    It depends on amounts as a sum does, so that procedures with the same order of days, the same
    cuts and the same gaps have it from one another: a nation has many with few patterns.
    """
    days = sorted({day for plan in plans for day in plan[3:] if day})
    place = {day: number for number, day in enumerate(days)}
    pattern = _Pattern(
        before is not None,
        tuple(
            (
                plan.cut,
                plan.before is not None and plan.after is not None,
                tuple(place[day] if day else None for day in plan[3:]),
            )
            for plan in plans
        ),
    )
    saved = [(plan.before or 0) - (plan.after or 0) for plan in plans]
    for step in _steps(pattern):
        yield Growth(
            step.stage,
            days[step.place],
            step.cut,
            step.simplified,
            sum(factor * each for factor, each in zip(step.factors, saved, strict=True)),
            step.whole * (before or 0),
        )


@lru_cache(_PATTERNS)
def _steps(pattern: _Pattern) -> tuple[_Step, ...]:
    found = []
    for stage in Stage:
        plain = list(_growth(pattern, stage, None))
        units = [list(_growth(pattern, stage, number)) for number in range(len(pattern.plans))]
        for number, step in enumerate(plain):
            found.append(
                _Step(
                    stage,
                    (step.on - _FIRST).days,
                    step.share.cut,
                    step.share.simplified,
                    tuple(int(unit[number].share.saved) for unit in units),
                    int(step.share.before),
                )
            )
    return tuple(found)


def _growth(pattern: _Pattern, stage: Stage, saving: int | None) -> Iterator[Step[int]]:
    """Yield how the pattern grows where one plan alone saves anything, and it saves one."""
    planned = [
        Planned(
            0,
            number,
            cut,
            (_ONE if number == saving else _NOTHING) if is_known else None,
            _NOTHING if is_known else None,
            *(None if place is None else _FIRST + timedelta(days=place) for place in places),
        )
        for number, (cut, is_known, places) in enumerate(pattern.plans)
    ]
    return growth([Listed(0, _ONE if pattern.is_assessed else None)], planned, stage=stage)
