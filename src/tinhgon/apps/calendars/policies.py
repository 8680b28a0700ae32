from __future__ import annotations

from tinhgon.common.people import Person
from tinhgon.domain.access import Move, Page, Permission

PAGES = [
    Page("calendars:list", "Lịch làm việc: ngày nghỉ, ngày làm bù", Permission.SEE),
]
MOVES = [
    Move("calendars:add", "Thêm ngày vào lịch", Permission.MANAGE_CALENDAR, at_top=True),
    Move("calendars:change", "Sửa ngày trong lịch", Permission.MANAGE_CALENDAR, at_top=True),
    Move("calendars:remove", "Bỏ ngày khỏi lịch", Permission.MANAGE_CALENDAR, at_top=True),
]

_ROOT_SLASHES = 2  # "/1/"


def can_manage(user: Person) -> bool:
    """One calendar serves the whole province: only who manages it at the top may change it."""
    paths = user.access.paths(Permission.MANAGE_CALENDAR)
    return any(path.count("/") <= _ROOT_SLASHES for path in paths)
