"""Lines of a source, whatever it was, to the model of an official document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ._body import build_tree
from ._columns import by_columns
from ._header import Head, read_head
from ._join import glue, join_lines, wrap_width
from ._markers import split_marker
from ._model import Annex, Block, BlockKind, OfficialDoc, Unread
from ._names import group_agencies, natural
from ._phrases import document_type, fold, is_upper
from ._raw import GAP, Capture, Line, span
from ._tail import Tail, find_tail
from ._titles import split_signature

_BASIS = re.compile(r"^(?:căn cứ|xét |theo đề nghị|theo |thực hiện )", re.IGNORECASE)
_BASIS_STRICT = re.compile(r"^căn cứ", re.IGNORECASE)
_ANNEX_LABEL = re.compile(
    r"^(?:PHỤ LỤC|Phụ lục|Phụ Lục|PHỤ BIỂU|Phụ biểu)(?:\s+(?:số\s*)?[IVX\d.]+[a-zA-Z]?)?\s*[.:]?$"
    r"|^(?:PHỤ LỤC|Phụ lục)\s+(?:số\s*)?[IVX\d]+\b"
)
_REFERENCE = re.compile(r"^[(\[]?\s*(?:kèm theo|ban hành kèm theo|đính kèm)", re.IGNORECASE)
_VIETNAMESE = re.compile(r"[ăâđêôơưà-ãè-êìíò-õùúýĩũạ-ỹ]", re.IGNORECASE)
_SIGNATURE_LENGTH = 140
_NO_HEAD = (
    "Không nhận ra phần đầu văn bản (Quốc hiệu, số và ký hiệu, ngày tháng): "
    "nội dung được đọc như văn bản thường"
)
_NOT_VIETNAMESE = (
    "Văn bản không phải tiếng Việt hoặc viết không dấu: chỉ giữ nguyên nội dung, "
    "không nhận ra các thành phần"
)


def parse(capture: Capture) -> OfficialDoc:
    """Return the document which the lines make; what is not understood is in `unread`."""
    lines = [line for line in capture.lines if line.text or line.table]
    ordered = by_columns([part for line in lines for part in _signature_lines(line)])
    head = read_head(ordered)
    rest = ordered[head.end :]
    tail = find_tail(rest, 0)
    content = _content(rest[: tail.start], head)
    after = rest[tail.end :]
    doc = _assemble(head, tail, content, _annexes(after), _unread(lines, head, tail))
    return _with_capture(doc, head, capture)


def _signature_lines(line: Line) -> list[Line]:
    if line.table or len(line.text) > _SIGNATURE_LENGTH:
        return [line]
    parts = split_signature(line.text)
    return [line] if len(parts) == 1 else [replace(line, text=part) for part in parts]


def _with_capture(doc: OfficialDoc, head: Head, capture: Capture) -> OfficialDoc:
    """Add what does not stand in the lines: the footnotes, the blanks filled by a signing stamp."""
    doc = replace(doc, notes=(*doc.notes, *capture.notes))
    stamp = capture.stamp
    if stamp is None or head.day is None:
        return doc
    day = head.day.with_day(stamp.day) if stamp.day and not head.day.impossible else None
    return replace(doc, number=doc.number or stamp.number, date=doc.date or day)


@dataclass(frozen=True, slots=True)
class _Content:
    legal_bases: tuple[Block, ...]
    enacting: str | None
    body: tuple[Block, ...]


def _content(lines: list[Line], head: Head) -> _Content:
    paragraphs = join_lines(lines, wrap_width(lines))
    enacting_at = _enacting_line(paragraphs)
    enacting = None
    bases: list[Line] = []
    if enacting_at is not None:
        bases = paragraphs[:enacting_at]
        enacting = paragraphs[enacting_at].text
        paragraphs = paragraphs[enacting_at + 1 :]
        if not all(_BASIS.match(each.text) for each in bases):
            first = next(i for i, each in enumerate(bases) if not _BASIS.match(each.text))
            bases, paragraphs = bases[:first], bases[first:] + paragraphs
    else:
        while paragraphs and _is_basis(paragraphs, bases):
            bases.append(paragraphs.pop(0))
    legal = tuple(
        Block(BlockKind.PARAGRAPH, each.text.replace(GAP, " "), each.source) for each in bases
    )
    return _Content(legal, enacting, build_tree(paragraphs))


def _enacting_line(paragraphs: list[Line]) -> int | None:
    for index, line in enumerate(paragraphs[:40]):
        if line.table or split_marker(line.text):
            return None
        if line.text.rstrip().endswith(":") and document_type(line.text):
            return index
        if document_type(line.text) == "quyết định" and index:
            return index
    return None


def _is_basis(paragraphs: list[Line], bases: list[Line]) -> bool:
    line = paragraphs[0]
    if line.table or len(line.text) > 700:
        return False
    text = line.text
    pattern = _BASIS if bases else _BASIS_STRICT
    if not pattern.match(text) or not text.rstrip().endswith((";", ".")):
        return False
    if text.rstrip().endswith(";"):
        return True
    return bool(bases) and not re.search(r"(?:yêu cầu|thông báo|như sau|giao)\b", text)


def _annexes(lines: list[Line]) -> tuple[Annex, ...]:
    if not lines:
        return ()
    starts = [i for i, line in enumerate(lines) if not line.table and _is_annex_label(line.text)]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    ends = [*starts[1:], len(lines)]
    return tuple(_annex(lines[a:b]) for a, b in zip(starts, ends, strict=True))


def _is_annex_label(text: str) -> bool:
    return len(text) < 200 and bool(_ANNEX_LABEL.match(text))


def _annex(lines: list[Line]) -> Annex:
    source = span(lines)
    label, title, reference = "", [], ""
    at = 0
    if not lines[0].table and _is_annex_label(lines[0].text):
        found = _ANNEX_LABEL.match(lines[0].text)
        label = found[0].strip(" .:") if found else ""
        rest = lines[0].text[len(found[0]) :].strip(" .:-–") if found else ""
        title = [rest] if rest else []
        at = 1
    while at < len(lines) and not lines[at].table:
        line = lines[at]
        if _REFERENCE.match(line.text):
            reference, glued = _without_glued(line.text)
            if glued:
                lines = [*lines[: at + 1], replace(line, text=glued), *lines[at + 1 :]]
        elif reference and reference.count("(") > reference.count(")"):
            reference = glue(reference, line.text)
        elif reference or split_marker(line.text) or not (is_upper(line.text) or line.centred):
            break
        else:
            title.append(line.text)
        at += 1
    rest_lines = lines[at:]
    body = build_tree(join_lines(rest_lines, wrap_width(rest_lines))) if rest_lines else ()
    return Annex(label, " ".join(title), reference.strip("()[] "), body, source)


def _without_glued(text: str) -> tuple[str, str]:
    """Return the "(Kèm theo …)" line and the heading which a capture has glued to it."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign == ")" and depth == 0:
            rest = text[at + 1 :].strip(" .;")
            return (text[: at + 1], rest) if split_marker(rest) else (text, "")
    return text, ""


