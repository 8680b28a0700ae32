"""What every source reader yields: lines in reading order, with what the layout says about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum, auto

from ._model import Source, Table, Unread
from ._stamp import Stamp

GAP = "\t"  # a wide gap inside a line: two columns stand beside each other

_MARKS = re.compile(r"\*\*|__|~~")
_SPACES = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]"
)


class Side(StrEnum):
    """Where a line stands when the page has two columns (letterhead, signature)."""

    FULL = auto()
    LEFT = auto()
    RIGHT = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of the source, or one paragraph where the source knows paragraphs.

    `continues` is True when the layout says that the line goes on with the sentence above, False
    when it begins a paragraph, None when the source does not say. `gap` is True when there is
    empty space above. `centred` is None when unknown.
    """

    text: str
    line: int
    end_line: int
    page: int | None = None
    side: Side = Side.FULL
    gap: bool = False
    centred: bool | None = None
    continues: bool | None = None
    table: Table | None = None

    @property
    def source(self) -> Source:
        return Source(self.line, self.end_line, self.page)


@dataclass(frozen=True, slots=True)
class Capture:
    """
    All that a source gave: its lines, what a signing stamp set in, its footnotes, and what could
    not be read.
    """

    lines: list[Line]
    stamp: Stamp | None = None
    notes: list[str] = field(default_factory=list)
    unread: tuple[Unread, ...] = ()


def tidy(text: str) -> str:
    """Return the text as NFC with single spaces; tabs and marks of emphasis become spaces or go."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_MARKS.sub("", _SPACES.sub(" ", text)).split())


def tidy_keeping_gaps(text: str) -> str:
    """As `tidy`, but wide gaps stay as one tab each."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    parts = re.split(r"\t+|(?<=\S)[ \u00a0]{3,}(?=\S)", text.strip())
    return GAP.join(filter(None, map(tidy, parts)))


def span(lines: list[Line]) -> Source:
    """Return the place of several lines taken together."""
    return Source(lines[0].line, max(each.end_line for each in lines), lines[0].page)
