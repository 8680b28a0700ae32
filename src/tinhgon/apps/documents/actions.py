from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
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
    "signer_authority": "Quyền hạn người ký",
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
    document, entry = enter_incoming(doc=doc, text=text, owner=owner, file=file, by=by, at=at)
    _cite(document, cited)
    audit.record_all([entry], by=by, at=at)
    return document


def enter_incoming(
    *,
    doc: OfficialDoc,
    text: str = "",
    owner: Agency,
    file: StoredFile | None,
    by: User,
    at: datetime,
) -> tuple[Document, audit.Entry]:
    """Enter a document that came into the register of `owner`; return it and what to record."""
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
    return document, audit.Entry("documents.registered", document)


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
    if changes := restate(document=document, values=values, version=version):
        audit.record("documents.corrected", document, by=by, at=at, changes=changes)


def restate(
    *, document: Document, values: Mapping[str, str | date | None], version: int
) -> list[audit.Change]:
    """
    Write what a document says of itself; return what changed, for the caller to record.

    :raises StaleObject, KeyError: as `correct_document`.
    """
    changed = {name: value for name, value in values.items() if getattr(document, name) != value}
    changes = [
        audit.Change(FIELDS[name], _words(getattr(document, name)), _words(value))
        for name, value in changed.items()
    ]
    if changes:
        after = copy(document)
        for name, value in changed.items():
            setattr(after, name, value)
        document.change(seen_version=version, folded=_folded(after), **changed)
    return changes


def draft_outgoing(
    *,
    owner: Agency,
    doc_type: str,
    symbol: str,
    subject: str,
    by: User,
    at: datetime,
) -> Document:
    """
    Make room for a document that `owner` is to issue: number, day and signer are blank.

    The trail has it once it is registered; until then the thing that it belongs to has a trail.
    """
    document = Document(
        direction=Direction.OUTGOING,
        owner=owner,
        symbol=symbol[:60],
        agency_name=owner.name,
        doc_type=doc_type,
        subject=subject,
        registered_at=at,
        registered_by=by,
    )
    document.folded = _folded(document)
    document.save()
    return document


def keep_text(*, document: Document, text: str) -> None:
    """Keep what was read of a document beside it, for search."""
    document.change(seen_version=document.version, text=text)


def redraft_outgoing(*, document: Document, symbol: str, subject: str) -> None:
    """Change what stands in a document that is not issued yet; the caller records it."""
    document.symbol, document.subject = symbol[:60], subject
    folded = _folded(document)
    document.change(
        seen_version=document.version, symbol=document.symbol, subject=subject, folded=folded
    )


def register_outgoing(
    *,
    document: Document,
    values: Mapping[str, str | date | None],
    file: StoredFile | None,
    by: User,
    at: datetime,
) -> audit.Entry:
    """
    Enter a drafted document into the register as it was signed; return what to record.

    :raises KeyError: for a field that is not in FIELDS.
    """
    changes = [
        audit.Change(FIELDS[name], _words(getattr(document, name)), _words(value))
        for name, value in values.items()
        if getattr(document, name) != value
    ]
    for name, value in values.items():
        setattr(document, name, value)
    document.change(
        seen_version=document.version,
        folded=_folded(document),
        file=file or document.file,
        registered_at=at,
        registered_by=by,
        **values,
    )
    return audit.Entry("documents.registered", document, tuple(changes))


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
