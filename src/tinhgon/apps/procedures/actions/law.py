"""The documents that procedures cite: what becomes of them, and the work that follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.directives import actions as directives
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.documents import review_letter
from tinhgon.apps.procedures.models import LegalDocument
from tinhgon.apps.procedures.queries import law as queries
from tinhgon.common.refusal import Refused
from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class LawChange:
    """
    What became of a document. `changed_on`: the first day of an amendment; `ended_on`: the first
    day without force; both empty takes back what was noted.
    """

    changed_on: date | None = None
    ended_on: date | None = None
    note: str = ""


@transaction.atomic
def note_law_change(
    *, document: LegalDocument, change: LawChange, by: User, at: datetime, seen: int
) -> None:
    """
    Note that a cited document was amended or lost its force.

    :raises PermissionDenied: if `by` does not control the procedures of the whole province.
    :raises StaleObject: if the document changed since `seen` was seen.
    :raises Refused: if a day is given without the document that says so, or lies before the issue.
    """
    policies.check_law(by)
    note = change.note.strip()
    if (change.changed_on or change.ended_on) and not note:
        raise Refused("Ghi văn bản sửa đổi, thay thế hoặc bãi bỏ để người đọc tra được.", "note")
    days = [day for day in (change.changed_on, change.ended_on) if day]
    if document.issued_on and any(day < document.issued_on for day in days):
        raise Refused(
            f"Ngày này trước ngày ban hành {format_date(document.issued_on)}.", "ended_on"
        )
    rows = [
        ("Sửa đổi từ ngày", _day(document.changed_on), _day(change.changed_on)),
        ("Hết hiệu lực từ ngày", _day(document.ended_on), _day(change.ended_on)),
        ("Ghi chú", document.change_note, note),
    ]
    changes = [audit.Change(*row) for row in rows if row[1] != row[2]]
    if not changes:
        return
    document.change(
        seen_version=seen,
        changed_on=change.changed_on,
        ended_on=change.ended_on,
        change_note=note,
    )
    audit.record("procedures.law_changed", document, by=by, at=at, changes=changes)


@transaction.atomic
def draft_review_letter(
    *,
    document: LegalDocument,
    issuer: Agency,
    due_on: date,
    by: User,
    at: datetime,
    calendar: WorkCalendar,
) -> Directive:
    """
    Draft the letter by which agencies are told to review their procedures that cite the document.

    It is read like any other letter: the coordinator corrects it and issues the work.

    :raises PermissionDenied: if `by` may not receive letters for `issuer`.
    :raises Refused: if no procedure in force or under way cites it, or the day lies in the past.
    """
    policies.check_law(by)
    holders = queries.holders(document, on=at.date())
    if not holders:
        raise Refused("Không còn thủ tục nào viện dẫn văn bản này.")
    if due_on <= at.date():
        raise Refused("Thời hạn phải sau hôm nay.", "due_on")
    text = review_letter(document, issuer=issuer, holders=holders, due_on=due_on, on=at.date())
    return directives.receive_text(
        text=text, issuer=issuer, programme=None, by=by, at=at, calendar=calendar
    )


def _day(value: date | None) -> str:
    return format_date(value) if value else ""
