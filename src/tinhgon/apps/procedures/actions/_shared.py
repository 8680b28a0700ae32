"""What every move of a version does: ask the policy, write guarded, say what changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.enums import STATUS_LABELS, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.search import actions as search
from tinhgon.domain.procedures import VERSION, Move

from ._telling import tell


def make_move(
    version: ProcedureVersion,
    move: Move,
    *,
    by: User,
    at: datetime,
    seen: int,
    reason: str = "",
    **values: Any,
) -> None:
    """
    Move the version along the table of states, tell whom it concerns, and record it.

    A reason stays until the next move; the trail keeps it for good.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check(by, move, version)
    old = Status(version.status)
    new = VERSION.transition_for(old, move).to
    version.change(seen_version=seen, status=new.value, reason=reason, changed_at=at, **values)
    tell(version, move, by=by, at=at, reason=reason)
    change = audit.Change("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])
    search.index(PROCEDURE, [version.procedure_id])
    audit.record("procedures.moved", version, by=by, at=at, changes=[change], reason=reason)
