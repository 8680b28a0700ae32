"""Reads a workbook of agencies: cells into values, with what is wrong told cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.domain.sheets import SheetUnreadable, kind_of, read_sheets
from tinhgon.domain.vntext import DateError, fold, nfc, parse_date

MOST_ROWS = 2000
_HEADER_WITHIN = 10
_LONGEST = 255
_HIGHEST_CODE = 99_999


class WorkbookUnreadable(Exception):
    """The file is no workbook of agencies; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    help: str
    is_required: bool = False


COLUMNS = (
    Column("name", "Tên cơ quan", "Tên đầy đủ, ví dụ: Sở Nội vụ.", is_required=True),
    Column("short_name", "Tên viết tắt", "Tên dùng ở chỗ hẹp, ví dụ: Sở KH&ĐT."),
    Column("symbol", "Ký hiệu", "Ký hiệu trong số văn bản, ví dụ: SNV."),
    Column("level", "Cấp", "Cấp của cơ quan.", is_required=True),
    Column("kind", "Loại", "Loại cơ quan.", is_required=True),
    Column(
        "parent",
        "Cơ quan cấp trên",
        "Tên, tên viết tắt của cơ quan đã có, hoặc ở dòng trên.",
        is_required=True,
    ),
    Column("territory_code", "Mã đơn vị hành chính", "Số, nếu là UBND."),
    Column("national_id", "Mã định danh", "Ví dụ: H37."),
    Column("on", "Từ ngày", "Ngày bắt đầu hoặc ngày thay đổi, ví dụ: 01/7/2025.", is_required=True),
    Column("basis", "Văn bản căn cứ", "Số, ký hiệu, ngày và cơ quan ban hành.", is_required=True),
)
_LEVELS = {fold(level.label): level for level in Level}
_KINDS = {fold(kind.label): kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in one cell, by the title of its column."""

    column: str
    reason: str


@dataclass(slots=True)
class Row:
    """One line of the file. `values` has every column; a value in error is absent from it."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[CellError] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values.get("name", ""))


def read_workbook(data: bytes) -> list[Row]:
    """
    Read the rows of the first sheet, below the row with our titles; blank rows are left out.

    :raises WorkbookUnreadable: if it is no workbook, lacks a needed column, or has too many rows.
    """
    try:
        first = read_sheets(data, kind_of(data), most_rows=MOST_ROWS)[0]
    except SheetUnreadable as e:
        raise WorkbookUnreadable(str(e)) from e
    lines: list[list[Any]] = [
        ["" if cell is None else cell for cell in line] for line in first.lines
    ]
    top, places = _header(lines)
    filled = [
        (number, line)
        for number, line in enumerate(lines[top + 1 :], start=top + 2)
        if any(str(cell).strip() for cell in line)
    ]
    if not filled:
        raise WorkbookUnreadable("Tệp không có dòng nào dưới dòng tiêu đề.")
    if len(filled) > MOST_ROWS:
        raise WorkbookUnreadable(
            f"Tệp có {len(filled)} dòng; mỗi lần nhập tối đa {MOST_ROWS} dòng."
        )
    return [_row(number, line, places) for number, line in filled]


def _header(lines: list[list[Any]]) -> tuple[int, dict[str, int]]:
    titles = {fold(column.title): column.key for column in COLUMNS}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, line in enumerate(lines[:_HEADER_WITHIN]):
        places: dict[str, int] = {}
        for place, cell in enumerate(line):
            key = titles.get(fold(str(cell)).rstrip(" *"))
            if key:
                places.setdefault(key, place)
        if len(places) > len(best[1]):
            best = number, places
    missing = [c.title for c in COLUMNS if c.is_required and c.key not in best[1]]
    if missing:
        raise WorkbookUnreadable(f"Tệp thiếu cột: {', '.join(missing)}. Hãy dùng tệp mẫu.")
    return best


def _row(number: int, line: list[Any], places: Mapping[str, int]) -> Row:
    row = Row(number)
    for column in COLUMNS:
        place = places.get(column.key, len(line))
        cell = line[place] if place < len(line) else ""
        if not str(cell).strip():
            if column.is_required:
                row.errors.append(CellError(column.title, "chưa nhập"))
            else:
                row.values[column.key] = None if column.key in _NULLABLE else ""
            continue
        read: Callable[[Any], Any] = _READERS.get(column.key, _text)
        try:
            row.values[column.key] = read(cell)
        except ValueError as e:
            row.errors.append(CellError(column.title, str(e)))
    return row


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(nfc(str(cell)).split())
    if len(text) > _LONGEST:
        raise ValueError(f"dài quá {_LONGEST} chữ")
    return text


def _short(most: int) -> Callable[[Any], str]:
    def read(cell: Any) -> str:
        text = _text(cell)
        if len(text) > most:
            raise ValueError(f"dài quá {most} chữ")
        return text

    return read


def _level(cell: Any) -> str:
    return _one_of(_LEVELS, cell)


def _kind(cell: Any) -> str:
    return _one_of(_KINDS, cell)


def _one_of(choices: Mapping[str, Level] | Mapping[str, Kind], cell: Any) -> str:
    found = choices.get(fold(_text(cell)))
    if found is None:
        listed = ", ".join(str(choice.label) for choice in choices.values())
        raise ValueError(f"“{_text(cell)}” không có trong: {listed}")
    return str(found.value)


def _code(cell: Any) -> int:
    text = _text(cell)
    if not text.isdecimal() or not 0 < int(text) <= _HIGHEST_CODE:
        raise ValueError(f"“{text}” không phải mã đơn vị hành chính")
    return int(text)


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return parse_date(_text(cell))
    except DateError as e:
        raise ValueError(f"“{_text(cell)}” không phải ngày có thật, ghi dạng 01/7/2024") from e


_NULLABLE = {"territory_code", "national_id"}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "short_name": _short(120),
    "symbol": _short(40),
    "level": _level,
    "kind": _kind,
    "territory_code": _code,
    "national_id": _short(30),
    "on": _day,
}
