"""Calculations as JSON values, read strictly: what is wrong is said with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from ._model import HourlyValue, Note, Row, Sheet
from ._words import TERM_WORDS

MOST_ROWS = 200
"""Rows that one side may have."""
_LONGEST = 1_000
_LONGEST_NUMBER = 40
T = TypeVar("T", Sheet, Row, Note, HourlyValue)


class NotASheet(ValueError):
    """The data is no calculation; the message says in Vietnamese where and why."""


def to_json(sheet: Sheet) -> dict[str, Any]:
    """Return a side as JSON values: numbers as text, days as 2024-07-01; defaults are left out."""
    return _plain(sheet)


def from_json(data: object) -> Sheet:
    """
    Return the side that `to_json` wrote.

    :raises NotASheet: if a name is unknown or missing, or a figure is none that can be.
    """
    return _read(Sheet, data, "Bảng tính")


def _plain(value: Any) -> dict[str, Any]:
    found = {}
    for field in fields(value):
        each = getattr(value, field.name)
        if field.default is MISSING or each != field.default:
            found[field.name] = _plain_value(each)
    return found


def _plain_value(value: Any) -> Any:
    match value:
        case bool() | None:
            return value
        case StrEnum():
            return value.value
        case str():
            return value
        case Decimal():
            return f"{value:f}"
        case Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return _plain(value)


def _read(kind: type[T], data: object, where: str) -> T:
    if not isinstance(data, Mapping):
        raise NotASheet(f"{where}: dữ liệu không đúng dạng.")
    hints = get_type_hints(kind)
    if unknown := sorted(str(name) for name in data if name not in hints):
        raise NotASheet(f"{where}: có mục không rõ là gì ({', '.join(unknown)[:_LONGEST_NUMBER]}).")
    needed = [field.name for field in fields(kind) if field.default is MISSING]
    if missing := [name for name in needed if name not in data]:
        words = ", ".join(_NAMES.get(name, name) for name in missing)
        raise NotASheet(f"{where}: thiếu {words}.")
    values = {name: _value(hints[name], each, where, name) for name, each in data.items()}
    try:
        return kind(**values)
    except ValueError as e:
        raise NotASheet(f"{where}: {e}") from e


def _value(hint: Any, value: Any, where: str, name: str) -> Any:
    if get_origin(hint) is UnionType:
        if value is None:
            return None
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple:
        return _rows(value, where) if get_args(hint)[0] is Row else _notes(value, where)
    if hint is HourlyValue:
        return _read(HourlyValue, value, "Mức thu nhập bình quân")
    if issubclass(hint, StrEnum):
        return _choice(hint, value, where, name)
    return _READERS[hint](value, f"{where}, {_NAMES.get(name, name)}")


def _rows(data: object, where: str) -> tuple[Row, ...]:
    if not isinstance(data, list):
        raise NotASheet(f"{where}: các dòng không đúng dạng.")
    if len(data) > MOST_ROWS:
        raise NotASheet(f"{where}: có {len(data)} dòng, mỗi bên tối đa {MOST_ROWS} dòng.")
    return tuple(_read(Row, each, f"Dòng {place}") for place, each in enumerate(data, start=1))


def _notes(data: object, where: str) -> tuple[Note, ...]:
    if not isinstance(data, list):
        raise NotASheet(f"{where}: ghi chú không đúng dạng.")
    return tuple(_read(Note, each, f"{where}, ghi chú") for each in data)


def _choice(kind: type[StrEnum], value: object, where: str, name: str) -> StrEnum:
    if not isinstance(value, str) or value not in list(kind):
        raise NotASheet(f"{where}, {_NAMES.get(name, name)}: giá trị không có trong danh sách.")
    return kind(value)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise NotASheet(f"{where}: cần một đoạn chữ không quá {_LONGEST} ký tự.")
    return value


def _flag(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise NotASheet(f"{where}: cần có hoặc không.")
    return value


def _number(value: object, where: str) -> Decimal:
    if not isinstance(value, str) or len(value) > _LONGEST_NUMBER:
        raise NotASheet(f"{where}: cần một số.")
    try:
        found = Decimal(value)
    except InvalidOperation:
        raise NotASheet(f"{where}: “{value}” không phải là số.") from None
    if not found.is_finite():
        raise NotASheet(f"{where}: “{value}” không phải là số.")
    return found


def _fraction(value: object, where: str) -> Fraction:
    if not isinstance(value, str) or not _FRACTION.fullmatch(value):
        raise NotASheet(f"{where}: cần một phân số.")
    return Fraction(value)


_FRACTION = re.compile(rf"\d{{1,{_LONGEST_NUMBER}}}(/0*[1-9]\d{{0,{_LONGEST_NUMBER}}})?", re.ASCII)


def _day(value: object, where: str) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise NotASheet(f"{where}: cần một ngày.") from None


_NAMES = {
    **{str(term): words for term, words in TERM_WORDS.items()},
    "rows": "các dòng",
    "notes": "ghi chú",
    "key": "mã dòng",
    "group": "nhóm công việc",
    "side": "bên làm",
    "what": "công việc",
    "how": "cách thức thực hiện",
    "source": "nguồn",
    "part": "phần của thủ tục",
    "per_set": "tính theo số bộ hồ sơ",
    "activity": "hoạt động",
    "complexity": "mức phức tạp",
    "gone": "lý do không còn",
    "term": "loại số liệu",
    "by": "người nhập",
    "on": "ngày nhập",
    "reason": "lý do",
    "confidence": "mức tin cậy",
    "low": "thấp nhất",
    "high": "cao nhất",
    "follows": "tính từ số hiện tại",
    "share": "phần của số hiện tại",
    "stated": "số do người nhập ghi",
    "id": "mã định mức",
    "name": "tên định mức",
    "value": "mức",
    "since": "ngày áp dụng",
    "formula": "công thức",
    "is_standard": "theo phương pháp chuẩn",
    "is_verified": "đã đối chiếu",
    "include_deciding": "tính cả bên giải quyết",
}
_READERS: Mapping[type, Callable[[object, str], Any]] = {
    str: _text,
    bool: _flag,
    Decimal: _number,
    Fraction: _fraction,
    date: _day,
}
