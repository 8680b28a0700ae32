"""What changed a saving: a real cut, or only a better figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext

from ._cost import EXACT, compare
from ._enums import Term
from ._model import Note, Row, Sheet, Sides
from ._share import share_of, share_said


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure of the side of now that was given anew: "" as key for one of the whole sheet."""

    key: str
    what: str
    term: Term | None
    was: Decimal | None
    became: Decimal | None
    note: Note


@dataclass(frozen=True, slots=True)
class Split:
    """
    The change of a saving between two states, in đồng a year, exact.

    `became` − `was` = `re_estimate` + `real_cut`. `re_estimate` is what the former cuts save more
    or less because figures of now were corrected; `real_cut` is what other cuts save.
    """

    was: Decimal
    became: Decimal
    re_estimate: Decimal
    real_cut: Decimal
    corrections: tuple[Correction, ...]


def split(was: Sides, became: Sides) -> Split:
    """
    Return how much of the change of a saving is real.

    The cuts of the former state are applied to the figures of the later one: what they then save
    more or less is re-estimate, all the rest is real. So a corrected figure, a new norm or another
    number of subjects, which move both sides, never look like a cut; nor does a job of a procedure
    that was abolished all along, which was only forgotten.
    """
    before = compare(was.now, was.after).saved
    after = compare(became.now, became.after).saved
    same_cuts = compare(became.now, with_cuts_of(was, became)).saved
    with localcontext(EXACT):
        return Split(
            before,
            after,
            same_cuts - before,
            after - same_cuts,
            tuple(_corrections(was.now, became.now)),
        )


def with_cuts_of(was: Sides, became: Sides) -> Sheet:
    """Return the after side that the former cuts make of the later figures."""
    now, ended = became.now, _ended(was)
    left = {row.key for row in became.after.rows if became.after.counts(row)}
    old_now = {row.key: row for row in was.now.rows}
    old_after = {row.key: row for row in was.after.rows}
    rows = []
    for row in now.rows:
        before, later = old_now.get(row.key), old_after.get(row.key)
        if before is None:
            forgotten = ended and row.key not in left
            rows.append(replace(row, gone=row.gone or _GONE) if forgotten else row)
        elif later is None:
            rows.append(replace(row, gone=row.gone or _GONE))
        else:
            rows.append(_cut_as(row, before, later))
    known = {row.key for row in now.rows}
    rows += [row for row in was.after.rows if row.key not in known | old_now.keys()]
    return replace(
        now,
        rows=tuple(rows),
        times=_moved(was.now.times, was.after.times, now.times),
        subjects=_moved(was.now.subjects, was.after.subjects, now.subjects),
    )


_GONE = "không còn"


def _ended(was: Sides) -> bool:
    """Return whether nothing was left of what was done: the whole procedure was to end."""
    done = any(was.now.counts(row) for row in was.now.rows)
    return done and not any(was.after.counts(row) for row in was.after.rows)


def _cut_as(row: Row, before: Row, later: Row) -> Row:
    if later.side is not before.side:
        row = replace(row, side=later.side)
    for term in Term:
        old, new = before.value(term), later.value(term)
        if old == new:
            continue
        own, share = row.value(term), share_said(later.note(term), old, new)
        if share is not None and own is not None and own != old:
            new = share_of(term, own, share)
        row = row.with_value(row.note(term), new)
    return replace(row, gone=later.gone)


def _moved(was_now: Decimal, was_after: Decimal, now: Decimal) -> Decimal:
    return now if was_now == was_after else was_after


def _corrections(was: Sheet, became: Sheet) -> Iterator[Correction]:
    for term in (Term.HOURLY, Term.TIMES, Term.SUBJECTS):
        old, new = was.default(term), became.default(term)
        if old != new:
            yield Correction("", "", term, old, new, became.note(None, term))
    before = {row.key: row for row in was.rows}
    after = {row.key: row for row in became.rows}
    for key, row in after.items():
        if key not in before:
            yield Correction(key, row.what, None, None, None, Note(Term.HOURS, source=row.source))
            continue
        for term in Term:
            old_value, new_value = before[key].value(term), row.value(term)
            if old_value != new_value:
                yield Correction(key, row.what, term, old_value, new_value, row.note(term))
    for key, row in before.items():
        if key not in after:
            yield Correction(key, row.what, None, None, None, Note(Term.HOURS))
