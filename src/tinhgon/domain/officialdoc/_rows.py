"""
Pieces of text with their places on the page, as rows from top to bottom.

PDF files and recognised scans both begin here. All measures are points from the top left corner.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ._model import Table
from ._raw import tidy

_COLUMN_GAP = 1.5  # in letter sizes: more space than this parts two columns
_SPACE = 0.13  # in letter sizes: more space than this is a space


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters that stand together; `y` is the line they stand on."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line drawn across or down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        return self.y1 - self.y0 > self.x1 - self.x0


@dataclass(frozen=True, slots=True)
class Page:
    """
    A page: its number from 1, its size and what stands on it.

    `pictured` says that it shows a picture, which may hold letters that nobody read.
    """

    number: int
    width: float
    height: float
    pieces: list[Piece]
    rules: tuple[Rule, ...] = ()
    pictured: bool = False

    @property
    def is_scan(self) -> bool:
        return self.pictured and not self.pieces


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces on one line, from left to right."""

    pieces: tuple[Piece, ...]
    page: int
    table: Table | None = None

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


_BEFORE_BLANK = re.compile(r"(?:^|\s)(?:Số\s*:?|ngày|tháng|năm|năm 20)\s*\d{0,5}$", re.IGNORECASE)
_AFTER_BLANK = re.compile(r"^\d{0,5}\s*(?:/|tháng|năm)", re.IGNORECASE)


def _own_blank(before: Piece, after: Piece) -> bool:
    """The blanks of "Số:      /UBND" and "ngày     tháng" are no gaps between columns."""
    return bool(_BEFORE_BLANK.search(before.text.strip()) or _AFTER_BLANK.match(after.text.strip()))


def _solid(pieces: list[Piece]) -> list[Piece]:
    """Leave out letters without width that only repeat one below them, as some programs write."""
    return [
        piece
        for piece in pieces
        if piece.x1 - piece.x0 > 0.1 * piece.size or not piece.text.isalnum()
    ]


def _stands_on(row: list[Piece], piece: Piece) -> bool:
    """True when the piece stands on the line of the row; figures raised beside a word do too."""
    largest = max(row, key=lambda each: each.size)
    if abs(largest.y - piece.y) <= 0.4 * min(largest.size, piece.size):
        return True
    if piece.size > largest.size:
        return any(_is_raised(small, piece) for small in row)
    return any(_is_raised(piece, large) for large in row)


def _is_raised(small: Piece, large: Piece) -> bool:
    above = large.y - small.y
    beside = min(abs(small.x0 - large.x1), abs(large.x0 - small.x1)) < 0.35 * large.size
    return small.size < 0.75 * large.size and 0 < above <= 0.6 * large.size and beside


def group_pieces(pieces: list[Piece]) -> list[list[Piece]]:
    """Return the pieces line by line, from top to bottom and left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(_solid(pieces), key=lambda each: each.y):
        near = next((row for row in reversed(rows[-3:]) if _stands_on(row, piece)), None)
        if near is None:
            rows.append([piece])
        else:
            near.append(piece)
    return [sorted(row, key=lambda each: each.x0) for row in rows]


def page_rows(page: Page) -> list[Row]:
    """Return the rows of a page from top to bottom."""
    return [Row(tuple(row), page.number) for row in group_pieces(page.pieces)]
