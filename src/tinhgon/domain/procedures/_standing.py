"""What is in force on a day, computed from the lines of signed decisions."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

from ._enums import Action

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Act(Generic[K]):
    """
    What one line of a signed decision does to one procedure.

    `version` comes into force on `on`; None where the line ends the procedure (it abolishes it, or
    another procedure takes its place). `signed_on` and `order` decide between acts of one day.

    :raises ValueError: if the line abolishes but brings a version, or brings none though its
        action must: it would end the procedure in silence.
    """

    line: K
    action: Action
    version: K | None
    on: date
    signed_on: date
    order: int = 0

    def __post_init__(self) -> None:
        may_bring = self.action is not Action.ABOLISHED
        may_end = self.action in (Action.ABOLISHED, Action.REPLACED)
        if not (may_end if self.version is None else may_bring):
            version = "no version" if self.version is None else "a version"
            raise ValueError(f"{self.action} with {version}: {self.line!r}")


@dataclass(frozen=True, slots=True)
class Period(Generic[K]):
    """A version in force from `start` to before `end` (None: no end is known)."""

    version: K
    start: date
    begun_by: K
    end: date | None = None
    ended_by: K | None = None

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


class Fault(StrEnum):
    """Why the lines on a procedure do not fit together."""

    SAME_DAY = auto()
    """A version brought on a day is changed or ended on the same day: it never was in force."""
    NEW_THOUGH_IN_FORCE = auto()
    """Brings as new what is in force: an amendment, or a procedure taken for another."""
    AMENDS_NOTHING = auto()
    """Amends or standardises what is not in force."""
    ENDS_NOTHING = auto()
    """Abolishes what is not in force, or puts another procedure in its place."""


@dataclass(frozen=True, slots=True)
class Conflict(Generic[K]):
    """A line that does not fit, with the one it collides with, where there is one."""

    fault: Fault
    line: K
    other: K | None = None


@dataclass(frozen=True, slots=True)
class Standing(Generic[K]):
    """The history of one procedure: its periods in order, and what does not fit together."""

    periods: tuple[Period[K], ...]
    conflicts: tuple[Conflict[K], ...]

    def on(self, day: date) -> Period[K] | None:
        """Return the period that holds on `day`."""
        return next((p for p in reversed(self.periods) if p.holds_on(day)), None)


def standing(acts: Iterable[Act[K]]) -> Standing[K]:
    """
    Return the history of one procedure from all acts of signed decisions on it.

    Acts take effect in the order of their days, whatever the order in which they became known. Of
    two on one day the one signed later prevails, then the one of greater `order`; both are
    reported unless the first only ends what was before. No act is lost: each begins or ends a
    period or is named by a conflict.
    """
    periods: list[Period[K]] = []
    conflicts: list[Conflict[K]] = []
    before: Act[K] | None = None
    for act in sorted(acts, key=lambda a: (a.on, a.signed_on, a.order)):
        running = periods[-1] if periods and periods[-1].end is None else None
        conflicts += _faults(act, running, before)
        if running is not None:
            periods.pop()
            if running.start < act.on:
                periods.append(
                    Period(running.version, running.start, running.begun_by, act.on, act.line)
                )
        if act.version is not None:
            periods.append(Period(act.version, act.on, act.line))
        before = act
    return Standing(tuple(periods), tuple(conflicts))


def _faults(act: Act[K], running: Period[K] | None, before: Act[K] | None) -> list[Conflict[K]]:
    if before is not None and before.on == act.on and before.version is not None:
        return [Conflict(Fault.SAME_DAY, act.line, before.line)]
    if act.action is Action.NEW and running:
        return [Conflict(Fault.NEW_THOUGH_IN_FORCE, act.line, running.begun_by)]
    if running is not None:
        return []
    if act.version is None:
        return [Conflict(Fault.ENDS_NOTHING, act.line)]
    if act.action in (Action.AMENDED, Action.STANDARDISED):
        return [Conflict(Fault.AMENDS_NOTHING, act.line)]
    return []


def find_cycle(replaces: Mapping[K, Iterable[K]]) -> tuple[K, ...]:
    """
    Return procedures that replace one another in a circle, first and last the same; empty if none.

    `replaces`: a procedure → those whose place it takes. In the answer each is replaced by the
    next. Of several circles one is returned.
    """
    try:
        TopologicalSorter(replaces).prepare()
    except CycleError as e:
        return tuple(e.args[1])
    return ()
