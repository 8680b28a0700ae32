"""Which legal texts must change, by whom and until when, as the plan proposes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans.models import LegalChange, Measure, PlanItem
from tinhgon.common.refusal import Refused
from tinhgon.domain.vntext import format_date

from ._shared import open_for_edit
from ._texts import text_values


@dataclass(frozen=True, slots=True)
class LegalChangeEntry:
    """One text to change: document, place in it, what to do, who, the last day in time."""

    text: str
    agency: Agency
    provision: str = ""
    work: str = ""
    due_on: date | None = None
    measure: Measure | None = None


@transaction.atomic
def add_legal_change(
    *, item: PlanItem, entry: LegalChangeEntry, by: User, at: datetime, seen: int
) -> LegalChange:
    """
    Propose to change a legal text; `seen` is the version of the item.

    :raises IllegalMove, PermissionDenied: as `open_for_edit`.
    :raises StaleObject: if the item changed since `seen` was seen.
    :raises Refused: if it names no text, or a measure of another procedure.
    """
    open_for_edit(item.plan, by=by, at=at)
    change = LegalChange.objects.create(item=item, **_checked(item, entry))
    item.change(seen_version=seen)
    row = audit.Change("Văn bản phải sửa", "", _words(change))
    audit.record("plans.legal_change_added", item, by=by, at=at, changes=[row])
    return change


@transaction.atomic
def change_legal_change(
    *, change: LegalChange, entry: LegalChangeEntry, by: User, at: datetime, seen: int
) -> None:
    """
    Change what the plan proposes for a legal text; `seen` is the version of the item.

    :raises IllegalMove, PermissionDenied, StaleObject, Refused: as `add_legal_change`.
    """
    item = change.item
    open_for_edit(item.plan, by=by, at=at)
    old = _words(change)
    change.change(seen_version=change.version, **_checked(item, entry))
    item.change(seen_version=seen)
    row = audit.Change("Văn bản phải sửa", old, _words(change))
    if row.old != row.new:
        audit.record("plans.legal_change_changed", item, by=by, at=at, changes=[row])


@transaction.atomic
def remove_legal_change(*, change: LegalChange, by: User, at: datetime, seen: int) -> None:
    """
    Take a legal text out of the plan; `seen` is the version of the item.

    :raises IllegalMove, PermissionDenied, StaleObject: as `add_legal_change`.
    """
    item = change.item
    open_for_edit(item.plan, by=by, at=at)
    row = audit.Change("Văn bản phải sửa", _words(change), "")
    change.delete()
    item.change(seen_version=seen)
    audit.record("plans.legal_change_removed", item, by=by, at=at, changes=[row])


def _checked(item: PlanItem, entry: LegalChangeEntry) -> dict[str, Any]:
    if not entry.text.strip():
        raise Refused("Ghi văn bản phải sửa đổi, bãi bỏ.", "text")
    if entry.measure is not None and entry.measure.item_id != item.pk:
        raise Refused("Nội dung đơn giản hóa không thuộc thủ tục này.", "measure")
    return text_values(
        text=entry.text,
        agency_id=entry.agency.pk,
        provision=entry.provision,
        work=entry.work,
        due_on=entry.due_on,
        measure=entry.measure,
    )


def _words(change: LegalChange) -> str:
    parts = [str(change), change.work, change.agency.name]
    if change.due_on:
        parts.append(f"chậm nhất ngày {format_date(change.due_on)}")
    return "; ".join(part for part in parts if part)
