"""A paper that leaves, as a message of the exchange with its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from tinhgon.apps.files import queries as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.domain.exchange import (
    MEDIA_TYPES,
    Attachment,
    Limits,
    Message,
    Organ,
    Trace,
    clean,
    faults,
    safe_name,
    write_package,
)
from tinhgon.domain.officialdoc import OfficialDoc, write_docx, write_pdf

from .documents import Paper
from .models import Dispatch, Receiver

_ADMINISTRATIVE = 2  # DocumentType: an administrative document, of no legal effect of its own
_PRIORITIES = {"KHẨN": 1, "THƯỢNG KHẨN": 2, "HỎA TỐC": 3}
_NAME_LIMIT = 150


class NoFile(Exception):
    """A file that is kept cannot be read now; the message says which, for the person."""


def attachments_of(paper: Paper) -> list[Attachment]:
    """
    Return the files that a paper leaves with: the signed one, else Word and PDF as drafted.

    :raises NoFile: if the signed one cannot be read.
    """
    stored = paper.document.file if paper.document else None
    if stored is not None:
        return [attachment(stored.name, content_of(stored))]
    return _drafted(paper, paper.make()) if paper.make else []


def _drafted(paper: Paper, doc: OfficialDoc) -> list[Attachment]:
    stem = paper.key.replace(":", "-")
    return [
        attachment(f"{stem}.docx", write_docx(doc)),
        attachment(f"{stem}.pdf", write_pdf(doc)),
    ]


def content_of(stored: StoredFile) -> bytes:
    """
    Return what a kept file holds.

    :raises NoFile: if it cannot be read.
    """
    try:
        return files.content_of(stored)
    except files.FileUnreadable as e:
        raise NoFile(str(e)) from e


def attachment(name: str, data: bytes) -> Attachment:
    """Return a stored file as a package carries it, under a name that every receiver takes."""
    stem, _, kind = name.rpartition(".")
    name = f"{clean(stem)[:_NAME_LIMIT]}.{kind}"
    if not safe_name(name, most=_NAME_LIMIT + 10):
        name = f"van-ban.{kind}"
    return Attachment(
        name=name,
        data=data,
        content_type=MEDIA_TYPES.get(kind.lower(), "application/octet-stream"),
    )


def draft_package(paper: Paper, *, codes: Mapping[int, str], form: str) -> bytes:
    """Return a paper that has no number yet as a package for the e-office to number and sign."""
    doc = paper.make() if paper.make else OfficialDoc()
    signature = doc.signature
    message = Message(
        sender=Organ(id=codes.get(paper.owner.pk, ""), name=clean(paper.owner.name)),
        receivers=tuple(
            Organ(id=codes[agency.pk], name=clean(agency.name))
            for agency in paper.receivers
            if agency.pk in codes
        ),
        number=clean(doc.number or ""),
        symbol=clean(doc.symbol or ""),
        place=clean(doc.place or ""),
        issued_on=doc.date,
        type_code=_ADMINISTRATIVE,
        type_name=clean(doc.doc_type).capitalize(),
        subject=clean(doc.subject or paper.title),
        signer_authority=clean("; ".join(signature.authority)) if signature else "",
        signer_title=clean(signature.title) if signature else "",
        signer_name=clean(signature.name) if signature else "",
        to_places=tuple(clean(each) for each in doc.addressees),
        attachments=tuple(_drafted(paper, doc)),
    )
    return write_package(message, form=form, draft=True)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A dispatch as it may be sent: to whom it can go, and what stands in its way."""

    message: Message
    reached: list[Receiver]
    unreached: list[Receiver]
    problems: list[str]


def outgoing(
    dispatch: Dispatch, receivers: Sequence[Receiver], *, codes: Mapping[int, str], at: datetime
) -> Outgoing:
    """
    Return a dispatch as a message, its files left out; `codes`: of agencies, by key.

    An addressee without a code is left out of the message, and stops none of the others.
    """
    document, sender = dispatch.document, codes.get(dispatch.owner.pk, "")
    reached = [each for each in receivers if code_of(each, codes)]
    message = Message(
        document_id=dispatch.exchange_id,
        sender=Organ(id=sender, name=clean(dispatch.owner.name)),
        receivers=tuple(Organ(id=code_of(e, codes), name=clean(e.name)) for e in reached),
        number=clean(document.number),
        symbol=clean(document.symbol),
        place=clean(document.place),
        issued_on=document.issued_on,
        type_code=_ADMINISTRATIVE,
        type_name=clean(document.doc_type).capitalize(),
        subject=clean(document.subject)[:2_000],
        signer_authority=clean(document.signer_authority),
        signer_title=clean(document.signer_title),
        signer_name=clean(document.signer_name),
        to_places=tuple(clean(each.name) for each in receivers),
        priority=_PRIORITIES.get(document.urgency.upper(), 0),
        steering=1 if dispatch.paper.startswith("giao-viec:") else 0,
        traces=(Trace(sender, at),),
    )
    problems = faults(message)
    if not sender:
        problems.insert(0, f"{dispatch.owner} chưa có mã định danh.")
    if not reached:
        problems.insert(0, "Không nơi nhận nào có mã định danh.")
    unreached = [each for each in receivers if not code_of(each, codes)]
    return Outgoing(message, reached, unreached, problems)


def code_of(receiver: Receiver, codes: Mapping[int, str]) -> str:
    """Return the code of an addressee: its own, or that of its agency on the day."""
    return receiver.code or codes.get(receiver.agency_id or 0, "")


def limits() -> Limits:
    """Return how much a package may bring here, by the settings."""
    most: int = settings.PACKAGE_LIMIT_BYTES
    return Limits(package=most, content=most, attachment=min(settings.UPLOAD_LIMIT_BYTES, most))


def packed(dispatch: Dispatch, message: Message, *, form: str) -> bytes:
    """
    Return a message of a dispatch with its files as a package.

    :raises PackageRefused: if it lacks what the exchange asks for.
    :raises NoFile: if a file of it cannot be read.
    """
    stored = [part.file for part in dispatch.parts.select_related("file")]
    parts = tuple(attachment(each.name, content_of(each)) for each in stored)
    whole = replace(message, attachments=parts)
    return write_package(whole, form=form, limits=limits())
