"""The JSON Schema of a record, read off the record itself, so that the two never differ."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ._record import Record
from ._words import LABELS


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what `to_json` gives for a record."""
    found = _of(Record)
    for name, label in LABELS.items():
        found["properties"][name] = {"title": label, **found["properties"][name]}
    return found


_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    NoneType: {"type": "null"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "pattern": r"^\d+(\.\d+)?$"},
}


def _of(kind: Any) -> dict[str, Any]:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if get_origin(kind) is UnionType:
        return {"anyOf": [_of(each) for each in get_args(kind)]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(get_args(kind)[0])}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return {
            "type": "object",
            "properties": {field.name: _of(hints[field.name]) for field in fields(kind)},
            "additionalProperties": False,
        }
    assert issubclass(kind, StrEnum)  # noqa: S101 — a record is made of nothing else
    return {"enum": [member.value for member in kind]}
