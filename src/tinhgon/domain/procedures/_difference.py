from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from ._alignment import Pair, align
from ._flow import waits_for
from ._record import Form, Record, Step
from ._words import LABELS, names_its_waits, part_values, value_words


class Change(StrEnum):
    SAME = auto()
    ADDED = auto()
    REMOVED = auto()
    CHANGED = auto()
    MOVED = auto()
    """Says the same in another place."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a list (a step, a paper): its words before and after; "" where there was none."""

    change: Change
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part of the record that differs, with all of its rows."""

    part: str
    label: str
    rows: tuple[RowChange, ...]


def difference(old: Record | None, new: Record) -> tuple[PartChange, ...]:
    """
    Return what differs between two versions, part by part in the printed order, row by row.

    Rows are compared by what they say, so that an inserted step does not make all later ones
    differ, although their numbers do. Against no version everything that is filled is added.
    """
    found = []
    for part, label in LABELS.items():
        if old is not None and getattr(old, part) == getattr(new, part):
            continue
        before = part_values(old, part) if old else ()
        after = part_values(new, part)
        if isinstance(getattr(new, part), tuple):
            rows = _rows(before, after)
        else:
            rows = _single(before, after)
        if any(row.change is not Change.SAME for row in rows):
            found.append(PartChange(part, label, tuple(rows)))
    return tuple(found)


def _single(before: Sequence[object], after: Sequence[object]) -> list[RowChange]:
    """Compare parts that are no lists: another value is a change, however unlike the former."""
    match before, after:
        case [old], [new]:
            change = Change.SAME if old == new else Change.CHANGED
            return [RowChange(change, value_words(old), value_words(new))]
        case _:
            gone = [RowChange(Change.REMOVED, value_words(value), "") for value in before]
            return gone + [RowChange(Change.ADDED, "", value_words(value)) for value in after]


def _rows(before: Sequence[object], after: Sequence[object]) -> list[RowChange]:
    pairs = align([row_key(value) for value in before], [row_key(value) for value in after])
    apart = _waiting_otherwise(before, after, pairs) | _other_files(before, after, pairs)
    return [_row(pair, before, after, apart) for pair in pairs]


def row_key(value: object) -> str:
    """Return what a row says, whatever it waits for."""
    return value_words(replace(value, after=()) if isinstance(value, Step) else value)


def _row(
    pair: Pair, before: Sequence[object], after: Sequence[object], apart: set[int]
) -> RowChange:
    if pair.old is None or pair.new is None:
        old = "" if pair.old is None else value_words(before[pair.old])
        new = "" if pair.new is None else value_words(after[pair.new])
        return RowChange(Change.REMOVED if pair.new is None else Change.ADDED, old, new)
    old, new = value_words(before[pair.old]), value_words(after[pair.new])
    if pair.new in apart or row_key(before[pair.old]) != row_key(after[pair.new]):
        suffix = " (thay tệp kèm theo)" if old == new and isinstance(after[pair.new], Form) else ""
        return RowChange(Change.CHANGED, old, new + suffix)
    return RowChange(Change.MOVED if pair.moved else Change.SAME, old, new)


def _waiting_otherwise(
    before: Sequence[object], after: Sequence[object], pairs: Sequence[Pair]
) -> set[int]:
    """Return the new steps that wait for other steps than before, whatever their numbers."""
    old_steps = [value for value in before if isinstance(value, Step)]
    new_steps = [value for value in after if isinstance(value, Step)]
    if not old_steps or not new_steps:
        return set()
    renumbered = {i + 1: j + 1 for i, j in _matched(pairs)}
    waited, waits = waits_for(old_steps), waits_for(new_steps)
    found = set()
    for i, j in _matched(pairs):
        named = names_its_waits(old_steps[i]) or names_its_waits(new_steps[j])
        if named and {renumbered.get(number) for number in waited[i + 1]} != set(waits[j + 1]):
            found.add(j)
    return found


def _other_files(
    before: Sequence[object], after: Sequence[object], pairs: Sequence[Pair]
) -> set[int]:
    return {
        j
        for i, j in _matched(pairs)
        if isinstance(old := before[i], Form)
        and isinstance(new := after[j], Form)
        and old.file != new.file
    }


def _matched(pairs: Sequence[Pair]) -> list[tuple[int, int]]:
    return [(p.old, p.new) for p in pairs if p.old is not None and p.new is not None]
