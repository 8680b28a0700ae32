from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.models import Chain
from tinhgon.apps.keeping import sources
from tinhgon.apps.keeping.imports import Archive
from tinhgon.common.bulk import copy_in
from tinhgon.common.refusal import Refused

from ._backing_up import back_up, folder
from ._placing import files_of
from ._receiving import check_database, check_nobody_works, make_tables

_BATCH = 2_000


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

    All that can be checked is checked before anything is touched: every digest, the version, the
    trail with its seal, what is here. Each table is read again and compared with the archive row by
    row before it counts. With `replace` what stood here is backed up first. Sessions end: everybody
    signs in again. The index of the search is to be rebuilt by the caller. `rows_only`: an archive
    without files is taken, whose files stand where this installation looks for them.

    :raises Refused: if the archive is refused, something stands here already, a server runs, there
        is no room or no right to write, or what was written is not what the archive says; nothing
        is changed then.
    """
    archive = Archive(path)
    try:
        archive.check_fits()
        if archive.manifest["files"] is None and not rows_only:
            raise Refused("Bản này chỉ có cơ sở dữ liệu, không có tệp. Không phục hồi gì.")
        archive.check_trail()
        taken = check_database(at=at, replace=replace)
        aside = _set_aside(at) if taken else None
        count = _receive(archive, at=at)
    except OSError as e:
        raise Refused(
            f"Không đọc hoặc ghi được {e.filename or 'tệp'}: {e.strerror or e}. Chưa có gì thay "
            "đổi. Kiểm tra chỗ trống của ổ đĩa, quyền ghi và kho tệp rồi chạy lại."
        ) from e
    except (DatabaseError, ValidationError, ValueError) as e:
        raise Refused(
            f"Cơ sở dữ liệu này không nhận dữ liệu trong bản sao lưu: {str(e).strip()}. "
            "Chưa có gì thay đổi. Xem: tinhgon doctor"
        ) from e
    finally:
        archive.close()
    return Restored(
        made_at=archive.manifest["made_at"],
        tables={each["name"]: each["rows"] for each in archive.manifest["tables"]},
        files=count,
        aside=aside,
        damaged=tuple(archive.manifest["damaged"]),
    )


def _set_aside(at: datetime) -> Path:
    return back_up(path=folder() / f"truoc-khi-phuc-hoi-{at:%Y%m%d-%H%M%S}.zip", at=at).path


def _receive(archive: Archive, *, at: datetime) -> int:
    """Write all of it and return how many files it were."""
    make_tables()
    # The files go around the transaction: they are taken back where its commit fails too.
    with files_of(archive) as count, transaction.atomic():
        _fill(archive)
        check_nobody_works(at=at)  # once more: whoever began meanwhile
        _record(archive, at=at)
    return count


def _record(archive: Archive, *, at: datetime) -> None:
    chain = Chain.objects.filter(pk=1).first() or Chain(pk=1)
    reason = f"Bản sao lưu {archive.manifest['made_at']}"
    audit.record("keeping.restored", chain, by=audit.System(), at=at, reason=reason)


def _fill(archive: Archive) -> None:
    models = sources.tables()
    for model in [*sources.passing_tables(), *models]:
        rows: Any = model._base_manager.all()
        rows._raw_delete(rows.db)
    for model in models:
        _load(archive, model)
    _move_sequences_on(models)
    connection.check_constraints()
    _compare(archive, models)


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
