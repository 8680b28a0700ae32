"""Cells of the table: each change kept with who made it, from what, to what and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.audit import actions as audit
from tinhgon.common.refusal import Refused
from tinhgon.domain.costing import (
    TERM_WORDS,
    BadFigure,
    Confidence,
    Note,
    Sides,
    Term,
    correct,
    correct_all,
    figure,
    read_figure,
    source_all,
    state,
)

from ._saving import keep
from ._sides import LONGEST, changed, replaced, row_of, shown, side_of

_TEXTS = {"what": "Công việc", "how": "Cách thức thực hiện", "source": "Nguồn số liệu"}
_OF_SHEET = (Term.TIMES, Term.SUBJECTS)
_ONLY_SHEET = ""


class CellFaults(Refused):
    """Some cells cannot be taken, and none was: name of the cell → why, in Vietnamese."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(f"Chưa ghi ô nào. {' '.join(dict.fromkeys(faults.values()))}")
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
    sheet.check_seen(seen)
    sides = sheet.sides
    changes: list[audit.Change] = []
    faults: dict[str, str] = {}
    note = Note(Term.HOURS, by=by.full_name, on=at.date(), reason=reason.strip()[:LONGEST])
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
        changes += keep(sheet, sides, by=by, at=at, seen=seen)
        audit.record("assessments.written", sheet, by=by, at=at, changes=changes, reason=reason)
    return changes


def _typed(sides: Sides, cell: Cell, typed: str, stamp: Note) -> tuple[Sides, audit.Change | None]:
    if (cell.key, cell.name) == (_ONLY_SHEET, "source"):
        return _source_typed(sides, " ".join(typed.split())[:LONGEST])
    if cell.name in _TEXTS:
        return _text_typed(sides, cell, " ".join(typed.split())[:LONGEST])
    term = Term(cell.name)
    value = read_figure(term, typed)
    if cell.key == _ONLY_SHEET:
        return _default_typed(sides, cell, value, replace(stamp, term=term))
    row = row_of(side_of(sides, cell.side), cell.key)
    if value is None and term in (Term.HOURS, Term.SERVICES, Term.FEES):
        value = Decimal(0)
    old = row.value(term)
    if row.gone or old == value:
        return sides, None
    note = _stamped(row.note(term), replace(stamp, term=term))
    sides = (correct if cell.side == "now" else state)(sides, cell.key, note, value)
    return sides, changed(cell.side, row, TERM_WORDS[term], shown(old), shown(value))


def _default_typed(
    sides: Sides, cell: Cell, value: Decimal | None, stamp: Note
) -> tuple[Sides, audit.Change | None]:
    term, is_after = stamp.term, cell.side == "after"
    if term not in _OF_SHEET:
        raise Refused("Ô không có trong bảng. Tải lại trang rồi nhập lại.")
    if value is None:
        value = sides.now.default(term) if is_after else Decimal(0)
    side = side_of(sides, cell.side)
    old = side.default(term)
    if old == value:
        return sides, None
    note = _stamped(side.note(None, term), stamp)
    words = f"{TERM_WORDS[term]} (cả bảng){', sau đơn giản hóa' if is_after else ''}"
    both = correct_all(sides, note, value, after=is_after)
    return both, audit.Change(words, figure(old), figure(value))


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
    row = row_of(side_of(sides, cell.side), cell.key)
    old = str(getattr(row, cell.name))
    if old == text:
        return sides, None
    if cell.name == "what" and not text:
        raise BadFigure("Ghi tên công việc; muốn bỏ dòng thì bấm Bỏ dòng.")
    both = {cell.name: text}
    sides = Sides(replaced(sides.now, cell.key, both), replaced(sides.after, cell.key, both))
    return sides, changed(cell.side, row, _TEXTS[cell.name], old, text)
