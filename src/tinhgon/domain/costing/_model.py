"""Bảng tính chi phí tuân thủ: its rows and figures as values that never change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ._enums import Complexity, Confidence, RowGroup, Side, Term
from ._limits import BadFigure, check_figure

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Note:
    """
    Where one figure comes from: its source, who entered it when and why, and how sure it is.

    `low` and `high` are the ends between which it surely lies; without them the spread of its
    confidence says so. `follows`: the figure of the after side is computed from that of now, so
    that a doubt of one is the same doubt of the other; `share` is which share of it, exactly.
    `stated`: somebody said it of the after side, so that it stays whatever becomes of now.

    :raises BadFigure: if low or high is no such figure, or the share is none of a whole.
    """

    term: Term
    source: str = ""
    by: str = ""
    on: date | None = None
    reason: str = ""
    confidence: Confidence | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    follows: bool = False
    share: Fraction | None = None
    stated: bool = False

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if end is not None:
                check_figure(self.term, end)
        if self.share is not None and not 0 <= self.share <= 1:
            raise BadFigure(f"{self.share}: phần của số liệu hiện tại phải từ 0 đến 1.")


@dataclass(frozen=True, slots=True)
class Row:
    """
    One job of a procedure, as one subject does it once.

    `hours` of one subject for one time, travel included; `services` and `fees` in đồng a time.
    `times`, `subjects` and `hourly` are exceptions of this row: None takes those of the sheet.
    `part` is what it belongs to, by the key that measures act on ("paper:2", "step:1",
    "dossier_sets", "manners"), "" for none. `per_set`: services are paid for each set.
    `activity` and `complexity` are those whose starting minutes the hours were taken from.
    `gone`: why the job is no longer done; such a row costs nothing, its figures stay to be read.

    :raises BadFigure: if a figure is negative, beyond what can be, or too finely given.
    """

    key: str
    group: RowGroup
    side: Side
    what: str
    how: str = ""
    hours: Decimal = _NOTHING
    services: Decimal = _NOTHING
    fees: Decimal = _NOTHING
    times: Decimal | None = None
    subjects: Decimal | None = None
    hourly: Decimal | None = None
    source: str = ""
    part: str = ""
    per_set: bool = False
    activity: str = ""
    complexity: Complexity | None = None
    gone: str = ""
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        for term in Term:
            if (value := self.value(term)) is not None:
                check_figure(term, value)

    def value(self, term: Term) -> Decimal | None:
        """Return a figure of the row itself; None where it has no exception."""
        match term:
            case Term.HOURS:
                return self.hours
            case Term.HOURLY:
                return self.hourly
            case Term.SERVICES:
                return self.services
            case Term.FEES:
                return self.fees
            case Term.TIMES:
                return self.times
            case Term.SUBJECTS:
                return self.subjects

    def note(self, term: Term) -> Note:
        """Return what is known of a figure's origin: an empty note where nothing is."""
        return next((note for note in self.notes if note.term is term), Note(term))

    def with_value(self, note: Note, value: Decimal | None) -> Row:
        """Return the row with one figure changed, and its note in place of the former."""
        kept = (each for each in self.notes if each.term is not note.term)
        notes = tuple(sorted((*kept, note), key=lambda each: list(Term).index(each.term)))
        match note.term:
            case Term.HOURS:
                return replace(self, hours=value or _NOTHING, notes=notes)
            case Term.HOURLY:
                return replace(self, hourly=value, notes=notes)
            case Term.SERVICES:
                return replace(self, services=value or _NOTHING, notes=notes)
            case Term.FEES:
                return replace(self, fees=value or _NOTHING, notes=notes)
            case Term.TIMES:
                return replace(self, times=value, notes=notes)
            case Term.SUBJECTS:
                return replace(self, subjects=value, notes=notes)


@dataclass(frozen=True, slots=True)
class HourlyValue:
    """
    Mức thu nhập bình quân 01 người/01 giờ làm việc: a dated norm in đồng an hour, with its source.

    `since` is the day from which calculations take it. `is_standard` is false for a rate that
    does not follow the method (a wage, for instance); `is_verified`: compared with the source.
    """

    id: str
    name: str
    value: Decimal
    since: date
    source: str
    formula: str = ""
    is_standard: bool = True
    is_verified: bool = True

    def __post_init__(self) -> None:
        check_figure(Term.HOURLY, self.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One side of a calculation: the rows, with what holds for all of them.

    `times` a year and `subjects` a year hold where a row has no exception. `include_deciding`
    counts the work of the deciding agency too, which compliance cost does not mean.
    """

    rows: tuple[Row, ...]
    hourly: HourlyValue
    times: Decimal = Decimal(1)
    subjects: Decimal = _NOTHING
    include_deciding: bool = False
    notes: tuple[Note, ...] = ()

    def __post_init__(self) -> None:
        check_figure(Term.TIMES, self.times)
        check_figure(Term.SUBJECTS, self.subjects)
        keys = [row.key for row in self.rows]
        if len(set(keys)) != len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise ValueError(f"Có hai dòng cùng mã “{twice}”. Mỗi dòng phải có mã riêng.")

    def value(self, row: Row, term: Term) -> Decimal:
        """Return the figure that counts for a row: its own, or that of the sheet."""
        if (own := row.value(term)) is not None:
            return own
        return self.default(term)

    def default(self, term: Term) -> Decimal:
        """Return the figure of the sheet for rows without one: nothing for hours and money."""
        match term:
            case Term.HOURLY:
                return self.hourly.value
            case Term.TIMES:
                return self.times
            case Term.SUBJECTS:
                return self.subjects
            case _:
                return _NOTHING

    def note(self, row: Row | None, term: Term) -> Note:
        """Return the origin of the figure that counts for a row, of the sheet's with no row."""
        if row is not None and row.value(term) is not None:
            return row.note(term)
        return next((note for note in self.notes if note.term is term), Note(term))

    def counts(self, row: Row) -> bool:
        """Return whether a row costs anything at all in this sheet."""
        return not row.gone and (self.include_deciding or row.side is Side.PERFORMING)


@dataclass(frozen=True, slots=True)
class Sides:
    """
    Before and after of one procedure, by the same norm.

    :raises ValueError: if the norms or the switch of the two sides differ.
    """

    now: Sheet
    after: Sheet

    def __post_init__(self) -> None:
        if self.now.hourly != self.after.hourly:
            raise ValueError("Chi phí trước và sau phải tính theo cùng một mức thu nhập bình quân.")
        if self.now.include_deciding is not self.after.include_deciding:
            raise ValueError("Chi phí trước và sau phải tính cho cùng một bên.")
