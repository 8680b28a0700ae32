"""Where the words of a PDF stand, in millimetres from the upper left corner of their page."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from tinhgon.domain.officialdoc._pdf_in import PdfFile

_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Words:
    """A run of letters on one line."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    font: str


def lines(data: bytes) -> list[Words]:
    """Return the lines of text; two columns on one height are two lines."""
    document = pdfium.PdfDocument(data)
    try:
        return [line for index in range(len(document)) for line in _page(document[index], index)]
    finally:
        document.close()


def page_sizes(data: bytes) -> list[tuple[int, int]]:
    document = pdfium.PdfDocument(data)
    try:
        return [
            (round(page.get_width() * _MM), round(page.get_height() * _MM)) for page in document
        ]
    finally:
        document.close()


def find(found: list[Words], text: str) -> Words:
    """Return the first line that begins with the text."""
    for line in found:
        if line.text.startswith(text):
            return line
    raise AssertionError(f"{text!r} is not in {[line.text for line in found]}")


def _page(page: pdfium.PdfPage, index: int) -> list[Words]:
    text = page.get_textpage()
    height = page.get_height()
    out: list[Words] = []
    run: list[tuple[str, float, float, float, int]] = []
    for at in range(text.count_chars()):
        char = text.get_text_range(at, 1)
        left, _, right, _ = text.get_charbox(at, loose=True)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
        base = height - y.value
        if run and (abs(base - run[-1][3]) > 2 or left - run[-1][2] > 24 or left < run[-1][1] - 1):
            out += _line(text, run, index)
            run = []
        if char.strip() or char in " \u00a0":
            run.append((char, left, right, base, at))
    return out + _line(text, run, index)


def _line(
    text: pdfium.PdfTextPage, run: list[tuple[str, float, float, float, int]], index: int
) -> list[Words]:
    inked = [each for each in run if each[0].strip()]
    if not inked:
        return []
    first = inked[0]
    size = raw.FPDFText_GetFontSize(text.raw, first[4])
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text.raw, first[4], buffer, 200, ctypes.c_int())
    words = "".join(each[0] for each in run).strip()
    font = buffer.value.decode(errors="replace")
    left, right = min(e[1] for e in inked) * _MM, max(e[2] for e in inked) * _MM
    return [Words(words, index, left, right, first[3] * _MM, round(size, 2), font)]


def scanned(data: bytes) -> bytes:
    """Return the first page as a picture in a PDF without any text."""
    with PdfFile(data) as pdf:
        picture = pdf.picture(0)
    head, size, _ = picture.data.split(b" ", 3)[:3]
    width, height = int(size), int(picture.data.split(b" ", 3)[2])
    assert head == b"P5"
    pixels = picture.data[len(b"P5 %d %d 255\n" % (width, height)) :]
    return _picture_pdf(width, height, pixels)


def _picture_pdf(width: int, height: int, pixels: bytes) -> bytes:
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length %d >>\nstream\n%s\nendstream"
        % (width, height, len(pixels), pixels)
    )
    draw = b"595 0 0 842 0 0 cm /Im Do"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /XObject << /Im 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(draw), draw),
        image,
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
