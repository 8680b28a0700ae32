from __future__ import annotations

import hashlib
import logging
import secrets
import weakref
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction

from tinhgon.common.uploads import Upload

from . import policies, queries
from .enums import CONTENT_TYPES, MADE, PROOFS
from .models import StoredFile
from .policies import FileRefused as FileRefused
from .policies import StoreUnwritable as StoreUnwritable

_log = logging.getLogger(__name__)
ORPHAN_AGE = timedelta(days=1)  # a younger one may belong to an open transaction


def store_upload(upload: Upload, *, at: datetime, allowed: Collection[str] = PROOFS) -> StoredFile:
    """
    Keep what a form received: see `store_file`.

    :raises FileRefused: with a message for the person who sent it.
    """
    return store_file(
        data=upload.data,
        name=upload.name,
        content_type=upload.content_type,
        at=at,
        allowed=allowed,
    )


def store_optional(upload: Upload | None, *, at: datetime) -> StoredFile | None:
    """
    Keep what a form received, where it received anything.

    :raises FileRefused: as `store_upload`.
    """
    return None if upload is None else store_upload(upload, at=at)


@transaction.atomic
def store_file(
    *,
    data: bytes,
    name: str,
    content_type: str,
    at: datetime,
    allowed: Collection[str] = PROOFS,
) -> StoredFile:
    """
    Keep a file that came from outside, and return its record; the same content is kept once.

    Call it within the transaction of the change it belongs to: where that is rolled back, nothing
    stays on disk. `content_type` is what the sender calls it: pages and programs are refused by
    it, and it is never served. `allowed` is `enums.PROOFS` or `enums.LETTERS`.

    :raises FileRefused: with a message for the person who sent it; `StoreUnwritable`, which is
        one, if the storage does not take it.
    """
    name = policies.clean_name(name)
    kind = policies.check(
        data=data,
        name=name,
        content_type=content_type,
        allowed=allowed,
        limit=settings.UPLOAD_LIMIT_BYTES,
    )
    sha256 = hashlib.sha256(data).hexdigest()
    same = StoredFile.objects.filter(sha256=sha256).first()
    return StoredFile.objects.create(
        sha256=sha256,
        name=name,
        size=len(data),
        content_type=CONTENT_TYPES[kind],
        content=same.content.name if same else _write(ContentFile(data), sha256),
        stored_at=at,
    )


@transaction.atomic
def store_made(path: Path, *, name: str, at: datetime) -> StoredFile:
    """
    Keep a file that the system itself made, of any size, and return its record.

    :raises KeyError: if it is of a kind that the system does not make (`enums.MADE`).
    :raises StoreUnwritable: if the storage does not take it.
    """
    with path.open("rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
        content.seek(0)
        return StoredFile.objects.create(
            sha256=sha256,
            name=policies.clean_name(name),
            size=path.stat().st_size,
            content_type=MADE[path.suffix.lstrip(".").lower()],
            content=_write(File(content), sha256),
            stored_at=at,
        )


@transaction.atomic
def forget(keys: Collection[int]) -> None:
    """Forget files that nothing refers to; the sweep takes their contents away."""
    StoredFile.objects.filter(pk__in=keys).delete()


def sweep(*, at: datetime) -> int:
    """Remove contents that no record names: a server that died before its commit leaves them."""
    storage = StoredFile._meta.get_field("content").storage
    paths = list(queries.orphans(before=at - ORPHAN_AGE))
    for path in paths:
        storage.delete(path)
    return len(paths)


def _write(content: File[bytes], sha256: str) -> str:
    """
    Write the content under a name of its own, and return the name.

    The random end keeps two transactions that store the same content at once apart: either may be
    rolled back without taking the other's file away.

    :raises StoreUnwritable: if the storage does not take it.
    """
    storage = StoredFile._meta.get_field("content").storage
    try:
        path = storage.save(f"{sha256[:2]}/{sha256}-{secrets.token_hex(4)}", content)
    except OSError as e:
        _log.exception("the storage of files takes nothing")
        raise StoreUnwritable from e
    transaction.on_commit(_Kept(storage, path))
    return str(path)


class _Kept:
    """
    A file that stays once its transaction commits.

    Django tells nobody of a rollback, but it lets go of the calls that wait for the commit: a call
    that goes without having been made takes its file along.
    """

    def __init__(self, storage: Storage, path: str) -> None:
        self._removal = weakref.finalize(self, _remove, storage, path)
        self._removal.atexit = False

    def __call__(self) -> None:
        self._removal.detach()


def _remove(storage: Storage, path: str) -> None:
    """Take a content away that nobody kept; where it cannot be, the sweep does it later."""
    try:
        storage.delete(path)
    except OSError:
        _log.warning("%s was not kept and could not be removed; the sweep will", path)
