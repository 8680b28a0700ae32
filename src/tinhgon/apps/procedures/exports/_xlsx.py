from __future__ import annotations

import tempfile
from datetime import date
from typing import IO, Any

import xlsxwriter

from tinhgon.domain.procedures import SHEET, fit

from ._rows import Export

_IN_MEMORY = 2 * 1024 * 1024  # a larger workbook is kept on disk while it is written


def xlsx_file(export: Export) -> IO[bytes]:
    """
    Return the workbook, open at its beginning: headings in the first row, days as days.

    Text goes in as text: a cell that begins with "=" is no formula. The file is gone once closed.
    """
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — the answer closes it
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet(SHEET)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    for place, column in enumerate(export.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, head)
    cells = [column.cell for column in export.columns]
    for number, row in enumerate(export.rows(), start=1):
        for place, cell in enumerate(cells):
            if (value := cell(row)) is not None:
                _write(sheet, number, place, value, body, day)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(export.keys), 1), len(export.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    out.seek(0)
    return out


def _write(sheet: Any, row: int, place: int, value: str | int | date, body: Any, day: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, fit(value), body)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, day)
    else:
        sheet.write_number(row, place, value, body)
