"""
Rows of a page as lines of a document: letterhead columns, paragraphs, recipients, signature.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from ._columns import NUMBER_LINE
from ._join import is_finished
from ._margins import without_margins, without_notes, without_stamps
from ._markers import split_marker
from ._model import Source, Table
from ._phrases import MOTTO, after_label, document_type, find_phrase
from ._raw import Line, Side
from ._rows import Page, Row
from ._ruled import join_tables
from ._titles import is_title

_INDENT = 15.0
_HEAD_ROWS = 25
_YEAR = re.compile(r"^(?:19|20)\d{2}$")
EXACT = 1.0  # point: how far places written in a file may be off
SCANNED = 7.0  # point: how far places measured on a scan may be off


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the text stands on the page, and how far its lines are apart."""

    left: float
    right: float
    leading: float
    size: float
    slack: float = EXACT

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)

    def is_centred(self, row: Row) -> bool:
        off = abs((row.x0 + row.x1) / 2 - self.middle)
        inside = row.x0 > self.left + self.slack and row.x1 < self.right - self.slack
        return off < 3 + self.slack and inside


def lines_of_pages(pages: list[Page], *, slack: float = EXACT) -> tuple[list[Line], list[str]]:
    """
    Return the lines of a document and its footnotes.

    `slack` says how many points the places may be off, as they are in a scan.
    """
    rows = [row for page in pages for row in without_margins(page, pages)]
    rows = without_stamps(rows)
    if not rows:
        return [], []
    frames = _frames(rows, pages, slack)
    notes: list[str] = []
    if slack == EXACT:  # the height of letters on a scan does not tell small type
        size = statistics.median(row.size for row in rows)
        rows, notes = without_notes(rows, size, pages)
    return _Builder(rows, frames).build(), notes


def _of_shape(
    rows: list[Row], shapes: dict[int, tuple[int, int]], shape: tuple[int, int]
) -> list[Row]:
    """Return the rows on pages of that shape; tables only where there is nothing else."""
    own = [row for row in rows if shapes[row.page] == shape]
    return [row for row in own if row.table is None] or own


def _frames(rows: list[Row], pages: list[Page], slack: float) -> dict[int, _Frame]:
    """Return the frame of each page; pages of one size and direction have the same."""
    shapes = {page.number: (round(page.width), round(page.height)) for page in pages}
    frames = {
        shape: replace(_frame(_of_shape(rows, shapes, shape)), slack=slack)
        for shape in {shapes[row.page] for row in rows}
    }
    return {number: frames[shape] for number, shape in shapes.items() if shape in frames}


def _frame(rows: list[Row]) -> _Frame:
    widest = max(row.x1 - row.x0 for row in rows)
    full = [row for row in rows if row.x1 - row.x0 > 0.75 * widest] or rows
    lefts = Counter(round(row.x0) for row in full)
    rights = sorted(row.x1 for row in full)
    left = min(x for x, count in lefts.items() if count >= 0.2 * max(lefts.values()))
    right = rights[int(len(rights) * 0.9)] if len(rights) > 9 else rights[-1]
    steps = [
        after.y - before.y
        for before, after in pairwise(rows)
        if before.page == after.page
        and 4 < after.y - before.y < 40
        and after.x1 - after.x0 > 0.75 * widest
    ]
    leading = statistics.median_low(steps) if steps else 18.0
    small = [step for step in steps if step <= leading * 1.1]
    return _Frame(
        float(left),
        right,
        statistics.median(small) if small else leading,
        statistics.median(row.size for row in full),
    )


# -- lines


def _printed(table: Table) -> str:
    return "\n".join(" | ".join(cell.text for cell in row) for row in table.rows)


