"""
Mẫu báo cáo: an official document with fields in guillemets, which an administrator may replace.

A field stands for a word («co_quan»), a figure («so:cong-bo»), a share («ty_le:k2») or, alone
in its paragraph, for whole paragraphs: one section («muc:cong-bo») or all of them («cac_muc»).
Sections that are not named follow the last that is: what agencies wrote is never left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tinhgon.domain.officialdoc import Block, BlockKind, OfficialDoc, Table
from tinhgon.domain.procedures import figure_words
from tinhgon.domain.reporting import COUNTS, RATIOS
from tinhgon.domain.vntext import format_share

from ._narrative import Told

FIELDS: Mapping[str, str] = {
    "co_quan": "Tên cơ quan báo cáo",
    "co_quan_nhan": "Nơi nhận báo cáo",
    "ky_bao_cao": "Tên kỳ báo cáo",
    "chuong_trinh": "Tên chương trình, kế hoạch",
    "can_cu": "Văn bản yêu cầu báo cáo",
    "tu_ngay": "Ngày đầu lấy số liệu",
    "den_ngay": "Ngày chốt số liệu",
}
ALL_SECTIONS = "cac_muc"
SECTION, NUMBER, SHARE = "muc:", "so:", "ty_le:"
_FIELD = re.compile(r"«\s*([^«»]*?)\s*»")
_BRACES = re.compile("[«»]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template, in words, and the text in which it stands."""

    words: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The parts of a document that a template sets; the rest follows from the report."""

    subject: str
    body: tuple[Block, ...]
    legal_bases: tuple[Block, ...] = ()


def template_of(document: OfficialDoc) -> Template:
    """Return the template that a document is."""
    return Template(document.subject or "", document.body, document.legal_bases)


def check_template(document: OfficialDoc, sections: Collection[str]) -> list[Fault]:
    """
    Return why a document cannot be used as a template; nothing where it can.

    `sections` are the keys of the sections that it may name. What its reader did not understand is
    a fault, too: it would be missing from every report.
    """
    found = [Fault(each.reason, each.text) for each in document.unread]
    if not document.subject:
        found.append(Fault("Thiếu trích yếu dưới tên loại BÁO CÁO."))
    placed: set[str] = set()
    for text, is_alone in _texts(document):
        for name in _FIELD.findall(text):
            placed.add(name)
            if words := _fault(name, sections, is_alone=is_alone and _is_field(text)):
                found.append(Fault(words, text))
        if _BRACES.search(_FIELD.sub("", text)):
            found.append(Fault("Dấu « hoặc » thiếu một nửa, trường không đọc được.", text))
    if ALL_SECTIONS not in placed and not any(name.startswith(SECTION) for name in placed):
        found.append(
            Fault("Mẫu phải có «cac_muc» hoặc các trường «muc:…»; nếu không báo cáo sẽ trống.")
        )
    return found


def _is_field(text: str) -> bool:
    return _FIELD.fullmatch(text.strip()) is not None


def _texts(document: OfficialDoc) -> Iterator[tuple[str, bool]]:
    """Yield the texts in which fields may stand, and whether one may stand for paragraphs there."""
    yield document.subject or "", False
    for each in document.legal_bases:
        yield each.text, False
    for block in document.walk():
        yield block.text, block.kind is BlockKind.PARAGRAPH
        for row in block.table.rows if block.table else ():
            for cell in row:
                yield cell.text, False


def _fault(name: str, sections: Collection[str], *, is_alone: bool) -> str:
    kind, _, key = name.partition(":")
    known: Mapping[str, Collection[str]] = {
        SECTION.rstrip(":"): sections,
        NUMBER.rstrip(":"): COUNTS,
        SHARE.rstrip(":"): RATIOS,
    }
    if name == ALL_SECTIONS or (kind == "muc" and key in sections):
        return "" if is_alone else f"Trường «{name}» phải đứng một mình trong một đoạn."
    if name in FIELDS or key in known.get(kind, ()):
        return ""
    return f"Không có trường «{name}»."


@dataclass(frozen=True, slots=True)
class Filling:
    """What fields are replaced by: words by their name, figures, and the paragraphs of sections."""

    words: Mapping[str, str]
    told: Told
    sections: Mapping[str, tuple[Block, ...]]


def fill(template: Template, filling: Filling) -> Template:
    """
    Return the template with its fields replaced.

    :raises KeyError: if a field is not known; `check_template` says so beforehand.
    """

    def text(words: str) -> str:
        return _FIELD.sub(lambda found: _value(found.group(1), filling), words)

    fields = [field for block in template.body for field in _fields(block)]
    named = [_section_field(each) for each in fields]
    rest = () if ALL_SECTIONS in named else tuple(_paragraphs(filling, but=named))
    parts = _Parts(filling, fields[-1] if fields else None, rest)
    return Template(
        text(template.subject),
        tuple(_filled(template.body, text, parts)),
        tuple(replace(each, text=text(each.text)) for each in template.legal_bases),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What fields for paragraphs stand for; after the `last` one come the `rest` of sections."""

    filling: Filling
    last: Block | None
    rest: tuple[Block, ...]

    def of(self, field: Block) -> Iterator[Block]:
        name = _section_field(field)
        if name == ALL_SECTIONS:
            yield from _paragraphs(self.filling)
        yield from self.filling.sections.get(name.removeprefix(SECTION), ())
        if field is self.last:
            yield from self.rest


def _paragraphs(filling: Filling, *, but: Collection[str] = ()) -> Iterator[Block]:
    """Yield the paragraphs of the sections, but of those that have their own field."""
    for key, blocks in filling.sections.items():
        if f"{SECTION}{key}" not in but:
            yield from blocks


def _fields(block: Block) -> Iterator[Block]:
    """Yield the fields for paragraphs in a block, in the order in which they are read."""
    if _section_field(block):
        yield block
        return
    for child in block.children:
        yield from _fields(child)


def _section_field(block: Block) -> str:
    found = _FIELD.fullmatch(block.text.strip())
    name = found.group(1) if found else ""
    return name if name == ALL_SECTIONS or name.startswith(SECTION) else ""


def _filled(blocks: Iterable[Block], text: Callable[[str], str], parts: _Parts) -> Iterator[Block]:
    for block in blocks:
        if _section_field(block):
            yield from parts.of(block)
            continue
        below = tuple(_filled(block.children, text, parts))
        yield replace(block, text=text(block.text), children=below, table=_table(block, text))


def _table(block: Block, text: Callable[[str], str]) -> Table | None:
    if block.table is None:
        return None
    rows = tuple(
        tuple(replace(cell, text=text(cell.text)) for cell in row) for row in block.table.rows
    )
    return replace(block.table, rows=rows)


def _value(name: str, filling: Filling) -> str:
    kind, _, key = name.partition(":")
    match kind:
        case "so":
            return figure_words(filling.told.number(key))
        case "ty_le":
            return format_share(filling.told.line.share(key))
    return filling.words[name]
