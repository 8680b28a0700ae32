"""The sheet as a workbook in the layout of form 03/SCM-KSTT."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from tinhgon.apps.reviews.models import Review
from tinhgon.domain.costing import (
    GROUP_WORDS,
    RowCost,
    Sheet,
    Sides,
    Term,
    compare,
    cost,
    figure,
)
from tinhgon.domain.procedures import guard
from tinhgon.domain.vntext import format_date, format_share

from .enums import DECIDING, GONE, HEADINGS, SAVING, SECTIONS

_WIDTHS = (5, 34, 34, 10, 12, 14, 14, 10, 12, 16, 18, 40, 14)


def form_workbook(review: Review, sides: Sides) -> bytes:
    """
    Return sections I, II and III of the form; text is text, whatever it begins with.

    The figures can be changed and the file brought back: the last column says which row it is.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        _Form(book).write(review, sides)
    return out.getvalue()


class _Form:
    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet("Biểu 03-SCM-KSTT")
        self.bold = book.add_format({"bold": True, "text_wrap": True})
        head = {"bold": True, "text_wrap": True, "border": 1, "bg_color": "#E9EBEE"}
        self.head = book.add_format({**head, "align": "center", "valign": "vcenter"})
        self.text = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        self.number = book.add_format({"border": 1, "num_format": "#,##0.####", "valign": "top"})
        self.money = book.add_format({"border": 1, "num_format": "#,##0", "valign": "top"})
        self.total = book.add_format({"border": 1, "num_format": "#,##0", "bold": True})
        for place, width in enumerate(_WIDTHS):
            self.sheet.set_column(place, place, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.line = 0

    def write(self, review: Review, sides: Sides) -> None:
        norm = sides.now.hourly
        self._texts(
            "BIỂU MẪU 03/SCM-KSTT: TÍNH TOÁN CHI PHÍ TUÂN THỦ THỦ TỤC HÀNH CHÍNH",
            f"Thủ tục: {review.procedure_version.name}",
            f"Cơ quan: {review.agency.name}; {review.round}",
            f"Mức thu nhập bình quân: {norm.name}, {figure(norm.value)} đồng/giờ, áp dụng từ ngày "
            f"{format_date(norm.since)}. Nguồn: {norm.source}",
        )
        for words, side in zip(SECTIONS, (sides.now, sides.after), strict=True):
            self._section(words, side)
        self._saving(sides)

    def _texts(self, *lines: str) -> None:
        for words in lines:
            self.sheet.write_string(self.line, 0, guard(words), self.bold)
            self.line += 1

    def _section(self, words: str, side: Sheet) -> None:
        self.line += 1
        self._texts(words)
        self.sheet.write_row(self.line, 0, HEADINGS, self.head)
        self.sheet.write_row(self.line + 1, 0, [f"({n})" for n in range(len(HEADINGS))], self.head)
        self.line += 2
        found = cost(side)
        number = 0
        for group, words_of_group in GROUP_WORDS.items():
            rows = [each for each in found.rows if each.row.group is group]
            if rows:
                number += 1
                self._line([str(number), words_of_group])
            for place, each in enumerate(rows, start=1):
                self._row(f"{number}.{place}", side, each)
        self._line(["", "Tổng cộng", *[""] * 7, found.once, found.year], self.total)

    def _row(self, number: str, side: Sheet, found: RowCost) -> None:
        row = found.row
        what = row.what if row.side == "performing" else f"{row.what} {DECIDING}"
        note = f"{GONE}{row.gone}" if row.gone else row.source
        figures = (Term.HOURS, Term.HOURLY, Term.SERVICES, Term.FEES, Term.TIMES, Term.SUBJECTS)
        self._line(
            [
                number,
                what,
                row.how,
                *(side.value(row, term) for term in figures),
                found.once,
                found.year,
                note,
                row.key,
            ]
        )

    def _line(self, cells: Sequence[object], style: Any = None) -> None:
        for place, value in enumerate(cells):
            if isinstance(value, Decimal):
                usual = self.money if place >= _FIRST_RESULT else self.number
                self.sheet.write_number(self.line, place, value, style or usual)
            else:
                self.sheet.write_string(self.line, place, guard(str(value)), style or self.text)
        self.line += 1

    def _saving(self, sides: Sides) -> None:
        both = compare(sides.now, sides.after)
        self.line += 1
        self._texts(SAVING)
        for words, value in (
            ("Chi phí tuân thủ TTHC trước khi đơn giản hóa (đồng/năm)", both.now),
            ("Chi phí tuân thủ TTHC sau khi đơn giản hóa (đồng/năm)", both.after),
            ("Chi phí tiết kiệm (đồng/năm)", both.saved),
        ):
            self.sheet.write_string(self.line, 1, words, self.text)
            self.sheet.write_number(self.line, 2, value, self.money)
            self.line += 1
        self.sheet.write_string(self.line, 1, "Tỷ lệ cắt giảm chi phí", self.text)
        self.sheet.write_string(self.line, 2, format_share(both.ratio), self.text)


_FIRST_RESULT = 9
