"""
What is printed: the model turned into the lines, signs and paragraphs of NĐ 30/2020, in order.

Both writers draw from this, so that a .docx and a .pdf of one document say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ._layout import WIDE_TABLE_COLUMNS, Style
from ._model import Annex, Block, BlockKind, OfficialDoc, Table, Unread
from ._printable import printable
from ._table import column_count
from ._unread import UnreadQueue

LETTER_TYPE = "công văn"
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

# Room for what is still to be written in by hand (number, day); these spaces do not shrink.
BLANK = "\u00a0" * 7

_CENTRED = frozenset({BlockKind.PART, BlockKind.CHAPTER, BlockKind.SECTION, BlockKind.SUBSECTION})
_TITLED = frozenset(
    {
        BlockKind.ROMAN,
        BlockKind.LETTER,
        BlockKind.ARTICLE,
        BlockKind.CLAUSE,
        BlockKind.SUBCLAUSE,
    }
)
_ALWAYS_BOLD = frozenset({BlockKind.ROMAN, BlockKind.LETTER})
_SENTENCE_END = (".", ":", ";", ",", "/.")
_LONGEST_AUTHORITY = 120

_DATE_PARTS = re.compile(r"ngày\s*(\d*)\s*tháng\s*(\d*)\s*năm\s*(\d*)", re.IGNORECASE)
_TWO_LINE_AGENCY = re.compile(r"(ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN) (.+)")


@dataclass(frozen=True, slots=True)
class Para:
    """One printed paragraph: marker, text, and the level of a heading (0 for text)."""

    style: Style
    text: str
    lead: str = ""
    lead_bold: bool = False
    level: int = 0
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class PrintedAnnex:
    """An annex on pages of its own."""

    label: str
    title: str
    reference: str
    paras: tuple[Para, ...]
    landscape: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A whole document as it stands on paper."""

    title: str
    parent: tuple[str, ...]
    agency: tuple[str, ...]
    number: str
    date: str
    about: str
    stamps: tuple[str, ...]
    type_name: str
    subject: str
    addressees: tuple[Para, ...]
    paras: tuple[Para, ...]
    signer: tuple[str, ...]
    signer_name: str
    recipients: tuple[str, ...]
    notes: tuple[Para, ...]
    annexes: tuple[PrintedAnnex, ...]


def print_out(doc: OfficialDoc) -> Printed:
    """Return the printed form; pieces that were not understood are printed where they stood."""
    doc = printable(doc)
    is_letter = doc.doc_type == LETTER_TYPE
    unread = UnreadQueue(doc)
    titled = bool(doc.subject) or not is_letter
    bases = tuple(_print_bases(doc, unread))
    body = tuple(_print_blocks(doc.body, unread, level=2 if titled else 1))
    rest = tuple(_print_unread(piece) for piece in unread.rest_of_body())
    annexes = tuple(_print_annex(annex, unread) for annex in doc.annexes)
    left = tuple(_print_unread(piece) for piece in unread.rest())
    return Printed(
        title=title_of(doc),
        parent=parent_lines(doc),
        agency=issuer_lines(doc),
        number=number_line(doc),
        date=date_line(doc),
        about=f"V/v {doc.subject}" if is_letter and doc.subject else "",
        stamps=tuple(stamp for stamp in (doc.secrecy, doc.urgency) if stamp),
        type_name="" if is_letter else doc.doc_type.upper(),
        subject="" if is_letter else subject_line(doc),
        addressees=tuple(_print_addressees(doc.addressees)),
        paras=bases + _close(body) + rest,
        signer=signer_lines(doc),
        signer_name=doc.signature.name if doc.signature else "",
        recipients=tuple(listed(doc.recipients)),
        notes=tuple(Para(Style.NOTE, note) for note in doc.notes) + left,
        annexes=annexes,
    )


def title_of(doc: OfficialDoc) -> str:
    """Return the title for the file's properties: type, number and subject."""
    number = f"số {doc.number}/{doc.symbol}" if doc.number and doc.symbol else doc.symbol or ""
    name = " ".join(part for part in (doc.doc_type.capitalize(), number) if part)
    return f"{name}: {doc.subject}" if doc.subject else name


def number_line(doc: OfficialDoc) -> str:
    """Return "Số: 04/CT-UBND", with room to write what is still blank."""
    number = doc.number or BLANK
    if doc.number and not doc.symbol:
        return f"Số: {number}"
    return f"Số: {number}/{doc.symbol or BLANK}"


def date_line(doc: OfficialDoc) -> str:
    """Return "Lạng Sơn, ngày 02 tháng 01 năm 2024"; only months 1 and 2 have a leading zero."""
    day, month, year = _date_parts(doc)
    when = f"ngày {day or BLANK} tháng {month or BLANK} năm {year or BLANK}"
    return f"{doc.place}, {when}" if doc.place else when


def _date_parts(doc: OfficialDoc) -> tuple[str, str, str]:
    if doc.date:
        month = doc.date.month
        return f"{doc.date.day:02}", f"{month:02}" if month <= 2 else str(month), str(doc.date.year)
    found = _DATE_PARTS.search(doc.date_text or "")
    return (found[1], found[2], found[3]) if found else ("", "", "")


def subject_line(doc: OfficialDoc) -> str:
    """Return the trích yếu; one that starts in lower case carries on from "Về việc"."""
    subject = doc.subject or ""
    return f"Về việc {subject}" if subject[:1].islower() else subject


