"""One step of a legal text on its way, written guarded."""

from __future__ import annotations

from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import LEGAL_CHANGE_LABELS, LegalChangeMove, LegalChangeStatus
from tinhgon.apps.plans.models import LegalChange
from tinhgon.domain.simplification import LEGAL_CHANGE


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
