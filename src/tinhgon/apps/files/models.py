from __future__ import annotations

from django.core.files.base import File
from django.db import models

from tinhgon.common.refusal import Refused


class FileUnreadable(Refused):
    """A file that is kept cannot be read now; the message says which, for the person."""

    def __init__(self, stored: StoredFile) -> None:
        super().__init__(
            f"Không đọc được tệp “{stored.name}” trong kho tệp. Thử lại sau ít phút; nếu vẫn không "
            "được, báo quản trị hệ thống kiểm tra kho tệp (tinhgon files verify)."
        )


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

    def opened(self) -> File[bytes]:
        """
        Return the content, to be closed by whoever asked.

        :raises FileUnreadable: if it is gone, or the storage does not answer.
        """
        try:
            return self.content.open("rb")
        except OSError as e:
            raise FileUnreadable(self) from e
