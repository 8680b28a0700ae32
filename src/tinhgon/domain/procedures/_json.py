from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ._record import Record

_Where = tuple[Any, str | int] | None
"""Where a value stands: what is around it, and its name or place in that; None at the top."""
_TOP: _Where = None
_Reader = Callable[[Any, _Where], Any]
_AMOUNT = re.compile(r"[0-9]{1,5}(\.[0-9]{1,4})?")


class NotARecord(ValueError):
    """The data is no record of a procedure; the message says where."""


def to_json(record: Record) -> dict[str, Any]:
    """Return the record as JSON values: dates as 2024-07-01, decimals as text, enums by value."""
    return {name: _plain(getattr(record, name)) for name in _names(Record)}


def from_json(data: object) -> Record:
    """
    Return the record that `to_json` wrote; what is missing takes its default.

    :raises NotARecord: if a name is unknown or missing or a value has the wrong shape.
    """
    record = _reader(Record)(data, _TOP)
    assert isinstance(record, Record)  # noqa: S101 — what the reader of records returns
    return record


def _plain(value: Any) -> Any:
    if value.__class__ in _AS_IT_IS:
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return {name: _plain(getattr(value, name)) for name in _names(value.__class__)}


_AS_IT_IS = frozenset({str, int, bool, type(None)})


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(kind: Any) -> _Reader:
    """Return what reads a value of a type: `(value, where it stands) → value`, or refuses it."""
    if is_dataclass(kind):
        return _row_reader(kind)
    if get_origin(kind) is tuple:
        return _list_reader(_reader(get_args(kind)[0]))
    if get_origin(kind) is UnionType:
        return _optional_reader(_reader(get_args(kind)[0]))
    return _choice_reader(kind) if issubclass(kind, StrEnum) else _READERS[kind]


def _row_reader(kind: Any) -> _Reader:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    needed = {field.name for field in fields(kind) if field.default is MISSING}

    def check_names(value: Mapping[Any, Any], where: _Where) -> None:
        if unknown := sorted(str(name) for name in value.keys() - readers.keys()):
            raise NotARecord(f"{_place(where)}: unknown {', '.join(unknown)}")
        if missing := sorted(needed - value.keys()):
            raise NotARecord(f"{_place(where)}: missing {', '.join(missing)}")

    def read(value: Any, where: _Where) -> Any:
        if not isinstance(value, Mapping):
            raise _refused(where, "an object", value)
        if value.keys() != readers.keys():
            check_names(value, where)
        values = {name: readers[name](each, (where, name)) for name, each in value.items()}
        try:
            return kind(**values)
        except ValueError as e:
            raise NotARecord(f"{_place(where)}: {e}") from e

    return read


def _list_reader(reader: _Reader) -> _Reader:
    def read(value: Any, where: _Where) -> Any:
        if not isinstance(value, list | tuple):
            raise _refused(where, "a list", value)
        return tuple(reader(each, (where, position)) for position, each in enumerate(value))

    return read


def _optional_reader(reader: _Reader) -> _Reader:
    return lambda value, where: None if value is None else reader(value, where)


def _choice_reader(kind: type[StrEnum]) -> _Reader:
    def read(value: Any, where: _Where) -> StrEnum:
        try:
            return kind(value)
        except ValueError:
            raise _refused(where, f"one of {', '.join(kind)}", value) from None

    return read


def _text(value: Any, where: _Where) -> str:
    if not isinstance(value, str):
        raise _refused(where, "text", value)
    return value


def _whole(value: Any, where: _Where) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _refused(where, "a whole number", value)
    return value


def _flag(value: Any, where: _Where) -> bool:
    if not isinstance(value, bool):
        raise _refused(where, "true or false", value)
    return value


def _amount(value: Any, where: _Where) -> Decimal:
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        raise _refused(where, 'a decimal as text, "1.5"', value)
    return Decimal(value)


def _day(value: Any, where: _Where) -> date:
    try:
        day = date.fromisoformat(_text(value, where))
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise _refused(where, "a day as 2024-07-01", value)
    return day


def _place(where: _Where) -> str:
    """Return "steps[0].duration"; "record" at the top."""
    parts: list[str] = []
    while where is not None:
        around, name = where
        parts.append(f"[{name}]" if isinstance(name, int) else f".{name}")
        where = around
    return "".join(reversed(parts)).removeprefix(".") or "record"


def _refused(where: _Where, expected: str, value: object) -> NotARecord:
    return NotARecord(f"{_place(where)}: {expected} expected, not {value!r}")


_READERS: dict[type, _Reader] = {
    str: _text,
    int: _whole,
    bool: _flag,
    Decimal: _amount,
    date: _day,
}
