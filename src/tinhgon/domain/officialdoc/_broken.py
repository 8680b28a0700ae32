"""
Rows of a table that a capture has torn: cells parted by line breaks instead of by " | ".

Only tables that list procedures are put together again: there a number that counts on begins a row,
whatever stands between. In other tables a lone figure is a page number and a line is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ._phrases import fold
from ._raw import Line, tidy

_BAR = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
_FIGURE = re.compile(r"^\d{1,3}[.)]?$")
_COUNTED = re.compile(r"^(?:stt|tt|so tt|so thu tu)\b")
_PROCEDURE = re.compile(r"\bthu tuc\b|\btthc\b")
_MARK = re.compile(r"^(?:[A-H]|[IVX]{1,5})[.)/]?$")
_STOP = re.compile(
    r"^(?:phu luc|phan\s*(?:thu|[ivx\d]|$)|danh\s*muc|noi nhan|dieu \d|mau so|"
    r"[a-h][.)] |[ivx]{1,5}[.)] |"
    r"\(?(?:ban hanh )?kem theo)"
)
_LOOK_BACK = 400
_LONGEST_CELL = 40  # lines
_NARROWEST = 2  # columns


def split_cells(text: str) -> list[str]:
    """Return the cells of a line; bars that touch a letter are letters themselves."""
    return [tidy(cell) for cell in _BAR.split(text)]


def has_cells(text: str) -> bool:
    """Tell whether bars part the line into cells; a bar alone on its line is none."""
    return bool(_BAR.search(text)) and text.strip(" |") != ""


def lay_cells(lines: list[Line]) -> list[Line]:
    """
    Return the lines with lists whose cells stand one below another, each ended by a bar on a line
    of its own, as lines of cells.

    The head is the first line; which cells make a row is found later by their numbers.
    """
    out: list[Line] = []
    at = 0
    while at < len(lines):
        cells, end = _cells_below(lines, at)
        width = _head_width(cells)
        if width < _NARROWEST or not lists_procedures([cell.text for cell in cells[:width]]):
            out.append(lines[at])
            at += 1
            continue
        head = " | ".join(cell.text for cell in cells[:width])
        out.append(replace(cells[0], text=head, end_line=cells[width - 1].end_line))
        out += cells[width:]
        at = end
    return out


def _cells_below(lines: Sequence[Line], at: int) -> tuple[list[Line], int]:
    """Return the cells from here on, and the index after the last bar."""
    cells: list[Line] = []
    if not _COUNTED.match(fold(lines[at].text)) or has_cells(lines[at].text):
        return cells, at
    begin, end = at, at
    for index in range(at, len(lines)):
        text = lines[index].text
        if text.strip() == "|":
            parts = lines[begin:index]
            joined = " ".join(part.text for part in parts)
            if parts:
                cells.append(replace(parts[0], text=joined, end_line=parts[-1].end_line, gap=False))
            begin = end = index + 1
        elif index - begin > _LONGEST_CELL or _STOP.match(fold(text)):
            break
    return cells, end


def _head_width(cells: Sequence[Line]) -> int:
    """The head ends where the first number or marker of a row stands."""
    marks = (
        at for at, cell in enumerate(cells) if _FIGURE.match(cell.text) or _MARK.match(cell.text)
    )
    return next(marks, 0)


def _figure(text: str) -> int | None:
    return int(text.rstrip(".)")) if _FIGURE.match(text) else None


def lists_procedures(cells: Sequence[str]) -> bool:
    """Tell whether these are the headings of a numbered list of procedures."""
    folded = [fold(cell) for cell in cells]
    return (
        len(cells) > 1
        and any(map(_COUNTED.match, folded))
        and any(map(_PROCEDURE.search, folded[1:]))
    )


class TornTable:
    """Follows a table line by line and tells whether the next line still belongs to it."""

    def __init__(self, header: Sequence[str]) -> None:
        self.width = len(header)
        self.last = 0
        self.cells = self.width
        self.torn = False
        self.bullet = ""
        self.open = False

    def take(self, line: Line) -> None:
        """Count the line in."""
        self.open = line.text.rstrip(" |").endswith((";", ","))
        cells = split_cells(line.text)
        if self._is_lone_mark(cells):
            self.torn, self.cells = True, self.width - 1  # the words of the heading are to come
            return
        begins = self._begins(cells)
        if begins is None:
            bullet = line.text[:1] if line.text[:1] in "-+" and len(cells) == 1 else ""
            self.cells += sum(map(bool, cells)) if not bullet or bullet != self.bullet else 0
            self.bullet = bullet
            return
        self.last = int(cells[begins].rstrip(".)"))
        self.cells = len(cells) - begins
        self.torn = begins > 0 or len(cells) == 1
        self.bullet = ""

    def goes_on(self, line: Line) -> bool:
        """Tell whether the line, which stands after the table, is a piece of it."""
        if _STOP.match(fold(line.text)):
            return False
        cells = split_cells(line.text)
        if self._goes_on_with_cell(line, cells):
            return True
        if self.counts_on(cells[0]) or self._begins(cells) is not None:
            return True
        if (len(cells) > 1 and _MARK.match(cells[0])) or self._is_lone_mark(cells):
            return True
        return self.torn and self.cells < self.width

    def counts_on(self, text: str) -> bool:
        """Tell whether the text is the number of the next row."""
        return _figure(text) == self.last + 1

    def _goes_on_with_cell(self, line: Line, cells: Sequence[str]) -> bool:
        """Right below the last row: a bullet, a small letter, or the rest of an open sentence."""
        if line.gap or len(cells) > 1 or not self.last:
            return False
        text = line.text
        return self.open or text[:1].islower() or bool(re.match(r"[-–+]\s", text))

    def _is_lone_mark(self, cells: Sequence[str]) -> bool:
        """A marker on a line of its own is one where rows stand on lines of their own too."""
        own_lines = self.torn or self.last == 0
        return own_lines and len(cells) == 1 and bool(_MARK.match(cells[0]))

    def _begins(self, cells: Sequence[str]) -> int | None:
        """Return where in the line a row begins; a heading may be glued before it."""
        if len(cells) > 1 and _figure(cells[0]) is not None:
            return 0
        if self.counts_on(cells[0]):
            return 0
        places = range(len(cells) - 1, 0, -1)
        return next(
            (at for at in places if self.counts_on(cells[at]) or _restarts(cells, at)), None
        )


def _restarts(cells: Sequence[str], at: int) -> bool:
    """True for a number 1 with a heading before it on the same line."""
    return _figure(cells[at]) == 1 and any(map(_MARK.match, cells[:at]))


def row_numbers(lines: Sequence[Line]) -> set[int]:
    """Return the indexes of lone figures which are numbers of torn rows, not of pages."""
    kept: set[int] = set()
    table: TornTable | None = None
    for index, line in enumerate(lines):
        cells = split_cells(line.text)
        if lists_procedures(cells):
            table = TornTable(cells)
        elif table is None:
            continue
        elif len(cells) == 1 and _figure(line.text) is not None:
            if table.counts_on(line.text) and not _comes_again(lines, index):
                kept.add(index)
                table.take(line)
        elif _STOP.match(fold(line.text)):
            table = None
        else:
            table.take(line)
    return kept


def _comes_again(lines: Sequence[Line], index: int) -> bool:
    """A row that begins with the figure further on shows that this one numbers a page."""
    number = _figure(lines[index].text)
    for line in lines[index + 1 : index + _LOOK_BACK]:
        cells = split_cells(line.text)
        if lists_procedures(cells) or (len(cells) == 1 and _STOP.match(fold(line.text))):
            return False
        if _figure(cells[0]) == number and len(cells) > 1:
            return True
    return False
