"""Workbooks that went out, read and changed as people do."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook


def sheet_lines(data: bytes) -> list[list[Any]]:
    """Return the cells of the first sheet, line by line."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def with_cells(data: bytes, changes: dict[tuple[int, int], Any]) -> bytes:
    """Return the workbook with some cells (line and column from 0) changed, as a person does."""
    lines = sheet_lines(data)
    for (line, place), value in changes.items():
        lines[line][place] = value
    return _book(lines)


def line_of(data: bytes, what: str, *, after: bool = False) -> int:
    """Return the line (from 0) that has `what` in its second column, now or after."""
    found = [n for n, line in enumerate(sheet_lines(data)) if line[1] == what]
    return found[1 if after else 0]


def with_lines(data: bytes, added: dict[int, list[list[Any]]]) -> bytes:
    """Return the workbook with lines inserted after some of its own (from 0), as a person does."""
    lines: list[list[Any]] = []
    for number, line in enumerate(sheet_lines(data)):
        lines += [line, *added.get(number, [])]
    return _book(lines)


def _book(lines: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, line in enumerate(lines):
            for place, value in enumerate(line):
                if value != "":
                    page.write(number, place, value)
    return out.getvalue()
