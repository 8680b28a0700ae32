"""The workbook as it goes out: lists in cells, all but the cells to fill in locked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from tinhgon.domain.vntext import format_date

from ._layout import GUIDE, KEY, LAYOUTS, LISTS, PERCENT, SEAL, Column, Layout, Part
from ._model import Book, Row, Value, as_text, is_number
from ._nil import NIL_ANSWERS

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_PIECE = 30_000  # letters of the seal in one cell, which takes 32,767
_HELP_LETTERS = 255
_HEADING_LETTERS = 32
_LANDSCAPE_A4 = 9
_LINE_HEIGHT, _HIGHEST = 15, 405  # points; Excel draws no line higher
_GUIDE_WIDTH = 90
_HEAD_HEIGHT, _SENTENCE_HEIGHT = 34, 32


def write_book(book: Book, token: str) -> bytes:
    """Return the workbook; `token` is its seal as it was signed. Text is text, never a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as file:
        formats = _Formats(file)
        _write_guide(file, formats, book)
        for part, layout in LAYOUTS.items():
            if part in book.rows:
                _Writing(file, formats, layout, book).write(book.rows[part])
        _write_lists(file, book)
        _write_seal(file, token)
    return out.getvalue()


class _Formats:
    def __init__(self, file: Any) -> None:
        edge = {"border": 1, "valign": "top", "text_wrap": True}
        self.head = file.add_format({**edge, "bold": True, "bg_color": "#D8DDE4"})
        self.locked = file.add_format({**edge, "bg_color": "#EEF0F3"})
        self.number = file.add_format({**edge, "bg_color": "#EEF0F3", "num_format": "#,##0.##"})
        self.open = file.add_format({**edge, "num_format": "@", "locked": False})
        self.title = file.add_format({"bold": True, "font_size": 14, "text_wrap": True})
        self.words = file.add_format({"text_wrap": True, "valign": "top"})


class _Writing:
    """One sheet: headings, its rows, empty ones to add, lists and hints."""

    def __init__(self, file: Any, formats: _Formats, layout: Layout, book: Book) -> None:
        self.sheet = file.add_worksheet(layout.sheet)
        self.formats, self.layout, self.book = formats, layout, book
        for place, column in enumerate(layout.columns):
            self.sheet.write_string(0, place, column.heading, formats.head)
            self.sheet.set_column(place, place, column.width)
        self.sheet.set_row(0, _HEAD_HEIGHT)
        self.sheet.freeze_panes(1, 2)
        self.sheet.repeat_rows(0)
        self.sheet.set_landscape()
        self.sheet.set_paper(_LANDSCAPE_A4)
        self.sheet.fit_to_pages(1, 0)

    def write(self, rows: Sequence[Row]) -> None:
        for number, row in enumerate(rows, start=1):
            self._row(number, row)
        first, last = len(rows) + 1, len(rows) + self.layout.spare
        for number in range(first, last + 1):
            for place, column in enumerate(self.layout.columns):
                look = self.formats.open if column.filled else self.formats.locked
                self.sheet.write_blank(number, place, None, look)
        start = first if self.layout.locked_rows else 1
        if start <= last:
            self._rules(start, last)
        self.sheet.protect("", {"format_columns": True, "format_rows": True})

    def _row(self, number: int, row: Row) -> None:
        filled = self.layout.filled
        texts = ((as_text(row.cells.get(each.name)), each.width) for each in self.layout.columns)
        _fit(self.sheet, number, texts)
        for place, column in enumerate(self.layout.columns):
            value = row.key if column.name == KEY else row.cells.get(column.name)
            self._cell(number, place, value, self._look(value, is_open=column in filled))

    def _look(self, value: Value, *, is_open: bool) -> Any:
        """A cell to fill in keeps as text what is typed: 100% stays that, and never becomes 1."""
        if is_open:
            return self.formats.open
        return self.formats.number if is_number(value) else self.formats.locked

    def _cell(self, number: int, place: int, value: Value, look: Any) -> None:
        if is_number(value) and look is self.formats.number:
            self.sheet.write_number(number, place, value, look)
        elif text := as_text(value):
            self.sheet.write_string(number, place, text, look)
        else:
            self.sheet.write_blank(number, place, None, look)

    def _rules(self, first: int, last: int) -> None:
        for place, column in enumerate(self.layout.columns):
            if column.filled:
                rule = {
                    "input_title": column.heading[:_HEADING_LETTERS],
                    "input_message": column.help[:_HELP_LETTERS],
                    **self._rule(column, xl_rowcol_to_cell(first, place)),
                }
                self.sheet.data_validation(first, place, last, place, rule)
            if column.name == PERCENT:
                cells = xl_range(first, place, last, place)
                self.sheet.ignore_errors({"number_stored_as_text": cells})

    def _rule(self, column: Column, cell: str) -> dict[str, Any]:
        match column.name:
            case "percent":
                number = f'VALUE(SUBSTITUTE({cell},"%",""))'
                return {
                    "validate": "custom",
                    "value": f"=AND({number}>=0,{number}<=100)",
                    "error_title": "Chưa đúng",
                    "error_message": "Ghi số từ 0 đến 100, ví dụ 40 hoặc 40%.",
                }
            case "nil":
                return {
                    "validate": "list",
                    "source": list(NIL_ANSWERS),
                    "error_title": "Không có trong danh sách",
                    "error_message": "Chọn Có hoặc Không.",
                }
            case "kind" | "decider":
                letter = "A" if column.name == "kind" else "B"
                count = len(self.book.kinds if letter == "A" else self.book.deciders)
                return {
                    "validate": "list",
                    "source": f"='{LISTS}'!${letter}$1:${letter}${max(count, 1)}",
                    "error_title": "Không có trong danh sách",
                    "error_message": "Chọn một giá trị trong danh sách của ô.",
                }
        return {"validate": "any"}


