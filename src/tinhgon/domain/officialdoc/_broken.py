"""
Rows of a table that a capture has torn: cells parted by line breaks instead of by " | ".

Only tables that list procedures are put together again: there a number that counts on begins a row,
whatever stands between. In other tables a lone figure is a page number and a line is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def split_cells(text: str) -> list[str]:
    """Return the cells of a line; bars that touch a letter are letters themselves."""
    return [tidy(cell) for cell in _BAR.split(text)]


def has_cells(text: str) -> bool:
    """Tell whether bars part the line into cells."""
    return bool(_BAR.search(text))


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

    def take(self, line: Line) -> None:
        """Count the line in."""
        cells = split_cells(line.text)
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
        if self.counts_on(cells[0]) or self._begins(cells) is not None:
            return True
        if len(cells) > 1 and _MARK.match(cells[0]):
            return True
        return self.torn and self.cells < self.width

    def counts_on(self, text: str) -> bool:
        """Tell whether the text is the number of the next row."""
        return _figure(text) == self.last + 1

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
