"""Plain text as lines: files, pasted text, text layers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ._broken import TornTable, row_numbers, stands_between
from ._cells import has_cells, lay_cells, lists_procedures, split_cells, without_fences
from ._columns import belongs_to_layout
from ._glued import unglued
from ._model import Cell, Table
from ._phrases import UPPER
from ._raw import Capture, Line, Side, tidy_keeping_gaps
from ._stamp import SIGNED_AT, STAMP_LINE, Stamp, stamp_of_figures

_NOTE = re.compile(r"^#(?:\s|$)")
_PAGE_NUMBER = re.compile(r"^(?:[-–]\s*)?\d{1,3}(?:\s*[-–])?$|^Trang\s+\d{1,3}(?:\s*/\s*\d{1,3})?$")
_FIGURES = re.compile(r"^\d{1,5}$")
_STAMP_WIDTH = 80
_LAYOUT_CELLS = 3
_FIRST_LINES = 5  # the figures among them are no page numbers
_STAMP_NAME = re.compile(rf"^[{UPPER}\s]{{6,45}}$")


def read_lines(text: str, *, notes: bool = False) -> Capture:
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
    kept, stamp = without_stamps(list(unglued(lay_cells(without_fences(out)))))
    lines = [part for line in kept for part in _side_by_side(line)]
    return Capture(_tables(lines), stamp)


def without_stamps(lines: list[Line]) -> tuple[list[Line], Stamp | None]:
    """Leave out page numbers and the box of a digital signature, which stand inside sentences."""
    drop: set[int] = set()
    figures: list[str] = []
    numbers = row_numbers(lines)
    for index, line in enumerate(lines):
        if SIGNED_AT.search(line.text) and len(line.text) < _STAMP_WIDTH:
            taken = _stamp_around(lines, index)
            figures += [lines[i].text for i in sorted(taken) if lines[i].text.isdigit()]
            drop |= taken
        elif _PAGE_NUMBER.match(line.text) and index > _FIRST_LINES and index not in numbers:
            drop.add(index)
    return _close_gaps(lines, drop), stamp_of_figures(figures)


def _stamp_around(lines: list[Line], index: int) -> set[int]:
    taken = {index}
    after = index + 1
    while after < len(lines) and after - index <= 2 and STAMP_LINE.search(lines[after].text):
        taken.add(after)
        after += 1
    before = index - 1
    while before >= 0 and index - before <= 7 and _is_stamp(lines[before].text):
        taken.add(before)
        before -= 1
    return taken


def _is_stamp(text: str) -> bool:
    return bool(STAMP_LINE.search(text) or _STAMP_NAME.match(text) or _FIGURES.match(text))


def _close_gaps(lines: list[Line], drop: set[int]) -> list[Line]:
    """What was printed across a page break is one text again: the gap went with the page number."""
    out: list[Line] = []
    for index, line in enumerate(lines):
        if index in drop:
            continue
        out.append(replace(line, gap=False) if index - 1 in drop and line.gap else line)
    return out


def _side_by_side(line: Line) -> list[Line]:
    """Cells that only stood side by side, as in a letterhead, are lines of two columns."""
    if not has_cells(line.text):
        return [line]
    cells = split_cells(line.text)
    if len(cells) == 2 and "" in cells and not line.text.startswith("|"):
        return [replace(line, text=cells[0])]
    if len(cells) > _LAYOUT_CELLS or not any(map(belongs_to_layout, cells)):
        return [line]
    sides = (Side.LEFT, *[Side.RIGHT] * len(cells))
    parts = [(cell, side) for cell, side in zip(cells, sides, strict=False) if cell]
    return [replace(line, text=cell, side=side) for cell, side in parts]


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


def _table_end(lines: list[Line], at: int) -> int:
    """
    A row without cells between two rows with cells is a heading inside the table; torn rows of a
    list of procedures belong to it too.
    """
    if not has_cells(lines[at].text):
        return at
    end = _even_end(lines, at)
    header = split_cells(lines[at].text)
    if not lists_procedures(header):
        return end
    torn = TornTable(header)
    for line in lines[at + 1 : end]:
        torn.take(line)
    while end < len(lines) and torn.goes_on(lines[end], lines[end + 1 : end + 3]):
        torn.take(lines[end])
        end += 1
    return end


def _even_end(lines: list[Line], at: int) -> int:
    end = at
    while end < len(lines):
        if has_cells(lines[end].text):
            end += 1
            continue
        ahead = end
        while ahead < len(lines) and ahead - end < 3 and not has_cells(lines[ahead].text):
            if lines[ahead].gap:
                break
            ahead += 1
        inside = ahead < len(lines) and has_cells(lines[ahead].text) and not lines[ahead].gap
        if not inside or lines[end].gap or stands_between(lines[end:ahead], lines[ahead]):
            break
        end = ahead
    return end


def _rows(lines: list[Line]) -> Iterator[tuple[Cell, ...]]:
    rows = [split_cells(line.text) for line in lines]
    width = max(map(len, rows))
    torn = lists_procedures(rows[0])
    for cells in rows:
        if len(cells) == 1 and not torn:
            yield (Cell(cells[0], columns=width),)
        else:
            yield tuple(Cell(cell) for cell in cells)


def _table(lines: list[Line]) -> Line:
    rows = tuple(_rows(lines))
    text = "\n".join(" | ".join(cell.text for cell in row) for row in rows)
    first = lines[0]
    table = Table(rows, row_sources=tuple(line.source for line in lines))
    return Line(text, first.line, lines[-1].end_line, first.page, gap=first.gap, table=table)
