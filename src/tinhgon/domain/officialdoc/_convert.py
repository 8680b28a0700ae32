"""Old Word and OpenDocument files, turned into .docx by LibreOffice where that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ._errors import Unreadable
from ._limits import CONVERT_SECONDS

_MISSING = (
    "Máy chủ chưa cài LibreOffice nên không đọc được tệp .{kind}. "
    "Hãy lưu văn bản dưới dạng .docx, hoặc đề nghị quản trị cài gói libreoffice-writer."
)
_FAILED = (
    "Không chuyển được tệp .{kind} sang .docx: tệp bị hỏng hoặc có mật khẩu. "
    "Hãy mở bằng Word, lưu lại dưới dạng .docx rồi thử lần nữa."
)


def to_docx(data: bytes, kind: str) -> bytes:
    """
    Return the document as .docx.

    :raises Unreadable: if LibreOffice is not installed or cannot read it.
    """
    if shutil.which("soffice") is None:
        raise Unreadable(_MISSING.format(kind=kind))
    with tempfile.TemporaryDirectory(prefix="tinhgon-") as name:
        folder = Path(name)
        (folder / "document.old").write_bytes(data)
        _run(folder, kind)
        made = folder / "document.docx"
        if not made.exists():
            raise Unreadable(_FAILED.format(kind=kind))
        return made.read_bytes()


def _run(folder: Path, kind: str) -> None:
    """Each run has a home of its own: two may run at once, and no setting is inherited."""
    try:
        subprocess.run(
            [
                "/usr/bin/env",
                "soffice",
                "--headless",
                "--norestore",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "document.old",
            ],
            cwd=folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder)},
            capture_output=True,
            timeout=CONVERT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as e:
        raise Unreadable(_FAILED.format(kind=kind)) from e
