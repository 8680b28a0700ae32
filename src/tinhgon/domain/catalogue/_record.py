"""A row with its content as a record of the registry: what can be read safely, nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tinhgon.domain.legalref import DocumentRef, find_documents
from tinhgon.domain.procedures import Basis, Body, Form, Kind, Manner, Part, Record, Tier

from ._agencies import split_agencies
from ._model import Content, ContentPart, Row
from ._parts import says_nothing, texts_of

_MANNERS: tuple[tuple[Manner, re.Pattern[str]], ...] = (
    (Manner.IN_PERSON, re.compile(r"trực tiếp", re.IGNORECASE)),
    (
        Manner.E_OFFICE,
        re.compile(r"trục liên thông|quản lý văn bản|điều hành|trực tuyến|phần mềm", re.IGNORECASE),
    ),
    (Manner.POST, re.compile(r"bưu chính|bưu điện", re.IGNORECASE)),
)
_BODY = re.compile(r"^(?P<label>[^:]{4,120}):\s*(?P<names>\S.*)$", re.DOTALL)
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (Part.DELEGATED, re.compile(r"ủy quyền|uỷ quyền|phân cấp", re.IGNORECASE)),
    (Part.COOPERATING, re.compile(r"phối hợp", re.IGNORECASE)),
    (Part.DECIDING, re.compile(r"quyết định|có thẩm quyền", re.IGNORECASE)),
    (Part.EXECUTING, re.compile(r"thực hiện|giải quyết|trực tiếp", re.IGNORECASE)),
)
_BY_TITLE = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")
_LONGEST_BODY = 200


def record_of(row: Row, *, kind: Kind = Kind.BETWEEN, tier: Tier = Tier.PROVINCE) -> Record:
    """
    Return the record; `kind` and `tier` stand where the document does not tell them.

    Parts that cannot be taken apart safely stay whole as text, those that say "Không quy định"
    are empty.
    """
    content = row.content
    limit = _text(content, ContentPart.TIME_LIMIT)
    dossier = _text(content, ContentPart.DOSSIER)
    papers = content.papers if content else ()
    return Record(
        name=row.name,
        kind=kind,
        tier=row.level or tier,
        field=row.field or "",
        lead=row.agencies[0] if row.agencies else "",
        national_code=row.code or "",
        steps=content.steps if content else (),
        manners=tuple(_manners(_text(content, ContentPart.MANNER))),
        manner_text=_text(content, ContentPart.MANNER),
        papers=papers,
        dossier_sets=content.dossier_sets if content else None,
        dossier_text="" if papers else dossier,
        time_limit=content.time_limit if content else None,
        time_limit_text=limit,
        subjects=tuple(_lines(content, ContentPart.SUBJECTS)),
        bodies=tuple(_bodies(row)),
        result=_text(content, ContentPart.RESULT),
        fee=_text(content, ContentPart.FEES),
        forms=tuple(Form(line) for line in _lines(content, ContentPart.FORMS)),
        conditions=tuple(_lines(content, ContentPart.CONDITIONS)),
        bases=tuple(_bases(row)),
    )


def _text(content: Content | None, part: ContentPart) -> str:
    return (content.text(part) or "") if content else ""


def _lines(content: Content | None, part: ContentPart) -> list[str]:
    text = _text(content, part)
    if says_nothing(text):
        return []
    return [line.rstrip(" ;.") for line in texts_of(text)]


def _manners(text: str) -> Iterator[Manner]:
    if not text or says_nothing(text):
        return
    found = [manner for manner, pattern in _MANNERS if pattern.search(text)]
    yield from found or [Manner.OTHER]


def _bodies(row: Row) -> Iterator[Body]:
    bodies = list(_bodies_of_content(row.content)) if row.content else []
    yield from bodies or (Body(Part.EXECUTING, name) for name in row.agencies)


def _bodies_of_content(content: Content) -> Iterator[Body]:
    """Lines "Cơ quan có thẩm quyền quyết định: …" tell the part, one without label executes."""
    text = re.sub(r":[ ]*\n", ": ", _text(content, ContentPart.AGENCY))
    for line in texts_of(text):
        found = _BODY.match(line)
        label, names = (found["label"], found["names"]) if found else ("", line)
        part = next((part for part, pattern in _PARTS if pattern.search(label)), Part.EXECUTING)
        for name in split_agencies(names):
            if len(name) <= _LONGEST_BODY and not says_nothing(name):
                yield Body(part, name)


def _bases(row: Row) -> Iterator[Basis]:
    text = _text(row.content, ContentPart.LEGAL_BASIS) or row.legal_basis or ""
    for ref in find_documents(text):
        places = ref.provisions or (None,)
        for place in places:
            yield Basis(
                document=_document(ref),
                code=ref.code,
                issued_on=ref.on,
                article=place.article if place else "",
                clause=place.clause if place else "",
                point=place.point if place else "",
            )


def _document(ref: DocumentRef) -> str:
    if not ref.code or ref.kind in _BY_TITLE:
        return " ".join(part for part in (ref.kind, ref.title) if part)
    title = f" {ref.title}" if ref.title else ""
    return f"{ref.kind} số {ref.code}{title}".strip()
