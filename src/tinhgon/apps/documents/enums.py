from __future__ import annotations

from django.db import models


class Direction(models.TextChoices):
    INCOMING = "in", "Văn bản đến"
    OUTGOING = "out", "Văn bản đi"


AUDIT_KINDS = {
    "documents.registered": "Vào sổ văn bản",
    "documents.corrected": "Sửa thông tin văn bản",
}
