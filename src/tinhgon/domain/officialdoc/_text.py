"""Plain text as lines: files, pasted text, text layers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ._model import Cell, Table
from ._raw import Line, tidy, tidy_keeping_gaps

_NOTE = re.compile(r"^#(?:\s|$)")
_PAGE_NUMBER = re.compile(r"^(?:[-–]\s*)?\d{1,3}(?:\s*[-–])?$|^Trang\s+\d{1,3}(?:\s*/\s*\d{1,3})?$")
_CELLS = re.compile(r"\s+\|\s+|\s+\|$|^\|\s+")
_SIGNED_AT = re.compile(r"\b\d{1,2}[./]\d{1,2}[./]\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?")
_STAMP_LINE = re.compile(
    r"^\+\d{2}:\d{2}$|@\S+\.\w|^\d{1,5}$"
    r"|^(?:Người ký|Ký bởi|Cơ quan|Email|Thời gian ký|Ngày ký|Signature)\s*:",
    re.IGNORECASE,
)
_STAMP_NAME = re.compile(r"^[A-ZÀ-ỸĐ\s]{6,45}$")


def text_lines(text: str, *, notes: bool = False) -> list[Line]:
    """
    Return the lines of a text; with `notes`, lines beginning "# " are capture notes and are left
    out.
    """
    out: list[Line] = []
    gap = True
    for number, raw in enumerate(
        text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1
    ):
        clean = tidy_keeping_gaps(raw)
        if notes and _NOTE.match(raw):
            continue
        if not clean:
            gap = True
            continue
        out.append(Line(clean, number, number, gap=gap))
        gap = False
    return _tables(without_stamps(out))


def without_stamps(lines: list[Line]) -> list[Line]:
    """Leave out page numbers and the box of a digital signature, which stand inside sentences."""
    drop: set[int] = set()
    for index, line in enumerate(lines):
        if _SIGNED_AT.search(line.text) and len(line.text) < 80:
            drop |= _stamp_around(lines, index)
        elif _PAGE_NUMBER.match(line.text) and index > 5:
            drop.add(index)
    return _close_gaps(lines, drop)


def _stamp_around(lines: list[Line], index: int) -> set[int]:
    taken = {index}
    after = index + 1
    while after < len(lines) and _STAMP_LINE.search(lines[after].text) and after - index <= 2:
        taken.add(after)
        after += 1
    before = index - 1
    while before >= 0 and index - before <= 7 and _is_stamp(lines[before].text):
        taken.add(before)
        before -= 1
    return taken


def _is_stamp(text: str) -> bool:
    return bool(_STAMP_LINE.search(text) and len(text) < 60) or bool(_STAMP_NAME.match(text))


def _close_gaps(lines: list[Line], drop: set[int]) -> list[Line]:
    """What was printed across a page break is one text again: the gap went with the page number."""
    out: list[Line] = []
    for index, line in enumerate(lines):
        if index in drop:
            continue
        out.append(replace(line, gap=False) if index - 1 in drop and line.gap else line)
    return out


def _tables(lines: list[Line]) -> list[Line]:
    """Put neighbouring lines with cells parted by " | " together as tables."""
    out: list[Line] = []
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end - at >= 2:
            out.append(_table(lines[at:end]))
            at = end
        else:
            out.append(lines[at])
            at += 1
    return out


def _has_cells(line: Line) -> bool:
    return bool(_CELLS.search(line.text)) and line.text.count("|") >= 1


def _table_end(lines: list[Line], at: int) -> int:
    """A row without cells between two rows with cells is a heading inside the table."""
    end = at
    while end < len(lines):
        if _has_cells(lines[end]):
            end += 1
            continue
        ahead = end
        while ahead < len(lines) and ahead - end < 3 and not _has_cells(lines[ahead]):
            if lines[ahead].gap:
                break
            ahead += 1
        inside = ahead < len(lines) and _has_cells(lines[ahead]) and not lines[ahead].gap
        if end == at or not inside or lines[end].gap:
            break
        end = ahead
    return end


def _rows(lines: list[Line]) -> Iterator[tuple[Cell, ...]]:
    width = max(len(_CELLS.split(line.text)) for line in lines)
    for line in lines:
        cells = [tidy(cell) for cell in _CELLS.split(line.text)]
        if len(cells) == 1:
            yield (Cell(cells[0], columns=width),)
        else:
            yield tuple(Cell(cell) for cell in cells)


def _table(lines: list[Line]) -> Line:
    rows = tuple(_rows(lines))
    text = "\n".join(" | ".join(cell.text for cell in row) for row in rows)
    first = lines[0]
    return Line(text, first.line, lines[-1].end_line, first.page, gap=first.gap, table=Table(rows))
