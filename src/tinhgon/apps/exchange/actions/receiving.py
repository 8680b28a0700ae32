"""A package comes in: a letter to be read, the state of one that was sent, or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.directives import actions as directives
from tinhgon.apps.directives import policies as directives_policies
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.enums import Subject
from tinhgon.apps.exchange.models import Arrival, ArrivalFile
from tinhgon.apps.exchange.packages import limits
from tinhgon.apps.exchange.queries import organs
from tinhgon.apps.exchange.queries.arrivals import earlier_of
from tinhgon.apps.exchange.queries.dispatches import receiver_meant
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.enums import LETTERS, PROOFS
from tinhgon.apps.files.models import StoredFile
from tinhgon.common.uploads import Upload
from tinhgon.domain.exchange import (
    Attachment,
    Message,
    PackageRefused,
    StatusMessage,
    read_package,
)
from tinhgon.domain.officialdoc import OfficialDoc, Signature, Unreadable, read
from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import WorkCalendar

from ._logging import logged, refuse
from .states import tell_state

_URGENCIES = {1: "KHẨN", 2: "THƯỢNG KHẨN", 3: "HỎA TỐC"}
_KEPT = LETTERS | PROOFS


def receive_package(
    *, upload: Upload, issuer: Agency, by: User, at: datetime, calendar: WorkCalendar
) -> Arrival:
    """
    Take in a package that was sent to `issuer`, or refuse it; either is kept in the log.

    A new document becomes a draft letter, with the heading that the package states. The state of a
    document that was sent goes to its receiver. What asks to recall, update or replace an earlier
    one waits for a person.

    :raises PermissionDenied: if `by` may not register documents of `issuer`.
    """
    policies.check_register(by, issuer)
    directives_policies.check_receive(by, issuer)
    try:
        message = read_package(upload.data, limits=limits())
    except PackageRefused as refused:
        with transaction.atomic():
            row = logged(upload, None, owner=issuer, by=by, at=at)
            return refuse(row, refused, by=by, at=at)
    row = logged(upload, message, owner=issuer, by=by, at=at)
    try:
        _check_new(row)
        if isinstance(message, StatusMessage):
            return _take_status(row, message, by=by, at=at)
        return _take_document(row, message, by=by, at=at, calendar=calendar)
    except PackageRefused as refused:
        return _refused(upload, message, refused, issuer=issuer, by=by, at=at)
    except (files.StoreUnwritable, OSError):
        again = PackageRefused(
            "20",
            "Kho tệp của hệ thống không ghi được nên gói tin chưa được nhận. Báo quản trị hệ "
            "thống, rồi nhận lại gói tin này.",
        )
        return _refused(upload, message, again, issuer=issuer, by=by, at=at)
    except IntegrityError:
        # Somebody took in the same document between our look and our write.
        again = PackageRefused("10", "Gói tin này vừa được người khác nhận.")
        return _refused(upload, message, again, issuer=issuer, by=by, at=at)


def _refused(
    upload: Upload,
    message: Message | StatusMessage,
    refused: PackageRefused,
    *,
    issuer: Agency,
    by: User,
    at: datetime,
) -> Arrival:
    row = logged(upload, message, owner=issuer, by=by, at=at)
    with transaction.atomic():
        first = Arrival.objects.filter(taken_key=_key(row)).first()
        return refuse(row, refused, by=by, at=at, earlier=first)


def _key(row: Arrival) -> str:
    """
    Return what no two packages that are taken in have in common.

    One document goes to many: each of our agencies takes it in for itself. Each sender names its
    documents for itself, too.
    """
    same = row.sha256 if row.subject == Subject.STATUS else row.document_id
    return f"{row.owner_id}:{row.subject}:{row.sender_id}:{same}"


def _check_new(row: Arrival) -> None:
    if first := Arrival.objects.filter(taken_key=_key(row)).first():
        day = format_date(first.received_at.date())
        raise PackageRefused("10", f"Gói tin này đã nhận ngày {day}, không nhận lần nữa.")


def _check_receivers(message: Message, *, at: datetime) -> None:
    """Where codes are kept, one of the receivers must be an agency of ours that still exists."""
    if not organs.any_kept():
        return
    owners = organs.owners_of((organ.id for organ in message.receivers), on=at.date())
    if not owners:
        named = ", ".join(f"{organ.name} ({organ.id})" for organ in message.receivers[:3])
        raise PackageRefused("18", f"Không nơi nhận nào thuộc tỉnh: {named}.")
    if not any(owner.is_current for owner in owners.values()):
        ended = ", ".join(str(owner.agency) for owner in owners.values())
        raise PackageRefused("23", f"Nơi nhận không còn dùng mã này: {ended}.")


def _take_document(
    row: Arrival, message: Message, *, by: User, at: datetime, calendar: WorkCalendar
) -> Arrival:
    _check_receivers(message, at=at)
    row.heading = stated_of(message)
    letter = _letter(message.attachments)
    doc: OfficialDoc | None = None
    if row.subject == Subject.NEW:
        if letter is None:
            raise PackageRefused("21", "Gói tin không có tệp văn bản nào đọc được (Word, PDF).")
        # Before the transaction: a scan takes its time, and others wait to write.
        doc = _read(row, letter)
    else:
        row.earlier = earlier_of(message, owner=row.owner)
    with transaction.atomic():
        row.answer, row.taken_key = "0", _key(row)
        if letter is not None and doc is not None:
            row.directive = _drafted(row, letter, doc, by=by, at=at, calendar=calendar)
        row.save()
        _keep(row, message.attachments, letter, at=at)
        audit.record("exchange.received", row, by=by, at=at, reason=row.reason)
    return row


def _letter(attachments: Sequence[Attachment]) -> Attachment | None:
    """Return the first file that may be the document itself."""
    return next((each for each in attachments if _kind(each) in LETTERS), None)


def _kind(attachment: Attachment) -> str:
    return "jpg" if attachment.kind == "jpeg" else attachment.kind


def _read(row: Arrival, letter: Attachment) -> OfficialDoc:
    try:
        return read_letter(row, letter.data, letter.name)
    except Unreadable as e:
        raise PackageRefused("21", f"Tệp “{letter.name}”: {e}") from e


def read_letter(row: Arrival, data: bytes, name: str) -> OfficialDoc:
    """
    Read the letter of a package: its heading is what the sender stated, the rest is in the file.

    :raises Unreadable: if the file cannot be read as a document.
    """
    return replace(read(data, name), **heading_of(row))


def _drafted(
    row: Arrival,
    letter: Attachment,
    doc: OfficialDoc,
    *,
    by: User,
    at: datetime,
    calendar: WorkCalendar,
) -> Directive:
    try:
        return directives.receive_letter(
            data=letter.data,
            name=letter.name,
            content_type=letter.content_type,
            issuer=row.owner,
            programme=None,
            by=by,
            at=at,
            calendar=calendar,
            doc=doc,
        )
    except files.StoreUnwritable:
        raise
    except directives.FileRefused as e:
        raise PackageRefused("21", str(e)) from e


def _keep(
    row: Arrival, attachments: Sequence[Attachment], letter: Attachment | None, *, at: datetime
) -> None:
    """Keep what came with it; the letter itself is the file of the directive already."""
    parts = []
    for order, each in enumerate(attachments, start=1):
        stored = row.directive.document.file if row.directive and each is letter else None
        stored = stored or _stored(each, at=at)
        parts.append(ArrivalFile(arrival=row, file=stored, order=order))
    ArrivalFile.objects.bulk_create(parts)


def _stored(attachment: Attachment, *, at: datetime) -> StoredFile:
    try:
        return files.store_file(
            data=attachment.data,
            name=attachment.name,
            content_type=attachment.content_type,
            at=at,
            allowed=_KEPT,
        )
    except files.StoreUnwritable:
        raise
    except files.FileRefused as e:
        raise PackageRefused("21", str(e)) from e


@transaction.atomic
def _take_status(row: Arrival, status: StatusMessage, *, by: User, at: datetime) -> Arrival:
    row.answer, row.taken_key = "0", _key(row)
    receiver = receiver_meant(status, owner=row.owner, on=at.date())
    if receiver is not None and policies.may_register(by, receiver.dispatch.owner):
        row.dispatch = receiver.dispatch
        tell_state(
            receiver=receiver,
            state=status.code,
            told_at=min(status.at or at, at),
            note=status.description,
            by=by,
            at=at,
        )
    row.save()
    audit.record("exchange.received", row, by=by, at=at, reason=row.reason)
    return row


def stated_of(message: Message) -> dict[str, Any]:
    """Return the heading that the sender stated, as it can be kept."""
    return {
        "number": message.number,
        "symbol": message.symbol,
        "date": message.issued_on.isoformat() if message.issued_on else None,
        "place": message.place,
        "doc_type": message.type_name,
        "subject": message.subject,
        "agency": message.sender.name,
        "parent_agency": message.sender.in_charge,
        "urgency": _URGENCIES.get(message.priority or 0, ""),
        "signature": [message.signer_authority, message.signer_title, message.signer_name],
    }


def heading_of(row: Arrival) -> dict[str, Any]:
    """Return the stated heading as fields of `OfficialDoc`; what was not stated is left out."""
    heading = {name: value for name, value in row.heading.items() if value}
    if "date" in heading:
        heading["date"] = datetime.fromisoformat(heading["date"]).date()
    if "doc_type" in heading:
        heading["doc_type"] = heading["doc_type"].lower()
    if "signature" in heading:
        authority, title, name = heading["signature"]
        above = tuple(part.strip() for part in authority.split(";") if part.strip())
        heading["signature"] = Signature(above, title, name)
    return heading
