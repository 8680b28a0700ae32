from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.core.files.uploadedfile import UploadedFile

_UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came from outside; `content_type` is what the sender calls it."""

    name: str
    content_type: str
    data: bytes

    @classmethod
    def of(cls, file: UploadedFile[Any]) -> Self:
        """Return what a form received."""
        return cls(
            name=file.name or "", content_type=file.content_type or _UNKNOWN, data=file.read()
        )
