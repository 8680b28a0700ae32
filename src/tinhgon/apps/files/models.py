from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """Tệp đính kèm: content that never changes, kept under its SHA-256."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=120)
    content = models.FileField(max_length=255)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
