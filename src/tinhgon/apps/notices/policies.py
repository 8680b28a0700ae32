from __future__ import annotations

from tinhgon.domain.access import Move, Page

PAGES = [Page("notices:list", "Thông báo")]
MOVES = [
    Move("notices:read", "Đánh dấu một thông báo là đã đọc", own=True),
    Move("notices:read_all", "Đánh dấu mọi thông báo là đã đọc"),
]