class _Builder:
    def __init__(self, rows: list[Row], frames: dict[int, _Frame]) -> None:
        self.rows = rows
        self.frames = frames
        self.frame = frames[rows[0].page] if rows else next(iter(frames.values()))
        self.lines: list[Line] = []
        self.head_end = self._head_end()
        self.tail_start, self.tail_end = self._tail()
        self.first_of_paragraph = True
        self.indents = self._indents()

    def build(self) -> list[Line]:
        for index, row in enumerate(self.rows):
            self.frame = self.frames[row.page]
            if row.table is not None:
                self._table(row, row.table)
            elif index < self.head_end:
                self._head(row)
            elif self.tail_start <= index < self.tail_end:
                self._foot(row)
            else:
                self._body(index, row)
        return self.lines

    def _add(self, row: Row, **more: object) -> None:
        number = len(self.lines) + 1
        line = Line(row.text, number, number, row.page)
        self.lines.append(replace(line, **more))  # type: ignore[arg-type]

    def _table(self, row: Row, table: Table) -> None:
        """A table may go on from the page before."""
        last = self.lines[-1] if self.lines else None
        number = len(self.lines) + 1
        table = replace(table, row_sources=(Source(number, number, row.page),) * len(table.rows))
        if last is not None and last.table is not None and last.page != row.page:
            joined = join_tables(last.table, table)
            if joined is not None:
                self.lines[-1] = replace(last, text=_printed(joined), table=joined)
                return
        text = _printed(table)
        self.lines.append(
            Line(text, number, number, row.page, continues=False, table=table, gap=True)
        )

    # -- letterhead

    def _head_end(self) -> int:
        """
        The letterhead ends at the type, at "Kính gửi", or at the first line as wide as the page.
        """
        seen = False
        for index, row in enumerate(self.rows[:_HEAD_ROWS]):
            text = row.text
            if find_phrase(MOTTO, text):
                seen = True
                continue
            if self.rows[0].page != row.page:
                return index if seen else 0
            ends = document_type(text) or after_label("kinh gui", text) is not None
            wide = len(row.columns()) == 1 and row.x1 - row.x0 > 0.72 * self.frame.width
            if seen and (ends or wide):
                return index
        return 0

    def _head(self, row: Row) -> None:
        parts = row.columns()
        for index, part in enumerate(parts):
            centre = (part.x0 + part.x1) / 2 - self.frame.middle
            side = Side.FULL
            if find_phrase(MOTTO, part.text) and not parts[1:]:
                side = Side.FULL if part.x0 < self.frame.middle - 60 else Side.RIGHT
            elif (len(parts) > 1 and index == 0) or centre < -0.06 * self.frame.width:
                side = Side.LEFT
            elif len(parts) > 1 or centre > 0.06 * self.frame.width:
                side = Side.RIGHT
            if not self._is_torn_year(part):
                self._add(part, side=side)

    def _is_torn_year(self, part: Row) -> bool:
        """A date that did not fit has its year on the next line."""
        if not (_YEAR.match(part.text) and self.lines and self.lines[-1].text.endswith("năm")):
            return False
        self.lines[-1] = replace(self.lines[-1], text=f"{self.lines[-1].text} {part.text}")
        return True

    # -- recipients and signature

    def _tail(self) -> tuple[int, int]:
        for index in range(self.head_end, len(self.rows)):
            parts = self.rows[index].columns()
            if any(after_label("noi nhan", part.text) is not None for part in parts):
                return self._over_titles(index), self._tail_end(index)
        return len(self.rows), len(self.rows)

    def _over_titles(self, index: int) -> int:
        """The signer's title often stands a little higher than "Nơi nhận"."""
        start = index
        while start > self.head_end and index - start < 4:
            row = self.rows[start - 1]
            if not (row.x0 > self.frame.middle - 40 and is_title(row.text)):
                break
            start -= 1
        return start

    def _tail_end(self, index: int) -> int:
        for at in range(index + 1, len(self.rows)):
            row = self.rows[at]
            new_page = row.page != self.rows[at - 1].page
            wide = row.x1 - row.x0 > 0.72 * self.frame.width and len(row.columns()) == 1
            annex = row.text.upper().startswith("PHỤ LỤC") or (
                new_page and self.frame.is_centred(row)
            )
            starts_number = new_page and NUMBER_LINE.match(row.text)
            if wide or annex or starts_number:
                return at
        return len(self.rows)

    def _foot(self, row: Row) -> None:
        for part in row.columns():
            left = part.x0 < self.frame.left + 0.33 * self.frame.width
            self._add(part, side=Side.LEFT if left else Side.RIGHT)

    # -- text

    def _indents(self) -> bool:
        """True when paragraphs begin with an indented line."""
        own = self.rows[self.head_end : self.tail_start]
        inside = sum(row.x0 > self.frame.left + _INDENT for row in own)
        flush = sum(abs(row.x0 - self.frame.left) < 4 for row in own)
        return flush > 0 and inside > 0.03 * len(own) and flush > 0.2 * len(own)

    def _body(self, index: int, row: Row) -> None:
        before = self.rows[index - 1] if index > self.head_end else None
        if before is not None and before.table is not None:
            before = None
        centred = self._is_centred(before, row)
        continues: bool | None = False
        if before is not None and centred:
            continues = None if self.lines and self.lines[-1].centred else False
        elif before is not None and self.lines:
            continues = self._continues(before, row)
        gap = before is not None and self._gap(before, row)
        if centred and gap:
            continues = False
        self.first_of_paragraph = continues is False
        self._add(row, centred=centred, continues=continues, gap=gap)

    def _is_centred(self, before: Row | None, row: Row) -> bool:
        """A line of a centred title may be as wide as the page."""
        if self.frame.is_centred(row):
            return True
        if before is None or not self.lines or not self.lines[-1].centred:
            return False
        wide = before.x1 - before.x0 > 0.8 * self.frame.width
        return wide and row.x0 < self.frame.left + _INDENT and not self._gap(before, row)

    def _gap(self, before: Row, row: Row) -> bool:
        return before.page == row.page and row.y - before.y > 1.18 * self.frame.leading + 1

    def _continues(self, before: Row, row: Row) -> bool:
        frame = self.frame
        if self._gap(before, row) or self.lines[-1].centred or not self._is_full(before, row):
            return False
        step = row.x0 - before.x0
        marked = split_marker(row.text) is not None
        if self.indents:
            if row.x0 < frame.left + 3 + frame.slack:
                return not (marked and is_finished(before.text))
            if step > _INDENT:
                return False
        unfinished = not is_finished(before.text)
        if abs(step) < 4 and self.first_of_paragraph and row.x0 > frame.left + _INDENT:
            return unfinished and not marked
        return not marked or unfinished

    def _is_full(self, before: Row, row: Row) -> bool:
        """True when the first word of this row would not have fitted on the row before."""
        text = row.text
        word = text.split(" ", 1)[0]
        width = (row.x1 - row.x0) * len(word) / max(1, len(text))
        return before.x1 + width + 0.25 * row.size > self.frame.right - 1 - self.frame.slack
