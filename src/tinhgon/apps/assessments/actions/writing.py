"""Figures and rows of a sheet: each change kept with who made it, from what, to what and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import (
    AFTER,
    MOST_ROWS,
    SIDE_WORDS,
    TERM_WORDS,
    BadFigure,
    Change,
    Confidence,
    Note,
    Row,
    RowGroup,
    Sheet,
    Side,
    Sides,
    Term,
    correct,
    correct_all,
    derive_again,
    figure,
    money,
    read_figure,
    source_all,
    state,
)

from ._saving import save

_TEXTS = {"what": "Công việc", "how": "Cách thức thực hiện", "source": "Nguồn số liệu"}
_LONGEST = 300
_OF_SHEET = (Term.TIMES, Term.SUBJECTS)
_ONLY_SHEET = ""
_YES = {True: "có", False: "không"}


class CellFaults(Exception):
    """Some cells cannot be taken, and none was: name of the cell → why, in Vietnamese."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a figure or text: "now" or "after", key of the row ("" for all), its name."""

    side: str
    key: str
    name: str

    @classmethod
    def read(cls, text: str) -> Cell:
        """
        Return the cell of a name such as "now.paper-1.hours".

        :raises Refused: if there is no such cell.
        """
        match text.split("."):
            case [("now" | "after") as side, key, name] if name in _NAMES:
                return cls(side, key, name)
            case _:
                raise Refused("Ô không có trong bảng. Tải lại trang rồi nhập lại.")


_NAMES = frozenset([*Term, *_TEXTS])


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
def write_cells(
    *,
    sheet: CostSheet,
    cells: Mapping[str, str],
    by: User,
    at: datetime,
    seen: int,
    reason: str = "",
) -> list[audit.Change]:
    """
    Take what was typed into cells; what says the same as before changes nothing.

    A figure of now moves the after side along where both were the same. Returns what changed.

    :raises PermissionDenied, Refused: as `policies.check_write`, or if there is no such cell.
    :raises CellFaults: if any cell cannot be taken; then none is.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_write(by, sheet.review)
    sides = sheet.sides
    changes: list[audit.Change] = []
    faults: dict[str, str] = {}
    note = Note(Term.HOURS, by=by.full_name, on=at.date(), reason=reason.strip()[:_LONGEST])
    for name, typed in cells.items():
        try:
            sides, change = _typed(sides, Cell.read(name), typed, note)
        except BadFigure as e:
            faults[name] = str(e)
            continue
        if change:
            changes.append(change)
    if faults:
        raise CellFaults(faults)
    if changes:
        changes += _result(sheet, sides, by=by, at=at, seen=seen)
        audit.record("assessments.written", sheet, by=by, at=at, changes=changes, reason=reason)
    return changes


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
    sides = sheet.sides
    row = _row(_side(sides, said.side), key)
    changes = []
    for term, (value, note) in said.figures.items():
        old, stamped = row.value(term), replace(note, by=by.full_name, on=at.date())
        known = row.note(term)
        if old == value and replace(stamped, by=known.by, on=known.on) == known:
            continue
        change = correct if said.side == "now" else state
        sides = change(sides, key, stamped, value)
        changes.append(_change(said.side, row, TERM_WORDS[term], _shown(old), _shown(value)))
    sides = _with_texts(sides, key, said, changes)
    if changes:
        reasons = [note.reason for _, note in said.figures.values() if note.reason]
        changes += _result(sheet, sides, by=by, at=at, seen=seen)
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
    sides = sheet.sides
    if not what.strip():
        raise Refused("Ghi tên công việc.", "what")
    if len(sides.now.rows) >= MOST_ROWS:
        raise Refused(f"Bảng đã có {MOST_ROWS} dòng, không thêm được nữa.")
    taken = {row.key for row in (*sides.now.rows, *sides.after.rows)}
    key = next(f"own-{n}" for n in range(1, 2 * MOST_ROWS) if f"own-{n}" not in taken)
    row = Row(key, group, Side.PERFORMING, what.strip()[:_LONGEST])
    sides = Sides(_with(sides.now, row), _with(sides.after, row))
    changes = _result(sheet, sides, by=by, at=at, seen=seen)
    changes.insert(0, audit.Change("Công việc", "", row.what))
    audit.record("assessments.row_added", sheet, by=by, at=at, changes=changes)
    return key


@transaction.atomic
def remove_row(*, sheet: CostSheet, key: str, by: User, at: datetime, seen: int) -> None:
    """
    Take a job out of both sides: it never belonged to the procedure, so nothing is saved by it.

    :raises PermissionDenied, Refused: as `policies.check_write`, or if there is no such row.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_write(by, sheet.review)
    sides = sheet.sides
    row = _row(sides.now, key)
    sides = Sides(_without(sides.now, key), _without(sides.after, key))
    changes = _result(sheet, sides, by=by, at=at, seen=seen)
    changes.insert(0, audit.Change("Công việc", row.what, ""))
    audit.record("assessments.row_removed", sheet, by=by, at=at, changes=changes)


