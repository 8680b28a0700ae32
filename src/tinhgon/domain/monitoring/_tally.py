from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum, auto


class Area(StrEnum):
    """A part of the work that is followed (phần việc)."""

    PUBLISHED = auto()
    ASSIGNMENTS = auto()
    REPORTS = auto()
    INVENTORIES = auto()
    REVIEWS = auto()
    PLANS = auto()
    CARRYING = auto()


AREA_LABELS = {
    Area.PUBLISHED: "Thủ tục đã công bố",
    Area.ASSIGNMENTS: "Nhiệm vụ",
    Area.REPORTS: "Báo cáo",
    Area.INVENTORIES: "Thống kê bổ sung",
    Area.REVIEWS: "Rà soát",
    Area.PLANS: "Phương án",
    Area.CARRYING: "Thực thi phương án",
}
RANKED = tuple(area for area in Area if area is not Area.PUBLISHED)
"""What is asked of an agency; how many procedures it has published is nothing to rank it by."""
WITHOUT_DAYS = frozenset({Area.PUBLISHED, Area.PLANS})
"""Of which nothing has a last day of its own."""


@dataclass(frozen=True, slots=True)
class Tally:
    """
    What an agency had to do by a day, and what it did.

    `in_time` and `done_late` are among `done`; `overdue` is not done though its last day is over.
    `undated` is among `asked`, done or not: it has no last day, or was done on a day that nobody
    knows, so that it is neither in time nor late. `untold` is among `asked`, too: the records do
    not say any more how it stood on the day, so that it counts as nothing else.
    """

    asked: int = 0
    done: int = 0
    in_time: int = 0
    done_late: int = 0
    overdue: int = 0
    undated: int = 0
    untold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.asked + other.asked,
            self.done + other.done,
            self.in_time + other.in_time,
            self.done_late + other.done_late,
            self.overdue + other.overdue,
            self.undated + other.undated,
            self.untold + other.untold,
        )

    @property
    def told(self) -> int:
        return self.asked - self.untold

    @property
    def completeness(self) -> Decimal | None:
        """Done of what was asked, from 0 to 1; None where nothing was."""
        return Decimal(self.done) / self.told if self.told else None

    @property
    def dated(self) -> int:
        """What is in time or late, or will be."""
        return self.told - self.undated

    @property
    def ended(self) -> int:
        """What of it is already: it was done, or its last day is over."""
        return self.in_time + self.done_late + self.overdue

    @property
    def timeliness(self) -> Decimal | None:
        """Done in time of what ended, from 0 to 1; None where nothing has."""
        return Decimal(self.in_time) / self.ended if self.ended else None


NONE = Tally()


def month_before(day: date) -> date:
    """Return the last day of the month before that of `day`."""
    return day.replace(day=1) - timedelta(days=1)
