"""A legal text as it is written, and one step of it on its way."""

from __future__ import annotations

from datetime import date
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import LEGAL_CHANGE_LABELS, LegalChangeMove, LegalChangeStatus
from tinhgon.apps.plans.models import LegalChange, Measure, PlanItem
from tinhgon.domain.simplification import LEGAL_CHANGE
from tinhgon.domain.vntext import fold


def new_text(item: PlanItem, **said: Any) -> LegalChange:
    """Return a text that an item is to change, not stored yet; `said`: as `text_values`."""
    return LegalChange(item=item, **text_values(**said))


def text_values(
    *,
    text: str,
    agency_id: int,
    provision: str = "",
    work: str = "",
    due_on: date | None = None,
    measure: Measure | None = None,
) -> dict[str, Any]:
    """Return all that is written of a text: as long as the columns, found by document and place."""
    name, place = " ".join(text.split())[:500], provision.strip()[:300]
    return {
        "text": name,
        "provision": place,
        "folded": fold(f"{place} {name}"),
        "work": work.strip()[:500],
        "agency_id": agency_id,
        "due_on": due_on,
        "measure": measure,
    }


def move_text(
    change: LegalChange, move: LegalChangeMove, *, by: User, seen: int, **values: Any
) -> tuple[audit.Change, ...]:
    """
    Move the text along the table of states; return the change of state in words.

    :raises IllegalMove, PermissionDenied: as `policies.check_text`.
    :raises StaleObject: if the text changed since `seen` was seen.
    """
    policies.check_text(by, move, change)
    old = LegalChangeStatus(change.status)
    new = LEGAL_CHANGE.transition_for(old, move).to
    change.change(seen_version=seen, status=new.value, **values)
    return audit.state_changes(LEGAL_CHANGE_LABELS, old, new) if new is not old else ()
