"""Tables as workbooks: what the page shows, indicators with the formulas under them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from tinhgon.domain.procedures import guard
from tinhgon.domain.simplification import Figure
from tinhgon.domain.vntext import format_date

from .queries.indicators.burnup import BurnUp
from .queries.indicators.meter import STAGE_WORDS
from .queries.indicators.page import IndicatorsPage, Row
from .queries.recommendations import RecommendationLine
from .queries.texts import TextLine

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_HEADINGS = [
    ("Cơ quan", 42),
    ("Tổng số thủ tục", 11),
    ("Có phương án", 11),
    ("Đã phê duyệt", 11),
    ("Đã thực thi", 11),
    ("K1", 9),
    ("K2", 9),
    ("So với chỉ tiêu số thủ tục", 22),
    ("Chi phí trước đơn giản hóa (đồng/năm)", 20),
    ("Chi phí tiết kiệm (đồng/năm)", 20),
    ("C", 9),
    ("C′", 9),
    ("So với chỉ tiêu chi phí", 30),
    ("Chưa tính chi phí", 11),
]


def indicators_xlsx(page: IndicatorsPage) -> bytes:
    """Return the workbook; text is text, whatever it begins with."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        _Table(book).write(page)
        if burn_up := page["burn_up"]:
            _write_months(book, burn_up)
    return out.getvalue()


def _write_months(book: Any, burn_up: BurnUp) -> None:
    """Add the sheet of the months from the first round on."""
    sheet = book.add_worksheet("Theo tháng")
    bold = book.add_format({"bold": True})
    number, percent = (book.add_format({"num_format": each}) for each in ("#,##0", "0.0%"))
    signs = (burn_up.number_sign, burn_up.cost_sign)
    heads = [
        f"{sign}{words}" for words in burn_up.stages for sign in ("", *(f"{s}, " for s in signs))
    ]
    sheet.write_row(0, 0, ["Tháng", *heads], bold)
    sheet.set_column(0, len(heads), 18)
    sheet.freeze_panes(1, 1)
    for line, month in enumerate(burn_up.months, start=1):
        sheet.write_string(line, 0, month.words)
        for place, cell in enumerate(month.cells):
            column = 1 + 3 * place
            sheet.write_number(line, column, int(cell.number.part), number)
            for beside, figure in enumerate((cell.number, cell.cost), start=1):
                if figure.ratio is None:
                    sheet.write_string(line, column + beside, figure.words)
                else:
                    sheet.write_number(line, column + beside, figure.ratio, percent)


_TEXT_COLUMNS = (
    ("Văn bản phải sửa đổi, bãi bỏ", 44),
    ("Điểm, khoản, điều", 20),
    ("Việc phải làm", 24),
    ("Thủ tục", 44),
    ("Cơ quan có phương án", 30),
    ("Cơ quan thực hiện", 30),
    ("Thời hạn", 12),
    ("Tình trạng", 26),
    ("Văn bản đã ban hành", 34),
    ("Cơ quan ban hành", 30),
    ("Có hiệu lực từ", 12),
)


def texts_xlsx(lines: Iterable[TextLine]) -> bytes:
    """Return the workbook of legal texts to change, one a line."""
    return _list_xlsx("Văn bản phải sửa", _TEXT_COLUMNS, map(_text_cells, lines))


def _list_xlsx(
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Iterable[Sequence[str | date | None]],
) -> bytes:
    """Return a workbook of one list; text is text, whatever it begins with, days are days."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(name)
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
        for place, (words, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, words, head)
        number = 0
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif value:
                    sheet.write_string(number, place, guard(value), body)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return out.getvalue()


def _text_cells(line: TextLine) -> Sequence[str | date | None]:
    change, document = line.change, line.change.document
    return [
        change.text,
        change.provision,
        change.work,
        str(change.item),
        change.item.plan.agency.name,
        change.agency.name,
        change.due_on,
        line.standing.words,
        document.title if document else "",
        document.agency_name if document else "",
        change.in_force_on,
    ]


class _Table:
    def __init__(self, book: Any) -> None:
        self.sheet = book.add_worksheet("Chỉ tiêu")
        edge = {"border": 1, "valign": "top", "text_wrap": True}
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format(
            {**edge, "bold": True, "align": "center", "bg_color": "#E9EBEE"}
        )
        self.text = book.add_format(edge)
        self.number = book.add_format({**edge, "num_format": "#,##0"})
        self.percent = book.add_format({**edge, "num_format": "0.0%"})
        for place, (_, width) in enumerate(_HEADINGS):
            self.sheet.set_column(place, place, width)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.line = 0

    def write(self, page: IndicatorsPage) -> None:
        scope, total, shown = page["scope"], page["total"], page["rows"]
        if scope is None or total is None:
            return
        self._texts(
            "CHỈ TIÊU CẮT GIẢM, ĐƠN GIẢN HÓA THỦ TỤC HÀNH CHÍNH NỘI BỘ",
            f"Phạm vi: {scope.words}",
            f"Tính đến ngày {format_date(scope.on)}; K1, K2, C, C′ tính theo thủ tục "
            f"{STAGE_WORDS[page['asked'].stage]}",
        )
        self.sheet.write_row(self.line, 0, [words for words, _ in _HEADINGS], self.head)
        self.sheet.freeze_panes(self.line + 1, 1)
        self.line += 1
        for row in [*shown, total]:
            self._row(row)
        self.line += 1
        self._texts(*(formula for formula, _ in page["formulas"]), *page["rule_words"])

    def _texts(self, *lines: str) -> None:
        for words in lines:
            self.sheet.write_string(self.line, 0, guard(words), self.bold)
            self.line += 1

    def _row(self, row: Row) -> None:
        k1, k2, c, c_prime = row.figures
        label = f"{row.label} ({row.note})" if row.note else row.label
        cells: Sequence[str | int | Figure | None] = [
            label,
            row.listed.number,
            *(each.number for each in row.stages),
            k1,
            k2,
            row.number.standing.words,
            int(c.whole.to_integral_value()),
            int(c.part.to_integral_value()),
            c,
            c_prime,
            row.cost.standing.words,
            row.unassessed.number,
        ]
        for place, value in enumerate(cells):
            self._cell(place, value)
        self.line += 1

    def _cell(self, place: int, value: str | int | Figure | None) -> None:
        if isinstance(value, Figure):
            if value.ratio is None:
                self.sheet.write_string(self.line, place, value.words, self.text)
            else:
                self.sheet.write_number(self.line, place, value.ratio, self.percent)
        elif isinstance(value, int):
            self.sheet.write_number(self.line, place, value, self.number)
        else:
            self.sheet.write_string(self.line, place, guard(str(value or "")), self.text)


_RECOMMENDED = [
    ("Thủ tục", 60),
    ("Cơ quan có phương án", 32),
    ("Kiến nghị tới", 32),
    ("Công văn", 34),
    ("Đề nghị trả lời chậm nhất", 14),
    ("Tình trạng", 34),
    ("Văn bản trả lời", 34),
    ("Lý do", 50),
]


def recommendations_xlsx(lines: Iterable[RecommendationLine]) -> bytes:
    """Return the workbook of recommendations upwards, one a line."""
    return _list_xlsx("Kiến nghị cấp trên", _RECOMMENDED, map(_recommended, lines))


def _recommended(line: RecommendationLine) -> Sequence[str | date]:
    row = line.recommendation
    return [
        str(row.item),
        row.item.plan.agency.name,
        row.authority,
        row.letter.title if row.letter else "",
        row.answer_by or "",
        line.standing.words,
        row.answer.title if row.answer else "",
        row.reason,
    ]
