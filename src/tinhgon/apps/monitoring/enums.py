from __future__ import annotations

from django.db.models import TextChoices

AUDIT_KINDS = {"monitoring.set": "Đặt cách chấm điểm, công khai tiến độ của chương trình"}


class Group(TextChoices):
    """Which rows of a part of the work a page lists."""

    ASKED = "duoc-giao", "được giao"
    DONE = "da-lam", "đã làm"
    IN_TIME = "dung-han", "làm đúng hạn"
    DONE_LATE = "lam-tre", "làm trễ"
    OVERDUE = "qua-han", "quá hạn chưa làm"
    UNDATED = "khong-han", "không có hạn"
    UNTOLD = "khong-ro", "không xác định được tại ngày này"
