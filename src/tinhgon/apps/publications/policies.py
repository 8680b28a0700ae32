"""Who may do what to a decision that publishes procedures."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import DECISION, DecisionActor, DecisionMove

from .enums import DecisionStatus
from .models import Decision

_SEE = Permission.SEE
PAGES = [
    Page("publications:list", "Quyết định công bố"),
    Page("publications:detail", "Một quyết định công bố", seen_with=_SEE),
]
MOVES: list[Deed] = []

RIGHTS = {
    DecisionActor.DRAFTER: Permission.DRAFT_DECISION,
    DecisionActor.CLERK: Permission.RECORD_DECISION,
}


def check_draft(user: User, drafter: Agency) -> None:
    """
    Check that `user` may draft decisions at the agency.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(Permission.DRAFT_DECISION, drafter.path or "/"):
        raise PermissionDenied


def check_record(user: User, drafter: Agency) -> None:
    """
    Check that `user` may record signed decisions that the agency drafted.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(Permission.RECORD_DECISION, drafter.path or "/"):
        raise PermissionDenied


def check(user: User, move: DecisionMove, decision: Decision) -> None:
    """
    Check that `user` may make `move` on the decision now.

    :raises IllegalMove: if nobody may, because of the state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    transition = DECISION.transition_for(DecisionStatus(decision.status), move)
    right = RIGHTS[DecisionActor(transition.actor)]
    if not user.access.allows(right, decision.drafter.path or "/"):
        raise PermissionDenied


def can(user: User, move: DecisionMove, decision: Decision) -> bool:
    try:
        check(user, move, decision)
    except (IllegalMove, PermissionDenied):
        return False
    return True
