"""
The columns of a sheet of procedures: one set for the export and for the import that takes it back.

A row is one record. A part that is a list stands in one cell, a line each (see `_celltext`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from tinhgon.domain.vntext import fold

from . import _cells as cells
from ._celltext import NotACell, escape, read_duration, split_lines
from ._record import Form, Record
from ._words import (
    KIND_WORDS,
    LABELS,
    MANNER_WORDS,
    RULE_OWNER_WORDS,
    TIER_WORDS,
    duration_words,
)

Cell = str | int | date | None
"""What is written into a cell: text, a figure, a day, nothing."""

SHEET = "Thủ tục"
"""The name of the sheet; its first row has the headings."""
CODE_KEY, CODE_HEADING = "local_code", "Mã nội bộ"
"""The column that says which procedure a row is about; empty for a new one."""
AGENCY_KEY, AGENCY_HEADING = "agency", "Cơ quan, đơn vị giữ thủ tục"

STANDING_HEADINGS: Mapping[str, str] = {
    "national_code": "Mã quốc gia đã cấp",
    "number": "Phiên bản",
    "status": "Tình trạng",
    "decision": "Quyết định công bố",
    "action": "Hình thức",
    "valid_from": "Hiệu lực từ",
    "valid_to": "Hết hiệu lực từ",
    "changed_on": "Cập nhật",
    "fault_count": "Lỗi nội dung",
}
"""Columns of an export that say where a procedure stands; an import leaves them alone."""

MOST_LETTERS = 32_767
"""What one cell of a workbook holds; more is refused by the format."""
CUT = " …(phần còn lại dài quá một ô Excel, xem tệp CSV hoặc JSON)"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """
    A column for one part of the record.

    `help` tells a person what to write there; `choices` are the words of a drop-down list.
    """

    key: str
    heading: str
    width: int
    help: str
    write: Callable[[Any], Cell]
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell that cannot be read: its column, and what to do about it."""

    key: str
    text: str


def _rows(write: Callable[[Any], str]) -> Callable[[Any], Cell]:
    return lambda rows: cells.write_rows(rows, write)


