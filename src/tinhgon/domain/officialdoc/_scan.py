"""Scanned pages, recognised by tesseract where it is installed with Vietnamese."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from ._errors import Unreadable
from ._places import Page, Piece
from ._limits import MAX_SCANNED_PAGES, RECOGNISE_SECONDS
from ._pdf_in import PdfFile, Picture

_INSTALL = "đề nghị quản trị cài các gói tesseract-ocr và tesseract-ocr-vie"
_MISSING = (
    "Tệp PDF là ảnh quét, không có lớp chữ, mà máy chủ chưa cài phần nhận dạng chữ. "
    f"Hãy dùng bản PDF gốc có chữ hoặc tệp .docx, hoặc {_INSTALL}."
)
_NO_VIETNAMESE = (
    "Tệp PDF là ảnh quét, mà phần nhận dạng chữ trên máy chủ chưa có tiếng Việt. "
    f"Hãy dùng bản PDF gốc có chữ hoặc tệp .docx, hoặc {_INSTALL}."
)
_TOO_LONG = (
    f"Tệp PDF quét dài quá {MAX_SCANNED_PAGES} trang. Hãy tách thành nhiều tệp "
    "hoặc dùng bản PDF gốc có chữ."
)
_FAILED = "Không nhận dạng được chữ trên ảnh quét. Hãy quét lại rõ hơn hoặc dùng tệp .docx."
_WORKERS = 2
_SURE = 20.0  # per cent; less certain words are specks
_COLUMNS = 12


def recognise(pdf: PdfFile, pages: list[Page]) -> list[Page]:
    """
    Return the pages, with the text of those that had none recognised.

    :raises Unreadable: if tesseract or its Vietnamese is missing, or there are too many pages.
    """
    empty = [index for index, page in enumerate(pages) if not page.pieces]
    if len(empty) > MAX_SCANNED_PAGES:
        raise Unreadable(_TOO_LONG)
    program = _program()
    out = list(pages)
    with ThreadPoolExecutor(_WORKERS) as pool:
        pictures = ((index, pdf.picture(index)) for index in empty)
        jobs = [(index, pool.submit(_pieces, program, picture)) for index, picture in pictures]
        for index, job in jobs:
            page = pages[index]
            out[index] = Page(page.number, page.width, page.height, job.result())
    return out


def _program() -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise Unreadable(_MISSING)
    if "vie" not in _languages(program):
        raise Unreadable(_NO_VIETNAMESE)
    return program


@cache
def _languages(program: str) -> frozenset[str]:
    done = subprocess.run(  # noqa: S603
        [program, "--list-langs"], capture_output=True, text=True, timeout=30, check=False
    )
    return frozenset((done.stdout + done.stderr).split())


def _pieces(program: str, picture: Picture) -> list[Piece]:
    """Return the words of a page, line by line."""
    command = [program, "stdin", "stdout", "-l", "vie", "--dpi", str(picture.dpi)]
    command += ["--psm", "4", "tsv"]
    try:
        done = subprocess.run(  # noqa: S603
            command,
            input=picture.data,
            capture_output=True,
            timeout=RECOGNISE_SECONDS,
            check=False,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
        )
    except (OSError, subprocess.TimeoutExpired) as e:
        raise Unreadable(_FAILED) from e
    if done.returncode:
        raise Unreadable(_FAILED)
    return list(_words(done.stdout.decode("utf-8", "replace"), 72 / picture.dpi))


def _words(table: str, scale: float) -> Iterator[Piece]:
    """Yield the words; the words of one line stand on one height, whatever the skew of the page."""
    lines: dict[tuple[str, ...], list[list[str]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == _COLUMNS and cells[0] == "5" and cells[11].strip():
            if float(cells[10]) >= _SURE:
                lines.setdefault(tuple(cells[1:5]), []).append(cells)
    for words in lines.values():
        boxes = [[float(cell) * scale for cell in cells[6:10]] for cells in words]
        height = sorted(box[3] for box in boxes)[len(boxes) // 2]
        bottom = sorted(box[1] + box[3] for box in boxes)[len(boxes) // 2]
        for cells, (left, _, width, _) in zip(words, boxes, strict=True):
            yield Piece(cells[11].strip(), left, left + width, bottom, height)
