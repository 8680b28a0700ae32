"""Form 03/SCM-KSTT as it comes back: every row with what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core import signing

from tinhgon.domain.costing import (
    GROUP_WORDS,
    MOST_ROWS,
    BadFigure,
    Confidence,
    Note,
    Row,
    RowGroup,
    Sheet,
    Side,
    Sides,
    Term,
    from_json,
    read_figure,
    to_json,
)
from tinhgon.domain.procedures import unguard
from tinhgon.domain.sheets import Cell, SheetUnreadable, kind_of, read_sheets
from tinhgon.domain.vntext import fold

from .enums import DECIDING, GONE, HEADINGS, SAVING, SECTIONS

_MOST_LINES = 2 * MOST_ROWS + 100
_SALT = "assessments.import"
_AN_HOUR = 3600
_TERMS = {
    3: Term.HOURS,
    4: Term.HOURLY,
    5: Term.SERVICES,
    6: Term.FEES,
    7: Term.TIMES,
    8: Term.SUBJECTS,
}
_SOURCE, _KEY = 11, 12
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: where it stands, what it says and what is wrong with it."""

    number: int
    section: str
    what: str
    cells: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would make of the sheet; `sides` is None while anything is wrong with it."""

    lines: tuple[Line, ...]
    faults: tuple[str, ...]
    sides: Sides | None


def read_form(data: bytes, sheet: Sides, *, by: str, on: date) -> Preview:
    """
    Return what a workbook says of both sides; without section II the after side follows now.

    Figures that are as they were keep where they come from. Figures equal to those of the sheet
    as a whole stay those of the sheet.

    :raises SheetUnreadable: if it cannot be read as a sheet, or is not in the layout of the form.
    """
    sections = _sections(_lines(data))
    lines: list[Line] = []
    sides: list[Sheet] = []
    for words, old in zip(SECTIONS, (sheet.now, sheet.after), strict=True):
        rows = []
        stamp = _Stamp(by, on, {row.key: row for row in sides[0].rows} if sides else None)
        for line, row in _rows(sections.get(words, []), old, stamp, words):
            lines.append(line)
            if row is not None:
                rows.append(row)
        sides.append(replace(old, rows=tuple(_with_keys(rows))))
    faults = tuple(fault for line in lines for fault in line.faults)
    if not sides[0].rows and not faults:
        raise SheetUnreadable("Mục I không có dòng công việc nào.")
    if SECTIONS[1] not in sections:
        sides[1] = sides[0]
    found = None if faults else Sides(sides[0], sides[1])
    return Preview(tuple(lines), faults, found)


def sign(sides: Sides, review: int) -> str:
    """Return both sides as a token that the preview carries to its confirmation."""
    said = {"review": review, "now": to_json(sides.now), "after": to_json(sides.after)}
    return signing.dumps(said, salt=_SALT, compress=True)


def unsign(token: str, review: int) -> Sides | None:
    """Return what the preview showed; None for a token of another sheet, an old or a forged one."""
    try:
        said: Mapping[str, Any] = signing.loads(token, salt=_SALT, max_age=_AN_HOUR)
    except signing.BadSignature:
        return None
    if said["review"] != review:
        return None
    return Sides(from_json(said["now"]), from_json(said["after"]))


@dataclass(frozen=True, slots=True)
class _Stamp:
    by: str
    on: date
    now: Mapping[str, Row] | None = None
    """The rows of now, where those of after are read: what differs from them is stated."""

    def is_stated(self, row: Row, term: Term, value: Decimal | None) -> bool:
        same = self.now.get(row.key) if self.now is not None else None
        return same is not None and same.value(term) != value


_Lines = Sequence[tuple[int, Sequence[Cell]]]


def _lines(data: bytes) -> list[list[Cell]]:
    sheets = read_sheets(data, kind_of(data), most_rows=_MOST_LINES)
    return sheets[0].lines


def _sections(lines: Sequence[Sequence[Cell]]) -> Mapping[str, _Lines]:
    """Return the lines of each section below its headings, with their numbers in the file."""
    marks = {fold(words): words for words in (*SECTIONS, SAVING)}
    found: dict[str, list[tuple[int, Sequence[Cell]]]] = {}
    current = ""
    for number, line in enumerate(lines, start=1):
        first = fold(str(line[0])) if line and line[0] is not None else ""
        if first in marks:
            current = marks[first]
            found[current] = []
        elif current in SECTIONS:
            found[current].append((number, line))
    if SECTIONS[0] not in found:
        raise SheetUnreadable(
            "Không thấy mục I của biểu mẫu 03/SCM-KSTT. Tải tệp mẫu ở trang này, điền rồi nhập lại."
        )
    return found


def _rows(
    lines: _Lines, old: Sheet, stamp: _Stamp, section: str
) -> Iterator[tuple[Line, Row | None]]:
    known = {row.key: row for row in old.rows}
    groups = {fold(words): group for group, words in GROUP_WORDS.items()}
    group = RowGroup.PREPARE
    for number, cells in lines:
        said = [_text(cells, place) for place in range(len(HEADINGS))]
        what = said[1]
        # A row may be called as its group is: it has figures, which a heading has not.
        if fold(what) in groups and not any(said[3:9]):
            group = groups[fold(what)]
        elif what and what not in {"Tổng cộng", HEADINGS[1], "(1)"}:
            yield _row(number, said, old, known, (group, stamp, section))


def _row(
    number: int,
    said: list[str],
    old: Sheet,
    known: Mapping[str, Row],
    about: tuple[RowGroup, _Stamp, str],
) -> tuple[Line, Row | None]:
    group, stamp, section = about
    faults = []
    what, note = said[1], said[_SOURCE]
    is_deciding = what.endswith(DECIDING)
    what = what.removesuffix(DECIDING).strip()
    before = known.get(said[_KEY])
    gone = note.removeprefix(GONE) if note.startswith(GONE) else ""
    row = before or Row("", group, Side.PERFORMING, what)
    row = replace(
        row,
        group=group,
        side=Side.DECIDING if is_deciding else Side.PERFORMING,
        what=what[:_LONGEST],
        how=said[2][:_LONGEST],
        source=row.source if gone else note[:_LONGEST],
        gone=gone[:_LONGEST],
    )
    for place, term in _TERMS.items():
        try:
            row = _with_figure(row, term, said[place], old, stamp)
        except BadFigure as e:
            faults.append(f"Dòng {number}: {e}")
    line = Line(number, section, what, tuple(said[3:9]), tuple(faults))
    return line, None if faults else row


def _with_figure(row: Row, term: Term, said: str, old: Sheet, stamp: _Stamp) -> Row:
    value = read_figure(term, said)
    if term in (Term.HOURLY, Term.TIMES, Term.SUBJECTS):
        if value == old.default(term):
            value = None
    elif value is None:
        value = Decimal(0)
    if value == row.value(term):
        return row
    note = Note(
        term,
        source="Nhập từ tệp Excel",
        by=stamp.by,
        on=stamp.on,
        reason="Số liệu trong tệp",
        confidence=Confidence.MEDIUM,
        stated=stamp.is_stated(row, term, value),
    )
    return row.with_value(note, value)


def _with_keys(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows, those that are new or stand twice with a key of their own."""
    taken: set[str] = {row.key for row in rows if row.key}
    used: set[str] = set()
    for row in rows:
        key = row.key
        if not key or key in used:
            key = next(f"own-{n}" for n in range(1, 10_000) if f"own-{n}" not in taken | used)
        used.add(key)
        yield replace(row, key=key)


def _text(cells: Sequence[Cell], place: int) -> str:
    """Return a cell as text; a number as officials write it, so that it reads as it is meant."""
    value = cells[place] if place < len(cells) else None
    if value is None:
        return ""
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return f"{exact.normalize():f}".replace(".", ",")
    return unguard(str(value)).strip()
