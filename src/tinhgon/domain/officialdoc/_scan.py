"""Scanned pages, recognised by tesseract where it is installed with Vietnamese."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from ._drawn import find_lines
from ._errors import Unreadable
from ._limits import MAX_SCANNED_PAGES, RECOGNISE_SECONDS
from ._pdf_in import PdfFile, Picture
from ._rows import Page, Piece, Rule

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
_SPECKS = "|¡¦ˆ^`´~=_"  # what recognition makes of dirt and the rests of lines
_COLUMNS = 12
_LONG_LINE = 6  # words from which a line shows the skew of the page
_MAX_SKEW = 0.05
_SPREAD = 0.55  # in letter heights: words further apart do not stand on one line
_COLUMN = 2.0  # in letter heights: more space than this parts two columns


Progress = Callable[[int, int], object]
"""Told how many of how many pages are recognised."""


def pictures(pages: Sequence[Page]) -> list[int]:
    """Return which pages, from 0, are pictures whose letters are to be recognised."""
    some = any(page.pieces for page in pages)
    return [i for i, page in enumerate(pages) if (page.is_scan if some else not page.pieces)]


def recognise(pdf: PdfFile, pages: list[Page], progress: Progress | None = None) -> list[Page]:
    """
    Return the pages, with the text of those that had none recognised.

    What `progress` raises breaks it off: the pages that wait are not begun.

    :raises Unreadable: if tesseract or its Vietnamese is missing, or there are too many pages.
    """
    empty = pictures(pages)
    if len(empty) > MAX_SCANNED_PAGES:
        raise Unreadable(_TOO_LONG)
    _check_installed()
    out = list(pages)
    tell = progress or _nobody
    tell(0, len(empty))
    pool = ThreadPoolExecutor(_WORKERS)
    try:
        jobs = [(index, pool.submit(_pieces, pdf.picture(index))) for index in empty]
        for number, (index, job) in enumerate(jobs, start=1):
            page = pages[index]
            pieces, rules = job.result()
            out[index] = replace(page, pieces=pieces, rules=rules)
            tell(number, len(empty))
    finally:
        pool.shutdown(cancel_futures=True)
    return out


def _nobody(_done: int, _of: int) -> None:
    """Told of the progress of what nobody watches."""


def reads_scans() -> bool:
    """Return whether tesseract is there with Vietnamese."""
    return shutil.which("tesseract") is not None and "vie" in _languages()


def _check_installed() -> None:
    if shutil.which("tesseract") is None:
        raise Unreadable(_MISSING)
    if "vie" not in _languages():
        raise Unreadable(_NO_VIETNAMESE)


@cache
def _languages() -> frozenset[str]:
    done = subprocess.run(
        ["/usr/bin/env", "tesseract", "--list-langs"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return frozenset((done.stdout + done.stderr).split())


def _pieces(page: Picture) -> tuple[list[Piece], tuple[Rule, ...]]:
    """Return the words and lines of a page; one page uses one core, pages run side by side."""
    drawn = find_lines(page)
    picture = drawn.picture
    try:
        done = subprocess.run(
            [
                "/usr/bin/env",
                "tesseract",
                "stdin",
                "stdout",
                "-l",
                "vie",
                "--dpi",
                "300",
                "--psm",
                "11",
                "tsv",
            ],
            input=picture.data,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            capture_output=True,
            timeout=RECOGNISE_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as e:
        raise Unreadable(_FAILED) from e
    if done.returncode:
        raise Unreadable(_FAILED)
    lines = _lines(done.stdout.decode("utf-8", "replace"), 72 / picture.dpi)
    skew = _skew(lines)
    return [piece for line in lines for piece in _line(line, skew)], drawn.rules(skew)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    line: tuple[str, ...]
    x0: float
    x1: float
    bottom: float
    height: float


def _lines(table: str, scale: float) -> list[list[_Word]]:
    """Return the words line by line, as tesseract saw them."""
    words = [word for row in table.splitlines()[1:] for word in _word(row.split("\t"), scale)]
    lines: dict[tuple[str, ...], list[_Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return list(lines.values())


def _word(cells: list[str], scale: float) -> Iterator[_Word]:
    if len(cells) != _COLUMNS or cells[0] != "5":
        return
    text = cells[11].strip().strip(_SPECKS)
    if not text:
        return
    if float(cells[10]) < _SURE:
        return
    left, top, width, height = (float(cell) * scale for cell in cells[6:10])
    yield _Word(text, tuple(cells[1:5]), left, left + width, top + height, height)


def _skew(lines: list[list[_Word]]) -> float:
    """Return how much the lines of the page fall, per point to the right."""
    slopes = [
        statistics.linear_regression([w.x0 for w in line], [w.bottom for w in line]).slope
        for line in lines
        if len(line) >= _LONG_LINE
    ]
    slope = statistics.median(slopes) if slopes else 0.0
    return slope if abs(slope) < _MAX_SKEW else 0.0


def _line(line: list[_Word], skew: float) -> Iterator[Piece]:
    """Yield the words of a line, all on one height; recognition may have put two lines together."""
    columns: list[list[_Word]] = [[]]
    for word in sorted(line, key=lambda each: each.x0):
        before = columns[-1][-1] if columns[-1] else word
        if word.x0 - before.x1 > _COLUMN * max(word.height, before.height):
            columns.append([])
        columns[-1].append(word)
    for column in columns:
        for words in _levels(column, skew):
            yield from _level(words, skew)


def _levels(words: list[_Word], skew: float) -> list[list[_Word]]:
    """Part words that stand on different lines."""
    height = statistics.median(word.height for word in words)
    ordered = sorted(words, key=lambda word: word.bottom - skew * word.x0)
    out = [[ordered[0]]]
    for before, word in pairwise(ordered):
        step = (word.bottom - skew * word.x0) - (before.bottom - skew * before.x0)
        if step > _SPREAD * height:
            out.append([])
        out[-1].append(word)
    return out


def _level(words: list[_Word], skew: float) -> Iterator[Piece]:
    height = statistics.median(word.height for word in words)
    level = statistics.median(word.bottom - skew * word.x0 for word in words)
    for word in sorted(words, key=lambda each: each.x0):
        shift = skew * word.bottom
        yield Piece(word.text, word.x0 + shift, word.x1 + shift, level, height)
