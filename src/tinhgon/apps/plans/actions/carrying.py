"""Carrying out: each legal text on its way into force, and the version that follows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files import actions as files
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import LEGAL_CHANGE_LABELS, LegalChangeMove, LegalChangeStatus
from tinhgon.apps.plans.models import FormerDraft, LegalChange
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.simplification import LEGAL_CHANGE
from tinhgon.domain.vntext import format_date

from ._texts import move_text

LONGEST_REASON = 2_000


@transaction.atomic
def draft_text(
    *, change: LegalChange, upload: Upload | None, by: User, at: datetime, seen: int
) -> None:
    """
    Note that the new text is being drafted, with its draft where there is a file.

    :raises IllegalMove, PermissionDenied: as `policies.check_text`.
    :raises StaleObject: if the text changed since `seen` was seen.
    :raises FileRefused: if the file cannot be taken.
    """
    policies.check_text(by, LegalChangeMove.DRAFT, change)
    draft, sent = _draft(change, upload, "Soạn thảo lại.", by=by, at=at)
    moved = move_text(change, LegalChangeMove.DRAFT, by=by, seen=seen, **draft)
    audit.record("plans.text_drafted", change, by=by, at=at, changes=[*moved, *sent])


@transaction.atomic
def redraft_text(
    *, change: LegalChange, upload: Upload | None, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    Put another draft in the place of the one there is, which is kept; everybody sees why.

    :raises IllegalMove, PermissionDenied, StaleObject, FileRefused: as `draft_text`.
    :raises Refused: if there is no file or no reason, or the file is the draft there is.
    """
    why = _reason(reason, "Ghi rõ lý do thay dự thảo.")
    if upload is None:
        raise Refused("Chọn tệp dự thảo mới.", "file")
    policies.check_text(by, LegalChangeMove.REDRAFT, change)
    draft, sent = _draft(change, upload, why, by=by, at=at)
    if not draft:
        raise Refused("Tệp này chính là dự thảo hiện có: chọn tệp khác.", "file")
    move_text(change, LegalChangeMove.REDRAFT, by=by, seen=seen, **draft)
    audit.record("plans.text_redrafted", change, by=by, at=at, changes=sent, reason=why)


@transaction.atomic
def submit_text(
    *, change: LegalChange, upload: Upload | None, by: User, at: datetime, seen: int
) -> None:
    """
    Note that the draft was laid before whoever signs it.

    :raises IllegalMove, PermissionDenied, StaleObject, FileRefused: as `draft_text`.
    """
    policies.check_text(by, LegalChangeMove.SUBMIT, change)
    draft, sent = _draft(change, upload, "Bản trình ban hành.", by=by, at=at)
    moved = move_text(change, LegalChangeMove.SUBMIT, by=by, seen=seen, **draft)
    audit.record("plans.text_submitted", change, by=by, at=at, changes=[*moved, *sent])


@transaction.atomic
def bring_into_force(*, change: LegalChange, by: User, at: datetime, seen: int) -> None:
    """
    Note that the day has come on which the new text is law.

    :raises IllegalMove, PermissionDenied, StaleObject: as `draft_text`.
    :raises Refused: if the day has not come.
    """
    policies.check_text(by, LegalChangeMove.BRING_INTO_FORCE, change)
    day = change.in_force_on
    if day is None or day > at.date():
        raise Refused(f"Văn bản có hiệu lực từ ngày {format_date(day) if day else '…'}.")
    moved = move_text(change, LegalChangeMove.BRING_INTO_FORCE, by=by, seen=seen)
    audit.record("plans.text_in_force", change, by=by, at=at, changes=moved)


@transaction.atomic
def note_texts_in_force(*, by: audit.Actor, at: datetime) -> int:
    """Note for every issued text whose day has come that it is law; return how many there were."""
    status = LegalChangeStatus.ISSUED
    due = LegalChange.objects.filter(status=status.value, in_force_on__lte=at.date())
    entries = []
    for change in due.order_by("pk"):
        new = LEGAL_CHANGE.transition_for(status, LegalChangeMove.BRING_INTO_FORCE).to
        try:
            change.change(seen_version=change.version, status=new.value)
        except StaleObject:
            continue  # somebody noted it at this very moment
        entries.append(
            audit.Entry(
                "plans.text_in_force", change, audit.state_changes(LEGAL_CHANGE_LABELS, status, new)
            )
        )
    audit.record_all(entries, by=by, at=at)
    return len(entries)


@transaction.atomic
def drop_text(*, change: LegalChange, reason: str, by: User, at: datetime, seen: int) -> None:
    """
    Note why the text need not change any more; it then stands in nobody's way.

    :raises IllegalMove, PermissionDenied, StaleObject: as `draft_text`.
    :raises Refused: if no reason is given.
    """
    why = _reason(reason, "Ghi rõ lý do không còn phải sửa văn bản này.")
    moved = move_text(change, LegalChangeMove.DROP, by=by, seen=seen, reason=why)
    audit.record("plans.text_dropped", change, by=by, at=at, changes=moved, reason=why)


@transaction.atomic
def resume_text(*, change: LegalChange, by: User, at: datetime, seen: int) -> None:
    """
    Take up a text again that was dropped.

    :raises IllegalMove, PermissionDenied, StaleObject: as `draft_text`.
    """
    moved = move_text(change, LegalChangeMove.RESUME, by=by, seen=seen, reason="")
    audit.record("plans.text_resumed", change, by=by, at=at, changes=moved)


@transaction.atomic
def reschedule_text(
    *, change: LegalChange, due_on: date, reason: str, by: User, at: datetime, seen: int
) -> None:
    """
    Give the text another last day, with a reason that everybody sees.

    :raises IllegalMove, PermissionDenied, StaleObject: as `draft_text`.
    :raises Refused: if no reason is given.
    """
    why = _reason(reason, "Ghi rõ lý do đổi thời hạn.")
    policies.check_text(by, LegalChangeMove.EDIT, change)
    old = format_date(change.due_on) if change.due_on else ""
    change.change(seen_version=seen, due_on=due_on)
    row = audit.Change("Thời hạn", old, format_date(due_on))
    audit.record("plans.text_rescheduled", change, by=by, at=at, changes=[row], reason=why)


def _draft(
    change: LegalChange, upload: Upload | None, why: str, *, by: User, at: datetime
) -> tuple[dict[str, Any], list[audit.Change]]:
    """
    Keep a new draft, and the one whose place it takes; return what to write and to record: nothing
    where no file was sent, or the one there is.
    """
    if upload is None:
        return {}, []
    old, new = change.draft, files.store_upload(upload, at=at)
    if old is not None and old.sha256 == new.sha256:
        return {}, []
    if old is not None:
        FormerDraft.objects.create(
            change=change, file=old, replaced_at=at, replaced_by=by, reason=why
        )
    return {"draft": new}, [audit.Change("Dự thảo", old.name if old else "", new.name)]


def _reason(reason: str, otherwise: str) -> str:
    text = reason.strip()
    if not text:
        raise Refused(otherwise, "reason")
    return text[:LONGEST_REASON]
