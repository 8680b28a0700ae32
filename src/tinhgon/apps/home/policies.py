from __future__ import annotations

from tinhgon.domain.access import Page

PAGES = [
    Page("home", "Trang chủ"),
    Page("my_work", "Việc của tôi"),
    Page("search", "Tìm kiếm"),
    Page("search_suggestions", "Gợi ý khi đang gõ từ cần tìm"),
    Page("health", "Máy chủ còn chạy", public=True),
]
