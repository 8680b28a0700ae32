from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.common.people import Person
from tinhgon.domain.access import Move, Page, Permission

from .models import Agency

_SEE, _MANAGE = Permission.SEE, Permission.MANAGE_AGENCIES

PAGES = [
    Page("agencies:tree", "Cây cơ quan tại một ngày"),
    Page("agencies:detail", "Một cơ quan: quá trình, kế thừa, đơn vị trực thuộc", seen_with=_SEE),
    Page("agencies:suggest", "Gợi ý tên cơ quan khi gõ"),
    Page("agencies:template", "Tệp mẫu để nhập cơ quan", _MANAGE),
    Page("agencies:import", "Nhập cơ quan từ tệp Excel: chọn tệp", _MANAGE),
    Page("agencies:import_preview", "Nhập cơ quan: xem trước từng dòng", _MANAGE, own=True),
]
MOVES = [
    Move("agencies:add", "Thêm cơ quan", _MANAGE, seen_with=_SEE),
    Move("agencies:rename", "Đổi tên, ký hiệu cơ quan", _MANAGE, seen_with=_SEE),
    Move("agencies:move", "Chuyển cơ quan sang cơ quan cấp trên khác", _MANAGE, seen_with=_SEE),
    Move("agencies:merge", "Sáp nhập cơ quan", _MANAGE, seen_with=_SEE),
    Move("agencies:split", "Chia tách cơ quan", _MANAGE, seen_with=_SEE),
    Move("agencies:end", "Kết thúc hoạt động của cơ quan", _MANAGE, seen_with=_SEE),
]


class AgencyRefused(Exception):
    """What was asked for cannot be; the message tells the person why."""


def can_manage(user: Person, agency: Agency) -> bool:
    """Who manages agencies on a branch may change everything in it, its head included."""
    return user.access.allows(Permission.MANAGE_AGENCIES, agency.path or "/")


def can_manage_any(user: Person) -> bool:
    return bool(user.access.paths(Permission.MANAGE_AGENCIES))


def check_manage(user: Person, *agencies: Agency) -> None:
    """
    Let only those pass who manage all of these agencies.

    :raises PermissionDenied: else.
    """
    if not all(can_manage(user, agency) for agency in agencies):
        raise PermissionDenied
