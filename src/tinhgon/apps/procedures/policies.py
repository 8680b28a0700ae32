"""Who may do what to a procedure. The state decides what can be done, the branch who does it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page, Permission
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import VERSION, Actor, Move

from .enums import Status
from .models import ProcedureVersion

PAGES = [
    Page("procedures:list", "Danh sách thủ tục"),
    Page("procedures:columns", "Chọn cột của danh sách thủ tục"),
    Page("procedures:export", "Xuất danh sách thủ tục"),
    Page("procedures:export_schema", "Lược đồ của danh sách thủ tục dạng JSON"),
    Page("procedures:many_done", "Kết quả sửa nhiều thủ tục", own=True),
    Page("procedures:fields", "Gợi ý lĩnh vực khi gõ"),
    Page("procedures:propose", "Thống kê thủ tục", Permission.PROPOSE_PROCEDURE),
    Page("procedures:detail", "Thủ tục", seen_with=Permission.SEE),
    Page("procedures:version", "Một bản của thủ tục", seen_with=Permission.SEE),
    Page("procedures:svg", "Sơ đồ trình tự, tệp SVG", seen_with=Permission.SEE),
    Page("procedures:bpmn", "Sơ đồ trình tự, tệp BPMN", seen_with=Permission.SEE),
    Page("procedures:form_file", "Tệp mẫu đơn, mẫu tờ khai", seen_with=Permission.SEE),
    Page(
        "procedures:edit",
        "Sửa nội dung thủ tục",
        Permission.PROPOSE_PROCEDURE,
        seen_with=Permission.SEE,
    ),
    Page(
        "procedures:duplicate",
        "Đánh dấu thủ tục trùng lặp",
        Permission.CHECK_PROCEDURE,
        seen_with=Permission.SEE,
    ),
    Page(
        "procedures:merge",
        "Gộp vào thủ tục khác",
        Permission.CHECK_PROCEDURE,
        seen_with=Permission.SEE,
    ),
    Page(
        "procedures:succession",
        "Thủ tục của cơ quan đã kết thúc",
        Permission.CHECK_PROCEDURE,
    ),
    Page("procedures:copies", "Bản của địa phương", seen_with=Permission.SEE),
    Page("procedures:laws", "Văn bản căn cứ của thủ tục"),
    Page("procedures:law", "Một văn bản căn cứ và thủ tục viện dẫn"),
]
MOVES = [
    Deed("procedures:many", "Chọn việc cho nhiều thủ tục"),
    Deed("procedures:many_preview", "Xem trước việc cho nhiều thủ tục"),
    Deed("procedures:many_change", "Sửa, chuyển nhiều thủ tục một lần"),
    Deed(
        "procedures:hand_over",
        "Chuyển thủ tục cho cơ quan kế thừa",
        Permission.CHECK_PROCEDURE,
    ),
    Deed(
        "procedures:law_change",
        "Ghi hiệu lực văn bản căn cứ",
        Permission.CHECK_PROCEDURE,
        at_top=True,
    ),
    Deed(
        "procedures:law_assign",
        "Soạn văn bản giao rà soát theo căn cứ",
        Permission.CHECK_PROCEDURE,
        at_top=True,
    ),
    *(
        Deed(f"procedures:{name}", title, permission, seen_with=Permission.SEE)
        for name, title, permission in (
            ("send", "Gửi thủ trưởng xác nhận thủ tục", Permission.PROPOSE_PROCEDURE),
            ("drop", "Bỏ bản dự thảo của thủ tục", Permission.PROPOSE_PROCEDURE),
            ("make_copies", "Soạn bản của địa phương", Permission.PROPOSE_PROCEDURE),
            ("change", "Soạn sửa đổi thủ tục đã công bố", Permission.PROPOSE_PROCEDURE),
            ("confirm", "Thủ trưởng xác nhận thủ tục", Permission.CONFIRM_PROCEDURE),
            ("send_back", "Thủ trưởng trả lại thủ tục", Permission.CONFIRM_PROCEDURE),
            ("check", "Kiểm soát thủ tục đạt", Permission.CHECK_PROCEDURE),
            ("return", "Văn phòng trả lại thủ tục", Permission.CHECK_PROCEDURE),
            ("out_of_scope", "Đưa thủ tục ra khỏi danh mục", Permission.CHECK_PROCEDURE),
            ("restore", "Khôi phục thủ tục", Permission.CHECK_PROCEDURE),
            ("disclose", "Ghi thủ tục đã công khai", Permission.CHECK_PROCEDURE),
            ("correct_disclosure", "Sửa nơi, ngày công khai", Permission.CHECK_PROCEDURE),
            ("unlink", "Tách bản của địa phương khỏi bản chuẩn", Permission.CHECK_PROCEDURE),
            ("code", "Ghi mã số quốc gia của thủ tục", Permission.CHECK_PROCEDURE),
        )
    ),
]
_ROOT_SLASHES = 2  # "/1/"

RIGHTS = {
    Actor.OFFICER: Permission.PROPOSE_PROCEDURE,
    Actor.HEAD: Permission.CONFIRM_PROCEDURE,
    Actor.OFFICE: Permission.CHECK_PROCEDURE,
}


def may_propose(user: User, agency: Agency) -> bool:
    """Return whether the person may inventory procedures of the agency."""
    return user.access.allows(Permission.PROPOSE_PROCEDURE, agency.path or "/")


def may_propose_anywhere(user: User) -> bool:
    """Return whether the person may inventory procedures of any agency."""
    return bool(user.access.paths(Permission.PROPOSE_PROCEDURE))


def check_propose(user: User, agency: Agency) -> None:
    """
    Check that `user` may inventory procedures of the agency.

    :raises PermissionDenied: if he may not.
    """
    if not may_propose(user, agency):
        raise PermissionDenied


def may_check(user: User, agency: Agency) -> bool:
    """Return whether the person controls the procedures of the agency, as the Office does."""
    return user.access.allows(Permission.CHECK_PROCEDURE, agency.path or "/")


def check_check(user: User, agency: Agency) -> None:
    """
    Check that `user` controls the procedures of the agency, as the Office does.

    :raises PermissionDenied: if he does not.
    """
    if not may_check(user, agency):
        raise PermissionDenied


def can_note_law(user: User) -> bool:
    """One index of law serves the whole province: only who controls all of it may change it."""
    paths = user.access.paths(Permission.CHECK_PROCEDURE)
    return any(path.count("/") <= _ROOT_SLASHES for path in paths)


def check_law(user: User) -> None:
    """
    Check that `user` may note changes of law.

    :raises PermissionDenied: if he may not.
    """
    if not can_note_law(user):
        raise PermissionDenied


def can_assign_from_law(user: User) -> bool:
    """Return whether the person may have procedures reviewed by a letter after a change of law."""
    return can_note_law(user) and bool(user.access.paths(Permission.UPLOAD_DIRECTIVE))


def may(user: User, move: Move, version: ProcedureVersion) -> bool:
    """Return whether the person has the right that the move asks for, whatever the state."""
    actor = next(t.actor for (_, each), t in VERSION.transitions.items() if each is move)
    right = RIGHTS.get(Actor(actor))
    return right is not None and user.access.allows(right, version.procedure.agency.path or "/")


def check(user: User, move: Move, version: ProcedureVersion) -> None:
    """
    Check that `user` may make `move` on the version now.

    :raises IllegalMove: if nobody may, because of the state, or because a decision does it.
    :raises PermissionDenied: if somebody may, but not `user`.
    """
    transition = VERSION.transition_for(Status(version.status), move)
    right = RIGHTS.get(Actor(transition.actor))
    if right is None:
        raise IllegalMove(Status(version.status), move)
    if not user.access.allows(right, version.procedure.agency.path or "/"):
        raise PermissionDenied


def can(user: User, move: Move, version: ProcedureVersion) -> bool:
    try:
        check(user, move, version)
    except (IllegalMove, PermissionDenied):
        return False
    return True
