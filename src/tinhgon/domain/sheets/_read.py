from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

from ._book import _too_many, read_book
from ._encoding import decode
from ._model import Cell, Sheet, SheetUnreadable, plain

_LONGEST_CELL = 1_000_000
_SEPARATORS = {";": "dấu chấm phẩy", ",": "dấu phẩy", "\t": "dấu tab", "|": "dấu gạch đứng"}
_SAMPLE = 50


def read_sheets(data: bytes, kind: str, *, most_rows: int) -> list[Sheet]:
    """
    Return the sheets of a file that have anything in them; `kind` is xlsx, xls, ods or csv.

    :raises SheetUnreadable: if there is none, it cannot be read, or has too many rows.
    """
    if kind == "csv":
        found = [_read_csv(data, most_rows)]
    else:
        found = read_book(data, kind, most_rows=most_rows)
    if not any(sheet.lines for sheet in found):
        raise SheetUnreadable("Tệp không có dòng nào.")
    return found


def kind_of(data: bytes) -> str:
    """Return what a file is by its content: ods, xlsx, xls, or csv for whatever is none of them."""
    if data.startswith(b"PK"):
        return "ods" if b"opendocument.spreadsheet" in data[:200] else "xlsx"
    return "xls" if data.startswith(_OLE) else "csv"


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _read_csv(data: bytes, most_rows: int) -> Sheet:
    text, encoding = decode(data)
    separator = _separator(text)
    lines: list[list[Cell]] = []
    for line in _lines(text, separator):
        if len(lines) > most_rows:
            raise _too_many(text.count("\n"), most_rows)
        lines.append([plain(cell) for cell in line])
    note = f"Bảng mã {encoding}, các cột ngăn cách bằng {_SEPARATORS[separator]}."
    return Sheet("CSV", lines, encoding, (note,))


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    except csv.Error as e:
        raise SheetUnreadable(
            "Tệp CSV có dấu ngoặc kép mở mà không đóng, hoặc ô quá dài. "
            "Mở bằng Excel rồi lưu lại dạng CSV UTF-8."
        ) from e


def _separator(text: str) -> str:
    """
    Return the sign that parts the text into the most cells of lines that are alike, out of all.

    A sign that only stands inside of cells parts it into lines of many widths.
    """
    first = [line for line in text.split("\n", _SAMPLE * 4)[: _SAMPLE * 4] if line.strip()]
    sample = "\n".join(first[:_SAMPLE])
    best, most = ",", 0.0
    for sign in _SEPARATORS:
        try:
            widths = Counter(
                len(line) for line in csv.reader(sample.splitlines(keepends=True), delimiter=sign)
            )
        except csv.Error:
            continue
        alike = max((width * lines for width, lines in widths.items() if width > 1), default=0)
        if (share := alike / max(widths.total(), 1)) > most:
            best, most = sign, share
    return best
