from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum, auto

from ._record import Record
from ._words import LABELS, part_words


class Change(StrEnum):
    SAME = auto()
    ADDED = auto()
    REMOVED = auto()
    CHANGED = auto()


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
    differ. Against no version everything that is filled is added.
    """
    found = []
    for part, label in LABELS.items():
        before = part_words(old, part) if old else []
        after = part_words(new, part)
        if before != after:
            found.append(PartChange(part, label, tuple(_rows(before, after))))
    return tuple(found)


def _rows(old: Sequence[str], new: Sequence[str]) -> list[RowChange]:
    rows: list[RowChange] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [RowChange(Change.SAME, text, text) for text in old[a:b]]
            continue
        paired = min(b - a, d - c)
        rows += [
            RowChange(Change.CHANGED, x, y)
            for x, y in zip(old[a : a + paired], new[c : c + paired], strict=True)
        ]
        rows += [RowChange(Change.REMOVED, text, "") for text in old[a + paired : b]]
        rows += [RowChange(Change.ADDED, "", text) for text in new[c + paired : d]]
    return rows