def _unread(lines: list[Line], head: Head, tail: Tail) -> tuple[Unread, ...]:
    out = list(head.unread)
    if lines and not head.has_letterhead and not head.addressees and head.doc_type is None:
        first = lines[0]
        reason = _NO_HEAD if _is_vietnamese(lines) else _NOT_VIETNAMESE
        out.append(Unread(first.text[:200], reason, first.source))
    out.extend(
        Unread(line.text, "Không nhận ra dòng này ở phần nơi nhận và chữ ký", line.source)
        for line in tail.strange
    )
    return tuple(out)


def _is_vietnamese(lines: list[Line]) -> bool:
    sample = " ".join(line.text for line in lines[:200])
    letters = sum(c.isalpha() for c in sample)
    return letters == 0 or len(_VIETNAMESE.findall(sample)) > 0.05 * letters


def _agency(lines: str, competence: str) -> str | None:
    """A committee whose place is lost from the letterhead is named above the legal bases."""
    if fold(lines) == "uy ban nhan dan" and fold(competence).startswith(_HEAD_OF_COMMITTEE):
        return natural(competence.split(maxsplit=2)[2])
    return natural(lines) if lines else None


_HEAD_OF_COMMITTEE = "chu tich uy ban nhan dan "


def _assemble(
    head: Head,
    tail: Tail,
    content: _Content,
    annexes: tuple[Annex, ...],
    unread: tuple[Unread, ...],
) -> OfficialDoc:
    groups = group_agencies(head.agency_lines)
    agency = groups[-1] if groups else []
    parent = groups[-2] if len(groups) > 1 else []
    day = head.day
    return OfficialDoc(
        agency=_agency(" ".join(agency), head.competence or ""),
        agency_lines=tuple(agency),
        parent_agency=natural(" ".join(parent)) if parent else None,
        parent_lines=tuple(parent),
        number=head.number,
        symbol=head.symbol,
        place=day.place if day else None,
        date=day.day if day else None,
        date_text=(day.text or None) if day else None,
        doc_type=head.doc_type or "công văn",
        subject=head.subject,
        urgency=head.urgency,
        secrecy=head.secrecy,
        competence=head.competence,
        enacting=content.enacting,
        addressees=tuple(head.addressees),
        legal_bases=content.legal_bases,
        body=content.body,
        signature=tail.signature,
        recipients=tuple(tail.recipients),
        annexes=annexes,
        notes=tuple(line.text for line in tail.notes),
        unread=unread,
    )
