"""A saved view is its owner's; whom it is shared with may use it, not change it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.domain.access import Move, Page

from .models import SavedView

PAGES = [Page("savedviews:list", "Bộ lọc đã lưu")]
MOVES = [
    Move("savedviews:save", "Lưu bộ lọc"),
    Move("savedviews:columns", "Chọn cột của danh sách"),
    Move("savedviews:open_with", "Chọn bộ lọc mở sẵn của danh sách"),
    Move("savedviews:change", "Sửa bộ lọc đã lưu", own=True),
    Move("savedviews:delete", "Xóa bộ lọc đã lưu", own=True),
]


def check_own(user: User, view: SavedView) -> None:
    """
    Check that the view is the person's own.

    :raises PermissionDenied: if it is not.
    """
    if view.user_id != user.pk:
        raise PermissionDenied
