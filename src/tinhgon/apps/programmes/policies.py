from __future__ import annotations

from tinhgon.apps.accounts.models import User
from tinhgon.domain.access import Move, Page, Permission

from .models import Programme

_SEE, _MANAGE = Permission.SEE, Permission.MANAGE_PROGRAMMES

PAGES = [
    Page("programmes:list", "Danh sách chương trình"),
    Page("programmes:detail", "Chương trình: đợt, mốc, chỉ tiêu", seen_with=_SEE),
]
MOVES = [
    Move("programmes:add", "Thêm chương trình", _MANAGE),
    Move("programmes:change", "Sửa chương trình", _MANAGE, seen_with=_SEE),
]


def can_add(user: User) -> bool:
    return bool(user.access.paths(Permission.MANAGE_PROGRAMMES))


def can_change(user: User, programme: Programme) -> bool:
    """A programme is changed by who manages programmes at the agency that runs it."""
    return user.access.allows(Permission.MANAGE_PROGRAMMES, programme.agency.path or "/")
