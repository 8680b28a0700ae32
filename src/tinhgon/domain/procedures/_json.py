from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from ._enums import CopyKind, Kind, Manner, Part, RuleOwner, Tier, Unit
from ._record import Basis, Body, Duration, Form, Paper, Record, Step


class NotARecord(ValueError):
    """The data is no record of a procedure; the message says where."""


def to_json(record: Record) -> dict[str, Any]:
    """Return the record as JSON values: dates as 2024-07-01, decimals as text, enums by value."""
    found = _plain(record)
    assert isinstance(found, dict)  # noqa: S101 — a record is one
    return found


def from_json(data: Mapping[str, Any]) -> Record:
    """
    Return the record that `to_json` wrote; what is missing takes its default.

    :raises NotARecord: if a name is unknown or a value has the wrong shape.
    """
    names = {field.name for field in fields(Record)}
    if unknown := set(data) - names:
        raise NotARecord(f"no part of a record: {', '.join(sorted(unknown))}")
    try:
        values = {name: _READERS[name](value) for name, value in data.items()}
        return Record(**values)
    except (KeyError, TypeError, ValueError, InvalidOperation, AttributeError) as e:
        raise NotARecord(f"not a record: {e}") from e


def _plain(value: Any) -> Any:
    if isinstance(value, Record | Step | Paper | Body | Basis | Form | Duration):
        pairs = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: _plain(each) for name, each in pairs}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text expected, not {value!r}")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(each) for each in value)


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _count(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int)):
        raise TypeError(f"a whole number expected, not {value!r}")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"true or false expected, not {value!r}")
    return value


def _duration(value: Any) -> Duration | None:
    return None if value is None else Duration(Decimal(value["amount"]), Unit(value["unit"]))


def _step(value: Any) -> Step:
    return Step(
        **{**value, "duration": _duration(value.get("duration")), "after": tuple(value["after"])}
    )


def _paper(value: Any) -> Paper:
    return Paper(**{**value, "copy": CopyKind(value["copy"])})


def _body(value: Any) -> Body:
    return Body(Part(value["part"]), _text(value["name"]))


def _basis(value: Any) -> Basis:
    days = {name: _day(value.get(name)) for name in ("issued_on", "ended_on")}
    return Basis(**{**value, **days})


_READERS: dict[str, Any] = {
    **dict.fromkeys(
        (
            "name",
            "field",
            "lead",
            "national_code",
            "manner_text",
            "dossier_text",
            "time_limit_text",
            "result",
            "fee",
        ),
        _text,
    ),
    "kind": Kind,
    "tier": Tier,
    "is_interconnected": _flag,
    "rule_owner": lambda value: None if value is None else RuleOwner(value),
    "steps": lambda rows: tuple(_step(row) for row in rows),
    "manners": lambda rows: tuple(Manner(row) for row in rows),
    "papers": lambda rows: tuple(_paper(row) for row in rows),
    "dossier_sets": _count,
    "time_limit": _duration,
    "subjects": _texts,
    "bodies": lambda rows: tuple(_body(row) for row in rows),
    "forms": lambda rows: tuple(Form(**row) for row in rows),
    "conditions": _texts,
    "bases": lambda rows: tuple(_basis(row) for row in rows),
}
