"""A frame as a signed-in person sees it."""

from __future__ import annotations

from typing import Any

FRAME: dict[str, Any] = {
    "rail": [
        {"label": "Việc của tôi", "icon": "inbox", "url": "/a", "current": True, "count": 3},
        {"label": "Văn bản chỉ đạo", "icon": "letter", "url": "/b", "current": False},
        {"label": "Nhiệm vụ", "icon": "task", "url": "/c", "current": False},
        {"label": "Bảng theo dõi", "icon": "grid", "url": "/d", "current": False},
        {"label": "Nhật ký", "icon": "history", "url": "/e", "current": False, "group": "Quản trị"},
    ],
    "home_url": "/",
    "search_url": "/tim",
    "notices_url": "/thong-bao",
    "signout_url": "/ra",
    "programme_name": "Chương trình mẫu",
    "today_text": "20/6/2024",
    "demo_notice": "Dữ liệu mẫu",
    "unread_count": 7,
    "person": {
        "name": "Người dùng mẫu",
        "position": "Văn phòng",
        "links": [{"label": "Mật khẩu", "icon": "lock", "url": "/mk"}],
    },
}
