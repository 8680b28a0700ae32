from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.models import Chain
from tinhgon.apps.keeping.exports import write_archive
from tinhgon.apps.keeping.imports import Archive
from tinhgon.common.refusal import Refused

_NAME = "tinhgon-{:%Y%m%d-%H%M%S}.zip"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written, read again and found whole."""

    path: Path
    size: int
    rows: int
    files: int
    damaged: tuple[str, ...]
    """Stored files that were gone or changed before; the rest is whole."""


def folder() -> Path:
    """Return where backups go that are not sent elsewhere."""
    return Path(settings.DATA_DIR) / "backups"


def back_up(*, path: Path | None = None, at: datetime, keep: int | None = None) -> Backup:
    """
    Write everything there is into one file and read it again; people go on working meanwhile.

    Without a path it goes into `folder`, where with `keep` only the newest so many stay.

    :raises Refused: if the file cannot be written there, or is not read back as it was written.
    """
    target = path or folder() / _NAME.format(at)
    if target.exists():
        raise Refused(f"Đã có tệp {target}. Đặt tên khác; bản sao lưu cũ không bị ghi đè.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        manifest = write_archive(target, at=at)
    except OSError as e:
        raise Refused(f"Không ghi được {target}: {e.strerror}. Chưa có bản sao lưu nào.") from e
    Archive(target).close()
    if path is None and keep is not None:
        _forget_all_but(keep)
    with transaction.atomic():
        chain = Chain.objects.filter(pk=1).first() or Chain(pk=1)
        audit.record("keeping.backed_up", chain, by=audit.System(), at=at, reason=str(target.name))
    return Backup(
        path=target,
        size=target.stat().st_size,
        rows=sum(table["rows"] for table in manifest["tables"]),
        files=manifest["files"]["count"],
        damaged=tuple(manifest["damaged"]),
    )


def _forget_all_but(keep: int) -> None:
    for old in sorted(folder().glob("tinhgon-*.zip"))[: -max(1, keep)]:
        old.unlink(missing_ok=True)
