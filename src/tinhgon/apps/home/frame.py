"""What stands around every page: the rail, the day, the bell."""

from __future__ import annotations

from typing import Any, TypedDict

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
    key: str


# (label, icon, page, permission that opens it, heading of its group, key after "g")
_RAIL = [
    ("Việc của tôi", "inbox", "my_work", Permission.SEE, "", "v"),
    ("Văn bản chỉ đạo", "letter", "directives:list", Permission.SEE, "", "d"),
    ("Trao đổi văn bản", "send", "exchange:arrivals", Permission.REGISTER_DOCUMENT, "", ""),
    ("Nhiệm vụ", "task", "assignments:list", Permission.SEE, "", "n"),
    ("Bảng theo dõi", "grid", "assignments:board", Permission.SEE, "", "b"),
    ("Quá hạn", "warning", "assignments:late", Permission.SEE, "", "q"),
    ("Lịch hạn", "calendar", "assignments:timeline", Permission.SEE, "", "l"),
    ("Danh mục thủ tục", "book", "procedures:list", Permission.SEE, "Thủ tục", "t"),
    ("Quyết định công bố", "file", "publications:list", Permission.SEE, "Thủ tục", "k"),
    ("Nhập danh mục", "upload", "intake:list", Permission.SEE, "Thủ tục", "m"),
    ("Thống kê bổ sung", "list", "inventories:list", Permission.SEE, "Thủ tục", "s"),
    ("Đối chiếu", "merge", "matching:list", Permission.PROPOSE_PROCEDURE, "Thủ tục", "o"),
    ("Văn bản căn cứ", "link", "procedures:laws", Permission.SEE, "Thủ tục", ""),
    ("Góp ý", "chat", "suggestions:list", Permission.CHECK_PROCEDURE, "Thủ tục", ""),
    ("Rà soát", "target", "reviews:list", Permission.SEE, "Rà soát", "r"),
    ("Chi phí tuân thủ", "chart", "assessments:list", Permission.SEE, "Rà soát", ""),
    ("Phương án", "flag", "plans:list", Permission.SEE, "Rà soát", "a"),
    ("Chỉ tiêu", "check", "plans:indicators", Permission.SEE, "Rà soát", ""),
    ("Theo dõi, xếp hạng", "chart", "monitoring:page", Permission.SEE, "Báo cáo", "x"),
    ("Báo cáo", "send", "reports:list", Permission.SEE, "Báo cáo", "e"),
    ("Vướng mắc", "help", "difficulties:list", Permission.SEE, "Báo cáo", "w"),
    ("Chương trình", "filter", "programmes:list", Permission.SEE, "Danh mục", "p"),
    ("Cơ quan", "building", "agencies:tree", Permission.SEE, "Danh mục", "c"),
    ("Người dùng", "people", "accounts:list", Permission.MANAGE_PEOPLE, "Quản trị", ""),
    ("Lịch làm việc", "clock", "calendars:list", Permission.MANAGE_CALENDAR, "Quản trị", ""),
    ("Nhật ký", "history", "audit:list", Permission.SEE_AUDIT, "Quản trị", ""),
]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context that the base template shows around every page."""
    today = format_date(clock.today())
    found: dict[str, Any] = {"today_text": today, "demo_notice": clock.demo_notice()}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        found |= _around(request, user)
    return found


def _around(request: HttpRequest, user: User) -> dict[str, Any]:
    position = user.current_positions[0] if user.current_positions else None
    return {
        "rail": _rail(request, user),
        "unread_count": notices.unread_count(user=user),
        "home_url": reverse("home"),
        "search_url": (search_url := reverse("search")),
        "suggestions_url": reverse("search_suggestions"),
        "searched": request.GET.get("q", "") if request.path == search_url else "",
        "notices_url": reverse("notices:list"),
        "signout_url": reverse("account_logout"),
        "raise_difficulty_url": _raise_difficulty(user),
        "person": {
            "name": user.full_name,
            "position": f"{position.role}, {position.agency}" if position else "Chưa có vị trí",
            "links": [
                {"label": "Tài khoản của tôi", "icon": "person", "url": reverse("accounts:me")},
                {"label": "Việc chạy nền", "icon": "clock", "url": reverse("jobs:list")},
            ],
        },
    }


def _raise_difficulty(user: User) -> str:
    """Return where a difficulty is raised, for pages of what it is about; "" for who may not."""
    return reverse("difficulties:raise") if user.access.paths(Permission.RAISE_DIFFICULTY) else ""


def _rail(request: HttpRequest, user: User) -> list[RailEntry]:
    open_pages = [
        (label, icon, reverse(name), group, key)
        for label, icon, name, permission, group, key in _RAIL
        if user.access.paths(permission)
    ]
    here = max(
        (url for _, _, url, _, _ in open_pages if request.path.startswith(url)),
        key=len,
        default="",
    )
    return [
        RailEntry(label=label, icon=icon, url=url, current=url == here, group=group, key=key)
        for label, icon, url, group, key in open_pages
    ]
