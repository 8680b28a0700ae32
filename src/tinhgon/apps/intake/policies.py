"""Who may bring in what: sheets whoever inventories, decisions whoever records decisions."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.domain.access import Move, Page, Permission
from tinhgon.domain.intake import BATCH
from tinhgon.domain.lifecycle import IllegalMove

from .enums import BatchKind, BatchMove, BatchStatus
from .models import Batch

_SEE = Permission.SEE
_SHEET = Permission.PROPOSE_PROCEDURE
_DECISION = Permission.RECORD_DECISION

RIGHTS = {BatchKind.SHEET: _SHEET, BatchKind.DECISION: _DECISION}

PAGES = [
    Page("intake:list", "Các đợt nhập danh mục", _SEE),
    Page("intake:sheet", "Nhập thủ tục từ bảng tính", _SHEET),
    Page("intake:decision", "Nhập quyết định đã ban hành", _DECISION),
    Page("intake:template", "Tệp mẫu để nhập thủ tục", _SHEET),
    Page("intake:detail", "Một đợt nhập", seen_with=_SEE),
    Page("intake:file", "Tệp đã tải lên của đợt nhập", seen_with=_SEE),
    Page("intake:errors", "Tệp các dòng lỗi của đợt nhập", seen_with=_SEE),
    Page("intake:row", "Một dòng của đợt nhập", seen_with=_SEE),
    Page("intake:columns", "Ghép cột của bảng tính", _SHEET, seen_with=_SEE),
    Page("intake:heading", "Sửa phần đầu quyết định đang nhập", _DECISION, seen_with=_SEE),
    Page("intake:correct", "Sửa dòng của quyết định đang nhập", _DECISION, seen_with=_SEE),
]
MOVES = [
    Move(f"intake:{name}", title, _SHEET, seen_with=_SEE)
    for name, title in (
        ("advance", "Đối chiếu tiếp các dòng"),
        ("again", "Đối chiếu lại cả đợt nhập"),
        ("fill", "Bổ sung cho các dòng chưa rõ của quyết định"),
        ("choose", "Chọn cách xử lý các dòng"),
        ("write", "Ghi đợt nhập"),
        ("index", "Đưa tiếp các dòng đã ghi vào tìm kiếm"),
        ("undo", "Hoàn tác đợt nhập"),
        ("discard", "Bỏ đợt nhập"),
    )
]


def right_for(batch: Batch) -> Permission:
    return RIGHTS[BatchKind(batch.kind)]


def check_receive(user: User, kind: BatchKind, agency: Agency) -> None:
    """
    Check that `user` may bring in a file of this kind for the agency.

    :raises PermissionDenied: if he may not.
    """
    if not user.access.allows(RIGHTS[kind], agency.path or "/"):
        raise PermissionDenied


def may_receive(user: User, batch: Batch) -> bool:
    """Whether `user` may bring in a file such as that of the batch."""
    return user.access.allows(right_for(batch), batch.agency.path or "/")


def check(user: User, move: BatchMove, batch: Batch) -> None:
    """
    Check that `user` may make `move` on the batch now.

    :raises PermissionDenied: if he may not, whatever its state.
    :raises IllegalMove: if nobody may, because of its state.
    """
    check_receive(user, BatchKind(batch.kind), batch.agency)
    BATCH.transition_for(BatchStatus(batch.status), move)


def can(user: User, move: BatchMove, batch: Batch) -> bool:
    try:
        check(user, move, batch)
    except (IllegalMove, PermissionDenied):
        return False
    return True
