"""
A storage of files whose client fails in its own way, such as that of a bucket.

Whoever keeps or reads a file expects what the disk raises: an OSError. The client of a storage
elsewhere raises what it likes, and in the midst of reading too. Here, and nowhere else, the one
becomes the other.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils.module_loading import import_string


class StorageFailed(OSError):
    """The storage of files does not answer, or refuses; nothing was kept or taken away for sure."""

    def __init__(self, path: str, cause: Exception) -> None:
        super().__init__(errno.EIO, f"kho tệp không trả lời ({cause})", path)


class TellingStorage(Storage):
    """
    Hands all on to another storage, and raises `StorageFailed` where that one fails.

    :param backend: the other one, as a dotted name.
    :param errors: what it raises that is no OSError, as dotted names.
    """

    def __init__(self, *, backend: str, errors: Sequence[str], **options: Any) -> None:
        self._errors: tuple[type[Exception], ...] = tuple(import_string(each) for each in errors)
        self._inner: Storage = import_string(backend)(**options)

    def open(self, name: str, mode: str = "rb") -> File[Any]:
        """Open a file of which all has arrived: reading it meets no failure of the storage."""
        with self._told(name):
            opened = self._inner.open(name, mode)
            opened.file  # noqa: B018 — what fetches lazily does so when this is first asked for
            return opened

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        with self._told(name or ""):
            return self._inner.save(name, content, max_length=max_length)

    def delete(self, name: str) -> None:
        with self._told(name):
            self._inner.delete(name)

    def exists(self, name: str) -> bool:
        with self._told(name):
            return self._inner.exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self._told(path):
            return self._inner.listdir(path)

    def size(self, name: str) -> int:
        with self._told(name):
            return self._inner.size(name)

    def get_modified_time(self, name: str) -> datetime:
        with self._told(name):
            return self._inner.get_modified_time(name)

    def url(self, name: str | None) -> str:
        with self._told(name or ""):
            return self._inner.url(name)

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except self._errors as e:
            raise StorageFailed(name, e) from e
