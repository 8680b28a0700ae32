from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files.models import StoredFile
from tinhgon.domain.legalref import DocumentRef
from tinhgon.domain.officialdoc import OfficialDoc
from tinhgon.domain.vntext import fold, format_date

from .enums import Direction
from .models import Citation, Document

# What a person may correct in a heading, with the words under which the trail shows it.
FIELDS = {
    "number": "Số",
    "symbol": "Ký hiệu",
    "issued_on": "Ngày ban hành",
    "doc_type": "Loại văn bản",
    "agency_name": "Cơ quan ban hành",
    "subject": "Trích yếu",
    "signer_name": "Người ký",
    "signer_title": "Chức vụ người ký",
    "link": "Đường dẫn trên hệ thống văn bản",
}


@transaction.atomic
def register_incoming(
    *,
    doc: OfficialDoc,
    text: str,
    cited: Iterable[DocumentRef],
    owner: Agency,
    file: StoredFile | None,
    by: User,
    at: datetime,
) -> Document:
    """Enter a document as read into the register of `owner`, with the documents that it names."""
    signature = doc.signature
    document = Document(
        direction=Direction.INCOMING,
        owner=owner,
        number=(doc.number or "")[:20],
        symbol=(doc.symbol or "")[:60],
        issued_on=doc.date,
        agency_name=(doc.agency or "")[:255],
        parent_agency_name=(doc.parent_agency or "")[:255],
        doc_type=doc.doc_type[:60],
        subject=doc.subject or "",
        place=(doc.place or "")[:100],
        urgency=(doc.urgency or "")[:30],
        signer_authority="; ".join(signature.authority)[:200] if signature else "",
        signer_title=signature.title[:150] if signature else "",
        signer_name=signature.name[:150] if signature else "",
        addressees=list(doc.addressees),
        recipients=list(doc.recipients),
        file=file,
        text=text,
        registered_at=at,
        registered_by=by,
    )
    document.folded = _folded(document)
    document.save()
    _cite(document, cited)
    audit.record("documents.registered", document, by=by, at=at)
    return document


@transaction.atomic
def correct_document(
    *,
    document: Document,
    values: Mapping[str, str | date | None],
    by: User,
    at: datetime,
    version: int,
) -> None:
    """
    Correct what was read of a heading; the caller asked the policy of the thing that owns the
    document.

    :raises StaleObject: if the document changed since the user saw `version` of it.
    :raises KeyError: for a field that is not in FIELDS.
    """
    changed = {name: value for name, value in values.items() if getattr(document, name) != value}
    changes = [
        audit.Change(FIELDS[name], _words(getattr(document, name)), _words(value))
        for name, value in changed.items()
    ]
    if not changes:
        return
    for name, value in changed.items():
        setattr(document, name, value)
    folded = _folded(document)
    document.change(seen_version=version, folded=folded, **changed)
    audit.record("documents.corrected", document, by=by, at=at, changes=changes)


def _cite(document: Document, cited: Iterable[DocumentRef]) -> None:
    rows: dict[tuple[str, str], Citation] = {}
    for ref in cited:
        code = (ref.code or ref.title)[:100]
        if not code or code == document.code:
            continue
        kind = (ref.kind or "Văn bản")[:60]
        row = Citation(
            document=document, kind=kind, code=code, issued_on=ref.on, issuer=ref.issuer[:255]
        )
        rows.setdefault((kind, code), row)
    known = {
        found.code: found
        for found in Document.objects.filter(
            symbol__in={code.partition("/")[2] for _, code in rows}, owner=document.owner
        ).exclude(symbol="")
    }
    for row in rows.values():
        row.target = known.get(row.code)
    Citation.objects.bulk_create(rows.values())


def _folded(document: Document) -> str:
    return fold(f"{document.code} {document.subject} {document.agency_name}")


def _words(value: str | date | None) -> str:
    return format_date(value) if isinstance(value, date) else (value or "")
