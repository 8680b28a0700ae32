"""Workbooks for people to fill in: headings, drop-down lists, a sheet of help."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

_LIST_LETTERS = 255  # that a list inside a rule may have; longer ones stand on a sheet
_SPARE_ROWS = 2_000
_HELP_LETTERS = 255
_HEADING_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column. `choices` make a drop-down list; with `is_open` other words may be written too.
    """

    heading: str
    help: str
    width: int = 0
    choices: tuple[str, ...] = ()
    is_open: bool = False
    is_required: bool = False

    @property
    def title(self) -> str:
        return f"{self.heading} *" if self.is_required else self.heading


def write_template(
    sheet_name: str,
    columns: Sequence[Column],
    *,
    lines: Iterable[Sequence[object]] = (),
    protected: bool = False,
    guide: Sequence[str] = (),
) -> bytes:
    """
    Return a workbook with the headings, `lines` filled in, and a sheet that explains the columns.

    Whatever a line says is text, a number or a day, never a formula. `protected`: the headings
    cannot be changed, the rows below can. `guide`: sentences above the explanations.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format(
            {"bold": True, "bg_color": "#E9EBEE", "text_wrap": True, "valign": "top"}
        )
        text = book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "locked": False}
        )
        last = 0
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.title, bold)
            sheet.set_column(place, place, column.width or max(16, len(column.heading) + 4), text)
        for last, line in enumerate(lines, start=1):
            for place, value in enumerate(line):
                _write(sheet, last, place, value, text)
        _write_lists(book, sheet, columns, last + _SPARE_ROWS)
        sheet.freeze_panes(1, 1)
        if protected:
            sheet.protect(
                "",
                {
                    "format_cells": True,
                    "format_columns": True,
                    "format_rows": True,
                    "insert_rows": True,
                    "delete_rows": True,
                    "sort": True,
                    "autofilter": True,
                },
            )
        _write_guide(book, columns, guide, bold)
    return out.getvalue()


def write_lines(sheet_name: str, lines: Iterable[Sequence[object]], *, marked: int = -1) -> bytes:
    """Return a workbook of plain lines, the first in bold; the column `marked` stands out."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name)
        bold = book.add_format({"bold": True, "bg_color": "#E9EBEE", "text_wrap": True})
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        fault = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FDE7E7"})
        for number, line in enumerate(lines):
            for place, value in enumerate(line):
                style = bold if number == 0 else fault if place == marked else text
                _write(sheet, number, place, value, style)
        sheet.set_column(0, 30, 28)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _write(sheet: Any, row: int, place: int, value: object, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool | date):
        value = str(value)
    if isinstance(value, int | float):
        sheet.write_number(row, place, value, style)
    else:
        sheet.write_string(row, place, str(value), style)


def _write_lists(book: Any, sheet: Any, columns: Sequence[Column], last: int) -> None:
    beside = None
    for place, column in enumerate(columns):
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": column.heading[:_HEADING_LETTERS],
            "input_message": column.help[:_HELP_LETTERS],
        }
        if column.choices:
            rule |= {"validate": "list", "source": list(column.choices)}
            if len(",".join(column.choices)) > _LIST_LETTERS:
                beside = beside or _list_sheet(book)
                beside.write_column(0, place, column.choices)
                letter = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
                rule["source"] = f"='{_LISTS}'!{letter}$1:{letter}${len(column.choices)}"
            if column.is_open:
                rule |= {"error_type": "information"}
            rule |= {
                "error_title": "Không có trong danh sách",
                "error_message": "Chọn một giá trị trong danh sách của ô.",
            }
        sheet.data_validation(1, place, last, place, rule)


_LISTS = "Danh sách"


def _list_sheet(book: Any) -> Any:
    found = book.add_worksheet(_LISTS)
    found.hide()
    return found


def _write_guide(book: Any, columns: Sequence[Column], guide: Sequence[str], bold: Any) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, sentence in enumerate(guide):
        sheet.write_string(row, 0, sentence)
    top = len(guide) + bool(guide)
    sheet.write_row(top, 0, ["Cột (* phải nhập)", "Cách ghi"], bold)
    for row, column in enumerate(columns, start=top + 1):
        words = column.help
        if column.choices and not column.is_open:
            words = f"{words} Một trong: {'; '.join(column.choices)}."
        sheet.write_string(row, 0, column.title)
        sheet.write_string(row, 1, words)
