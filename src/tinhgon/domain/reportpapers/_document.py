"""Báo cáo as an official document: the template filled, and the tables (biểu) as its annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.domain.officialdoc import Annex, Block, BlockKind, OfficialDoc, Signature, Source
from tinhgon.domain.publishing import BLANK, Letter, Office, keep, month_words, signature_of
from tinhgon.domain.vntext import format_date

from ._form import Form
from ._narrative import Told, sentences
from ._template import Filling, Template, fill

_NOWHERE = Source(1, 1)
_MARKER = re.compile(r"^((?:[IVX]+|[A-Z]|\d+)(?:\.\d+)*\.?)\s+(.+)$", re.DOTALL)
_RESULTS = "KẾT QUẢ THỰC HIỆN"
_NIL = "Trong kỳ báo cáo, cơ quan không phát sinh nội dung phải báo cáo."


@dataclass(frozen=True, slots=True)
class Written:
    """What one agency wrote under a section."""

    agency: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section of the narrative: its key, heading, own words, and those of agencies below."""

    key: str
    title: str
    own: str = ""
    below: tuple[Written, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """All that the report of one agency says."""

    sender: Office
    receiver: str
    period: str
    programme: str
    basis: str
    from_on: date
    told: Told
    sections: tuple[SectionText, ...]
    forms: tuple[Form, ...]
    written_on: date
    letter: Letter
    is_nil: bool = False
    signature: Signature | None = None  # of the signed report


def report_document(paper: ReportPaper, template: Template | None = None) -> OfficialDoc:
    """Return the report; number, day and signer stay blank until it is signed."""
    filled = fill(template or default_template(), _filling(paper))
    sender, letter = paper.sender, paper.letter
    return OfficialDoc(
        agency=sender.name,
        agency_lines=sender.lines,
        parent_agency=sender.parent_name or None,
        parent_lines=sender.parent_lines,
        number=letter.number or None,
        symbol=letter.symbol,
        place=sender.place,
        date=letter.issued_on,
        date_text=month_words(paper.written_on) if letter.issued_on is None else None,
        doc_type="báo cáo",
        subject=filled.subject,
        addressees=(paper.receiver,),
        legal_bases=filled.legal_bases,
        body=filled.body,
        signature=paper.signature or signature_of(sender, deputy=False),
        recipients=("Như trên", keep()),
        annexes=tuple(
            _annex(part, paper)
            for form in paper.forms
            for part in form.printed()
            if part.notes or part.rows
        ),
    )


def default_template() -> Template:
    """Return the template that ships with the software."""
    opening = (
        "Thực hiện «can_cu», «co_quan» báo cáo «ky_bao_cao» (số liệu từ ngày «tu_ngay» đến "
        "ngày «den_ngay») như sau:"
    )
    closing = "«co_quan» trân trọng báo cáo «co_quan_nhan» xem xét, tổng hợp./."
    return Template(
        subject="Kết quả thực hiện «chuong_trinh»",
        body=(_paragraph(opening), _paragraph("«cac_muc»"), _paragraph(closing)),
    )


def template_document(template: Template) -> OfficialDoc:
    """Return the template as a document that people change in Word and hand in again."""
    return OfficialDoc(
        agency="Tên cơ quan",
        agency_lines=("TÊN CƠ QUAN",),
        symbol="BC",
        place="Địa danh",
        date_text="ngày tháng năm",
        doc_type="báo cáo",
        subject=template.subject,
        addressees=("«co_quan_nhan»",),
        legal_bases=template.legal_bases,
        body=template.body,
        recipients=("Như trên", "Lưu: VT"),
    )


def _filling(paper: ReportPaper) -> Filling:
    return Filling(
        words={
            "co_quan": paper.sender.name,
            "co_quan_nhan": paper.receiver,
            "ky_bao_cao": paper.period,
            "chuong_trinh": paper.programme,
            "can_cu": paper.basis,
            "tu_ngay": format_date(paper.from_on),
            "den_ngay": format_date(paper.told.on),
        },
        told=paper.told,
        sections=dict(_sections(paper)),
    )


def _sections(paper: ReportPaper) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """
    Yield the blocks of each section; before "II.1." stands a heading II.

    What a letter asked for has no number of its own and gets one, if anything is said under it.
    """
    begun, number = "", 0
    for each in paper.sections:
        part = each.title.partition(".")[0]
        grouped = re.match(r"[IVX]+\.\d", each.title)
        heading = [Block(BlockKind.ROMAN, _RESULTS, _NOWHERE, f"{part}.")]
        before = heading if grouped and part != begun else []
        begun = part
        below = tuple(_below(each, paper))
        if _MARKER.match(each.title):
            yield each.key, (*before, _section(each.title, below))
        elif below:
            number += 1
            yield each.key, (_section(f"{number}. {each.title}", below),)
        else:
            yield each.key, ()


def _below(section: SectionText, paper: ReportPaper) -> Iterator[Block]:
    """Yield what the figures say, the agency's own words, those of others by name."""
    yield from (_paragraph(words) for words in _said(section, paper))
    yield from (_paragraph(line) for line in _lines(section.own))
    yield from (_attributed(each) for each in section.below if each.text.strip())


def _section(heading: str, below: tuple[Block, ...]) -> Block:
    found = _MARKER.match(heading)
    marker, title = found.groups() if found else ("", heading)
    is_part = re.fullmatch(r"[IVX]+\.?", marker)
    kind = BlockKind.ROMAN if is_part else BlockKind.CLAUSE
    return Block(kind, title.upper() if is_part else title, _NOWHERE, marker, below)


def _said(section: SectionText, paper: ReportPaper) -> Sequence[str]:
    if paper.is_nil and section is paper.sections[0]:
        return [_NIL]
    return sentences(section.key, paper.told)


def _attributed(written: Written) -> Block:
    first, *more = _lines(written.text)
    below = tuple(_paragraph(line) for line in more)
    return Block(BlockKind.DASH, f"{written.agency}: {first}", _NOWHERE, "-", below)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, _NOWHERE)


def _annex(form: Form, paper: ReportPaper) -> Annex:
    table = Block(BlockKind.TABLE, "", _NOWHERE, table=form.as_table())
    notes = tuple(_paragraph(words) for words in form.notes)
    body = (table, *notes) if form.rows else notes
    return Annex(form.label, form.title, _reference(paper), body, _NOWHERE)


def _reference(paper: ReportPaper) -> str:
    letter = paper.letter
    when = f"ngày {BLANK} tháng {BLANK} năm {paper.written_on.year}"
    if letter.issued_on:
        when = f"ngày {format_date(letter.issued_on)}"
    return (
        f"(Kèm theo Báo cáo số {letter.number or BLANK}/{letter.symbol} {when} của "
        f"{paper.sender.name})"
    )