def listed(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines as a list: "- …;", the last with a full stop."""
    for index, line in enumerate(lines, start=1):
        sign = "." if index == len(lines) else ";"
        yield f"- {line.rstrip(' ;.')}{sign}"


def is_authority(block: Block) -> bool:
    """Tell whether a paragraph is a line in capitals such as "QUYẾT ĐỊNH:"."""
    return (
        block.kind is BlockKind.PARAGRAPH
        and not block.marker
        and block.text.isupper()
        and len(block.text) <= _LONGEST_AUTHORITY
    )


def is_title(block: Block) -> bool:
    """Tell whether a block's text is a title (bold, a heading) rather than a sentence."""
    if block.kind in _CENTRED or block.kind in _ALWAYS_BOLD:
        return True
    if block.kind not in _TITLED or not block.children:
        return False
    return bool(block.text) and not block.text.endswith(_SENTENCE_END)


def is_centred(block: Block) -> bool:
    """Tell whether a title stands in the middle, its number on a line of its own."""
    return block.kind in _CENTRED


def is_wide(annex: Annex) -> bool:
    """Tell whether an annex lies across: most of its letters stand in tables of many columns."""
    blocks = [block for top in annex.body for block in top.walk()]
    tables = [block.table for block in blocks if block.table]
    plain = sum(len(block.text) for block in blocks if not block.table)
    wide = sum(_letters(t) for t in tables if column_count(t) >= WIDE_TABLE_COLUMNS)
    narrow = sum(_letters(t) for t in tables if column_count(t) < WIDE_TABLE_COLUMNS)
    return wide > plain + narrow


def _letters(table: Table) -> int:
    return sum(len(cell.text) for row in table.rows for cell in row)


def in_brackets(reference: str) -> str:
    """Return the "(Kèm theo …)" line of an annex."""
    return reference if reference.startswith("(") else f"({reference})"


def parent_lines(doc: OfficialDoc) -> tuple[str, ...]:
    """Return the lines of the parent agency as they stand above the issuer."""
    return _upper_lines(doc.parent_lines, doc.parent_agency)


def issuer_lines(doc: OfficialDoc) -> tuple[str, ...]:
    """Return the lines of the issuer; made from its name where the document has none."""
    return _upper_lines(doc.agency_lines, doc.agency)


def signer_lines(doc: OfficialDoc) -> tuple[str, ...]:
    """Return the lines above the signature: on whose behalf, then the signer's title."""
    if not doc.signature:
        return ()
    return tuple(line for line in (*doc.signature.authority, doc.signature.title) if line)


def _upper_lines(lines: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    if lines or not name:
        return lines
    found = _TWO_LINE_AGENCY.fullmatch(name.upper())
    return (found[1], found[2]) if found else (name.upper(),)


def _print_addressees(lines: Sequence[str]) -> Iterator[Para]:
    if len(lines) == 1:
        yield Para(Style.ADDRESSEE_LEAD, f"Kính gửi: {lines[0].rstrip(' ;.')}.")
    elif lines:
        yield Para(Style.ADDRESSEE_LEAD, "Kính gửi:")
        for line in listed(lines):
            yield Para(Style.ADDRESSEE, line)


def _print_bases(doc: OfficialDoc, unread: UnreadQueue) -> Iterator[Para]:
    if doc.competence:
        yield Para(Style.AUTHORITY, doc.competence)
    blocks = [block for base in doc.legal_bases for block in base.walk()]
    for index, block in enumerate(blocks, start=1):
        yield from (_print_unread(piece) for piece in unread.before(block))
        sign = _basis_sign(doc, block, is_last=index == len(blocks))
        yield Para(Style.BASIS, block.text.rstrip(" ;,.") + sign, lead=block.marker)
    if doc.enacting:
        yield Para(Style.AUTHORITY, doc.enacting)


def _basis_sign(doc: OfficialDoc, block: Block, *, is_last: bool) -> str:
    """Bases end with ";", the last with "."; where no formula follows, the text may go on."""
    if is_last and not doc.enacting and block.text.endswith(";"):
        return ";"
    return "." if is_last else ";"


def _print_blocks(blocks: Iterable[Block], unread: UnreadQueue, level: int) -> Iterator[Para]:
    for block in blocks:
        yield from (_print_unread(piece) for piece in unread.before(block))
        yield from _print_block(block, level)
        below = level + 1 if is_title(block) else level
        yield from _print_blocks(block.children, unread, below)


def _print_block(block: Block, level: int) -> Iterator[Para]:
    if block.table:
        yield Para(Style.TABLE_TEXT, "", table=block.table)
    elif is_centred(block):
        yield Para(Style.CHAPTER, block.marker, level=level)
        if block.text:
            yield Para(Style.CHAPTER_TITLE, block.text)
    elif is_title(block):
        yield Para(Style.HEADING, block.text, lead=block.marker, level=level)
    elif is_authority(block):
        yield Para(Style.AUTHORITY, block.text)
    else:
        bold = block.kind is BlockKind.ARTICLE
        yield Para(Style.BODY, block.text, lead=block.marker, lead_bold=bold)


def _print_unread(piece: Unread) -> Para:
    return Para(Style.BODY, piece.text)


def _print_annex(annex: Annex, unread: UnreadQueue) -> PrintedAnnex:
    return PrintedAnnex(
        label=annex.label,
        title=annex.title,
        reference=in_brackets(annex.reference) if annex.reference else "",
        paras=tuple(
            _print_blocks(annex.body, unread, level=2 if annex.label or annex.title else 1)
        ),
        landscape=is_wide(annex),
    )


def _close(paras: tuple[Para, ...]) -> tuple[Para, ...]:
    """End the text with "./."."""
    if not paras or paras[-1].table or paras[-1].style is not Style.BODY:
        return paras
    last = paras[-1]
    if last.text.endswith("./."):
        return paras
    return (*paras[:-1], replace(last, text=last.text.rstrip(" ;,.") + "./."))
