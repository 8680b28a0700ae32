"""
The model of one official document (văn bản hành chính, NĐ 30/2020/NĐ-CP).

Readers build it, writers print it, `domain.directives` reads the work out of it. It is a value:
nothing in it changes after it was built. Text is NFC, with single spaces, in the spelling of the
source ("hoá" stays "hoá").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto


@dataclass(frozen=True, slots=True)
class Source:
    """Where a piece stood in the source: pages and lines are counted from 1, both ends included."""

    line: int
    end_line: int
    page: int | None = None


class BlockKind(StrEnum):
    """The parts of a body, from the outermost to the innermost."""

    PART = auto()  # Phần thứ nhất, Phần I
    CHAPTER = auto()  # Chương I
    SECTION = auto()  # Mục 1
    SUBSECTION = auto()  # Tiểu mục 1
    ARTICLE = auto()  # Điều 1.
    ROMAN = auto()  # I.
    LETTER = auto()  # A.
    CLAUSE = auto()  # 1.
    SUBCLAUSE = auto()  # 1.1.
    POINT = auto()  # a)
    DASH = auto()  # -
    PLUS = auto()  # +
    PARAGRAPH = auto()  # no marker of its own
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `columns` and `rows` say how many it spans."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """
    Rows of cells; the first `header_rows` rows are headings and repeat on each page.

    `row_sources` says where each row stood; it is empty where the source knows only the table.
    """

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int = 1
    row_sources: tuple[Source, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Block:
    """
    One piece of the body with the pieces below it.

    `marker` is the number or sign as printed ("1.", "a)", "-", "Điều 2.", "Chương I"), empty for
    a paragraph. `text` is the block's own text without the marker. A paragraph that belongs to an
    item but has no marker of its own is a PARAGRAPH child of that item.
    """

    kind: BlockKind
    text: str
    source: Source
    marker: str = ""
    children: tuple[Block, ...] = ()
    table: Table | None = None

    def walk(self) -> Iterator[Block]:
        """Yield the block itself, then everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Signature:
    """
    Who signed, as printed.

    `authority` holds the lines above the signer's own title, top to bottom: ("TM. ỦY BAN NHÂN
    DÂN", "KT. CHỦ TỊCH"); it is empty when the head signs in his own right. `title` is the
    signer's own line ("PHÓ CHỦ TỊCH").
    """

    authority: tuple[str, ...]
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Annex:
    """Phụ lục: its label ("Phụ lục I"), title, the "(Kèm theo …)" line and content."""

    label: str
    title: str
    reference: str
    body: tuple[Block, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Unread:
    """
    A piece that was not understood: kept as it is, shown where it stood, with the reason in
    Vietnamese.
    """

    text: str
    reason: str
    source: Source


@dataclass(frozen=True, slots=True)
class OfficialDoc:
    """
    One document. What is blank or missing in the source is None or empty here, never guessed.

    `agency` is the issuer in natural case with its place ("Ủy ban nhân dân tỉnh Lạng Sơn"),
    `agency_lines` and `parent_lines` are its lines as printed. `number` and `symbol` stand before
    and after the first "/" of "Số:" ("04", "CT-UBND"), leading zeros kept. `doc_type` is lower
    case ("quyết định"), "công văn" where no type is printed. `subject` comes without "V/v" or "Về
    việc". `addressees` and `recipients` are lines without dash and final sign.
    """

    agency: str | None = None
    agency_lines: tuple[str, ...] = ()
    parent_agency: str | None = None
    parent_lines: tuple[str, ...] = ()
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: date | None = None
    date_text: str | None = None
    doc_type: str = "công văn"
    subject: str | None = None
    urgency: str | None = None  # HỎA TỐC, THƯỢNG KHẨN, KHẨN
    secrecy: str | None = None  # MẬT, TỐI MẬT, TUYỆT MẬT
    competence: str | None = (
        None  # who decides, above the legal bases: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH"
    )
    enacting: str | None = None  # the formula below them: "QUYẾT ĐỊNH:"
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[Block, ...] = ()
    body: tuple[Block, ...] = ()
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    notes: tuple[str, ...] = ()  # footnotes printed below the signature
    unread: tuple[Unread, ...] = ()

    def walk(self) -> Iterator[Block]:
        """Yield every block of the body in reading order (legal bases and annexes are apart)."""
        for block in self.body:
            yield from block.walk()
