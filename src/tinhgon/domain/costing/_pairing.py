"""Which rows of two lists are the same job: by their marks, else by their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from tinhgon.domain.vntext import fold

from ._enums import RowGroup, Side


@dataclass(frozen=True, slots=True)
class Named:
    """What a row is called: the `marks` that it is known by, its group, its side and its words."""

    marks: frozenset[str]
    group: RowGroup
    side: Side
    what: str
    how: str = ""


class By(StrEnum):
    """What a row was known by again."""

    MARK = auto()
    WORDS = auto()
    NOTHING = auto()
    """No row is like it: it is a new one."""
    UNCLEAR = auto()
    """Several rows could be meant, and nothing tells which."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """
    Which row is meant: its place among the known ones, None unless `by` is a mark or words.

    Where it is unclear, `could_be` has the places of the known rows and `alike` those of the other
    rows that could be meant with the same right.
    """

    by: By
    place: int | None = None
    could_be: tuple[int, ...] = ()
    alike: tuple[int, ...] = ()


_NEW = Pairing(By.NOTHING)


def pair(rows: Sequence[Named], known: Sequence[Named]) -> tuple[Pairing, ...]:
    """
    Return for each row which of the `known` ones it is; no two are the same one, order is nothing.

    A mark goes first. A mark that stands twice, as in a row that was copied, belongs to the one
    with the words of the known row. The rest goes by folded words, of rows that are wholly alike
    first, then of the same group and side, then anywhere; only where they leave no choice.
    """
    found: dict[int, Pairing] = {}
    for place, marked in _by_mark(rows, known).items():
        found |= _marked(marked, place, rows, known)
    for name in _NAMES:
        left = [n for n in range(len(rows)) if n not in found]
        free = _free(found, known)
        for said, meant in _alike(left, rows, free, known, name):
            if len(said) == len(meant) == 1:
                found[said[0]] = Pairing(By.WORDS, meant[0])
    left = [n for n in range(len(rows)) if n not in found]
    for said, meant in _alike(left, rows, _free(found, known), known, _words):
        found |= _unclear(said, meant)
    return tuple(found.get(n, _NEW) for n in range(len(rows)))


def _by_mark(rows: Sequence[Named], known: Sequence[Named]) -> Mapping[int, list[int]]:
    """Return place of a known row → the places of the rows that have a mark of it."""
    owner = {mark: place for place, each in enumerate(known) for mark in each.marks}
    found: dict[int, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        for place in {owner[mark] for mark in row.marks if mark in owner}:
            found[place].append(n)
    return found


def _marked(
    said: Sequence[int], place: int, rows: Sequence[Named], known: Sequence[Named]
) -> Mapping[int, Pairing]:
    """Return which of the rows with a mark of a known one is that one."""
    if len(said) == 1:
        return {said[0]: Pairing(By.MARK, place)}
    same = [n for n in said if _words(rows[n]) == _words(known[place])]
    if len(same) == 1:
        return {same[0]: Pairing(By.MARK, place)}
    return _unclear(same or said, [place])


def _unclear(said: Sequence[int], meant: Sequence[int]) -> Mapping[int, Pairing]:
    return {
        n: Pairing(
            By.UNCLEAR,
            could_be=tuple(meant),
            alike=tuple(other for other in said if other != n),
        )
        for n in said
    }


def _free(found: Mapping[int, Pairing], known: Sequence[Named]) -> list[int]:
    taken = {place for each in found.values() for place in (each.place, *each.could_be)}
    return [place for place in range(len(known)) if place not in taken]


def _alike(
    left: Iterable[int],
    rows: Sequence[Named],
    free: Iterable[int],
    known: Sequence[Named],
    name: Callable[[Named], Hashable],
) -> list[tuple[list[int], list[int]]]:
    """Return the places of rows and of known ones that are called the same, where both are."""
    said: dict[Hashable, list[int]] = defaultdict(list)
    meant: dict[Hashable, list[int]] = defaultdict(list)
    for n in left:
        said[name(rows[n])].append(n)
    for place in free:
        meant[name(known[place])].append(place)
    return [(places, meant[each]) for each, places in said.items() if each in meant]


def _words(row: Named) -> str:
    return fold(row.what)


_NAMES: tuple[Callable[[Named], Hashable], ...] = (
    lambda row: (row.group, row.side, _words(row), fold(row.how)),
    lambda row: (row.group, row.side, _words(row)),
    _words,
)
"""What a row is called, from all that is said of it to its words alone."""
