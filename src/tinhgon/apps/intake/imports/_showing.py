"""A row as people compare it: what the file says beside what the registry says."""

from __future__ import annotations

from dataclasses import dataclass

from tinhgon.apps.intake.enums import BatchKind, Verdict
from tinhgon.apps.intake.models import BatchRow
from tinhgon.domain.intake import onto
from tinhgon.domain.procedures import Change, PartChange, Record, difference, from_json

from ._comparing import record_of

_FEW = 4
_SHORT = 240


@dataclass(frozen=True, slots=True)
class Line:
    """One changed row of a part: what was, what comes; shortened for a list."""

    label: str
    old: str
    new: str


def says(row: BatchRow) -> Record | None:
    """Return what the row would make of the procedure that it is about; None where nothing."""
    base = row.base.record if row.base and row.verdict != Verdict.TWIN else None
    if row.batch.kind == BatchKind.SHEET:
        return record_of(row, base)
    if not row.record:
        return None
    read = from_json(row.record)
    return onto(base, read) if base else read


def changes_of(row: BatchRow) -> tuple[PartChange, ...]:
    """Return what differs, part by part: of a new row everything that it says."""
    record = says(row)
    base = row.base.record if row.base else None
    return difference(base, record) if record else ()


def changes_in_short(row: BatchRow) -> tuple[list[Line], int]:
    """Return the first changes of a row, shortened, and how many more there are."""
    lines = [
        Line(part.label, _cut(each.old), _cut(each.new))
        for part in changes_of(row)
        for each in part.rows
        if each.change is not Change.SAME
    ]
    return lines[:_FEW], max(0, len(lines) - _FEW)


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"
