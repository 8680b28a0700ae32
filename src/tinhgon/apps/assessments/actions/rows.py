"""Rows of a sheet: all that is said of one, new ones, and those that never belonged to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from itertools import count

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import (
    MOST_ROWS,
    SIDE_WORDS,
    TERM_WORDS,
    Note,
    Row,
    RowGroup,
    Side,
    Sides,
    Term,
    correct,
    state,
)

from ._saving import keep
from ._sides import LONGEST, changed, job_of, replaced, row_of, shown, side_of, with_row, without

_YES = {True: "có", False: "không"}


@dataclass(frozen=True, slots=True)
class RowFigures:
    """All that is said of a row: texts for both sides, figures with their origin for one."""

    side: str
    what: str
    how: str
    group: RowGroup
    performer: Side
    source: str
    per_set: bool = False
    figures: Mapping[Term, tuple[Decimal | None, Note]] = field(default_factory=dict)


@transaction.atomic
def write_row(
    *, sheet: CostSheet, key: str, said: RowFigures, by: User, at: datetime, seen: int
) -> None:
    """
    Take all that was said of one row: its texts, and its figures with low, high, source, reason.

    :raises PermissionDenied, Refused: as `policies.check_write`, or if there is no such row.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_write(by, sheet.review)
    sheet.check_seen(seen)
    sides = sheet.sides
    row = row_of(side_of(sides, said.side), key)
    changes = []
    for term, (value, note) in said.figures.items():
        old, stamped = row.value(term), replace(note, by=by.full_name, on=at.date())
        known = row.note(term)
        if old == value and replace(stamped, by=known.by, on=known.on) == known:
            continue
        change = correct if said.side == "now" else state
        sides = change(sides, key, stamped, value)
        changes.append(changed(said.side, row, TERM_WORDS[term], shown(old), shown(value)))
    sides = _with_texts(sides, key, said, changes)
    if changes:
        reasons = [note.reason for _, note in said.figures.values() if note.reason]
        changes += keep(sheet, sides, by=by, at=at, seen=seen)
        audit.record(
            "assessments.written",
            sheet,
            by=by,
            at=at,
            changes=changes,
            reason="; ".join(dict.fromkeys(reasons)),
        )


@transaction.atomic
def add_row(
    *, sheet: CostSheet, group: RowGroup, what: str, by: User, at: datetime, seen: int
) -> str:
    """
    Add a job to both sides, and return its key.

    :raises PermissionDenied, Refused: as `policies.check_write`; or without words, or if there
        are too many rows.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_write(by, sheet.review)
    sheet.check_seen(seen)
    sides = sheet.sides
    if not what.strip():
        raise Refused("Ghi tên công việc.", "what")
    if len({row.key for row in (*sides.now.rows, *sides.after.rows)}) >= MOST_ROWS:
        raise Refused(f"Bảng đã có {MOST_ROWS} dòng, không thêm được nữa.")
    taken = sheet.used_keys
    key = next(f"own-{n}" for n in count(1) if f"own-{n}" not in taken)
    row = Row(key, group, Side.PERFORMING, what.strip()[:LONGEST])
    sides = Sides(with_row(sides.now, row), with_row(sides.after, row))
    changes = keep(sheet, sides, by=by, at=at, seen=seen)
    changes.insert(0, audit.Change("Công việc", "", row.what))
    audit.record("assessments.row_added", sheet, by=by, at=at, changes=changes)
    return key


@transaction.atomic
def remove_row(*, sheet: CostSheet, key: str, by: User, at: datetime, seen: int) -> None:
    """
    Take a job out of every side that has it: it never belonged to the procedure, so nothing is
    saved by it.

    :raises PermissionDenied, Refused: as `policies.check_write`, or if there is no such row.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_write(by, sheet.review)
    sides = sheet.sides
    row = job_of(sides, key)
    sheet.check_seen(seen)
    sides = Sides(without(sides.now, key), without(sides.after, key))
    changes = keep(sheet, sides, by=by, at=at, seen=seen)
    changes.insert(0, audit.Change("Công việc", row.what, ""))
    audit.record("assessments.row_removed", sheet, by=by, at=at, changes=changes)


def _with_texts(sides: Sides, key: str, said: RowFigures, changes: list[audit.Change]) -> Sides:
    row = job_of(sides, key)
    texts = [
        ("Công việc", row.what, said.what),
        ("Cách thức thực hiện", row.how, said.how),
        ("Nhóm công việc", row.group.value, said.group.value),
        ("Bên làm", SIDE_WORDS[row.side], SIDE_WORDS[said.performer]),
        ("Nguồn số liệu", row.source, said.source),
        ("Tính theo số bộ hồ sơ", _YES[row.per_set], _YES[said.per_set]),
    ]
    found = [changed("now", row, words, old, new) for words, old, new in texts if old != new]
    if not found:
        return sides
    changes += found
    values = {
        "what": said.what,
        "how": said.how,
        "group": said.group,
        "side": said.performer,
        "source": said.source,
        "per_set": said.per_set,
    }
    return Sides(replaced(sides.now, key, values), replaced(sides.after, key, values))
