"""Which sheets and columns the workbook has. Headings find the columns again, wherever they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

GUIDE = "Hướng dẫn"
LISTS = "Danh sách"
SEAL = "_tinhgon"
KEY, PERCENT = "key", "percent"


class Part(StrEnum):
    """What a sheet is about."""

    TASKS = "nhiem-vu"
    WORDS = "thuyet-minh"
    DIFFICULTIES = "vuong-mac"
    FIGURES = "so-lieu"
    NIL = "khong-phat-sinh"
    """Written last: it sends the report."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `filled` ones are the agency's to fill in, `help` says how."""

    name: str
    heading: str
    width: int
    filled: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """
    A sheet. `locked_rows`: a row that is there is only to be read, whatever its columns; `spare`
    empty rows below are for new ones.
    """

    part: Part
    sheet: str
    columns: tuple[Column, ...]
    locked_rows: bool = False
    spare: int = 0

    @property
    def filled(self) -> tuple[Column, ...]:
        """The columns that a row which was there is filled in by."""
        return () if self.locked_rows else self.open

    @property
    def open(self) -> tuple[Column, ...]:
        """The columns that are filled in by whoever has the workbook."""
        return tuple(each for each in self.columns if each.filled)

    def column(self, name: str) -> Column:
        return next(each for each in self.columns if each.name == name)


_MARK = "Mã"
_DAY = "Ghi theo dạng 30/6/2024."

_TASKS = Layout(
    Part.TASKS,
    "Nhiệm vụ",
    (
        Column(KEY, _MARK, 11),
        Column("task", "Nhiệm vụ", 44),
        Column("due", "Thời hạn", 14),
        Column("before", "Tình hình đã ghi", 36),
        Column(PERCENT, "Tiến độ (%)", 11, filled=True, help="Số từ 0 đến 100, ví dụ 40 hoặc 40%."),
        Column(
            "result",
            "Kết quả thực hiện",
            48,
            filled=True,
            help="Đã làm gì từ lần ghi trước, còn gì. Không có gì mới thì để trống.",
        ),
        Column(
            "code",
            "Số, ký hiệu văn bản",
            20,
            filled=True,
            help="Văn bản chứng minh kết quả, như trên văn bản đã ký. Ví dụ 12/BC-SNV.",
        ),
        Column("signed_on", "Ngày văn bản", 14, filled=True, help=_DAY),
    ),
)
_WORDS = Layout(
    Part.WORDS,
    "Thuyết minh",
    (
        Column(KEY, _MARK, 11),
        Column("section", "Mục", 36),
        Column("hint", "Gợi ý", 36),
        Column("text", "Nội dung", 90, filled=True, help="Xuống dòng trong ô bằng Alt + Enter."),
    ),
)
_DIFFICULTIES = Layout(
    Part.DIFFICULTIES,
    "Khó khăn, vướng mắc",
    (
        Column(KEY, _MARK, 11),
        Column("state", "Tình trạng", 18),
        Column("kind", "Loại vướng mắc", 24, filled=True, help="Chọn trong danh sách của ô."),
        Column("title", "Tóm tắt", 32, filled=True, help="Một câu, không quá 300 ký tự."),
        Column("description", "Nội dung vướng mắc", 48, filled=True, help="Mô tả cụ thể."),
        Column(
            "own_part",
            "Đã thực hiện trong thẩm quyền",
            36,
            filled=True,
            help="Cần có trước khi gửi cấp trên.",
        ),
        Column(
            "proposal",
            "Kiến nghị, đề xuất",
            36,
            filled=True,
            help="Cần có trước khi gửi cấp trên.",
        ),
        Column("decider", "Cấp giải quyết", 26, filled=True, help="Chọn trong danh sách của ô."),
        Column(
            "due_on",
            "Cần trả lời chậm nhất ngày",
            16,
            filled=True,
            help=f"{_DAY} Để trống: mười ngày làm việc kể từ ngày ghi vào hệ thống.",
        ),
    ),
    locked_rows=True,
    spare=30,
)
_FIGURES = Layout(
    Part.FIGURES,
    "Số liệu",
    (
        Column(KEY, _MARK, 16),
        Column("figure", "Chỉ tiêu", 48),
        Column("own", "Của cơ quan", 16),
        Column("total", "Cả cấp dưới", 16),
        Column(
            "opinion",
            "Ý kiến",
            60,
            filled=True,
            help="Số nào chưa đúng thì ghi số đúng và căn cứ (văn bản, thủ tục nào).",
        ),
    ),
)

_NIL = Layout(
    Part.NIL,
    "Không phát sinh",
    (
        Column(KEY, _MARK, 11),
        Column("question", "Nội dung", 78),
        Column(
            "nil",
            "Trả lời",
            14,
            filled=True,
            help=(
                "Chọn Có khi không có gì để báo cáo, các trang khác để trống. Có nội dung báo cáo "
                "thì để trống ô này hoặc chọn Không."
            ),
        ),
    ),
)

LAYOUTS: Mapping[Part, Layout] = {
    each.part: each for each in (_NIL, _TASKS, _WORDS, _DIFFICULTIES, _FIGURES)
}
"""In the order of the sheets."""
