"""Between which ends the cost and the saving lie, and what the doubt does to a target."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from enum import StrEnum, auto
from itertools import product

from tinhgon.domain.vntext import UNDEFINED

from ._cost import compare, cost
from ._enums import Confidence, Term
from ._limits import limits
from ._model import Note, Row, Sheet, Sides
from ._norms import spreads

_NOTHING = Decimal(0)
_WIDE = Context(prec=60)
_ROUNDS = 50
_OF_ROW = "row "
_OF_SHEET = "sheet "
_NOW = "now"
_AFTER = "after"
"""What one side has for itself moves as one unknown: the cost only grows with each part of it."""
_Pair = tuple[Decimal, Decimal]
"""What one row costs before and after in one case."""
_Case = Sequence[Sequence[_Pair]]
"""For each row what it can cost, with the figures of the sheet at certain ends."""


@dataclass(frozen=True, slots=True)
class Band:
    """A figure at its low end, as given, and at its high end; all in the unit of the figure."""

    low: Decimal
    likely: Decimal
    high: Decimal


class Reach(StrEnum):
    """Whether a saving reaches a target, whatever the true figures are."""

    CERTAIN = auto()
    POSSIBLE = auto()
    MISSED = auto()
    UNDEFINED = auto()
    """The cost before is nothing."""


REACH_WORDS = {
    Reach.CERTAIN: "chắc chắn đạt",
    Reach.POSSIBLE: "có thể đạt",
    Reach.MISSED: "không đạt",
    Reach.UNDEFINED: UNDEFINED,
}


@dataclass(frozen=True, slots=True)
class SavingBand:
    """What doubt leaves of a saving, in đồng a year; `ratio` is None where it is not defined."""

    now: Band
    after: Band
    saved: Band
    ratio: Band | None
    confidence: Confidence | None

    def reach(self, target: Decimal) -> Reach:
        """Return whether the share saved reaches `target` (0.2 for 20%) for all, some, no case."""
        if self.ratio is None:
            return Reach.UNDEFINED
        if self.ratio.low >= target:
            return Reach.CERTAIN
        return Reach.POSSIBLE if self.ratio.high >= target else Reach.MISSED


def figure_band(term: Term, value: Decimal, note: Note) -> Band:
    """
    Return the ends of one figure: those that were given, else by its confidence.

    A figure of unknown confidence stands as it is: nobody said that it is in doubt.
    """
    below = above = _NOTHING
    if note.confidence is not None:
        spread = spreads()[note.confidence]
        below, above = spread.below, spread.above
    low = note.low if note.low is not None else value * (1 - below)
    high = note.high if note.high is not None else value * (1 + above)
    return Band(min(low, value), value, min(max(high, value), limits()[term].most))


def band(sheet: Sheet) -> Band:
    """Return the yearly cost in đồng with every figure at its low, its given and its high end."""
    rows = [_terms(sheet, row, "", ({}, {})) for row in sheet.rows if sheet.counts(row)]
    every = {key for row in rows for _, key in row.values()}
    with localcontext(_WIDE):
        low = sum((_year(row, set()) for row in rows), _NOTHING)
        high = sum((_year(row, every) for row in rows), _NOTHING)
    return Band(low, cost(sheet).year, high)


def saving_band(sides: Sides) -> SavingBand:
    """
    Return between which ends the saving lies.

    A figure that is the same on both sides is one unknown, not two: if the true hours are higher,
    they are higher before and after. The ends are exact over all combinations: what only one side
    has is worst where it makes the cost after high and the one before low, and best the other way
    round, so that only what both sides share is combined, at most one unknown a term and row.
    """
    likely = compare(sides.now, sides.after)
    with localcontext(_WIDE):
        rows = _rows(sides)
        worst, best = list(_cases(rows, {_AFTER})), list(_cases(rows, {_NOW}))
        low = min(sum((min(n - a for n, a in row) for row in case), _NOTHING) for case in worst)
        high = max(sum((max(n - a for n, a in row) for row in case), _NOTHING) for case in best)
        ratio = _ratio_band(likely.ratio, worst, best)
    return SavingBand(
        band(sides.now),
        band(sides.after),
        Band(low, likely.saved, high),
        ratio,
        confidence_of(sides),
    )


def confidence(sheet: Sheet) -> Confidence | None:
    """Return how sure the least sure figure is that counts; None where nothing is known."""
    found = [
        note.confidence
        for row in sheet.rows
        if sheet.counts(row)
        for term in Term
        if sheet.value(row, term) and (note := sheet.note(row, term)).confidence is not None
    ]
    return _least_sure(*found)


def confidence_of(sides: Sides) -> Confidence | None:
    """Return how sure the least sure figure of either side is; None where nothing is known."""
    return _least_sure(confidence(sides.now), confidence(sides.after))


def _least_sure(*found: Confidence | None) -> Confidence | None:
    known = [each for each in found if each is not None]
    return max(known, key=list(Confidence).index, default=None)


def _ratio_band(
    likely: Decimal | None, worst: Sequence[_Case], best: Sequence[_Case]
) -> Band | None:
    if likely is None:
        return None
    most = [_left(case, 1 - likely, sign=1) for case in worst]
    least = [_left(case, 1 - likely, sign=-1) for case in best]
    if None in most or None in least:
        return None
    low = 1 - max(left for left in most if left is not None)
    high = 1 - min(left for left in least if left is not None)
    return Band(min(low, likely), likely, max(high, likely))


def _left(case: _Case, start: Decimal, *, sign: int) -> Decimal | None:
    """
    Return the greatest (sign 1) or least (-1) share of the cost that is left after the plan.

    The share is a quotient of two sums with one choice for each row: at the share looked for, the
    choices with the greatest after − share × now add up to nothing (Dinkelbach), and each round
    comes nearer. None where the cost before can be nothing while the one after is not.
    """
    left = start
    for _ in range(_ROUNDS):
        chosen = [_farthest(row, left, sign) for row in case]
        now = sum((pair[0] for pair in chosen), _NOTHING)
        after = sum((pair[1] for pair in chosen), _NOTHING)
        if not now:
            return None if after else left
        if sign * (after / now - left) <= _NEAR:
            break
        left = after / now
    return left


def _farthest(row: Sequence[_Pair], left: Decimal, sign: int) -> _Pair:
    return max(row, key=lambda pair: sign * (pair[1] - left * pair[0]))


_NEAR = Decimal("1e-12")
_Terms = Mapping[Term, tuple[Band, str]]
"""The figures of a row on one side, each with the name of the unknown that moves it."""


def _rows(sides: Sides) -> list[tuple[_Terms, _Terms]]:
    now = {row.key: row for row in sides.now.rows}
    after = {row.key: row for row in sides.after.rows}
    return [_both(sides, now.get(key), after.get(key)) for key in now | after]


def _cases(rows: Sequence[tuple[_Terms, _Terms]], high: Set[str]) -> Iterator[_Case]:
    """
    Yield what the rows can cost with `high` at the high end, for every combination of ends of what
    holds for all of them; each row is reckoned once for what it has of it.
    """
    found: list[dict[frozenset[str], list[_Pair]]] = [
        {
            shared: [
                (_year(n, shared | own | high), _year(a, shared | own | high))
                for own in _subsets([(n, a)], _OF_ROW)
            ]
            for shared in _subsets([(n, a)], _OF_SHEET)
        }
        for n, a in rows
    ]
    own = [frozenset().union(*each) for each in found]
    for shared in _subsets(rows, _OF_SHEET):
        yield [row[shared & keys] for row, keys in zip(found, own, strict=True)]


def _both(sides: Sides, now: Row | None, after: Row | None) -> tuple[_Terms, _Terms]:
    """Return the terms of a row on both sides, {} where it costs nothing."""
    one = {
        term: f"{_OF_SHEET}{term}"
        for term in Term
        if sides.now.default(term) == sides.after.default(term)
    }
    own = {term: f"{_OF_ROW}{term}" for term in Term if now and after and _is_one(now, after, term)}
    return (
        _terms(sides.now, now, _NOW, (one, own)) if now and sides.now.counts(now) else {},
        _terms(sides.after, after, _AFTER, (one, own))
        if after and sides.after.counts(after)
        else {},
    )


def _is_one(now: Row, after: Row, term: Term) -> bool:
    """Return whether a figure of the row's own is one unknown before and after."""
    before, later = now.value(term), after.value(term)
    if before is None or later is None:
        return False
    return before == later or (bool(before) and after.note(term).follows)


