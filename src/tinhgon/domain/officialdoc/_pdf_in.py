"""PDF files as pieces of text with their places; pages without text are left to recognition."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from ._errors import Unreadable
from ._limits import MAX_PAGES
from ._rows import Page, Piece, Rule

_LOCK = threading.Lock()  # PDFium must not be used by two threads at a time
_BROKEN = "Tệp PDF bị hỏng hoặc tải về chưa đủ. Hãy lấy lại tệp gốc rồi thử lần nữa."
_ENCRYPTED = "Tệp PDF được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại."
_TOO_LONG = f"Tệp PDF dài quá {MAX_PAGES} trang. Hãy tách thành nhiều tệp."
_PASSWORD_ERROR = 4
_HYPHEN = 2  # what PDFium puts for a hyphen at the end of a line
_SCAN_DPI = 300
_SPACE = 0.13  # in letter sizes: more than this is a space even where none is written
_BLANK = 0.6  # in letter sizes: a space as wide as this may be a blank to be filled


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a grey picture in the PGM format, for recognition."""

    data: bytes
    dpi: int


class PdfFile:
    """An open PDF file. Use it as a context manager."""

    def __init__(self, data: bytes) -> None:
        if b"%%EOF" not in data and b"startxref" not in data:
            raise Unreadable(_BROKEN)
        _LOCK.acquire()
        try:
            self._pdf = pypdfium2.PdfDocument(data)
            self.count = len(self._pdf)
        except pypdfium2.PdfiumError as e:
            code = getattr(e, "err_code", None)
            _LOCK.release()
            raise Unreadable(_ENCRYPTED if code == _PASSWORD_ERROR else _BROKEN) from e
        except BaseException:
            _LOCK.release()
            raise

    def __enter__(self) -> PdfFile:
        if self.count > MAX_PAGES:
            self.__exit__()
            raise Unreadable(_TOO_LONG)
        if self.count == 0:
            self.__exit__()
            raise Unreadable(_BROKEN)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._pdf.close()
        finally:
            _LOCK.release()

    def pages(self) -> Iterator[Page]:
        """Yield the pages with their text."""
        for index in range(self.count):
            try:
                page = self._pdf[index]
                width, height = page.get_size()
                pieces = _pieces(page, height)
                rules = tuple(_rules(page, height))
                pictured = not pieces and _has_picture(page)
                page.close()
            except pypdfium2.PdfiumError as e:
                raise Unreadable(_BROKEN) from e
            yield Page(index + 1, width, height, pieces, rules, pictured)

    def picture(self, index: int) -> Picture:
        """Return a page as a picture."""
        try:
            page = self._pdf[index]
            bitmap = page.render(scale=_SCAN_DPI / 72, grayscale=True)
        except pypdfium2.PdfiumError as e:
            raise Unreadable(_BROKEN) from e
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        raw = bytes(bitmap.buffer)
        rows = (raw[i * stride : i * stride + width] for i in range(height))
        return Picture(b"P5 %d %d 255\n" % (width, height) + b"".join(rows), _SCAN_DPI)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    return next(iter(page.get_objects(filter=kinds, max_depth=3)), None) is not None


@dataclass(slots=True)
class _Letter:
    text: str
    x: float
    end: float
    y: float
    size: float


def _pieces(page: pypdfium2.PdfPage, height: float) -> list[Piece]:
    text = page.get_textpage()
    try:
        return list(_runs(_letters(text, height)))
    finally:
        text.close()


def _letters(text: pypdfium2.PdfTextPage, height: float) -> Iterator[_Letter]:
    """Yield the letters as they stand in the file; what PDFium adds by itself is left out."""
    handle = text.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        added = pdfium.FPDFText_IsGenerated(handle, index) == 1 and code != _HYPHEN
        if code in (0, 0x0A, 0x0D) or added:
            continue
        if not pdfium.FPDFText_GetCharOrigin(handle, index, x, y):
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        size = abs(box.top - box.bottom) / 1.15 or 1.0
        letter = "-" if code in (_HYPHEN, 0xAD) else _character(code)
        yield _Letter(letter, x.value, max(box.right, x.value), height - y.value, size)


def _character(code: int) -> str:
    try:
        return chr(code)
    except (ValueError, OverflowError):
        return ""


def _runs(letters: Iterator[_Letter]) -> Iterator[Piece]:
    """Yield letters that follow one another on a line as one piece."""
    run: list[_Letter] = []
    for letter in letters:
        if run and not _follows(run[-1], letter):
            yield from _piece(run)
            run = []
        run.append(letter)
    yield from _piece(run)


def _follows(before: _Letter, letter: _Letter) -> bool:
    size = max(before.size, letter.size)
    if abs(letter.y - before.y) > 0.25 * size:
        return False
    return -0.6 * size < letter.x - before.end < size


def _piece(run: list[_Letter]) -> Iterator[Piece]:
    """Yield the run; wide spaces part it, they are how columns are made without tables."""
    part: list[_Letter] = []
    text = ""
    spaced = False
    for letter in run:
        if letter.text.isspace():
            spaced = True
            continue
        gap = letter.x - part[-1].end if part else 0.0
        if gap > _BLANK * letter.size:
            yield _made(text, part)
            part, text = [], ""
        elif part and (spaced or gap > _SPACE * letter.size):
            text += " "
        part.append(letter)
        text += letter.text
        spaced = False
    if part:
        yield _made(text, part)


def _made(text: str, letters: list[_Letter]) -> Piece:
    first = letters[0]
    end = max(letter.end for letter in letters)
    sizes = sorted(letter.size for letter in letters)
    return Piece(text, first.x, end, first.y, sizes[len(sizes) // 2])


_THICK = 3.0  # points: a drawn shape thicker than this is no line
_SHORT = 5.0
_MAX_OBJECTS = 20_000


def _rules(page: pypdfium2.PdfPage, height: float) -> Iterator[Rule]:
    """Yield the straight lines drawn on the page, also those drawn as thin boxes."""
    count = min(pdfium.FPDFPage_CountObjects(page.raw), _MAX_OBJECTS)
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(count):
        drawn = pdfium.FPDFPage_GetObject(page.raw, index)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        box = Rule(left, height - top, right, height - bottom)
        if min(right - left, top - bottom) <= _THICK:
            if max(right - left, top - bottom) > _SHORT:
                yield box
        else:
            yield from _sides(drawn, box)


def _sides(drawn: object, box: Rule) -> Iterator[Rule]:
    """A box drawn by its outline has four sides; other shapes have none."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
    if not stroke.value or pdfium.FPDFPath_CountSegments(drawn) not in (4, 5):
        return
    yield Rule(box.x0, box.y0, box.x1, box.y0)
    yield Rule(box.x0, box.y1, box.x1, box.y1)
    yield Rule(box.x0, box.y0, box.x0, box.y1)
    yield Rule(box.x1, box.y0, box.x1, box.y1)
