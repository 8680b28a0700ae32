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


@dataclass(frozen=True, slots=True)
class Tally:
    """
    What an agency had to do by a day, and what it did.

    `done_late` is among `done`; `overdue` is not done though its last day is over. `untold` is
    among `asked`: the records do not say any more how it stood on the day, so that it counts
    neither as done nor as late.
    """

    asked: int = 0
    done: int = 0
    done_late: int = 0
    overdue: int = 0
    untold: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.asked + other.asked,
            self.done + other.done,
            self.done_late + other.done_late,
            self.overdue + other.overdue,
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
    def ended(self) -> int:
        """What can be in time or late: it was done, or its last day is over."""
        return self.done + self.overdue

    @property
    def timeliness(self) -> Decimal | None:
        """Done in time of what ended, from 0 to 1; None where nothing has."""
        return Decimal(self.done - self.done_late) / self.ended if self.ended else None


NONE = Tally()


def month_before(day: date) -> date:
    """Return the last day of the month before that of `day`."""
    return day.replace(day=1) - timedelta(days=1)
