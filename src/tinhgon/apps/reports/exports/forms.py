"""The tables of a report as a workbook in the layout of the forms, one sheet a table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter

from tinhgon.apps.reports.models import Report
from tinhgon.apps.reports.queries.content import Content
from tinhgon.domain.procedures import guard
from tinhgon.domain.reportpapers import Column, Form, Kind, Value, written
from tinhgon.domain.vntext import format_date

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "dd/mm/yyyy",
}
_A4, _A3 = 9, 8
_WIDEST_ON_A4 = 220  # characters of all columns together
_TITLE_HEIGHT, _HEAD_HEIGHT = 34, 48


def report_xlsx(report: Report, *, today: date) -> bytes:
    """Return the workbook of Biểu 1 to 5 of the report; text is text, whatever it begins with."""
    content = Content(report, today=today)
    period = report.period
    days = f"số liệu từ ngày {format_date(period.from_on)} đến ngày {format_date(period.to_on)}"
    return forms_xlsx(content.forms(), (report.agency.name, f"{period.name}: {days}"))


def forms_xlsx(forms: Iterable[Form], above: Sequence[str]) -> bytes:
    """Return a workbook of tables, each on a sheet of its own below the same lines."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        formats = _Formats(book)
        for form in forms:
            _Sheet(book, formats, form).write(above)
    return out.getvalue()


class _Formats:
    def __init__(self, book: Any) -> None:
        edge = {"border": 1, "valign": "top", "text_wrap": True}
        font = {"font_name": "Times New Roman", "font_size": 11}
        bold = {**font, "bold": True}
        middle = {"align": "center", "valign": "vcenter", "text_wrap": True}
        self.line = book.add_format({**font, "valign": "top"})
        self.title = book.add_format({**bold, **middle, "font_size": 13})
        self.head = book.add_format({**bold, **edge, **middle, "bg_color": "#E9EBEE"})
        self.plain = self._cells(book, {**font, **edge})
        self.total = self._cells(book, {**bold, **edge})

    @staticmethod
    def _cells(book: Any, usual: dict[str, Any]) -> dict[Kind, Any]:
        return {
            Kind.TEXT: book.add_format(usual),
            Kind.NUMBER: book.add_format({**usual, "num_format": "#,##0"}),
            Kind.SHARE: book.add_format({**usual, "num_format": "0.00%"}),
            Kind.DAY: book.add_format({**usual, "num_format": "dd/mm/yyyy", "align": "center"}),
        }


class _Sheet:
    """One table: the lines above it, its title, heads of several rows, its rows, its notes."""

    def __init__(self, book: Any, formats: _Formats, form: Form) -> None:
        self.sheet = book.add_worksheet(form.label)
        self.formats, self.form, self.line = formats, form, 0

    def write(self, above: Sequence[str]) -> None:
        self._set_page()
        for words in above:
            self._text(words, self.formats.line)
        self._across(f"{self.form.label}. {self.form.title}")
        self._heads()
        for number, row in enumerate(self.form.rows):
            self._row(row, is_total=self.form.has_total and number == 0)
        self.line += 1
        for words in self.form.notes:
            self._text(words, self.formats.line)

    def _set_page(self) -> None:
        self.sheet.set_landscape()
        width = sum(column.width for column in self.form.columns)
        self.sheet.set_paper(_A4 if width <= _WIDEST_ON_A4 else _A3)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.sheet.set_footer("&CTrang &P/&N")
        for place, column in enumerate(self.form.columns):
            self.sheet.set_column(place, place, column.width)

    def _text(self, words: str, look: Any) -> None:
        self.sheet.write_string(self.line, 0, guard(words), look)
        self.line += 1

    def _across(self, words: str) -> None:
        last = len(self.form.columns) - 1
        self.sheet.merge_range(self.line, 0, self.line, last, words, self.formats.title)
        self.sheet.set_row(self.line, _TITLE_HEIGHT)
        self.line += 2

    def _heads(self) -> None:
        top = self.line
        for head in self.form.heads():
            row, column = top + head.row, head.column
            last_row, last_column = row + head.rows - 1, column + head.columns - 1
            if (last_row, last_column) == (row, column):
                self.sheet.write_string(row, column, head.text, self.formats.head)
            else:
                self.sheet.merge_range(
                    row, column, last_row, last_column, head.text, self.formats.head
                )
        self.line = top + self.form.head_rows
        self.sheet.set_row(self.line - 1, _HEAD_HEIGHT)
        self.sheet.freeze_panes(self.line, self.form.stub)
        self.sheet.repeat_rows(top, self.line - 1)

    def _row(self, row: Sequence[Value], *, is_total: bool) -> None:
        looks = self.formats.total if is_total else self.formats.plain
        for place, (value, column) in enumerate(zip(row, self.form.columns, strict=True)):
            self._cell(place, value, column, looks[column.kind])
        self.line += 1

    def _cell(self, place: int, value: Value, column: Column, look: Any) -> None:
        match value:
            case Decimal():
                self.sheet.write_number(self.line, place, value, look)
            case date():
                self.sheet.write_datetime(self.line, place, value, look)
            case _:
                self.sheet.write_string(self.line, place, guard(written(value, column.kind)), look)
