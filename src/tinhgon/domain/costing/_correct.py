"""Entering a figure: what it does to both sides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ._enums import Term
from ._model import Note, Row, Sheet, Sides
from ._share import share_of, share_said


def correct(sides: Sides, key: str, note: Note, value: Decimal | None) -> Sides:
    """
    Return both sides with a figure of one row of now given anew; `note` names the term.

    The after side moves along where it has the same figure or a share of it: a better figure is no
    cut, and one that is cleared and typed again undoes none. What somebody stated for the after
    side stays.

    :raises BadFigure: if it is no such figure.
    :raises KeyError: if there is no such row.
    """
    before = _row(sides.now, key)
    now = before.with_value(note, value)
    rows = tuple(
        _moved(each, before, now, note.term) if each.key == key else each
        for each in sides.after.rows
    )
    return Sides(_with_row(sides.now, now), replace(sides.after, rows=rows))


def state(sides: Sides, key: str, note: Note, value: Decimal | None) -> Sides:
    """
    Return both sides with a figure of one row of after stated; now stays as it is.

    What is stated as it is now is the same again, and moves along with it; so does a share of which
    only the note was changed.
    """
    row, now = _row(sides.after, key), _find(sides.now, key)
    if not note.follows:
        note = replace(note, stated=now is None or now.value(note.term) != value)
    return Sides(sides.now, _with_row(sides.after, row.with_value(note, value)))


def correct_all(sides: Sides, note: Note, value: Decimal, *, after: bool = False) -> Sides:
    """
    Return both sides with times or subjects of the whole sheet given anew.

    `after`: of the after side alone; else it moves along where it was the same.
    """
    if after:
        return Sides(sides.now, with_default(sides.after, note, value))
    is_same = sides.now.default(note.term) == sides.after.default(note.term)
    later = with_default(sides.after, note, value) if is_same else sides.after
    return Sides(with_default(sides.now, note, value), later)


def source_all(sides: Sides, source: str) -> Sides:
    """Return both sides with where times and subjects of the whole sheet come from."""
    return Sides(_with_source(sides.now, source), _with_source(sides.after, source))


def _with_source(sheet: Sheet, source: str) -> Sheet:
    for term in (Term.TIMES, Term.SUBJECTS):
        note = replace(sheet.note(None, term), source=source)
        sheet = with_default(sheet, note, sheet.default(term))
    return sheet


def _moved(row: Row, before: Row, now: Row, term: Term) -> Row:
    old, own, new = before.value(term), row.value(term), now.value(term)
    note, fresh = row.note(term), now.note(term)
    share = share_said(note, old, own)
    if share is not None and new is not None:
        moved = replace(note, low=None, high=None, confidence=fresh.confidence, share=share)
        return row.with_value(moved, share_of(term, new, share))
    return row.with_value(fresh, new) if own == old and not note.stated else row


def with_default(sheet: Sheet, note: Note, value: Decimal) -> Sheet:
    """Return a sheet with its times or subjects, as the note says, and that note."""
    notes = (*(each for each in sheet.notes if each.term is not note.term), note)
    if note.term is Term.TIMES:
        return replace(sheet, times=value, notes=notes)
    return replace(sheet, subjects=value, notes=notes)


def _with_row(sheet: Sheet, row: Row) -> Sheet:
    rows = tuple(row if each.key == row.key else each for each in sheet.rows)
    return replace(sheet, rows=rows)


def _row(sheet: Sheet, key: str) -> Row:
    found = _find(sheet, key)
    if found is None:
        raise KeyError(key)
    return found


def _find(sheet: Sheet, key: str) -> Row | None:
    return next((each for each in sheet.rows if each.key == key), None)
