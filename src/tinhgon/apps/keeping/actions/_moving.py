from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from tinhgon.apps.jobs import queries as jobs
from tinhgon.apps.keeping.exports import write_archive
from tinhgon.common.refusal import Refused

from ._backing_up import MOVING


def move(*, url: str, at: datetime) -> str:
    """
    Copy everything in the database into the one at `url`, and return what was said there.

    The stored files stay where they are: only the database moves. What is copied is compared row by
    row there (see `restore`); here nothing changes, so that one can go back.

    :raises Refused: if a server runs, the other database cannot be reached, holds anything, or
        turns out different; nothing stays there then but empty tables. Also if a server was started
        meanwhile: what it wrote may be missing there.
    """
    if jobs.living_workers(at=at):
        raise Refused(
            "Tinh Gọn đang chạy. Dừng tinhgon serve và tinhgon worker, chờ một phút rồi chuyển: "
            "những gì ghi trong lúc chuyển sẽ mất."
        )
    try:
        done = _copied(url, at=at)
    except OSError as e:
        raise Refused(
            f"Không ghi được {e.filename or settings.DATA_DIR}: {e.strerror or e}. Chưa chuyển gì. "
            "Kiểm tra chỗ trống của ổ đĩa và quyền ghi."
        ) from e
    except DatabaseError as e:
        raise Refused(
            f"Không đọc được cơ sở dữ liệu: {str(e).strip()}. Chưa chuyển gì. Xem: tinhgon doctor"
        ) from e
    if done.returncode:
        raise Refused(_last_line(done.stderr))
    if jobs.living_workers(at=at):
        raise Refused(
            "Tinh Gọn đã được bật lại trong lúc chuyển, nên cơ sở dữ liệu mới có thể thiếu những "
            "gì vừa ghi. Dừng tinhgon serve và tinhgon worker, xóa cơ sở dữ liệu mới, tạo lại rồi "
            "chuyển lần nữa; dữ liệu ở đây không thay đổi."
        )
    return done.stdout


def _copied(url: str, *, at: datetime) -> subprocess.CompletedProcess[str]:
    """Write the rows aside, and let a process of its own restore them into the other database."""
    with tempfile.TemporaryDirectory(prefix=MOVING, dir=settings.DATA_DIR) as folder:
        archive = Path(folder) / "rows.zip"
        write_archive(archive, at=at, with_files=False)
        return subprocess.run(  # noqa: S603 — our own interpreter
            [sys.executable, "-m", "tinhgon", "restore", str(archive), "--rows-only"],
            env={
                **os.environ,
                "TINHGON_DATABASE_URL": url,
                "TINHGON_DATA": str(settings.DATA_DIR),
                "TINHGON_SECRET_KEY": settings.SECRET_KEY,
            },
            capture_output=True,
            text=True,
            check=False,
        )


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("CommandError: ") if lines else "Không chuyển được."
