"""Entering a figure: what it does to both sides."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, localcontext

from ._enums import Term
from ._limits import limits
from ._model import Note, Row, Sheet, Sides


def correct(sides: Sides, key: str, note: Note, value: Decimal | None) -> Sides:
    """
    Return both sides with a figure of one row of now given anew; `note` names the term.

    The after side moves along where it had the same figure or one computed from it: a better
    figure is no cut. What somebody stated for the after side stays.

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
    """Return both sides with a figure of one row of after stated; now stays as it is."""
    row = _row(sides.after, key).with_value(note, value)
    return Sides(sides.now, _with_row(sides.after, row))


def correct_all(sides: Sides, note: Note, value: Decimal, *, after: bool = False) -> Sides:
    """
    Return both sides with times or subjects of the whole sheet given anew.

    `after`: of the after side alone; else it moves along where it was the same.
    """
    if after:
        return Sides(sides.now, _with_default(sides.after, note, value))
    is_same = sides.now.default(note.term) == sides.after.default(note.term)
    later = _with_default(sides.after, note, value) if is_same else sides.after
    return Sides(_with_default(sides.now, note, value), later)


def _moved(row: Row, before: Row, now: Row, term: Term) -> Row:
    old, own, new = before.value(term), row.value(term), now.value(term)
    if own == old:
        return row.with_value(now.note(term), new)
    note = row.note(term)
    if note.follows and old and own is not None and new is not None:
        with localcontext(prec=60):
            return row.with_value(
                replace(note, low=None, high=None, confidence=now.note(term).confidence),
                round(own * new / old, limits()[term].places),
            )
    return row


def _with_default(sheet: Sheet, note: Note, value: Decimal) -> Sheet:
    notes = (*(each for each in sheet.notes if each.term is not note.term), note)
    if note.term is Term.TIMES:
        return replace(sheet, times=value, notes=notes)
    return replace(sheet, subjects=value, notes=notes)


def _with_row(sheet: Sheet, row: Row) -> Sheet:
    rows = tuple(row if each.key == row.key else each for each in sheet.rows)
    return replace(sheet, rows=rows)


def _row(sheet: Sheet, key: str) -> Row:
    found = next((each for each in sheet.rows if each.key == key), None)
    if found is None:
        raise KeyError(key)
    return found
