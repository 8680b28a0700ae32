"""Old Word and OpenDocument files, turned into .docx by LibreOffice where that is installed."""

from __future__ import annotations

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
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unreadable(_MISSING.format(kind=kind))
    with tempfile.TemporaryDirectory(prefix="tinhgon-") as folder:
        source = Path(folder) / f"document.{kind}"
        source.write_bytes(data)
        _run(program, Path(folder), source, kind)
        made = Path(folder) / "out" / "document.docx"
        if not made.exists():
            raise Unreadable(_FAILED.format(kind=kind))
        return made.read_bytes()


def _run(program: str, folder: Path, source: Path, kind: str) -> None:
    """Each run has a profile of its own: two may run at once, and no macro setting is inherited."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    try:
        subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=CONVERT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as e:
        raise Unreadable(_FAILED.format(kind=kind)) from e
