"""A person decides on a package that asks to recall, update or replace a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.directives import actions as directives
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.enums import CHANGES, Outcome
from tinhgon.apps.exchange.models import Arrival
from tinhgon.apps.exchange.packages import NoFile, content_of
from tinhgon.apps.files.enums import CONTENT_TYPES, LETTERS
from tinhgon.apps.files.models import StoredFile
from tinhgon.common.refusal import Refused
from tinhgon.domain.officialdoc import OfficialDoc, Unreadable
from tinhgon.domain.workdays import WorkCalendar

from .receiving import read_letter as read_stated


def handle_arrival(
    *,
    arrival: Arrival,
    outcome: Outcome,
    read_letter: bool,
    note: str,
    by: User,
    at: datetime,
    calendar: WorkCalendar,
    version: int,
) -> Arrival:
    """
    Write what a person decided; nothing that stands in the register is changed by it.

    `read_letter`: the file of the package goes to the reading page, as a letter of its own.

    :raises PermissionDenied: if `by` may not register documents of the agency.
    :raises Refused: if nothing waits, or the letter cannot be read.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_register(by, arrival.owner)
    if not arrival.waits:
        raise Refused("Gói tin này không còn chờ xử lý.")
    if arrival.subject not in CHANGES and outcome is not Outcome.NOTED:
        raise Refused("Trạng thái chỉ cần ghi là đã xem.", "outcome")
    if outcome is Outcome.DECLINED and not note.strip():
        raise Refused("Ghi lý do từ chối.", "note")
    letter = _letter(arrival) if read_letter else None
    with transaction.atomic():
        drafted = _drafted(letter, arrival, by=by, at=at, calendar=calendar) if letter else None
        arrival.change(
            seen_version=version,
            outcome=outcome.value,
            handled_at=at,
            handled_by=by,
            directive=drafted,
        )
        audit.record(
            "exchange.handled",
            arrival,
            by=by,
            at=at,
            changes=[audit.Change("Kết quả", "", outcome.label)],
            reason=note.strip(),
        )
    return arrival


@dataclass(frozen=True, slots=True)
class _Letter:
    stored: StoredFile
    data: bytes
    doc: OfficialDoc


def _letter(arrival: Arrival) -> _Letter:
    stored = next((file for file in _files(arrival) if _kind(file) in LETTERS), None)
    if stored is None:
        raise Refused("Gói tin không có tệp văn bản nào đọc được.", "read_letter")
    try:
        data = content_of(stored)
        return _Letter(stored, data, read_stated(arrival, data, stored.name))
    except (NoFile, Unreadable) as e:
        raise Refused(str(e), "read_letter") from e


def _drafted(
    letter: _Letter, arrival: Arrival, *, by: User, at: datetime, calendar: WorkCalendar
) -> Directive:
    try:
        return directives.receive_letter(
            data=letter.data,
            name=letter.stored.name,
            content_type=letter.stored.content_type,
            issuer=arrival.owner,
            programme=None,
            by=by,
            at=at,
            calendar=calendar,
            doc=letter.doc,
        )
    except directives.FileRefused as e:
        raise Refused(str(e), "read_letter") from e


def _files(arrival: Arrival) -> list[StoredFile]:
    return [part.file for part in arrival.parts.select_related("file")]


def _kind(stored: StoredFile) -> str:
    kinds = {value: kind for kind, value in CONTENT_TYPES.items()}
    return kinds.get(stored.content_type, "")
