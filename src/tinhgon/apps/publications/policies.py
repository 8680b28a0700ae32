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
_DRAFT, _RECORD = Permission.DRAFT_DECISION, Permission.RECORD_DECISION
PAGES = [
    Page("publications:list", "Quyết định công bố"),
    Page("publications:in_force", "Danh mục có hiệu lực tại một ngày, theo quyết định"),
    Page("publications:lineage", "Quá trình thay thế của một thủ tục", seen_with=_SEE),
    Page("publications:draft", "Soạn quyết định công bố", permission=_DRAFT),
    Page("publications:detail", "Một quyết định công bố", seen_with=_SEE),
    Page("publications:edit", "Sửa thông tin dự thảo quyết định", _DRAFT, seen_with=_SEE),
    Page("publications:choose", "Chọn thủ tục đưa vào quyết định", _DRAFT, seen_with=_SEE),
    Page("publications:abolish", "Chọn thủ tục bãi bỏ", _DRAFT, seen_with=_SEE),
    Page("publications:line", "Một dòng của dự thảo quyết định", _DRAFT, seen_with=_SEE),
    Page("publications:submit", "Trình ký quyết định", _DRAFT, seen_with=_SEE),
    Page("publications:record", "Ghi quyết định đã ký", _RECORD, seen_with=_SEE),
    Page("publications:draft_paper", "Tải dự thảo quyết định, phụ lục", seen_with=_SEE),
    Page("publications:submission_paper", "Tải tờ trình", seen_with=_SEE),
    Page("publications:signed_file", "Tệp quyết định đã ký"),
    Page("publications:signatures", "Chữ ký số trên bản đã ký"),
]
MOVES = [
    Deed("publications:change_lines", "Sắp xếp, bỏ dòng của dự thảo", _DRAFT, seen_with=_SEE),
    Deed("publications:recall", "Rút quyết định đang trình ký", _DRAFT, seen_with=_SEE),
    Deed("publications:discard", "Bỏ dự thảo quyết định", _DRAFT, seen_with=_SEE),
]

RIGHTS = {
    DecisionActor.DRAFTER: Permission.DRAFT_DECISION,
    DecisionActor.CLERK: Permission.RECORD_DECISION,
}


def drafting_agencies(user: User) -> list[Agency]:
    """
    Return the agencies in whose name the person drafts: where he sits, what he looks after. A seat
    outside the branch over which his role counts is not one of them.
    """
    held = [p for p in user.current_positions if _DRAFT in p.role.permissions]
    found = {agency.pk: agency for p in held for agency in (p.agency, p.scope) if agency}
    return [a for a in found.values() if user.access.allows(_DRAFT, a.path or "/")]


def may(user: User, move: DecisionMove, decision: Decision) -> bool:
    """Return whether the person has the part in which `move` is made, whatever the state."""
    right = _RECORD if move is DecisionMove.RECORD else _DRAFT
    return user.access.allows(right, decision.drafter.path or "/")


def has_papers(decision: Decision) -> bool:
    """
    Return whether papers are made of the decision.

    What was signed elsewhere has a paper of its own, which none made here may stand for.
    """
    return not decision.is_imported and decision.status != DecisionStatus.DISCARDED


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
