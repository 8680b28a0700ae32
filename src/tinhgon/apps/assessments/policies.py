"""Who sees and fills in cost sheets, and who sets the norms of a round."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Move, Page, Permission

_SEE = Permission.SEE
WRITE = Permission.REVIEW_PROCEDURES
_MANAGE = Permission.MANAGE_ROUNDS
PAGES = [
    Page("assessments:list", "Chi phí tuân thủ theo đợt rà soát"),
    Page("assessments:norms", "Định mức tính chi phí"),
    Page("assessments:round", "Các bảng tính chi phí của một đợt", seen_with=_SEE),
    Page("assessments:sheet", "Một bảng tính chi phí", seen_with=_SEE),
    Page("assessments:explained", "Giải trình số liệu của bảng tính chi phí", seen_with=_SEE),
    Page("assessments:chart", "Biểu đồ chi phí trước và sau", seen_with=_SEE),
    Page("assessments:workbook", "Tệp Excel theo biểu mẫu 03/SCM-KSTT", seen_with=_SEE),
    Page("assessments:row", "Một dòng của bảng tính chi phí", WRITE, seen_with=_SEE),
    Page("assessments:import", "Nhập bảng tính chi phí từ Excel", WRITE, seen_with=_SEE),
]
MOVES = [
    Move("assessments:start", "Lập bảng tính chi phí", WRITE, seen_with=_SEE),
    Move("assessments:write", "Ghi số liệu bảng tính chi phí", WRITE, seen_with=_SEE),
    Move("assessments:add_row", "Thêm dòng vào bảng tính chi phí", WRITE, seen_with=_SEE),
    Move("assessments:remove_row", "Bỏ dòng khỏi bảng tính chi phí", WRITE, seen_with=_SEE),
    Move("assessments:add_norm", "Thêm định mức", _MANAGE),
    Move("assessments:apply_norm", "Áp dụng định mức mới cho đợt", _MANAGE, seen_with=_SEE),
]
OPEN = frozenset({Status.TO_DO, Status.IN_PROGRESS, Status.ANSWERED, Status.RETURNED})
"""States of a review in which its figures may still change; then the head has confirmed them."""


def check_write(user: User, review: Review) -> None:
    """
    Check that `user` may write the cost sheet of a review now.

    :raises PermissionDenied: if he does not review at its agency.
    :raises Refused: if nobody may any more: the head confirmed it, or the round is over.
    """
    check_part(user, review)
    if review.round.closed_on is not None:
        raise Refused("Đợt rà soát đã kết thúc, số liệu không sửa được nữa.")
    if Status(review.status) not in OPEN:
        raise Refused("Thủ trưởng đã xác nhận phiếu này. Lấy lại hoặc trả lại phiếu để sửa.")


def check_part(user: User, review: Review) -> None:
    """
    Check that `user` reviews at the agency, whatever the state.

    :raises PermissionDenied: if he does not.
    """
    if not user.access.allows(WRITE, review.agency.path or "/"):
        raise PermissionDenied


def can_write(user: User, review: Review) -> bool:
    try:
        check_write(user, review)
    except (PermissionDenied, Refused):
        return False
    return True


def can_set_norms(user: User, review_round: ReviewRound) -> bool:
    """Return whether the person runs rounds for the branch of the agency that runs this one."""
    return user.access.allows(_MANAGE, review_round.agency.path or "/")


def check_set_norms(user: User, review_round: ReviewRound) -> None:
    """
    Check that `user` may give the round another norm.

    :raises PermissionDenied: if he may not.
    """
    if not can_set_norms(user, review_round):
        raise PermissionDenied


def can_add_norms(user: User) -> bool:
    return bool(user.access.paths(_MANAGE))


def check_add_norms(user: User) -> None:
    """
    Check that `user` runs rounds anywhere.

    :raises PermissionDenied: if he does not.
    """
    if not can_add_norms(user):
        raise PermissionDenied
