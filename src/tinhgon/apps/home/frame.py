"""What stands around every page: the rail, the day, the bell."""

from __future__ import annotations

from typing import Any, TypedDict

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.notices import queries as notices
from tinhgon.common import clock
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import format_date


class RailEntry(TypedDict):
    label: str
    icon: str
    url: str
    current: bool
    group: str


# (label, icon, name of the page, permission that opens it)
_RAIL = [
    ("Việc của tôi", "inbox", "assignments:mine", Permission.SEE),
    ("Văn bản chỉ đạo", "letter", "directives:list", Permission.SEE),
    ("Nhiệm vụ", "task", "assignments:list", Permission.SEE),
    ("Bảng theo dõi", "grid", "assignments:board", Permission.SEE),
    ("Lịch hạn", "calendar", "assignments:timeline", Permission.SEE),
    ("Chương trình", "chart", "programmes:list", Permission.SEE),
    ("Cơ quan", "building", "agencies:tree", Permission.SEE),
    ("Người dùng", "people", "accounts:list", Permission.MANAGE_PEOPLE),
    ("Lịch làm việc", "gear", "calendars:list", Permission.MANAGE_CALENDAR),
    ("Nhật ký", "history", "audit:list", Permission.SEE_AUDIT),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context that the base template shows around every page."""
    today = clock.today()
    user = getattr(request, "user", None)
    found: dict[str, Any] = {
        "today": today,
        "today_text": format_date(today),
        "demo_notice": f"Dữ liệu mẫu, đồng hồ đặt ngày {format_date(today)}"
        if settings.DEMO
        else "",
        "rail": [],
        "unread_count": 0,
    }
    if isinstance(user, User):
        found["rail"] = _rail(request, user)
        found["unread_count"] = notices.unread_count(user=user)
        found["home_url"] = reverse("home")
        found["notices_url"] = reverse("notices:list")
        found["signout_url"] = reverse("account_logout")
        found["person"] = _person(user)
    return found


def _person(user: User) -> dict[str, Any]:
    """Return who sits here, with the first of the positions and the pages of the account."""
    position = next(iter(user.current_positions), None)
    return {
        "name": user.full_name,
        "position": f"{position.title or position.role}, {position.agency}" if position else "",
        "links": [
            {"label": "Mật khẩu", "icon": "lock", "url": reverse("account_change_password")},
            {"label": "Xác thực hai bước", "icon": "key", "url": reverse("mfa_index")},
            {"label": "Phiên đăng nhập", "icon": "history", "url": reverse("usersessions_list")},
        ],
    }


def _rail(request: HttpRequest, user: User) -> list[RailEntry]:
    entries = []
    for label, icon, name, permission in _RAIL:
        if user.access.paths(permission):
            url = reverse(name)
            current = request.path == url or (url != "/" and request.path.startswith(url))
            group = "" if permission is Permission.SEE else "Quản trị"
            entries.append(RailEntry(label=label, icon=icon, url=url, current=current, group=group))
    longest = max((e["url"] for e in entries if e["current"]), key=len, default="")
    return [{**entry, "current": entry["url"] == longest} for entry in entries]
