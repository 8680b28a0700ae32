"""
What is read out of a directive: proposed assignments, and what was left aside with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tinhgon.domain.deadlines import DueKind
from tinhgon.domain.legalref import DocumentRef

from ._when import Due, Within, Wording


class How(StrEnum):
    """How a field of a task was found."""

    OWN = "own"  # in the task's own words
    INHERITED = "inherited"  # from a heading or leading clause above it
    LEADING = "leading"  # from the letter's leading clause ("… yêu cầu các sở, ban, ngành …")
    ADDRESSEES = "addressees"  # from "Kính gửi"
    FIELD = "field"  # from a line such as "Cơ quan chủ trì: …"
    CELL = "cell"  # from a cell of a table


@dataclass(frozen=True, slots=True)
class Place:
    """
    Some words in the document: letters `start` to `end` of the text of one block.

    `path` leads to the block: `doc.body[path[0]].children[path[1]]…`. For a cell of a table `row`
    and `column` are set, and the letters
    are those of the cell; for a table in an annex `annex` is its index and `path` leads through
    `annexes[annex].body`.
    """

    path: tuple[int, ...]
    start: int
    end: int
    row: int | None = None
    column: int | None = None
    annex: int | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where a field was read from; `place` is None for the addressees, which stand outside the body.
    """

    how: How
    text: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    A deadline: the day named in the words and how the words bind.

    The last day on which the work is in time follows from `day` and `kind`; the working day from
    the calendar.
    """

    text: str
    kind: DueKind
    day: date | None = None
    within: Within | None = None


@dataclass(frozen=True, slots=True)
class ReportDuty:
    """A duty to report: to whom ("; " between several), by when, inside which periodic report."""

    to: str
    deadline: Deadline | None = None
    vehicle: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A number to be reached or delivered: "ít nhất 20% TTHC" is (20, "%", ">=")."""

    metric_text: str
    value: float
    unit: str
    op: str | None = None
    value_max: float | None = None


@dataclass(frozen=True, slots=True)
class Origins:
    """How each field was found; None where the field is empty."""

    assignees: Origin | None = None
    coordinating: Origin | None = None
    due: Origin | None = None
    report: Origin | None = None


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """
    Nhiệm vụ đề xuất: one assignment read out of a document, offered for correction.

    `text` is the whole item without its marker, `item` its path in the document ("1.a", "2.-3",
    "1.p2"), `places` where its words stand.
    `standing` marks a duty without any date (đôn đốc, phối hợp); `optional` one that reasonable
    readers would leave out, such as
    "nếu có vướng mắc, kịp thời báo cáo": it is offered unticked.
    """

    item: str
    text: str
    places: tuple[Place, ...]
    lines: tuple[int, int]
    assignees: tuple[str, ...]
    coordinating: tuple[str, ...] = ()
    deadline: Deadline | None = None
    recurrence: str | None = None
    report: ReportDuty | None = None
    targets: tuple[Target, ...] = ()
    cited: tuple[DocumentRef, ...] = ()
    optional: bool = False
    origins: Origins = field(default_factory=Origins)

    @property
    def standing(self) -> bool:
        dated = self.deadline is not None or (
            self.report is not None and self.report.deadline is not None
        )
        return not dated and self.recurrence is None


class Reason(StrEnum):
    """Why a piece of the body gave no task, as shown to the user."""

    LEADING = "Câu dẫn, giao nhiệm vụ cho các mục bên dưới"
    HEADING = "Tiêu đề, nêu cơ quan hoặc chủ đề cho các mục bên dưới"
    SITUATION = "Nêu tình hình, lý do, kết quả đã đạt được"
    LEGAL_BASIS = "Căn cứ"
    CLOSING = "Câu kết, yêu cầu chung"
    SANCTION = "Chế tài, hậu quả khi quá hạn"
    APPROVAL = "Chấp thuận, ghi nhận, không giao việc"
    AIM = "Mục đích, yêu cầu, mục tiêu, phạm vi"
    CONTENT = "Nội dung chi tiết của nhiệm vụ bên trên"
    ISSUER = "Việc của chính cơ quan ban hành"
    DATES = "Thời hạn của nhiệm vụ bên trên"
    NOTE = "Ghi chú"
    BUDGET = "Quy định chung về kinh phí"
    FIELD = "Dòng thông tin của nhiệm vụ"
    NO_ORDER = "Loại văn bản không giao nhiệm vụ"
    NOT_UNDERSTOOD = "Chưa hiểu"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of the body that gave no task."""

    text: str
    place: Place
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reading:
    """
    All that was read out of one document.

    `annex_tasks` are the rows of tables in annexes that look like tasks; they are apart because
    an annex repeats or details the plan.
    """

    tasks: tuple[ProposedTask, ...]
    left_out: tuple[LeftOut, ...]
    annex_tasks: tuple[ProposedTask, ...] = ()

    @property
    def not_understood(self) -> tuple[LeftOut, ...]:
        return tuple(piece for piece in self.left_out if piece.reason is Reason.NOT_UNDERSTOOD)


_KINDS = {
    Wording.BEFORE: DueKind.BEFORE,
    Wording.BY: DueKind.BY,
    Wording.IN_MONTH: DueKind.IN_MONTH,
    Wording.IN_QUARTER: DueKind.IN_QUARTER,
    Wording.IN_YEAR: DueKind.IN_YEAR,
    Wording.PERIODIC_REPORT: DueKind.AT_REPORT,
}
_PERIODS = {"ngày": DueKind.WITHIN_DAYS, "ngày làm việc": DueKind.WITHIN_WORKING_DAYS}
_NAME_A_DAY = frozenset(_KINDS.values()) - {DueKind.AT_REPORT}


def deadline_of(due: Due) -> Deadline:
    """Return the deadline a phrase tells; a day that does not exist (31/6) binds nobody."""
    kind = _KINDS.get(due.kind, DueKind.NONE)
    if due.within is not None:
        kind = _PERIODS.get(due.within.unit, DueKind.NONE)
    if due.day is None and kind in _NAME_A_DAY:
        kind = DueKind.NONE
    return Deadline(due.text, kind, due.day, due.within)
