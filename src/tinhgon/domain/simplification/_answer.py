"""What the planner answers: a choice with its proof, or what stands in the way of the targets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto

from ._problem import NOTHING, Least, Totals


class Barrier(StrEnum):
    """What stands in the way: without it the targets could be reached."""

    NUMBER_TARGET = auto()
    COST_TARGET = auto()
    LOCKED_OUT = auto()
    LOCKED_IN = auto()
    EXCLUSIONS = auto()
    BUDGET = auto()
    MEASURES = auto()
    """Not even all measures together reach the targets: there are too few of them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """
    The measures to take, re-reckoned exactly.

    `bound` is the least of effort, risk or days that any choice can do with; `is_proven` says that
    this one needs no more. `next_best` does without at least one of the measures chosen here.
    `partial` are procedures with so many measures that not every set of them was looked at.
    """

    totals: Totals
    bound: Decimal
    is_proven: bool
    next_best: Totals | None = None
    partial: tuple[str, ...] = ()

    def gap(self, least: Least) -> Decimal:
        """Return by how much this may exceed the least possible; 0 where it is proven."""
        return max(self.totals.amount(least) - self.bound, NOTHING)


@dataclass(frozen=True, slots=True)
class Unreached:
    """
    Why an agency, or the whole (""), misses its targets within the locks and budgets.

    `most_counted` and `most_saved` are each the most for itself, exact.
    """

    agency: str
    listed: int
    needed_counted: int
    most_counted: int
    needed_saved: Decimal | None
    most_saved: Decimal
    barriers: tuple[Barrier, ...]

    @property
    def falls_short(self) -> bool:
        """Return whether even the most of one of the two is not enough."""
        saves_too_little = self.needed_saved is not None and self.most_saved < self.needed_saved
        return self.most_counted < self.needed_counted or saves_too_little


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What the planner found. `choice` is None where nothing at all keeps to locks and budgets.

    Where targets are out of reach, `unreached` says whose and why; `choice` is then what the other
    agencies need.
    """

    choice: Choice | None
    unreached: tuple[Unreached, ...] = ()
