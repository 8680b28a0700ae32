"""
Who runs a review round, who reviews, confirms and checks.

The state decides what can be done, the branch who does it. Nobody checks the reviews of an agency
in which he himself holds a position.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.reviewing import REVIEW, Actor

from .enums import Move, Status
from .models import Review

_SEE = Permission.SEE
_MANAGE = Permission.MANAGE_ROUNDS
_REVIEW = Permission.REVIEW_PROCEDURES
PAGES = [
    Page("reviews:list", "Các đợt rà soát"),
    Page("reviews:questionnaire", "Mẫu phiếu rà soát"),
    Page("reviews:open", "Mở đợt rà soát", _MANAGE),
    Page("reviews:round", "Một đợt rà soát", seen_with=_SEE),
    Page("reviews:reviews", "Các phiếu rà soát của một đợt", seen_with=_SEE),
    Page("reviews:add", "Bổ sung thủ tục vào đợt rà soát", _MANAGE, seen_with=_SEE),
    Page("reviews:review", "Một phiếu rà soát", seen_with=_SEE),
    Page("reviews:evidence_file", "Tệp tài liệu chứng minh", seen_with=_SEE),
]
MOVES = [
    Deed(f"reviews:{name}", title, permission, seen_with=_SEE)
    for name, title, permission in (
        ("close", "Kết thúc, mở lại đợt rà soát", _MANAGE),
        ("assign", "Giao người rà soát", _REVIEW),
        ("write", "Ghi câu trả lời của phiếu", _REVIEW),
        ("choose", "Chọn một trong hai câu trả lời", _REVIEW),
        ("conclude", "Ghi kết quả rà soát", _REVIEW),
        ("judge", "Nhận, bỏ qua gợi ý đơn giản hóa", _REVIEW),
        ("prove", "Thêm tài liệu chứng minh", _REVIEW),
        ("disprove", "Gỡ tài liệu chứng minh", _REVIEW),
        ("finish", "Gửi thủ trưởng xác nhận phiếu rà soát", _REVIEW),
        ("take_back", "Lấy lại phiếu rà soát để sửa", _REVIEW),
        ("renew", "Rà soát tiếp theo bản mới của thủ tục", _REVIEW),
        ("lapse", "Ghi thủ tục không còn hiệu lực", _REVIEW),
        ("confirm", "Thủ trưởng xác nhận phiếu rà soát", Permission.CONFIRM_REVIEW),
        ("send_back", "Thủ trưởng trả lại phiếu rà soát", Permission.CONFIRM_REVIEW),
        ("confirm_many", "Xác nhận nhiều phiếu rà soát", Permission.CONFIRM_REVIEW),
        ("check", "Văn phòng kiểm tra phiếu đạt", Permission.CHECK_REVIEW),
        ("return", "Văn phòng trả lại phiếu rà soát", Permission.CHECK_REVIEW),
        ("resume", "Rà soát lại thủ tục còn hiệu lực", Permission.CHECK_REVIEW),
        ("check_many", "Kiểm tra nhiều phiếu đạt", Permission.CHECK_REVIEW),
    )
]
RIGHTS = {
    Actor.OFFICER: Permission.REVIEW_PROCEDURES,
    Actor.HEAD: Permission.CONFIRM_REVIEW,
    Actor.OFFICE: Permission.CHECK_REVIEW,
    Actor.DECISION: Permission.RECORD_PLAN_DECISION,
}


def can_manage(user: User, agency: Agency) -> bool:
    """Return whether the person runs rounds for the branch of the agency."""
    return user.access.allows(_MANAGE, agency.path or "/")


def check_manage(user: User, agency: Agency) -> None:
    """
    Check that `user` runs rounds for the branch of the agency.

    :raises PermissionDenied: if he does not.
    """
    if not can_manage(user, agency):
        raise PermissionDenied


def can_open(user: User) -> bool:
    """Return whether the person runs rounds anywhere."""
    return bool(user.access.paths(_MANAGE))


def check_open(user: User) -> None:
    """
    Check that `user` runs rounds anywhere.

    :raises PermissionDenied: if he does not.
    """
    if not can_open(user):
        raise PermissionDenied


def can_assign(user: User, agency: Agency) -> bool:
    """Return whether the person says who reviews at the agency."""
    return user.access.allows(_REVIEW, agency.path or "/")


def check_assign(user: User, agency: Agency) -> None:
    """
    Check that `user` says who reviews at the agency.

    :raises PermissionDenied: if he does not.
    """
    if not can_assign(user, agency):
        raise PermissionDenied


def check_assign_anywhere(user: User) -> None:
    """
    Check that `user` says who reviews at any agency.

    :raises PermissionDenied: if he does not.
    """
    if not user.access.paths(_REVIEW):
        raise PermissionDenied


def check_anywhere(user: User, move: Move) -> None:
    """
    Check that `user` has the part in which `move` is made, for any agency.

    :raises PermissionDenied: if he has not.
    """
    if not user.access.paths(RIGHTS[_actor(move)]):
        raise PermissionDenied


def _actor(move: Move) -> Actor:
    return next(Actor(t.actor) for (_, each), t in REVIEW.transitions.items() if each is move)


def may(user: User, move: Move, review: Review) -> bool:
    """Return whether the person has the part in which `move` is made, whatever the state."""
    actor = _actor(move)
    if not user.access.allows(RIGHTS[actor], review.agency.path or "/"):
        return False
    return actor is not Actor.OFFICE or not sits_in(user, review.agency_id)


def sits_in(user: User, agency: int) -> bool:
    """Return whether the person holds a position in the agency itself."""
    return any(position.agency_id == agency for position in user.current_positions)


def check_part(user: User, move: Move, review: Review) -> None:
    """
    Check that `user` has the part in which `move` is made, whatever the state.

    :raises PermissionDenied: if he has not.
    """
    if not may(user, move, review):
        raise PermissionDenied


def check(user: User, move: Move, review: Review) -> None:
    """
    Check that `user` may make `move` on the review now.

    :raises IllegalMove: if nobody may, because of its state, because the round is over, or because
        a plan that its head confirmed rests on the review.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    status = Status(review.status)
    REVIEW.transition_for(status, move)
    if review.round.closed_on is not None and move is not Move.CHECK:
        raise IllegalMove(status, move)
    if review.is_held and move is not Move.CHECK:
        raise IllegalMove(status, move)
    check_part(user, move, review)


def can(user: User, move: Move, review: Review) -> bool:
    try:
        check(user, move, review)
    except (IllegalMove, PermissionDenied):
        return False
    return True
