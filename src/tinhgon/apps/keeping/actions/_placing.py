"""Putting the files of an archive where they belong, and taking them back where the rest fails."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage

from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.keeping.enums import CERTIFICATES, FILES
from tinhgon.apps.keeping.imports import Archive, Listed
from tinhgon.common.refusal import Refused

_CHUNK = 1024 * 1024


@contextmanager
def files_of(archive: Archive) -> Iterator[int]:
    """
    Put the files and the certificates in their places, and yield how many files it were.

    Where the work within fails, those are taken back that were not there before.
    """
    storage = StoredFile._meta.get_field("content").storage
    listed = [each for each in archive.files if each.name.startswith(FILES)]
    with ExitStack() as back:
        for each in listed:
            _put(archive, storage, each, back.callback)
        _put_certificates(archive, back.callback)
        yield len(listed)
        back.pop_all()  # all is well: nothing is taken back


Later = Callable[..., object]


def _put(archive: Archive, storage: Storage, each: Listed, at_failure: Later) -> None:
    path = each.name.removeprefix(FILES)
    if _is_there(storage, path, each):
        return
    if storage.exists(path):
        storage.delete(path)  # it is damaged: contents never change under their name
    else:
        at_failure(storage.delete, path)
    with archive.open(each.name) as content:
        saved = storage.save(path, File(content, name=path))
    if saved != path:
        storage.delete(saved)
        raise Refused(f"Không ghi được tệp {path} đúng tên. Chưa có gì thay đổi.")


def _is_there(storage: Storage, path: str, each: Listed) -> bool:
    if not storage.exists(path):
        return False
    digest = hashlib.sha256()
    with storage.open(path) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == each.sha256


def _put_certificates(archive: Archive, at_failure: Later) -> None:
    """One of the same name that is there already stays: it was put there by hand."""
    folder = Path(settings.TRUSTED_CERTIFICATES)
    for each in archive.files:
        target = folder / each.called
        if each.name.startswith(CERTIFICATES) and not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            at_failure(target.unlink, missing_ok=True)
            with archive.open(each.name) as content:
                target.write_bytes(content.read())