@transaction.atomic
def follow(
    *,
    sheet: CostSheet,
    change: Change,
    by: User,
    at: datetime,
    seen: int,
) -> list[audit.Entry]:
    """
    Compute the after side from what the procedure becomes, with what people stated of it kept;
    whoever drafts the plan asks for it, and writes the trail: what is to be recorded is returned.

    :raises PermissionDenied: if `by` does not review at the agency.
    :raises StaleObject: if the sheet changed since `seen` was seen.
    """
    policies.check_part(by, sheet.review)
    now = sheet.sides.now
    after = derive_again(sheet.sides, change)
    if after == sheet.sides.after:
        return []
    changes = _result(sheet, Sides(now, after), by=by, at=at, seen=seen)
    return [audit.Entry("assessments.followed", sheet, tuple(changes))]


def _typed(sides: Sides, cell: Cell, typed: str, stamp: Note) -> tuple[Sides, audit.Change | None]:
    if (cell.key, cell.name) == (_ONLY_SHEET, "source"):
        return _source_typed(sides, " ".join(typed.split())[:_LONGEST])
    if cell.name in _TEXTS:
        return _text_typed(sides, cell, " ".join(typed.split())[:_LONGEST])
    term = Term(cell.name)
    value = read_figure(term, typed)
    if cell.key == _ONLY_SHEET:
        return _default_typed(sides, cell, value, replace(stamp, term=term))
    row = _row(_side(sides, cell.side), cell.key)
    if value is None and term in (Term.HOURS, Term.SERVICES, Term.FEES):
        value = Decimal(0)
    old = row.value(term)
    if row.gone or old == value:
        return sides, None
    note = _stamped(row.note(term), replace(stamp, term=term))
    sides = (correct if cell.side == "now" else state)(sides, cell.key, note, value)
    return sides, _change(cell.side, row, TERM_WORDS[term], _shown(old), _shown(value))


def _default_typed(
    sides: Sides, cell: Cell, value: Decimal | None, stamp: Note
) -> tuple[Sides, audit.Change | None]:
    term, is_after = stamp.term, cell.side == "after"
    if term not in _OF_SHEET:
        raise Refused("Ô không có trong bảng. Tải lại trang rồi nhập lại.")
    if value is None:
        value = sides.now.default(term) if is_after else Decimal(0)
    side = _side(sides, cell.side)
    old = side.default(term)
    if old == value:
        return sides, None
    note = _stamped(side.note(None, term), stamp)
    words = f"{TERM_WORDS[term]} (cả bảng){', sau đơn giản hóa' if is_after else ''}"
    changed = correct_all(sides, note, value, after=is_after)
    return changed, audit.Change(words, figure(old), figure(value))


def _stamped(known: Note, stamp: Note) -> Note:
    """Return the note of a figure that somebody gave: at least as sure as an estimate."""
    sure = known.confidence if known.confidence is Confidence.HIGH else Confidence.MEDIUM
    kept = known.source if known.by else ""
    return replace(stamp, source=kept, confidence=sure)


