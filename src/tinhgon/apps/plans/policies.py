"""Who may do what to a plan. The state decides what can be done, the branch who does it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.simplification import PLAN, Actor

from .enums import PlanMove, PlanStatus
from .models import Plan

_SEE = Permission.SEE
PAGES = [
    Page("plans:list", "Phương án đơn giản hóa"),
    Page("plans:detail", "Một phương án đơn giản hóa", seen_with=_SEE),
    Page("plans:item", "Một thủ tục trong phương án", seen_with=_SEE),
    Page("plans:decision", "Một quyết định phê duyệt phương án", seen_with=_SEE),
]
MOVES: list[Deed] = []

RIGHTS = {
    Actor.OFFICER: Permission.REVIEW_PROCEDURES,
    Actor.HEAD: Permission.CONFIRM_REVIEW,
    Actor.OFFICE: Permission.ASSESS_PLAN,
    Actor.DECISION: Permission.RECORD_PLAN_DECISION,
}


def sits_in(user: User, agency: Agency) -> bool:
    """Return whether the person has a position in the agency itself."""
    return any(position.agency_id == agency.pk for position in user.current_positions)


def may(user: User, move: PlanMove, plan: Plan) -> bool:
    """
    Return whether the person has the part in which `move` is made, whatever the state.

    Nobody judges the plan of the agency in which he sits. The tờ trình goes out from the head of
    the agency, or from the Office that has assessed it.
    """
    actor = next(Actor(t.actor) for (_, each), t in PLAN.transitions.items() if each is move)
    path = plan.agency.path or "/"
    if actor is Actor.OFFICE and sits_in(user, plan.agency):
        return False
    if move is PlanMove.SUBMIT and user.access.allows(Permission.ASSESS_PLAN, path):
        return True
    return user.access.allows(RIGHTS[actor], path)


def check(user: User, move: PlanMove, plan: Plan) -> None:
    """
    Check that `user` may make `move` on the plan now.

    :raises IllegalMove: if nobody may, because of the state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    PLAN.transition_for(PlanStatus(plan.status), move)
    if not may(user, move, plan):
        raise PermissionDenied


def can(user: User, move: PlanMove, plan: Plan) -> bool:
    try:
        check(user, move, plan)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def check_draft(user: User, agency: Agency) -> None:
    """
    Check that `user` may draft plans of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(Permission.REVIEW_PROCEDURES, agency.path or "/"):
        raise PermissionDenied


def drafting_agencies(user: User) -> list[Agency]:
    """Return the agencies whose plans the person drafts: where he sits, what he looks after."""
    wanted = Permission.REVIEW_PROCEDURES
    held = [p for p in user.current_positions if wanted in p.role.permissions]
    found = {agency.pk: agency for p in held for agency in (p.agency, p.scope) if agency}
    return list(found.values())


def may_count(user: User, agency: Agency) -> bool:
    """Return whether the person sets the counting rule of a programme of the agency."""
    return user.access.allows(Permission.MANAGE_ROUNDS, agency.path or "/")


def check_count(user: User, agency: Agency) -> None:
    """
    Check that `user` may set the counting rule of a programme of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not may_count(user, agency):
        raise PermissionDenied
