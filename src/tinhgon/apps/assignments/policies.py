"""
Who may do what to an assignment. The state decides what can be done at all, the branch who does it.

Two rules beyond the plain right on a branch:

- Only the level that gave the work decides on it: the Office of the province sees what a district
  passed on to its communes, and leaves the decision to the district.
- Nobody answers on behalf of others to himself: who answers for a whole branch does so only where
  the work comes from outside of it, or for the agency in which he sits.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.assigning import Move, Status, transition_for
from tinhgon.domain.lifecycle import IllegalMove

from .models import Assignment, Duty

_SEE = Permission.SEE
PAGES = [
    Page("assignments:list", "Nhiệm vụ"),
    Page("assignments:export", "Xuất danh sách nhiệm vụ"),
    Page("assignments:board", "Bảng theo dõi"),
    Page("assignments:late", "Nhiệm vụ quá hạn"),
    Page("assignments:timeline", "Lịch hạn"),
    Page("assignments:feeds", "Địa chỉ lịch của tôi"),
    Page("assignments:feed", "Lịch iCal theo địa chỉ riêng", public=True),
    Page("assignments:urging", "Công văn đôn đốc", seen_with=_SEE),
    Page("assignments:urging_docx", "Công văn đôn đốc, tệp Word", seen_with=_SEE),
    Page("assignments:urging_pdf", "Công văn đôn đốc, tệp PDF", seen_with=_SEE),
    Page("assignments:detail", "Việc của một cơ quan", seen_with=_SEE),
    Page("assignments:duty", "Nhiệm vụ, kết quả của các cơ quan", seen_with=_SEE),
    Page("assignments:answer_file", "Tệp văn bản chứng minh", seen_with=_SEE),
    Page("assignments:note_file", "Tệp kèm theo tiến độ", seen_with=_SEE),
    Page("assignments:succession", "Nhiệm vụ của cơ quan đã kết thúc", permission=Permission.ISSUE),
]
MOVES = [
    Deed(f"assignments:{name}", title, permission=permission, seen_with=_SEE)
    for name, title, permission in (
        ("issue", "Giao nhiệm vụ của văn bản", Permission.ISSUE),
        ("number", "Ghi, sửa số và ngày của văn bản đã giao", Permission.ISSUE),
        ("attach", "Gắn văn bản đã giao vào chương trình", Permission.ISSUE),
        ("replace", "Thay thế văn bản", Permission.ISSUE),
        ("amend", "Điều chỉnh nhiệm vụ", Permission.ISSUE),
        ("withdraw", "Thu hồi nhiệm vụ", Permission.ISSUE),
        ("acknowledge", "Nhận việc", Permission.ANSWER),
        ("progress", "Cập nhật tiến độ", Permission.ANSWER),
        ("submit", "Báo cáo kết quả", Permission.ANSWER),
        ("nil", "Báo cáo không phát sinh", Permission.ANSWER),
        ("ask_extension", "Xin gia hạn", Permission.ANSWER),
        ("pass_on", "Giao tiếp cho đơn vị cấp dưới", Permission.PASS_ON),
        ("accept", "Duyệt kết quả", Permission.REVIEW),
        ("return", "Trả lại kết quả", Permission.REVIEW),
        ("decide_extension", "Quyết định gia hạn", Permission.REVIEW),
    )
] + [
    Deed("assignments:feed_create", "Tạo địa chỉ lịch"),
    Deed("assignments:feed_revoke", "Thu hồi địa chỉ lịch", own=True),
    Deed("assignments:urge", "Soạn công văn đôn đốc", permission=Permission.URGE),
    Deed(
        "assignments:transfer",
        "Chuyển nhiệm vụ cho cơ quan kế thừa",
        permission=Permission.ISSUE,
    ),
]


def roots(user: User, *permissions: Permission) -> list[Agency]:
    """Return the agencies on whose branch the person holds one of the permissions, by position."""
    return [
        position.scope or position.agency
        for position in user.current_positions
        if set(permissions) & set(position.role.permissions)
    ]


def own_agencies(user: User) -> list[Agency]:
    """
    Return the agencies that the person answers for by himself: where he sits, and what he
    looks after.
    """
    held = [p for p in user.current_positions if Permission.ANSWER in p.role.permissions]
    found = {agency.pk: agency for p in held for agency in (p.agency, p.scope) if agency}
    return list(found.values())


def deciding_permissions(duty: Duty) -> tuple[Permission, ...]:
    """Return the rights that let a person check answers: who may pass work on may check it, too."""
    if duty.parent_id is None:
        return (Permission.REVIEW,)
    return (Permission.REVIEW, Permission.PASS_ON)


def decides(user: User, duty: Duty) -> bool:
    """Return whether the person checks the answers to the duty."""
    return _on_level(user, duty.issuer, *deciding_permissions(duty))


def gives(user: User, duty: Duty) -> bool:
    """Return whether the person may change or withdraw the duty."""
    permission = Permission.ISSUE if duty.parent_id is None else Permission.PASS_ON
    return _on_level(user, duty.issuer, permission)


def asks(user: User, duty: Duty) -> bool:
    """Return whether the person may ask for an inventory as the duty wants it."""
    path = duty.issuer.path or "/"
    return gives(user, duty) and user.access.allows(Permission.CHECK_PROCEDURE, path)


def asks_for_reports(user: User, duty: Duty) -> bool:
    """Return whether the person may open a report period in which the duty is answered."""
    return user.access.allows(Permission.MANAGE_REPORT_PERIODS, duty.issuer.path or "/")


def _on_level(user: User, agency: Agency, *permissions: Permission) -> bool:
    return any(
        (agency.path or "").startswith(root.path or "-") and root.level == agency.level
        for root in roots(user, *permissions)
    )


def _for_agency(user: User, permission: Permission, assignment: Assignment) -> bool:
    path, issuer = assignment.agency.path or "", assignment.duty.issuer.path or ""
    for position in user.current_positions:
        if permission not in position.role.permissions:
            continue
        if position.agency.pk == assignment.agency.pk:
            return True
        root = (position.scope or position.agency).path or "-"
        if path.startswith(root) and not issuer.startswith(root):
            return True
    return False


def may(user: User, move: Move, assignment: Assignment) -> bool:
    """Return whether the person has the part in which `move` is made, whatever the state."""
    match move:
        case Move.PASS_ON:
            return _for_agency(user, Permission.PASS_ON, assignment)
        case Move.ACKNOWLEDGE | Move.REPORT_PROGRESS | Move.SUBMIT | Move.ASK_EXTENSION:
            return _for_agency(user, Permission.ANSWER, assignment)
        case Move.WITHDRAW | Move.AMEND_DUE:
            return gives(user, assignment.duty)
        case Move.RETURN | Move.ACCEPT | Move.DECIDE_EXTENSION:
            return decides(user, assignment.duty)
        case Move.TRANSFER | Move.FULFIL:
            return False  # the end of an agency, or another paper, does it; not a person


def enters(user: User, receiver: Agency, assignment: Assignment) -> bool:
    """
    Return whether the person enters for `receiver`, which receives the reports of agencies below,
    what one of them sent as a workbook: how far its work is, never that it is done.
    """
    path, above = assignment.agency.path or "", receiver.path or "-"
    is_below = path.startswith(above) and path != above
    return is_below and user.access.allows(Permission.RECEIVE_REPORTS, above)


def check(
    user: User, move: Move, assignment: Assignment, *, receiver: Agency | None = None
) -> None:
    """
    Check that `user` may make `move` on `assignment` now; progress also as `enters` says.

    :raises IllegalMove: if nobody may, because of the state.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    transition_for(Status(assignment.status), move)
    if receiver and move is Move.REPORT_PROGRESS and enters(user, receiver, assignment):
        return
    if not may(user, move, assignment):
        raise PermissionDenied


