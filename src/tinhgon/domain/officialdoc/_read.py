"""The door for files and text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ._convert import to_docx
from ._docx_in import read_docx
from ._errors import Unreadable
from ._kinds import Kind, decode, kind_of
from ._limits import MAX_BYTES, MAX_SCANNED_PAGES, MEGABYTE
from ._model import OfficialDoc, Source, Unread
from ._package import Package
from ._parse import parse
from ._pdf_in import PdfFile
from ._places import EXACT, SCANNED, lines_of_pages
from ._raw import Capture
from ._rows import Page
from ._scan import Progress, pictures, reads_scans, recognise
from ._text import read_lines

_PICTURE = "Chưa đọc được trang này. Hãy xem bản gốc, hoặc dùng bản PDF có chữ hay tệp .docx."
_NOTHING = "Tệp không có nội dung chữ nào. Hãy kiểm tra lại tệp rồi tải lên lần nữa."


def scanned_pages(data: bytes, name: str) -> int:
    """
    Return how many pages of a file `read` would have to recognise, which takes seconds a page.

    0 where it cannot, or the file is none that can be read: `read` says so at once.
    """
    try:
        kind, _ = kind_of(data, name)
        if len(data) > MAX_BYTES or kind is not Kind.PDF or not reads_scans():
            return 0
        with PdfFile(data) as pdf:
            found = len(pictures(list(pdf.pages())))
    except Unreadable:
        return 0
    return found if found <= MAX_SCANNED_PAGES else 0


def read(data: bytes, name: str, progress: Progress | None = None) -> OfficialDoc:
    """
    Read a file; `progress` is told of each page that had to be recognised.

    What it is is found from its content; the extension in `name` must agree with that. A .txt
    file may have notes about its capture, lines beginning "# ", which are left out.

    :raises Unreadable: if it cannot be read, with a message in Vietnamese that says what to do.
    """
    if not data:
        raise Unreadable("Tệp rỗng (0 byte). Hãy kiểm tra lại tệp rồi tải lên lần nữa.")
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"Tệp lớn quá {MAX_BYTES // MEGABYTE} MB. Hãy bỏ bớt ảnh hoặc tách thành nhiều tệp."
        )
    kind, package = kind_of(data, name)
    capture = _capture(kind, data, package, progress)
    if not any(line.text.strip() for line in capture.lines):
        raise Unreadable(_NOTHING)
    doc = parse(capture)
    return replace(doc, unread=(*doc.unread, *capture.unread))


def _capture(
    kind: Kind, data: bytes, package: Package | None, progress: Progress | None
) -> Capture:
    if kind is Kind.TXT:
        return read_lines(decode(data), notes=True)
    if kind is Kind.PDF:
        return _read_pdf(data, progress)
    if kind in (Kind.DOC, Kind.ODT):
        return read_docx(Package(to_docx(data, kind)))
    return read_docx(package or Package(data))


def _read_pdf(data: bytes, progress: Progress | None) -> Capture:
    with PdfFile(data) as pdf:
        pages = list(pdf.pages())
        scanned = not any(page.pieces for page in pages)
        mixed = not scanned and any(page.is_scan for page in pages)
        if scanned or (mixed and reads_scans()):
            pages = recognise(pdf, pages, progress)
    lines, notes = lines_of_pages(pages, slack=SCANNED if scanned else EXACT)
    return Capture(lines, None, notes, tuple(_unread_pages(pages)) if mixed else ())


def _unread_pages(pages: list[Page]) -> Iterator[Unread]:
    """Yield the pages that are pictures and stayed without letters."""
    for page in pages:
        if page.is_scan:
            text = f"Trang {page.number} là ảnh, không có lớp chữ."
            yield Unread(text, _PICTURE, Source(1, 1, page.number))


def read_text(text: str, *, notes: bool = False) -> OfficialDoc:
    """
    Read pasted text.

    With `notes`, lines beginning "# " are notes about the capture, not text of the document.
    `Source.line` counts all lines of the given text from 1.
    """
    return parse(read_lines(text, notes=notes))


def header_json(doc: OfficialDoc) -> dict[str, Any]:
    """Return the head and foot of the document as plain values, one key a field."""
    signature = doc.signature
    return {
        "agency": doc.agency,
        "parent_agency": doc.parent_agency,
        "number": doc.number,
        "symbol": doc.symbol,
        "place": doc.place,
        "date": doc.date.isoformat() if doc.date else None,
        "date_text": doc.date_text,
        "doc_type": doc.doc_type,
        "subject": doc.subject,
        "addressees": list(doc.addressees),
        "recipients": list(doc.recipients),
        "signer_authority": "; ".join(signature.authority) or None if signature else None,
        "signer_title": signature.title or None if signature else None,
        "signer_name": signature.name or None if signature else None,
        "urgency": doc.urgency,
        "secrecy": doc.secrecy,
    }
