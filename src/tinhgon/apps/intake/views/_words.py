from __future__ import annotations

STALE = (
    "Người khác đang làm đợt nhập này, hoặc trang này đã cũ. "
    "Đã hiện tình trạng mới nhất, mời xem lại."
)
NOT_NOW = "Đợt nhập không còn ở bước này."
