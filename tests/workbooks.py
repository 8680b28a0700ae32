"""Workbooks that went out, read and changed as people do."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
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


class Formula(str):
    """A cell that is a formula, as a person types it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as a cell keeps it, with the format by which it is shown."""

    number: float
    form: str


def all_sheets(data: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of every sheet, hidden ones too, line by line."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def of_sheets(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Return a workbook with these sheets, as another program would save it."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(out, options) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, lines in sheets.items():
            page = book.add_worksheet(name)
            for number, line in enumerate(lines):
                for place, value in enumerate(line):
                    _write_as_typed(book, page, number, place, value, day)
    return out.getvalue()


def _write_as_typed(book: Any, page: Any, number: int, place: int, value: Any, day: Any) -> None:
    if isinstance(value, Shown):
        page.write_number(number, place, value.number, book.add_format({"num_format": value.form}))
    elif isinstance(value, Formula):
        page.write_formula(number, place, value)
    elif isinstance(value, date):
        page.write_datetime(number, place, value, day)
    elif value != "":
        page.write(number, place, value)


def filled_in(data: bytes, cells: dict[tuple[str, str], Any]) -> bytes:
    """Return the workbook with cells such as ("Nhiệm vụ", "F2") filled in."""
    sheets = all_sheets(data)
    for (sheet, cell), value in cells.items():
        line, place = xlsxwriter.utility.xl_cell_to_rowcol(cell)
        lines = sheets[sheet]
        lines += [[] for _ in range(line + 1 - len(lines))]
        lines[line] += [""] * (place + 1 - len(lines[line]))
        lines[line][place] = value
    return of_sheets(sheets)
