from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit import queries as trail
from tinhgon.apps.audit.models import Chain
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import queries as jobs
from tinhgon.apps.keeping import sources
from tinhgon.apps.keeping.enums import CERTIFICATES, FILES
from tinhgon.apps.keeping.imports import Archive, Listed
from tinhgon.common import statistics
from tinhgon.common.bulk import copy_in
from tinhgon.common.refusal import Refused

from ._backing_up import back_up, folder

_BATCH = 2_000
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Restored:
    """What stands here now; `aside` is a backup of what stood here before."""

    made_at: str
    tables: dict[str, int]
    files: int
    aside: Path | None
    damaged: tuple[str, ...]


def restore(
    *, path: Path, at: datetime, replace: bool = False, rows_only: bool = False
) -> Restored:
    """
    Make this installation what a backup says: all of it in one transaction, or nothing.

    Each table is read again and compared with the archive row by row, and the trail verified,
    before it counts. With `replace` what stood here is backed up first. Sessions end: everybody
    signs in again. The index of the search is to be rebuilt by the caller. `rows_only`: an archive
    without files is taken, whose files stand where this installation looks for them.

    :raises Refused: if the archive is refused, something stands here already, a server runs, or
        what was written is not what the archive says; nothing is changed then.
    """
    archive = Archive(path)
    try:
        archive.check_fits(sources.migrations())
        if archive.manifest["files"] is None and not rows_only:
            raise Refused("Bản này chỉ có cơ sở dữ liệu, không có tệp. Không phục hồi gì.")
        if jobs.living_workers(at=at):
            raise Refused(
                "Tinh Gọn đang chạy trên cơ sở dữ liệu này. Dừng tinhgon serve và tinhgon worker, "
                "chờ một phút rồi phục hồi."
            )
        taken = User.objects.exists() or StoredFile.objects.exists()
        if taken and not replace:
            raise Refused(
                "Ở đây đã có dữ liệu. Phục hồi vào thư mục dữ liệu và cơ sở dữ liệu trống, "
                "hoặc thêm --replace: dữ liệu hiện có được sao lưu lại trước khi thay."
            )
        aside = _set_aside(at) if taken else None
        with _files_of(archive) as count:
            _fill(archive)
        _put_certificates(archive)
    finally:
        archive.close()
    statistics.renew()
    with transaction.atomic():
        chain = Chain.objects.filter(pk=1).first() or Chain(pk=1)
        made_at = archive.manifest["made_at"]
        audit.record(
            "keeping.restored", chain, by=audit.System(), at=at, reason=f"Bản sao lưu {made_at}"
        )
    return Restored(
        made_at=made_at,
        tables={each["name"]: each["rows"] for each in archive.manifest["tables"]},
        files=count,
        aside=aside,
        damaged=tuple(archive.manifest["damaged"]),
    )


def _set_aside(at: datetime) -> Path:
    return back_up(path=folder() / f"truoc-khi-phuc-hoi-{at:%Y%m%d-%H%M%S}.zip", at=at).path


def _fill(archive: Archive) -> None:
    models = sources.tables()
    try:
        with transaction.atomic():
            for model in models:
                rows: Any = model._base_manager.all()
                rows._raw_delete(rows.db)
            for model in models:
                _load(archive, model)
            _move_sequences_on(models)
            connection.check_constraints()
            _compare(archive, models)
    except (DataError, IntegrityError, ValueError) as e:
        raise Refused(
            f"Dữ liệu trong bản sao lưu không ghi được vào cơ sở dữ liệu này: {e}. "
            "Chưa có gì thay đổi."
        ) from e


def _load(archive: Archive, model: sources.Model) -> None:
    rows = (sources.values(model, line) for line in archive.lines(model._meta.db_table))
    while batch := list(islice(rows, _BATCH)):
        copy_in(model, batch)


def _move_sequences_on(models: Sequence[sources.Model]) -> None:
    """New rows get keys after those that were loaded; SQLite sees to it by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def _compare(archive: Archive, models: Sequence[sources.Model]) -> None:
    """
    Read what was written, and let each row be the one of the archive.

    :raises Refused: within the transaction, if one is not.
    """
    told = {each["name"]: each["sha256"] for each in archive.manifest["tables"]}
    for model in models:
        digest = hashlib.sha256()
        for line in sources.lines(model):
            digest.update(line)
        if digest.hexdigest() != told[model._meta.db_table]:
            raise Refused(
                f"Bảng {model._meta.db_table} sau khi ghi khác với bản sao lưu. "
                "Chưa có gì thay đổi."
            )
    seal = archive.manifest["seal"]
    if problems := trail.verify(seal=seal).problems:
        raise Refused(
            f"Nhật ký trong bản sao lưu không toàn vẹn: {problems[0]}. Chưa có gì thay đổi."
        )


@contextmanager
def _files_of(archive: Archive) -> Iterator[int]:
    """Put the files where they belong; take those back that were new, where the rest fails."""
    storage = StoredFile._meta.get_field("content").storage
    new: list[str] = []
    listed = [each for each in archive.files if each.name.startswith(FILES)]
    try:
        for each in listed:
            path = each.name.removeprefix(FILES)
            if not _is_there(storage, path, each):
                _put(archive, storage, path, each)
                new.append(path)
        yield len(listed)
    except BaseException:
        for path in new:
            storage.delete(path)
        raise


def _is_there(storage: Storage, path: str, each: Listed) -> bool:
    if not storage.exists(path):
        return False
    digest = hashlib.sha256()
    with storage.open(path) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == each.sha256


def _put(archive: Archive, storage: Storage, path: str, each: Listed) -> None:
    storage.delete(path)  # what is damaged makes room: contents never change under their name
    with archive.open(each.name) as content:
        saved = storage.save(path, File(content, name=path))
    if saved != path:
        storage.delete(saved)
        raise Refused(f"Không ghi được tệp {path} đúng tên. Chưa có gì thay đổi.")


def _put_certificates(archive: Archive) -> None:
    folder_of: Path = settings.TRUSTED_CERTIFICATES
    for each in archive.files:
        if each.name.startswith(CERTIFICATES):
            folder_of.mkdir(parents=True, exist_ok=True)
            target = folder_of / each.name.removeprefix(CERTIFICATES)
            if not target.exists():
                with archive.open(each.name) as content:
                    target.write_bytes(content.read())
