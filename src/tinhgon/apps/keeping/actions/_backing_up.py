from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.models import Chain
from tinhgon.apps.keeping.exports import PART, write_archive
from tinhgon.apps.keeping.imports import Archive, ArchiveRefused
from tinhgon.common.refusal import Refused
from tinhgon.common.storage import StorageFailed

_NAME = "tinhgon-{:%Y%m%d-%H%M%S}.zip"
_ABANDONED = 6 * 3600.0  # seconds
MOVING = "tinhgon-move-"  # how the folders begin in which rows stand that move


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written, read again and found whole."""

    path: Path
    size: int
    rows: int
    files: int
    damaged: tuple[str, ...]
    """Stored files that were gone or changed before; the rest is whole."""
    left_out: tuple[str, ...]
    """What lies in the folder of certificates and is none."""


def folder() -> Path:
    """Return where backups go that are not sent elsewhere."""
    return Path(settings.DATA_DIR) / "backups"


def back_up(*, path: Path | None = None, at: datetime, keep: int | None = None) -> Backup:
    """
    Write everything there is into one file and read it again; people go on working meanwhile.

    Without a path it goes into `folder`, where with `keep` only the newest so many stay; all stay
    as long as a stored file is gone or changed.

    :raises Refused: if the file cannot be written there, or is not read back as it was written.
    """
    target = path or folder() / _NAME.format(at)
    if target.exists():
        raise Refused(f"Đã có tệp {target}. Đặt tên khác; bản sao lưu cũ không bị ghi đè.")
    manifest = _write(target, at=at)
    _record(target, at=at)
    # An older backup may be the last that has what is gone now.
    if path is None and keep is not None and not manifest["damaged"]:
        _forget_all_but(keep)
    return Backup(
        path=target,
        size=target.stat().st_size,
        rows=sum(table["rows"] for table in manifest["tables"]),
        files=manifest["files"]["count"],
        damaged=tuple(manifest["damaged"]),
        left_out=tuple(manifest["left_out"]),
    )


def _write(target: Path, *, at: datetime) -> dict[str, Any]:
    """Write the file and read it again; what is not whole does not stay."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_remains()
        manifest = write_archive(target, at=at)
        Archive(target).close()
    except StorageFailed as e:
        raise Refused(
            f"Không đọc được {e.filename}: {e.strerror}. Chưa có bản sao lưu nào. Kiểm tra kho "
            "tệp (TINHGON_S3_…) rồi sao lưu lại."
        ) from e
    except OSError as e:
        raise Refused(
            f"Không ghi được {target}: {e.strerror or e}. Chưa có bản sao lưu nào. Kiểm tra chỗ "
            "trống của ổ đĩa và quyền ghi, hoặc chọn nơi khác."
        ) from e
    except DatabaseError as e:
        raise Refused(
            f"Không đọc được cơ sở dữ liệu: {str(e).strip()}. Chưa có bản sao lưu nào. "
            "Xem: tinhgon doctor"
        ) from e
    except ArchiveRefused as e:
        target.unlink(missing_ok=True)
        raise Refused(
            f"Đọc lại thì {target} không đúng như đã ghi: {e} Kiểm tra ổ đĩa, chọn nơi khác."
        ) from e
    return manifest


def _clear_remains() -> None:
    """Remove what backups and moves that were cut off left in the data folder."""
    now = time.time()  # as the disk counts, which knows nothing of a demo's clock
    moved = Path(settings.DATA_DIR).glob(f"{MOVING}*/*")
    for remains in [*folder().glob(f"*.zip{PART}"), *moved]:
        with suppress(FileNotFoundError):  # another one that ran just now was faster
            if now - remains.stat().st_mtime > _ABANDONED:
                remains.unlink()


def _record(target: Path, *, at: datetime) -> None:
    """
    Write into the trail that there is a backup.

    :raises Refused: if the database takes no row, as where its disk is full; the backup stays: it
        may be the last.
    """
    try:
        with transaction.atomic():
            chain = Chain.objects.filter(pk=1).first() or Chain(pk=1)
            audit.record("keeping.backed_up", chain, by=audit.System(), at=at, reason=target.name)
    except DatabaseError as e:
        raise Refused(
            f"Bản sao lưu {target} đã ghi xong và nguyên vẹn, nhưng không ghi được vào nhật ký: "
            f"{str(e).strip()}. Cất bản này ở nơi an toàn rồi kiểm tra: tinhgon doctor"
        ) from e


def _forget_all_but(keep: int) -> None:
    for old in sorted(folder().glob("tinhgon-*.zip"))[: -max(1, keep)]:
        try:
            old.unlink(missing_ok=True)
        except OSError as e:
            raise Refused(
                f"Đã sao lưu xong, nhưng không xóa được bản cũ {old}: {e.strerror}. Xóa bằng tay."
            ) from e
