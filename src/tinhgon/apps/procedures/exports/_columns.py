"""The columns of an exported list: those of the sheet that the import reads, and what lists add."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from tinhgon.apps.procedures.enums import ACTION_LABELS, Kind, RuleOwner, Tier
from tinhgon.apps.procedures.queries.lines import Line, ListColumn, standing
from tinhgon.domain.procedures import (
    AGENCY_HEADING,
    CODE_HEADING,
    COLUMNS,
    KIND_WORDS,
    RULE_OWNER_WORDS,
    STANDING_HEADINGS,
    TIER_WORDS,
    Cell,
    Record,
    write_cell,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A version on its way into a file; the record only where the file has its whole content."""

    line: Line
    day: date
    agency: str  # as an input understands it: with its key where another bears the same name
    record: Record | None = None
    content: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """
    A column of a file: in sheets its `heading` and cell; in JSON its `name`, value and schema.
    """

    name: str
    heading: str
    width: int
    cell: Callable[[Row], Cell]
    value: Callable[[Row], Any]
    schema: dict[str, Any]


def _text(*, empty: bool = False) -> dict[str, Any]:
    return {"type": ["string", "null"] if empty else "string"}


_ACTIONS = {action.value: words for action, words in ACTION_LABELS.items()}
_DAY = {"type": ["string", "null"], "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}
_FLAG = {"type": "boolean"}


def _one_of(members: Iterable[str], *, empty: bool = False) -> dict[str, Any]:
    return {"enum": [*members, None] if empty else list(members)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _of_record(key: str, cell: Callable[[Line], Cell], value: Any, schema: Any) -> ExportColumn:
    """A column that a list shows and that is a part of the record: the import takes it back."""
    part = COLUMNS[key]
    return ExportColumn(
        key,
        part.heading,
        part.width,
        lambda row: cell(row.line),
        lambda row: value(row.line),
        schema,
    )


def _standing(
    name: str, width: int, cell: Callable[[Row], Cell], value: Any, schema: dict[str, Any]
) -> ExportColumn:
    """A column that says where the version stands: the import leaves it alone."""
    return ExportColumn(name, STANDING_HEADINGS[name], width, cell, value, schema)


CODE = ExportColumn(
    "code",
    CODE_HEADING,
    12,
    lambda row: row.line.local_code,
    lambda row: row.line.local_code,
    _text(),
)
_LISTED = {
    "ten": _of_record("name", lambda line: line.name, lambda line: line.name, _text()),
    "co-quan": ExportColumn(
        "agency", AGENCY_HEADING, 36, lambda row: row.agency, lambda row: row.line.agency, _text()
    ),
    "linh-vuc": _of_record(
        "field", lambda line: line.field, lambda line: line.field, _text(empty=True)
    ),
    "cap": _of_record(
        "tier", lambda line: TIER_WORDS[Tier(line.tier)], lambda line: line.tier, _one_of(Tier)
    ),
    "loai": _of_record(
        "kind", lambda line: KIND_WORDS[Kind(line.kind)], lambda line: line.kind, _one_of(Kind)
    ),
    "lien-thong": _of_record(
        "is_interconnected",
        lambda line: "Có" if line.is_interconnected else "Không",
        lambda line: line.is_interconnected,
        _FLAG,
    ),
    "tham-quyen": _of_record(
        "rule_owner",
        lambda line: RULE_OWNER_WORDS[RuleOwner(line.rule_owner)] if line.rule_owner else None,
        lambda line: line.rule_owner or None,
        _one_of(RuleOwner, empty=True),
    ),
    "ma": CODE,
    "ma-quoc-gia": _standing(
        "national_code",
        18,
        lambda row: row.line.national_code,
        lambda row: row.line.national_code,
        _text(empty=True),
    ),
    "tinh-trang": _standing(
        "status",
        24,
        lambda row: standing(row.line, row.day).words,
        lambda row: row.line.status,
        _text(),
    ),
    "quyet-dinh": _standing(
        "decision",
        22,
        lambda row: row.line.decision_code,
        lambda row: row.line.decision_code or None,
        _text(empty=True),
    ),
    "hieu-luc": _standing(
        "valid_from",
        12,
        lambda row: row.line.valid_from,
        lambda row: _day(row.line.valid_from),
        _DAY,
    ),
    "het-hieu-luc": _standing(
        "valid_to",
        12,
        lambda row: row.line.valid_to,
        lambda row: _day(row.line.valid_to),
        _DAY,
    ),
    "hinh-thuc": _standing(
        "action",
        18,
        lambda row: _ACTIONS[row.line.action],
        lambda row: row.line.action,
        _one_of(ACTION_LABELS),
    ),
    "phien-ban": _standing(
        "number",
        10,
        lambda row: row.line.number,
        lambda row: row.line.number,
        _COUNT,
    ),
    "cap-nhat": _standing(
        "changed_on",
        12,
        lambda row: timezone.localtime(row.line.changed_at).date(),
        lambda row: _day(timezone.localtime(row.line.changed_at).date()),
        _DAY,
    ),
    "loi": _standing(
        "fault_count",
        10,
        lambda row: row.line.fault_count,
        lambda row: row.line.fault_count,
        _COUNT,
    ),
}
_BESIDE_CONTENT = ("phien-ban", "tinh-trang", "quyet-dinh", "hieu-luc", "het-hieu-luc")


def listed(columns: Iterable[ListColumn]) -> list[ExportColumn]:
    """Return the columns shown, after the code by which the import knows a procedure again."""
    shown = [_LISTED[column.key] for column in columns]
    return [CODE, *(column for column in shown if column is not CODE)]


def whole() -> list[ExportColumn]:
    """Return the columns of the whole content, which the import takes back, then the standing."""
    parts = [
        ExportColumn(key, part.heading, part.width, _writer(key), _reader(key), {})
        for key, part in COLUMNS.items()
    ]
    beside = [_LISTED[key] for key in _BESIDE_CONTENT]
    return [CODE, _LISTED["co-quan"], *parts, *beside]


def _writer(key: str) -> Callable[[Row], Cell]:
    def write(row: Row) -> Cell:
        return write_cell(row.record, key) if row.record else None

    return write


def _reader(key: str) -> Callable[[Row], Any]:
    return lambda row: (row.content or {}).get(key)


def schemas() -> dict[str, dict[str, Any]]:
    """Return the schema of every field that a list may have in JSON."""
    return {column.name: column.schema for column in (CODE, *_LISTED.values())}
