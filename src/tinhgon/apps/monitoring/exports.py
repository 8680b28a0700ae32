"""The table of a programme as a workbook: what the page shows, with the formula under it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import xlsxwriter

from tinhgon.domain.procedures import guard
from tinhgon.domain.vntext import format_date

from .queries.page import MonitoringPage
from .queries.table import Cell, Change, Percent, Row

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIGURES = ("được giao", "đã làm", "đúng hạn", "làm trễ", "quá hạn", "không hạn", "không rõ")
Value = str | int | Decimal | None


def monitoring_xlsx(page: MonitoringPage) -> bytes:
    """Return the workbook; text is text, whatever it begins with."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Theo dõi")
        line = _write_head(book, sheet, page)
        for row in (*page["rows"], *page["totals"]):
            _write_row(book, sheet, line, row)
            line += 1
        for words in _notes(page):
            line += 1
            sheet.write_string(line, 0, words)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


def _write_head(book: Any, sheet: Any, page: MonitoringPage) -> int:
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    name = page["programme"].name if page["programme"] else ""
    sheet.write_string(0, 0, f"{guard(name)}, tại ngày {format_date(page['on'])}")
    heads = ["Cơ quan", "Cấp", "Thủ tục đã công bố", "So với tháng trước"]
    for words in page["heads"]:
        heads += [f"{words}: {each}" for each in _FIGURES]
        heads.append(f"{words}: đã làm so với tháng trước")
    for words in ("Hoàn thành", "Đúng hạn"):
        heads += [words, f"{words} so với tháng trước"]
    heads += ["Điểm", "Hạng trong cấp", "Hạng so với tháng trước"]
    sheet.write_row(2, 0, heads, bold)
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, len(heads) - 1, 13)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)
    return 3


def _write_row(book: Any, sheet: Any, line: int, row: Row) -> None:
    for column, value in enumerate(_values(row)):
        match value:
            case None:
                continue
            case str():
                sheet.write_string(line, column, guard(value))
            case _:
                sheet.write_number(line, column, value)


def _values(row: Row) -> Iterator[Value]:
    yield from (row.label, row.level.label, row.published.tally.done)
    yield _difference(row.published.change)
    for cell in row.cells:
        yield from _of_cell(cell)
    yield from (*_of_percent(row.completeness), *_of_percent(row.timeliness))
    yield from (row.points, row.place, _difference(row.place_change))


def _of_cell(cell: Cell) -> Iterable[Value]:
    tally = cell.tally
    how = (tally.in_time, tally.done_late, tally.overdue, tally.undated)
    return (tally.asked, tally.done, *how, tally.untold, _difference(cell.change))


def _of_percent(percent: Percent) -> Iterable[Value]:
    share = None if percent.share is None else round(percent.share * 100, 1)
    return (share, _difference(percent.change))


def _difference(change: Change | None) -> Value:
    """Return a number to reckon with, a question mark where nobody knows."""
    if change is None:
        return None
    return change.sign if change.number is None else change.number


def _notes(page: MonitoringPage) -> list[str]:
    on, before = format_date(page["on"]), format_date(page["before"])
    untold = f"{page['untold']}; tại ngày {before}: {page['untold_before']}"
    signs = "tỷ lệ: điểm phần trăm; hạng: số dương là lên hạng; “?”: không so được"
    return [
        *page["rule_words"],
        f"So với tháng trước: tăng, giảm so với số tại ngày {before} ({signs}).",
        f"Số việc không xác định được tại ngày {on}: {untold}.",
    ]
