"""
Pieces of text with their places on the page, as lines: columns, paragraphs, page numbers.

PDF files and recognised scans both end here. All measures are points from the top left corner.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from ._header import NUMBER_LINE
from ._join import is_finished
from ._markers import split_marker
from ._phrases import MOTTO, after_label, document_type, find_phrase
from ._raw import Line, Side, tidy
from ._stamp import SIGNED_AT, STAMP_LINE
from ._tail import is_title

_COLUMN_GAP = 1.5  # in letter sizes: more space than this parts two columns
_SPACE = 0.13  # in letter sizes: more space than this is a space
_INDENT = 15.0
_HEAD_ROWS = 25


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters that stand together; `y` is the line they stand on."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size and what stands on it."""

    number: int
    width: float
    height: float
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces on one line, from left to right."""

    pieces: tuple[Piece, ...]
    page: int

    @property
    def x0(self) -> float:
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @property
    def y(self) -> float:
        return max(self.pieces, key=lambda piece: piece.size).y

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)

    @property
    def text(self) -> str:
        out = self.pieces[0].text
        for before, piece in pairwise(self.pieces):
            spaced = piece.x0 - before.x1 > _SPACE * piece.size
            out += (" " if spaced else "") + piece.text
        return tidy(out)

    def columns(self) -> list[Row]:
        """Return the row in parts where wide gaps part it."""
        parts: list[list[Piece]] = [[self.pieces[0]]]
        for before, piece in pairwise(self.pieces):
            if piece.x0 - before.x1 > _COLUMN_GAP * piece.size and not _own_blank(before, piece):
                parts.append([])
            parts[-1].append(piece)
        return [Row(tuple(part), self.page) for part in parts]


_YEAR = re.compile(r"^(?:19|20)\d{2}$")
_BEFORE_BLANK = re.compile(r"(?:^|\s)(?:Số\s*:?|ngày|tháng|năm|năm 20)\s*\d{0,5}$", re.IGNORECASE)
_AFTER_BLANK = re.compile(r"^\d{0,5}\s*(?:/|tháng|năm)", re.IGNORECASE)


def _own_blank(before: Piece, after: Piece) -> bool:
    """The blanks of "Số:      /UBND" and "ngày     tháng" are no gaps between columns."""
    return bool(_BEFORE_BLANK.search(before.text.strip()) or _AFTER_BLANK.match(after.text.strip()))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the text stands on the page, and how far its lines are apart."""

    left: float
    right: float
    leading: float
    size: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return max(1.0, self.right - self.left)

    def is_centred(self, row: Row) -> bool:
        off = abs((row.x0 + row.x1) / 2 - self.middle)
        return off < 4 and row.x0 > self.left + 1 and row.x1 < self.right - 1


def _stands_on(row: list[Piece], piece: Piece) -> bool:
    """True when the piece stands on the line of the row; figures raised beside a word do too."""
    largest = max(row, key=lambda each: each.size)
    small, large = sorted((largest.size, piece.size))
    away = abs(largest.y - piece.y)
    if away <= 0.4 * small:
        return True
    raised = small < 0.75 * large and away <= 0.6 * large
    return raised and any(_touch(each, piece, 0.35 * large) for each in row)


def _touch(one: Piece, other: Piece, room: float) -> bool:
    return min(abs(one.x1 - other.x0), abs(other.x1 - one.x0)) < room


def page_rows(page: Page) -> list[Row]:
    """Return the rows of a page from top to bottom."""
    rows: list[list[Piece]] = []
    for piece in sorted(page.pieces, key=lambda each: each.y):
        near = next(
            (row for row in reversed(rows[-3:]) if _stands_on(row, piece)),
            None,
        )
        if near is None:
            rows.append([piece])
        else:
            near.append(piece)
    return [Row(tuple(sorted(row, key=lambda each: each.x0)), page.number) for row in rows]


def lines_of_pages(pages: list[Page]) -> tuple[list[Line], list[str]]:
    """Return the lines of a document and its footnotes."""
    rows = [row for page in pages for row in _without_margins(page, pages)]
    rows = _without_stamps(rows)
    if not rows:
        return [], []
    frame = _frame(rows)
    rows, notes = _without_notes(rows, frame, pages)
    return _Builder(rows, frame).build(), notes


# -- what does not belong to the text

