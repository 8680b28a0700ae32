"""Biểu 5 of a period with the figures of each agency, as a workbook: what the page shows."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter

from tinhgon.apps.accounts.models import User
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.reports.models import ReportPeriod
from tinhgon.apps.reports.queries import inbox, progress
from tinhgon.apps.reports.queries.tables import COLUMNS
from tinhgon.apps.reports.queries.tree import Tree, tree_rows
from tinhgon.domain.procedures import guard
from tinhgon.domain.vntext import format_date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = [
    ("STT", 6),
    ("Cơ quan, đơn vị", 42),
    ("Gửi đến", 34),
    ("Hạn gửi", 14),
    ("Ngày gửi", 14),
    ("So với thời hạn", 30),
    ("Trạng thái", 24),
    ("Không phát sinh", 12),
    ("Số lần nhắc", 10),
    ("Số lần đôn đốc", 10),
    *((words, 12) for _, words in COLUMNS),
    ("K2", 9),
    ("C", 9),
]
_HUNDRED = 100


def inbox_xlsx(*, user: User, period: ReportPeriod, asked: inbox.Asked, today: date) -> bytes:
    """Return the workbook of every report that the address asks for; text is text."""
    calendar = calendars.calendar()
    rows = inbox.rows_asked_for(user, period, asked, today, is_folded=False)
    told = progress.progress_rows(rows, today=today, calendar=calendar)
    figures = inbox.figures_of([row["report"] for row in told], Tree(tree_rows(period.pk)))
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "dd/mm/yyyy",
    }
    with xlsxwriter.Workbook(out, options) as book:
        table = _Table(book)
        table.head(period, today)
        for number, row in enumerate(told, start=1):
            table.row(number, row, figures[row["report"].pk])
    return out.getvalue()


class _Table:
    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet("Tiến độ")
        edge = {"border": 1, "valign": "top", "text_wrap": True}
        self.bold = book.add_format({"bold": True})
        self.headings = book.add_format(
            {**edge, "bold": True, "align": "center", "bg_color": "#E9EBEE"}
        )
        self.text = book.add_format(edge)
        self.number = book.add_format({**edge, "num_format": "#,##0"})
        self.percent = book.add_format({**edge, "num_format": "0.0%"})
        self.day = book.add_format({**edge, "num_format": "dd/mm/yyyy"})
        for place, (_, width) in enumerate(_COLUMNS):
            self.sheet.set_column(place, place, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.line = 0

    def head(self, period: ReportPeriod, today: date) -> None:
        span = f"{format_date(period.from_on)} – {format_date(period.to_on)}"
        for words in (
            "TIẾN ĐỘ GỬI BÁO CÁO (BIỂU 5)",
            period.name,
            f"Số liệu {span}; tình hình gửi tính đến ngày {format_date(today)}",
        ):
            self.sheet.write_string(self.line, 0, guard(words), self.bold)
            self.line += 1
        self.sheet.write_row(self.line, 0, [words for words, _ in _COLUMNS], self.headings)
        self.sheet.repeat_rows(self.line)
        self.line += 1
        self.sheet.freeze_panes(self.line, 2)

    def row(self, number: int, row: progress.ProgressRow, figures: inbox.Figures) -> None:
        report = row["report"]
        cells: list[Any] = [
            number,
            report.agency.name,
            report.receiver.name if report.receiver else "",
            report.due_on,
            row["sent_on"],
            f"{row['timely'].sign} {row['timely'].words}",
            report.get_status_display(),
            "x" if report.is_nil else "",
            row["reminded"],
            row["urged"],
            *(int(value) for _, value in figures.cells),
        ]
        for place, value in enumerate(cells):
            self._cell(place, value)
        for place, value in enumerate((figures.k2, figures.c), start=len(cells)):
            if value is None:
                self.sheet.write_blank(self.line, place, None, self.text)
            else:
                self.sheet.write_number(self.line, place, value / _HUNDRED, self.percent)
        self.line += 1

    def _cell(self, place: int, value: Any) -> None:
        if isinstance(value, date):
            self.sheet.write_datetime(self.line, place, value, self.day)
        elif isinstance(value, int):
            self.sheet.write_number(self.line, place, value, self.number)
        else:
            self.sheet.write_string(self.line, place, guard(value or ""), self.text)
