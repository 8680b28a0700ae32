from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tinhgon.domain.vntext import format_date

from ._assignment import DONE, Status

_GONE = frozenset({Status.WITHDRAWN, Status.TRANSFERRED})


class LaterThanParent(Exception):
    """Work is passed on with a later date than it came with; the message is in Vietnamese."""

    def __init__(self, parent_due: date, own_due: date) -> None:
        super().__init__(
            f"Hạn giao tiếp {format_date(own_due)} muộn hơn hạn cấp trên giao "
            f"{format_date(parent_due)}."
        )
        self.parent_due = parent_due
        self.own_due = own_due


def inherit_due(parent_due: date | None, own_due: date | None) -> date | None:
    """
    Return the last day of work that is passed on: its own, or its parent's if it has none.

    :raises LaterThanParent: if its own is after the parent's.
    """
    if own_due is None:
        return parent_due
    if parent_due is not None and own_due > parent_due:
        raise LaterThanParent(parent_due, own_due)
    return own_due


def may_extend(times_granted: int, max_times: int | None) -> bool:
    """Return whether one more extension may be asked for; `max_times` None sets no limit."""
    return max_times is None or times_granted < max_times


@dataclass(frozen=True, slots=True)
class Rollup:
    """
    How the children of an assignment stand together.

    `total` leaves out what was withdrawn or went to a successor, whose assignment counts instead;
    `counts` has every status. `done` have been answered, `accepted` are a part of them.
    """

    counts: Mapping[Status, int]
    total: int
    done: int
    accepted: int

    @property
    def percent_done(self) -> Decimal | None:
        """Exact and unrounded, 0 to 100; None if there is nothing to be done."""
        return Decimal(100 * self.done) / self.total if self.total else None


def rollup(statuses: Iterable[Status]) -> Rollup:
    """Return how many children stand where."""
    found = Counter(statuses)
    counts = {status: found[status] for status in Status}
    return Rollup(
        counts=counts,
        total=sum(n for status, n in counts.items() if status not in _GONE),
        done=sum(counts[status] for status in DONE),
        accepted=counts[Status.ACCEPTED],
    )
