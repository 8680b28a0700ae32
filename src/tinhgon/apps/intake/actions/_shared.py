from __future__ import annotations

from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.actions import Change, state_changes
from tinhgon.apps.intake import policies
from tinhgon.apps.intake.enums import STATUS_LABELS, BatchMove, BatchStatus
from tinhgon.apps.intake.models import Batch
from tinhgon.domain.intake import BATCH


def make_move(
    batch: Batch, move: BatchMove, *, by: User, seen: int, **values: Any
) -> tuple[Change, ...]:
    """
    Move the batch along the table of states; return the change of state in words.

    It comes first in an action: of two people on one batch the second is told so, and waits for
    nothing.

    :raises IllegalMove: if nobody may, because of its state.
    :raises PermissionDenied: if somebody may, but not `by`.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check(by, move, batch)
    old = BatchStatus(batch.status)
    new = BATCH.transition_for(old, move).to
    batch.change(seen_version=seen, status=new.value, **values)
    return state_changes(STATUS_LABELS, old, new)