def _terms(
    sheet: Sheet, row: Row, side: str, shared: tuple[Mapping[Term, str], Mapping[Term, str]]
) -> _Terms:
    of_sheet, of_row = shared
    found = {}
    for term in Term:
        ends = figure_band(term, sheet.value(row, term), sheet.note(row, term))
        keys = of_sheet if row.value(term) is None else of_row
        found[term] = (ends, keys.get(term, side))
    return found


def _year(terms: _Terms, high: Set[str]) -> Decimal:
    """Return what a row costs in a year with these unknowns at their high end, the rest low."""
    if not terms:
        return _NOTHING
    at = {term: ends.high if key in high else ends.low for term, (ends, key) in terms.items()}
    once = at[Term.HOURS] * at[Term.HOURLY] + at[Term.SERVICES] + at[Term.FEES]
    return once * at[Term.TIMES] * at[Term.SUBJECTS]


def _subsets(rows: Iterable[tuple[_Terms, _Terms]], kind: str) -> Iterator[frozenset[str]]:
    """Yield every set of unknowns of a kind that have two ends."""
    named = sorted(
        {
            key
            for row in rows
            for terms in row
            for ends, key in terms.values()
            if key.startswith(kind) and ends.low < ends.high
        }
    )
    for is_high in product((False, True), repeat=len(named)):
        yield frozenset(key for key, high in zip(named, is_high, strict=True) if high)
