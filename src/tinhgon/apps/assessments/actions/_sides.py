"""Rows of both sides: found, replaced, and in words for the trail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tinhgon.apps.audit import actions as audit
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import AFTER, Row, Sheet, Sides, figure

LONGEST = 300
"""Characters of a text of a row."""


def changed(side: str, row: Row, words: str, old: str, new: str) -> audit.Change:
    where = f"{row.what}: {words}"
    return audit.Change(where if side == "now" else f"{where}, {_AFTER}", old, new)


_AFTER = AFTER.removeprefix("Chi phí tuân thủ ")


def shown(value: Decimal | None) -> str:
    return "" if value is None else figure(value)


def side_of(sides: Sides, name: str) -> Sheet:
    return sides.after if name == "after" else sides.now


def row_of(side: Sheet, key: str) -> Row:
    found = next((row for row in side.rows if row.key == key), None)
    if found is None:
        raise Refused("Dòng này không còn trong bảng. Tải lại trang để xem bản mới.")
    return found


def job_of(sides: Sides, key: str) -> Row:
    """Return the row of now, of after where now has none: its words are those of the job."""
    known = {row.key for row in sides.now.rows}
    return row_of(sides.now if key in known else sides.after, key)


def with_row(side: Sheet, row: Row) -> Sheet:
    return replace(side, rows=(*side.rows, row))


def without(side: Sheet, key: str) -> Sheet:
    return replace(side, rows=tuple(row for row in side.rows if row.key != key))


def replaced(side: Sheet, key: str, values: Mapping[str, Any]) -> Sheet:
    rows = (replace(row, **values) if row.key == key else row for row in side.rows)
    return replace(side, rows=tuple(rows))
