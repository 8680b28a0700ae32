"""Workbooks: what is in them is counted before anything is unfolded in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Set
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from tinhgon.domain.officialdoc import Package, Unreadable

from ._model import Sheet, SheetUnreadable, plain

_UNREADABLE = "Không đọc được tệp. Hãy mở bằng Excel và lưu lại .xlsx."
_WIDE = (
    "Bảng trải tới dòng {rows}, {columns} cột, quá rộng để đọc. "
    "Xóa các dòng, cột trống ở cuối bảng (kể cả định dạng) rồi lưu lại."
)
_FORMULAS = "Tệp có ô công thức: hệ thống lấy kết quả đang hiện trong ô, không chạy công thức."
_MOST_COLUMNS = 200
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_COLUMN = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"')
_TALL = re.compile(rb'<c\b[^>]*?\br="[A-Z]{1,3}\d{6,}"')
_ODS_ROW = re.compile(
    rb"<table:table-row\b(?P<head>[^>]*)>(?P<body>.*?)</table:table-row>", re.DOTALL
)
_REPEATED = re.compile(rb'-repeated="(\d+)"')


def read_book(data: bytes, kind: str, *, most_rows: int) -> list[Sheet]:
    """
    Return the sheets that have something in them.

    :raises SheetUnreadable: if it is no workbook, or holds more than can be read safely.
    """
    notes = _check(data, kind, most_rows) if kind in {"xlsx", "ods"} else ()
    found = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.total_height > most_rows + _ABOVE:
                raise _too_many(sheet.total_height, most_rows)
            lines: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            for at, line in enumerate(lines):  # in place: a large sheet never stands there twice
                lines[at] = [plain(cell) for cell in line]
            if any(cell is not None for line in lines for cell in line):
                found.append(Sheet(name, lines, notes=notes))
    except (CalamineError, IndexError, ValueError, OSError) as e:
        raise SheetUnreadable(_UNREADABLE) from e
    return found


def formula_cells(data: bytes) -> dict[str, set[str]]:
    """
    Return of an .xlsx in which cells ("E5") of each sheet a formula stands, by the sheet's name.

    :raises SheetUnreadable: if it is no workbook.
    """
    try:
        sheets = _sheets(Package(data, program="Excel"))
        return {
            name: {each[1].decode() for each in _FORMULA_CELL.finditer(xml)} for name, xml in sheets
        }
    except Unreadable as e:
        raise SheetUnreadable(str(e)) from e


def percent_cells(data: bytes) -> dict[str, set[str]]:
    """
    Return of an .xlsx which cells ("E5") of each sheet hold a number shown as a per cent, by the
    sheet's name: what shows 50% there is kept as 0.5.

    :raises SheetUnreadable: if it is no workbook.
    """
    try:
        package = Package(data, program="Excel")
        looks = _percent_looks(package)
        return {name: set(_numbers_in(xml, looks)) for name, xml in _sheets(package)}
    except Unreadable as e:
        raise SheetUnreadable(str(e)) from e


def _sheets(package: Package) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each sheet with its XML."""
    book, links = package.xml(_BOOK), package.xml(_LINKS)
    if book is None or links is None:
        return
    parts = {each.get("Id"): str(each.get("Target")) for each in links}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = parts.get(sheet.get(_LINK), "").removeprefix("/xl/")
        yield str(sheet.get("name")).strip(), package.read(f"xl/{target}")


def _percent_looks(package: Package) -> set[bytes]:
    """Return by which numbers cells refer to a look that shows a per cent."""
    styles = package.xml(_STYLES)
    looks = None if styles is None else styles.find(f"{_MAIN}cellXfs")
    if styles is None or looks is None:
        return set()
    formats = {
        each.get("numFmtId")
        for each in styles.iter(f"{_MAIN}numFmt")
        if "%" in _NO_SIGN.sub("", str(each.get("formatCode")))
    }
    percent = formats | _PERCENT_FORMATS
    return {
        str(number).encode() for number, each in enumerate(looks) if each.get("numFmtId") in percent
    }


def _numbers_in(xml: bytes, looks: Set[bytes]) -> Iterator[str]:
    """Yield the cells with a number that have one of the looks."""
    for cell in _CELL.findall(xml) if looks else ():
        said = dict(_ATTRIBUTE.findall(cell))
        if said.get(b"s", b"0") in looks and said.get(b"t", b"n") == b"n" and b"r" in said:
            yield said[b"r"].decode()


_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STYLES = "xl/styles.xml"
_PERCENT_FORMATS = {"9", "10"}  # 0% and 0.00%, which no file spells out
_NO_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # words, single letters and conditions of a format
_CELL = re.compile(rb"<(?:\w+:)?c\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb'\b([rst])="([^"]*)"')
_FORMULA_CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3}\d+)"[^<>]*>\s*<(?:\w+:)?f[\s/>]')
_ABOVE = 50  # rows of titles that may stand above the rows that count


def _too_many(rows: int, most: int) -> SheetUnreadable:
    return SheetUnreadable(
        f"Bảng có {rows:,} dòng; mỗi lần nhập tối đa {most:,} dòng. Chia thành nhiều tệp.".replace(
            ",", "."
        )
    )


def _check(data: bytes, kind: str, most_rows: int) -> tuple[str, ...]:
    try:
        package = Package(data, program="Excel")
        package.check_declarations()
        if kind == "ods":
            _check_ods(package.read("content.xml"), most_rows)
            return ()
        names = [name for name in package.names if _SHEET.fullmatch(name)]
        has_formulas = [_check_xlsx(package.read(name), most_rows) for name in names]
    except Unreadable as e:
        raise SheetUnreadable(str(e)) from e
    return (_FORMULAS,) if any(has_formulas) else ()


def _check_xlsx(xml: bytes, most_rows: int) -> bool:
    """Return whether there are formulas among the cells."""
    rows = max(map(int, _ROW.findall(xml)), default=xml.count(b"<row"))
    if rows > most_rows + _ABOVE:
        raise _too_many(rows, most_rows)
    columns = max(map(_column_number, set(_COLUMN.findall(xml))), default=0)
    if columns > _MOST_COLUMNS or _TALL.search(xml):
        raise SheetUnreadable(_WIDE.format(rows=rows, columns=columns))
    return b"<f>" in xml or b"<f " in xml


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_ods(xml: bytes, most_rows: int) -> None:
    rows = 0
    for found in _ODS_ROW.finditer(xml):
        if b"<text:" not in found["body"] and b"office:value" not in found["body"]:
            continue  # filler at the end of a sheet says that it repeats a million times
        times = _REPEATED.search(found["head"])
        rows += int(times[1]) if times else 1
        widest = max((int(n) for n in _REPEATED.findall(_filled(found["body"]))), default=1)
        if widest > _MOST_COLUMNS:
            raise SheetUnreadable(_WIDE.format(rows=rows, columns=widest))
    if rows > most_rows + _ABOVE:
        raise _too_many(rows, most_rows)


def _filled(body: bytes) -> bytes:
    """Return the row without the empty cell that fills it up to the last column."""
    return body[: body.rfind(b"</table:table-cell>")]