_PAGE_NUMBER = re.compile(r"^(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?$|^Trang\s*\d+(?:\s*/\s*\d+)?$")


def _without_margins(page: Page, pages: list[Page]) -> list[Row]:
    """Leave out page numbers and what is repeated at the edge of most pages."""
    rows = page_rows(page)
    repeated = _repeated(pages) if len(pages) > 2 else set()
    out = []
    for row in rows:
        at_edge = row.y < 0.1 * page.height or row.y > 0.9 * page.height
        if at_edge and (_PAGE_NUMBER.match(row.text) or row.text in repeated):
            continue
        out.append(row)
    return out


def _repeated(pages: list[Page]) -> set[str]:
    seen: Counter[str] = Counter()
    for page in pages:
        edge = {
            piece.text
            for piece in page.pieces
            if piece.y < 0.1 * page.height or piece.y > 0.9 * page.height
        }
        seen.update(edge)
    return {text for text, count in seen.items() if count > 0.6 * len(pages) and count > 2}


def _without_stamps(rows: list[Row]) -> list[Row]:
    """Leave out the box of a digital signature: its time, and what stands close above and below."""
    boxes = [
        (row.page, piece)
        for row in rows
        for piece in row.pieces
        if SIGNED_AT.search(piece.text) or STAMP_LINE.search(piece.text.strip())
    ]
    if not boxes:
        return rows
    out = []
    for row in rows:
        kept = [p for p in row.pieces if not any(_in_box(row.page, p, *box) for box in boxes)]
        if kept:
            out.append(Row(tuple(kept), row.page))
    return out


def _in_box(page: int, piece: Piece, of: int, stamp: Piece) -> bool:
    near = abs(piece.y - stamp.y) < 6 * stamp.size and abs(piece.x0 - stamp.x0) < stamp.size
    return page == of and near and piece.size < 1.3 * stamp.size


_NOTE = re.compile(r"^(?:\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2})\s+\S")


def _without_notes(
    rows: list[Row], frame: _Frame, pages: list[Page]
) -> tuple[list[Row], list[str]]:
    """Take the footnotes away from the lower end of the pages."""
    notes: list[str] = []
    kept: list[Row] = []
    for page in pages:
        own = [row for row in rows if row.page == page.number]
        at = len(own)
        while at and own[at - 1].size < 0.88 * frame.size and own[at - 1].y > page.height / 2:
            at -= 1
        first = next((i for i in range(at, len(own)) if _NOTE.match(own[i].text)), len(own))
        if any(after_label("noi nhan", part.text) is not None for r in own for part in r.columns()):
            first = len(own)
        for row in own[first:]:
            if _NOTE.match(row.text) or not notes:
                notes.append(row.text)
            else:
                notes[-1] = f"{notes[-1]} {row.text}"
        kept.extend(own[:first])
    return kept, notes


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
        if before.page == after.page and 4 < after.y - before.y < 40 and after in full
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


class _Builder:
    def __init__(self, rows: list[Row], frame: _Frame) -> None:
        self.rows = rows
        self.frame = frame
        self.lines: list[Line] = []
        self.head_end = self._head_end()
        self.tail_start, self.tail_end = self._tail()
        self.first_of_paragraph = True
        self.indents = self._indents()

    def build(self) -> list[Line]:
        for index, row in enumerate(self.rows):
            if index < self.head_end:
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
        centred = self.frame.is_centred(row)
        continues: bool | None = False
        if before is not None and centred:
            continues = None if self.frame.is_centred(before) else False
        elif before is not None and self.lines:
            continues = self._continues(before, row)
        gap = before is not None and self._gap(before, row)
        if centred and gap:
            continues = False
        self.first_of_paragraph = continues is False
        self._add(row, centred=centred, continues=continues, gap=gap)

    def _gap(self, before: Row, row: Row) -> bool:
        return before.page == row.page and row.y - before.y > 1.18 * self.frame.leading + 1

    def _continues(self, before: Row, row: Row) -> bool:
        frame = self.frame
        if self._gap(before, row) or frame.is_centred(before) or not self._is_full(before, row):
            return False
        step = row.x0 - before.x0
        marked = split_marker(row.text) is not None
        if self.indents:
            if row.x0 < frame.left + 4:
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
        return before.x1 + width + 0.25 * row.size > self.frame.right - 2