def _fit(sheet: Any, line: int, texts: Iterable[tuple[str, int]]) -> None:
    """
    Make a line as high as its longest text in a column of a width: not every program does so when
    it opens a file. One that needs no more keeps growing with what is typed.
    """
    lines = max(sum(1 + len(part) // width for part in text.split("\n")) for text, width in texts)
    if lines > 1:
        sheet.set_row(line, min(lines * _LINE_HEIGHT, _HIGHEST))


def _write_lists(file: Any, book: Book) -> None:
    sheet = file.add_worksheet(LISTS)
    sheet.write_column(0, 0, book.kinds)
    sheet.write_column(0, 1, book.deciders)
    sheet.protect()
    sheet.hide()


def _write_seal(file: Any, token: str) -> None:
    sheet = file.add_worksheet(SEAL)
    for line, start in enumerate(range(0, len(token), _PIECE)):
        sheet.write_string(line, 0, token[start : start + _PIECE])
    sheet.protect()
    sheet.very_hidden()


def _write_guide(file: Any, formats: _Formats, book: Book) -> None:
    sheet = file.add_worksheet(GUIDE)
    sheet.set_column(0, 0, 30, formats.words)
    sheet.set_column(1, 1, _GUIDE_WIDTH, formats.words)
    sheet.set_landscape()
    sheet.set_paper(_LANDSCAPE_A4)
    sheet.fit_to_pages(1, 0)
    sheet.merge_range(0, 0, 0, 1, "TỆP BÁO CÁO NGOẠI TUYẾN", formats.title)
    about = [
        ("Cơ quan", book.agency),
        ("Kỳ báo cáo", book.period),
        ("Gửi đến", book.receiver),
        ("Hạn gửi báo cáo", book.due),
        ("Ngày tải tệp", format_date(book.made_on)),
    ]
    line = 2
    for name, words in about:
        sheet.write_string(line, 0, name, formats.locked)
        sheet.write_string(line, 1, words, formats.locked)
        line += 1
    line += 1
    for number, sentence in enumerate((*_GUIDE, *book.notes), start=1):
        sheet.merge_range(line, 0, line, 1, f"{number}. {sentence}", formats.words)
        sheet.set_row(line, _SENTENCE_HEIGHT)
        line += 1
    line += 1
    sheet.write_row(line, 0, ["Trang", "Việc cần làm"], formats.head)
    for part in (each for each in LAYOUTS if each in book.rows):
        words = _PARTS[part]
        line += 1
        _fit(sheet, line, [(words, _GUIDE_WIDTH)])
        sheet.write_string(line, 0, LAYOUTS[part].sheet, formats.locked)
        sheet.write_string(line, 1, words, formats.locked)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.activate()


_GUIDE = (
    "Chỉ điền vào các ô nền trắng. Ô nền xám đã khóa: sửa ô khóa thì tệp không nhận được.",
    "Không đổi tên, không xóa trang; không chép sang tệp khác. Lưu giữ nguyên dạng .xlsx.",
    (
        "Điền xong, gửi tệp này cho cơ quan nhận báo cáo qua thư điện tử hoặc iOffice; khi có "
        "đường truyền thì tự nộp ở trang kỳ báo cáo, mục Tệp ngoại tuyến."
    ),
    (
        "Nộp tệp chưa phải là gửi báo cáo: nội dung được xem trước rồi mới ghi; thủ trưởng gửi "
        "báo cáo trên hệ thống. Báo cáo không phát sinh do thủ trưởng tự ghi tệp thì gửi luôn."
    ),
    "Có người sửa trên hệ thống sau khi tải tệp thì cả hai bản được hiện cạnh nhau để chọn.",
)
_PARTS = {
    Part.NIL: (
        "Kỳ này cơ quan không có gì để báo cáo thì chọn Có ở ô Trả lời, các trang khác để trống."
    ),
    Part.TASKS: (
        "Ghi tiến độ và kết quả mới của từng nhiệm vụ. Số và ngày văn bản được ghi cùng kết quả; "
        "báo cáo hoàn thành còn phải nộp tệp văn bản đã ký trên hệ thống."
    ),
    Part.WORDS: "Viết, sửa nội dung của từng mục. Ô đang có chữ là nội dung trên hệ thống.",
    Part.DIFFICULTIES: (
        "Các dòng đầu là vướng mắc đang có, để xem. Nêu vướng mắc mới ở các dòng trắng phía dưới."
    ),
    Part.FIGURES: (
        "Số liệu do hệ thống tính, để kiểm tra. Số nào chưa đúng thì ghi vào cột Ý kiến; ý kiến "
        "hiện ở báo cáo cho cơ quan và nơi nhận, số liệu chỉ đổi khi sửa hồ sơ hoặc điều chỉnh."
    ),
}
