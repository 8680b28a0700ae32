"""
Rows of a table that a capture has torn: cells parted by line breaks instead of by " | ".

Only tables that list procedures are put together again: there a number that counts on begins a row,
whatever stands between. In other tables a lone figure is a page number and a line is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ._cells import MARK, has_cells, lists_procedures, split_cells
from ._phrases import fold
from ._raw import Line

_FIGURE = re.compile(r"^\d{1,3}[.)]?$")
_STRONG = re.compile(
    r"^(?:phu luc|phan\s*(?:thu|[ivx\d]|$)|noi nhan|dieu \d|mau so|\(?(?:ban hanh )?kem theo)"
)
_WEAK = re.compile(r"^(?:danh\s*muc|[a-h][.)/] |[ivx]{1,5}[.)/-] )")
_HEADING = re.compile(r"^(?:linh vuc|thu tuc|tthc|cap |cac )")
_LONGEST_HEADING = 250
_LOOK_BACK = 400


def _figure(text: str) -> int | None:
    return int(text.rstrip(".)")) if _FIGURE.match(text) else None


class TornTable:
    """Follows a table line by line and tells whether the next line still belongs to it."""

    def __init__(self, header: Sequence[str]) -> None:
        self.width = len(header)
        self.last = 0
        self.cells = self.width
        self.torn = False
        self.bullet = ""
        self.open = False
        self.headed = False  # numbers may begin anew

    def take(self, line: Line) -> None:
        """Count the line in."""
        self.open = line.text.rstrip(" |").endswith((";", ","))
        cells = split_cells(line.text)
        if self._is_lone_mark(cells):
            self.torn, self.cells = True, self.width - 1  # the words of the heading are to come
            self.headed = True
            return
        begins = self._begins(cells)
        if begins is None:
            self.headed = self.headed or _is_heading(line)
            bullet = line.text[:1] if line.text[:1] in "-+" and len(cells) == 1 else ""
            self.cells += sum(map(bool, cells)) if not bullet or bullet != self.bullet else 0
            self.bullet = bullet
            return
        self.last = int(cells[begins].rstrip(".)"))
        self.headed = False
        self.cells = len(cells) - begins
        self.torn = begins > 0 or len(cells) == 1
        self.bullet = ""

    def goes_on(self, line: Line, ahead: Sequence[Line]) -> bool:
        """
        Tell whether the line, which stands after the table, is a piece of it; `ahead` are the
        lines behind it.
        """
        folded = fold(line.text)
        if _STRONG.match(folded):
            return False
        cells = split_cells(line.text)
        if self._goes_on_with_cell(line, cells):
            return True
        if self.counts_on(cells[0]) or self._begins(cells) is not None:
            return True
        if (len(cells) > 1 and MARK.match(cells[0])) or self._is_lone_mark(cells):
            return True
        if len(cells) == self.width and not lists_procedures(cells):
            return True
        if len(cells) == 1 and self._heads_rows(line, ahead):
            return True
        return self.torn and self.cells < self.width and not _WEAK.match(folded)

    def _heads_rows(self, line: Line, ahead: Sequence[Line]) -> bool:
        """A heading without cells belongs to the table when its next row stands right behind it."""
        if not _is_heading(line) or not ahead:
            return False
        behind = ahead[1:2] if _is_heading(ahead[0]) and len(ahead) > 1 else ahead[:1]
        cells = split_cells(behind[0].text) if behind else [""]
        own_lines = self.torn or self.last == 0
        number = _figure(cells[0])
        return (len(cells) > 1 or own_lines) and number in (1, self.last + 1)

    def counts_on(self, text: str) -> bool:
        """Tell whether the text is the number of the next row."""
        number = _figure(text)
        return number == self.last + 1 or (self.headed and number == 1)

    def _goes_on_with_cell(self, line: Line, cells: Sequence[str]) -> bool:
        """Right below the last row: a bullet, a small letter, or the rest of an open sentence."""
        if line.gap or len(cells) > 1 or not self.last:
            return False
        text = line.text
        return self.open or text[:1].islower() or bool(re.match(r"[-–+]\s", text))

    def _is_lone_mark(self, cells: Sequence[str]) -> bool:
        """A marker on a line of its own is one where rows stand on lines of their own too."""
        own_lines = self.torn or self.last == 0
        return own_lines and len(cells) == 1 and bool(MARK.match(cells[0]))

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
    headed = any(map(MARK.match, cells[:at])) or any(
        _HEADING.match(fold(cell)) for cell in cells[: min(at, 2)]
    )
    return _figure(cells[at]) == 1 and headed and cells[at - 1] == ""


def _is_heading(line: Line) -> bool:
    text = line.text
    if has_cells(text) or len(text) > _LONGEST_HEADING or _figure(text) is not None:
        return False
    folded = fold(text)
    return bool(_WEAK.match(folded) or _HEADING.match(folded)) or text.isupper()


def stands_between(lines: Sequence[Line], following: Line) -> bool:
    """Tell whether lines without cells part two tables: another list begins behind them."""
    if lists_procedures(split_cells(following.text)):
        return True
    return any(_STRONG.match(fold(line.text)) for line in lines)


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
        elif _STRONG.match(fold(line.text)):
            table = None
        else:
            table.take(line)
    return kept


def _comes_again(lines: Sequence[Line], index: int) -> bool:
    """A row that begins with the figure further on shows that this one numbers a page."""
    number = _figure(lines[index].text)
    for line in lines[index + 1 : index + _LOOK_BACK]:
        cells = split_cells(line.text)
        if lists_procedures(cells) or (len(cells) == 1 and _STRONG.match(fold(line.text))):
            return False
        if _figure(cells[0]) == number and len(cells) > 1:
            return True
    return False
