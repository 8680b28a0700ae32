from __future__ import annotations

from django.db.models import TextChoices


class ListName(TextChoices):
    """Lists that can be kept as they stand; the values are names of their URLs."""

    PROCEDURES = "procedures:list", "Thủ tục"
    ASSIGNMENTS = "assignments:list", "Nhiệm vụ"
    DIFFICULTIES = "difficulties:list", "Vướng mắc"


AUDIT_KINDS = {
    "savedviews.saved": "Lưu bộ lọc",
    "savedviews.changed": "Sửa bộ lọc đã lưu",
    "savedviews.deleted": "Xóa bộ lọc đã lưu",
}