def _source_typed(sides: Sides, text: str) -> tuple[Sides, audit.Change | None]:
    """Take where times and subjects of the whole sheet come from."""
    known = [sides.now.note(None, term).source for term in _OF_SHEET]
    old = "; ".join(filter(None, dict.fromkeys(known)))
    if old == text:
        return sides, None
    return source_all(sides, text), audit.Change("Nguồn số liệu (cả bảng)", old, text)


def _text_typed(sides: Sides, cell: Cell, text: str) -> tuple[Sides, audit.Change | None]:
    row = _row(sides.now, cell.key)
    old = str(getattr(row, cell.name))
    if old == text:
        return sides, None
    if cell.name == "what" and not text:
        raise BadFigure("Ghi tên công việc; muốn bỏ dòng thì bấm Bỏ dòng.")
    both = {cell.name: text}
    sides = Sides(_replaced(sides.now, cell.key, both), _replaced(sides.after, cell.key, both))
    return sides, _change("now", row, _TEXTS[cell.name], old, text)


def _with_texts(sides: Sides, key: str, said: RowFigures, changes: list[audit.Change]) -> Sides:
    row = _row(sides.now, key)
    texts = [
        ("Công việc", row.what, said.what),
        ("Cách thức thực hiện", row.how, said.how),
        ("Nhóm công việc", row.group.value, said.group.value),
        ("Bên làm", SIDE_WORDS[row.side], SIDE_WORDS[said.performer]),
        ("Nguồn số liệu", row.source, said.source),
        ("Tính theo số bộ hồ sơ", _YES[row.per_set], _YES[said.per_set]),
    ]
    changed = [_change("now", row, words, old, new) for words, old, new in texts if old != new]
    if not changed:
        return sides
    changes += changed
    values = {
        "what": said.what,
        "how": said.how,
        "group": said.group,
        "side": said.performer,
        "source": said.source,
        "per_set": said.per_set,
    }
    return Sides(_replaced(sides.now, key, values), _replaced(sides.after, key, values))


def _result(
    sheet: CostSheet, sides: Sides, *, by: User, at: datetime, seen: int
) -> list[audit.Change]:
    """Write both sides, and return how the yearly result changed."""
    before = (sheet.cost_now, sheet.cost_after, sheet.saved)
    save(sheet, sides, by=by, at=at, seen=seen)
    return result_changes(before, sheet)


def result_changes(
    before: tuple[Decimal, Decimal, Decimal], sheet: CostSheet
) -> list[audit.Change]:
    """Return how the yearly cost now, after and saved changed, in words for the trail."""
    words = ("Chi phí hiện tại", "Chi phí sau đơn giản hóa", "Chi phí tiết kiệm")
    after = (sheet.cost_now, sheet.cost_after, sheet.saved)
    return [
        audit.Change(f"{name} (đồng/năm)", money(old), money(new))
        for name, old, new in zip(words, before, after, strict=True)
        if old != new
    ]


def _change(side: str, row: Row, words: str, old: str, new: str) -> audit.Change:
    where = f"{row.what}: {words}"
    return audit.Change(where if side == "now" else f"{where}, {_AFTER}", old, new)


_AFTER = AFTER.removeprefix("Chi phí tuân thủ ")


def _shown(value: Decimal | None) -> str:
    return "" if value is None else figure(value)


def _side(sides: Sides, name: str) -> Sheet:
    return sides.after if name == "after" else sides.now


def _row(side: Sheet, key: str) -> Row:
    found = next((row for row in side.rows if row.key == key), None)
    if found is None:
        raise Refused("Dòng này không còn trong bảng. Tải lại trang để xem bản mới.")
    return found


def _with(side: Sheet, row: Row) -> Sheet:
    return replace(side, rows=(*side.rows, row))


def _without(side: Sheet, key: str) -> Sheet:
    return replace(side, rows=tuple(row for row in side.rows if row.key != key))


def _replaced(side: Sheet, key: str, values: Mapping[str, Any]) -> Sheet:
    rows = (replace(row, **values) if row.key == key else row for row in side.rows)
    return replace(side, rows=tuple(rows))
