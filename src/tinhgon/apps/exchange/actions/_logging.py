"""What the log of the exchange keeps of a package, taken in or not."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.exchange.enums import SUBJECTS, Subject
from tinhgon.apps.exchange.models import Arrival
from tinhgon.common.uploads import Upload
from tinhgon.domain.exchange import ANSWERS, STATES, Message, PackageRefused, StatusMessage
from tinhgon.domain.vntext import fold

_KEPT = ("sender_name", "code", "title", "reason")


def logged(
    upload: Upload,
    message: Message | StatusMessage | None,
    *,
    owner: Agency,
    by: User,
    at: datetime,
) -> Arrival:
    """Return the row of a package, not saved yet, with what could be read of it."""
    row = Arrival(
        owner=owner,
        received_at=at,
        received_by=by,
        file_name=upload.name[-255:],
        sha256=hashlib.sha256(upload.data).hexdigest(),
        size=len(upload.data),
        **(_of_document(message) if isinstance(message, Message) else _of_status(message)),
    )
    row.folded = fold(" ".join([*(getattr(row, name) for name in _KEPT), row.file_name]))
    return row


def _of_document(message: Message) -> dict[str, Any]:
    return {
        "subject": SUBJECTS[message.business],
        "document_id": message.document_id,
        "sender_id": message.sender.id,
        "sender_name": message.sender.name,
        "code": message.code[:100],
        "issued_on": message.issued_on,
        "title": message.subject,
        "reason": message.purpose.reason,
    }


def _of_status(status: StatusMessage | None) -> dict[str, Any]:
    if status is None:
        return {}
    return {
        "subject": Subject.STATUS,
        "document_id": status.reply.document_id,
        "sender_id": status.sender.id,
        "sender_name": status.sender.name,
        "code": status.reply.code[:100],
        "issued_on": status.reply.issued_on,
        "title": STATES[status.code].words,
        "reason": status.description,
        "state": status.code,
    }


def refuse(
    row: Arrival, refused: PackageRefused, *, by: User, at: datetime, earlier: Arrival | None = None
) -> Arrival:
    """Keep a package that was not taken in, with the answer that its sender expects."""
    row.answer, row.answer_words, row.earlier = refused.code, str(refused)[:1000], earlier
    row.save()
    audit.record(
        "exchange.refused",
        row,
        by=by,
        at=at,
        changes=[audit.Change("Mã phản hồi", "", f"{row.answer} – {ANSWERS[row.answer].words}")],
        reason=row.answer_words,
    )
    return row
