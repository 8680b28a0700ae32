from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import Storage

from .models import FileUnreadable as FileUnreadable
from .models import StoredFile

_CHUNK = 1024 * 1024


def content_of(stored: StoredFile) -> bytes:
    """
    Return what a kept file holds.

    :raises FileUnreadable: if it is gone, or the storage does not answer.
    """
    try:
        with stored.opened() as content:
            data: bytes = content.read()
            return data
    except OSError as e:
        raise FileUnreadable(stored) from e


def damaged() -> Iterator[tuple[StoredFile, str]]:
    """Yield the records whose content is gone or is no longer what was stored, with the reason."""
    storage = StoredFile._meta.get_field("content").storage
    seen: dict[str, str] = {}
    for stored in StoredFile.objects.order_by("pk").iterator():
        path = str(stored.content.name)
        if path not in seen:
            seen[path] = _digest(storage, path)
        if seen[path] != stored.sha256:
            yield stored, "nội dung đã thay đổi" if seen[path] else "không còn tệp trên đĩa"


def orphans(*, before: datetime) -> Iterator[str]:
    """
    Yield the paths of contents that no record names, last written before `before`.

    A younger one may belong to a transaction that is still open.
    """
    storage = StoredFile._meta.get_field("content").storage
    known = set(StoredFile.objects.values_list("content", flat=True))
    folders = storage.listdir("")[0] if storage.exists("") else []
    for folder in sorted(folders):
        for name in sorted(storage.listdir(folder)[1]):
            path = f"{folder}/{name}"
            if path not in known and storage.get_modified_time(path) < before:
                yield path


def _digest(storage: Storage, path: str) -> str:
    """Return the digest of a content; empty where it is gone."""
    found = hashlib.sha256()
    try:
        file = storage.open(path)
    except FileNotFoundError:
        return ""
    with file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()
