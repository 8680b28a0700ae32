from __future__ import annotations

from django.db import models


class Operator(models.TextChoices):
    """Phép so sánh của chỉ tiêu."""

    AT_LEAST = ">=", "ít nhất"
    AT_MOST = "<=", "không quá"
    EQUAL = "=", "bằng"
    MORE = ">", "trên"
    LESS = "<", "dưới"


AUDIT_KINDS = {
    "programmes.added": "Thêm chương trình",
    "programmes.changed": "Sửa chương trình",
}