def _each(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda cell: tuple(read(line) for line in split_lines(cell))


def _texts(rows: tuple[str, ...]) -> Cell:
    return cells.write_rows(rows, escape)


def _same(text: Any) -> Any:
    return text


def _column(
    key: str,
    width: int,
    help: str,  # noqa: A002 — as in SheetColumn
    write: Callable[[Any], Cell] = _same,
    read: Callable[[str], Any] = _same,
    choices: tuple[str, ...] = (),
) -> SheetColumn:
    return SheetColumn(key, LABELS[key], width, help, write, read, choices)


_LINES = "Mỗi mục một dòng trong ô."

COLUMNS: Mapping[str, SheetColumn] = {
    column.key: column
    for column in (
        _column("name", 60, "Bắt buộc."),
        _column(
            "kind",
            24,
            "Chọn trong danh sách; để trống là thủ tục giữa các cơ quan.",
            KIND_WORDS.__getitem__,
            lambda text: cells.choose(text, cells.KINDS, KIND_WORDS),
            tuple(KIND_WORDS.values()),
        ),
        _column(
            "tier",
            14,
            "Chọn trong danh sách; để trống là cấp tỉnh.",
            TIER_WORDS.__getitem__,
            lambda text: cells.choose(text, cells.TIERS, TIER_WORDS),
            tuple(TIER_WORDS.values()),
        ),
        _column(
            "is_interconnected",
            10,
            "Có hoặc Không.",
            lambda value: "Có" if value else "Không",
            cells.read_yes_no,
            ("Có", "Không"),
        ),
        _column("field", 26, "Lĩnh vực như trong quyết định công bố."),
        _column("lead", 30, "Tên cơ quan chủ trì như sẽ in."),
        _column(
            "rule_owner",
            18,
            "Ai ban hành quy định về thủ tục này.",
            lambda owner: RULE_OWNER_WORDS[owner] if owner else None,
            lambda text: cells.choose(text, cells.RULE_OWNERS, RULE_OWNER_WORDS),
            tuple(RULE_OWNER_WORDS.values()),
        ),
        _column("national_code", 16, "Chỉ ghi mã do Cơ sở dữ liệu quốc gia cấp."),
        _column(
            "steps",
            60,
            f"{_LINES} Ví dụ: 1. Thẩm định hồ sơ | Người thực hiện: Sở Nội vụ | "
            "Thời gian: 03 ngày làm việc | Sản phẩm: Báo cáo | Sau bước: 1 (0: bắt đầu ngay)",
            _rows(cells.write_step),
            cells.read_steps,
        ),
        _column(
            "manners",
            30,
            f"{_LINES} Một hoặc nhiều trong: {'; '.join(MANNER_WORDS.values())}.",
            _rows(MANNER_WORDS.__getitem__),
            _each(cells.read_manner),
        ),
        _column("manner_text", 30, "Nói thêm về cách thức, nếu cần."),
        _column(
            "papers",
            50,
            f"{_LINES} Ví dụ: Tờ trình | Bản chính | Số lượng: 1 | Mẫu: Mẫu số 01 | Nếu có",
            _rows(cells.write_paper),
            _each(cells.read_paper),
        ),
        _column("dossier_sets", 10, "Một số nguyên.", _same, cells.read_whole),
        _column("dossier_text", 30, "Ghi “Không quy định” nếu không cần hồ sơ."),
        _column(
            "time_limit",
            18,
            "Ví dụ: 05 ngày làm việc; 08 giờ làm việc; 1,5 ngày.",
            lambda value: duration_words(value) or None,
            read_duration,
        ),
        _column("time_limit_text", 24, "Ghi “Không quy định” nếu không có thời hạn."),
        _column("subjects", 30, _LINES, _texts, cells.read_texts),
        _column(
            "bodies",
            44,
            f"{_LINES} Ví dụ: Cơ quan có thẩm quyền quyết định: Giám đốc Sở",
            _rows(cells.write_body),
            _each(cells.read_body),
        ),
        _column("result", 30, "Văn bản hoặc kết quả trả về."),
        _column("fee", 16, "Thường ghi “Không”."),
        _column("forms", 30, _LINES, _rows(lambda form: escape(form.name)), cells.read_forms),
        _column("conditions", 30, _LINES, _texts, cells.read_texts),
        _column(
            "bases",
            60,
            f"{_LINES} Ví dụ: Nghị định số 30/2020/NĐ-CP | Số: 30/2020/NĐ-CP | "
            "Ngày: 05/3/2020 | Điều: 7; hoặc viết như trong quyết định.",
            _rows(cells.write_basis),
            lambda cell: tuple(
                basis for line in split_lines(cell) for basis in cells.read_basis(line)
            ),
        ),
    )
}
"""Part of a record → its column, in the order of the sheet."""

_USUAL = Record(name="")
_BY_HEADING = {
    fold(heading): key
    for key, heading in (
        *((column.key, column.heading) for column in COLUMNS.values()),
        (CODE_KEY, CODE_HEADING),
        (AGENCY_KEY, AGENCY_HEADING),
        ("name", "Tên thủ tục"),
        ("name", "Tên TTHC"),
        ("name", "Tên thủ tục hành chính nội bộ"),
        ("tier", "Cấp"),
        ("kind", "Loại"),
        ("agency", "Cơ quan"),
    )
}


def key_for_heading(heading: str) -> str | None:
    """Return the column that a heading names, however it is spelt; None for an unknown one."""
    return _BY_HEADING.get(fold(heading))


def write_cell(record: Record, key: str) -> Cell:
    """
    Return what stands in the column `key` for the record; None for nothing.

    :raises KeyError: if there is no such column.
    """
    cell = COLUMNS[key].write(getattr(record, key))
    return None if cell == "" else cell


def read_row(
    row: Mapping[str, object], *, base: Record = _USUAL
) -> tuple[Record, tuple[CellFault, ...]]:
    """
    Return the record that a row describes, and every cell that cannot be read.

    `row` maps keys of columns to what the sheet has there (text, number, day, None); keys that are
    no part of a record are left alone. A column that is absent keeps what `base` says; an empty
    cell empties the part. Form files of `base` stay with the forms that keep their names.
    """
    values: dict[str, Any] = {}
    faults = []
    for key, column in COLUMNS.items():
        if key not in row:
            continue
        try:
            values[key] = _read(column, row[key])
        except NotACell as e:
            faults.append(CellFault(key, str(e)))
    record = replace(base, **values)
    if not record.name:
        faults.append(CellFault("name", "Chưa ghi tên thủ tục."))
    return _keep_files(record, base), tuple(faults)


def _read(column: SheetColumn, value: object) -> Any:
    text = cells.text_of(value)
    if text.endswith(CUT.strip()):
        raise NotACell("Nội dung ô đã bị cắt khi xuất ra Excel. Nhập từ tệp CSV hoặc JSON.")
    return _told(column.key, text) if text else getattr(_USUAL, column.key)


@lru_cache(maxsize=4096)
def _told(key: str, text: str) -> Any:
    """Rows of one sheet say the same in many of their cells; what is read never changes."""
    return COLUMNS[key].read(text)


def _keep_files(record: Record, base: Record) -> Record:
    files = {form.name: form.file for form in base.forms}
    forms = tuple(Form(form.name, form.file or files.get(form.name)) for form in record.forms)
    return replace(record, forms=forms)


def fit(text: str) -> str:
    """Return the text, cut with a note where it does not fit into one cell of a workbook."""
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(CUT)] + CUT


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(text: str) -> str:
    """Return the text for a CSV file, with an apostrophe before what would be a formula."""
    return f"'{text}" if text.lstrip("'").startswith(_FORMULA) else text


def unguard(text: str) -> str:
    """Return what `guard` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