def can(user: User, move: Move, assignment: Assignment) -> bool:
    try:
        check(user, move, assignment)
    except (IllegalMove, PermissionDenied):
        return False
    return True


def may_issue(user: User, issuer: Agency) -> bool:
    """Return whether the person may give work in the name of `issuer`."""
    return user.access.allows(Permission.ISSUE, issuer.path or "/")


def check_issue(user: User, issuer: Agency) -> None:
    """
    Check that `user` may give work in the name of `issuer`.

    :raises PermissionDenied: if he may not.
    """
    if not may_issue(user, issuer):
        raise PermissionDenied


def check_give(user: User, duty: Duty) -> None:
    """
    Check that `user` may change or withdraw the duty.

    :raises PermissionDenied: if he may not.
    """
    if not gives(user, duty):
        raise PermissionDenied


def urging_agencies(user: User) -> list[Agency]:
    """Return the agencies in whose name the person urges: what he looks after, where he sits."""
    held = [p for p in user.current_positions if Permission.URGE in p.role.permissions]
    found = {agency.pk: agency for p in held for agency in (p.scope, p.agency) if agency}
    return list(found.values())


def check_urge(user: User, issuer: Agency) -> None:
    """
    Check that `user` may urge in the name of `issuer`.

    :raises PermissionDenied: if he may not.
    """
    if issuer.pk not in {agency.pk for agency in urging_agencies(user)}:
        raise PermissionDenied
