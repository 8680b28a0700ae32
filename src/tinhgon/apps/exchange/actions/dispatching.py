"""A document goes out: its number and day are recorded, its addressees and files kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions as assignments
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.documents import actions as documents
from tinhgon.apps.documents.models import Document
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.documents import Paper
from tinhgon.apps.exchange.models import Dispatch, DispatchFile, Receiver
from tinhgon.apps.exchange.packages import NoFile, attachments_of
from tinhgon.apps.exchange.queries import organs
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.enums import LETTERS, PROOFS
from tinhgon.apps.files.models import StoredFile
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.exchange import Attachment
from tinhgon.domain.vntext import format_date

_CHANGED = "Văn bản này vừa được người khác ghi. Tải lại trang để xem."


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to send to: an agency of ours, or another under its own code."""

    name: str
    agency: Agency | None = None
    code: str = ""


REGISTERED = (
    "number",
    "symbol",
    "issued_on",
    "signer_authority",
    "signer_title",
    "signer_name",
)
"""What stands in the register of a signed paper, and in the heading of its package."""


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """What the e-office gave the document."""

    number: str = ""
    on: date | None = None
    link: str = ""


def record_dispatch(
    *,
    paper: Paper,
    registered: Mapping[str, str | date],
    office: OfficeEntry,
    addressees: Sequence[Addressee],
    upload: Upload | None,
    by: User,
    at: datetime,
) -> Dispatch:
    """
    Write that a paper goes out through the e-office, under the number that it got.

    :param registered: those of REGISTERED that the register does not have yet.
    :param upload: the signed file, where the register has none.
    :raises PermissionDenied: if `by` may not register documents of the owner.
    :raises Refused: if the paper gets its number elsewhere, or lacks a file or an addressee.
    """
    policies.check_register(by, paper.owner)
    is_numbered = paper.is_numbered or bool(registered.get("number"))
    if not is_numbered or (paper.registers and not paper.is_numbered):
        raise Refused("Văn bản chưa có số, ngày. Ghi số, ngày tại trang của văn bản rồi quay lại.")
    if not addressees:
        raise Refused("Ghi ít nhất một nơi nhận.", "receivers")
    # Drafted before the transaction: Word and PDF take their time, and others wait to write.
    try:
        parts = [] if upload else attachments_of(paper)
    except NoFile as e:
        raise Refused(str(e), "file") from e
    if not (upload or parts):
        raise Refused("Văn bản chưa có tệp. Chọn tệp đã ký.", "file")
    try:
        with transaction.atomic():
            return _recorded(paper, registered, office, addressees, upload, parts, by, at)
    except IntegrityError as e:
        raise Refused(_CHANGED) from e
    except files.FileRefused as e:
        raise Refused(str(e), "file") from e


def _recorded(
    paper: Paper,
    registered: Mapping[str, str | date],
    office: OfficeEntry,
    addressees: Sequence[Addressee],
    upload: Upload | None,
    parts: Sequence[Attachment],
    by: User,
    at: datetime,
) -> Dispatch:
    kept = _kept(paper, upload, parts, at)
    document, entries = _document(paper, registered, office, kept, by, at)
    dispatch = Dispatch.objects.create(
        document=document,
        owner=paper.owner,
        paper=paper.key,
        exchange_id=_exchange_id(document, paper.owner),
        office_number=office.number,
        office_on=office.on,
        recorded_at=at,
        recorded_by=by,
    )
    DispatchFile.objects.bulk_create(
        DispatchFile(dispatch=dispatch, file=file, order=order)
        for order, file in enumerate(kept, start=1)
    )
    Receiver.objects.bulk_create(
        Receiver(dispatch=dispatch, agency=each.agency, name=each.name[:255], code=each.code)
        for each in addressees
    )
    changes = (
        audit.Change("Số trên VNPT-iOffice", "", office.number),
        audit.Change("Ngày trên VNPT-iOffice", "", format_date(office.on) if office.on else ""),
        audit.Change("Nơi nhận", "", "; ".join(each.name for each in addressees)[:2_000]),
    )
    entry = audit.Entry("exchange.dispatched", dispatch, changes)
    audit.record_all([*entries, entry], by=by, at=at)
    return dispatch


def _kept(
    paper: Paper, upload: Upload | None, parts: Sequence[Attachment], at: datetime
) -> list[StoredFile]:
    """Return the stored files that go with it; what the register has is not stored again."""
    if upload is not None:
        return [files.store_upload(upload, at=at, allowed=PROOFS)]
    if paper.document is not None and paper.document.file is not None:
        return [paper.document.file]
    return [
        files.store_file(
            data=each.data,
            name=each.name,
            content_type=each.content_type,
            at=at,
            allowed=LETTERS | PROOFS,
        )
        for each in parts
    ]


def _document(
    paper: Paper,
    registered: Mapping[str, str | date],
    office: OfficeEntry,
    kept: Sequence[StoredFile],
    by: User,
    at: datetime,
) -> tuple[Document, list[audit.Entry]]:
    """Return the document in the register: as it is, completed, or entered now."""
    values: dict[str, str | date | None] = {"link": office.link} if office.link else {}
    values |= {name: registered[name] for name in REGISTERED if registered.get(name)}
    if paper.document is not None:
        return paper.document, _completed(paper.document, paper.letter, values)
    doc = paper.make() if paper.make else None
    document = documents.draft_outgoing(
        owner=paper.owner,
        doc_type=doc.doc_type if doc else "văn bản",
        symbol=(doc.symbol or "") if doc else "",
        subject=(doc.subject or paper.title) if doc else paper.title,
        by=by,
        at=at,
    )
    entry = documents.register_outgoing(
        document=document, values=values, file=kept[0] if len(kept) == 1 else None, by=by, at=at
    )
    return document, [entry]


def _completed(
    document: Document, letter: Directive | None, values: Mapping[str, str | date | None]
) -> list[audit.Entry]:
    """Complete what the register says of the document; return what to record."""
    version = document.version
    if letter is None:
        changes = documents.restate(document=document, values=values, version=version)
    else:
        changes = assignments.write_number(directive=letter, values=values, version=version)
    return [audit.Entry("documents.corrected", document, tuple(changes))] if changes else []


def _exchange_id(document: Document, owner: Agency) -> str:
    """
    Return the id of the document in the exchange: sender, day and number, as programs write it.

    Where the sender has no code, one that is nobody else's.
    """
    day = document.issued_on
    code = organs.codes_on(day, [owner]).get(owner.pk) if day else None
    if code and day:
        written = f"{code},{day.year:04}/{day.month:02}/{day.day:02},{document.code}"
        if not Dispatch.objects.filter(exchange_id=written).exists():
            return written
    return str(uuid.uuid4())
