"""Which rows of two lists are the same row: unchanged, moved, or written differently."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

_LIKE = 50
"""Per cent of letters in common from which a row counts as rewritten and not as another one."""


class Pair(NamedTuple):
    """Positions of one row before and after; None where it was not or is no more."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """
    Return the rows of both lists in the order of the new one, each once.

    Equal rows are paired, first those that keep their order and then those that moved; of the
    rest, between two that kept their order, the likest. A row that is gone stands where it was.
    """
    kept = _kept(old, new)
    moved = _moved(old, new, kept)
    kept |= _rewritten(old, new, kept, moved)
    gone = set(range(len(old))) - set(kept.values()) - set(moved.values())
    rows: list[Pair] = []
    reached = 0
    for position in range(len(new)):
        until = next((kept[n] for n in range(position, len(new)) if n in kept), len(old))
        rows += [Pair(n, None) for n in range(reached, until) if n in gone]
        reached = until
        if position in moved:
            rows.append(Pair(moved[position], position, moved=True))
        else:
            rows.append(Pair(kept.get(position), position))
    return rows + [Pair(n, None) for n in range(reached, len(old)) if n in gone]


def _kept(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {b.b + n: b.a + n for b in blocks for n in range(b.size)}


def _moved(old: Sequence[str], new: Sequence[str], kept: dict[int, int]) -> dict[int, int]:
    free = [n for n in range(len(old)) if n not in set(kept.values())]
    moved: dict[int, int] = {}
    for position in (n for n in range(len(new)) if n not in kept):
        if (same := next((n for n in free if old[n] == new[position]), None)) is not None:
            moved[position] = same
            free.remove(same)
    return moved


def _rewritten(
    old: Sequence[str], new: Sequence[str], kept: dict[int, int], moved: dict[int, int]
) -> dict[int, int]:
    found: dict[int, int] = {}
    fixed = [(-1, -1), *sorted((a, b) for b, a in kept.items()), (len(old), len(new))]
    taken = set(moved.values())
    for (a, b), (c, d) in pairwise(fixed):
        before = [n for n in range(a + 1, c) if n not in taken]
        after = [n for n in range(b + 1, d) if n not in moved]
        found |= _likest(old, new, before, after)
    return found


def _likest(
    old: Sequence[str], new: Sequence[str], before: list[int], after: list[int]
) -> dict[int, int]:
    """Pair rows in their order so that the pairs are as like as can be."""
    like = [[fuzz.ratio(old[i], new[j], score_cutoff=_LIKE) for j in after] for i in before]
    best = [[0.0] * (len(after) + 1)]
    for row in like:
        best.append([0.0])
        for k, likeness in enumerate(row):
            best[-1].append(max(best[-1][k], best[-2][k + 1], best[-2][k] + likeness))
    found: dict[int, int] = {}
    n, k = len(before), len(after)
    while n and k:
        if best[n][k] == best[n][k - 1]:
            k -= 1
        elif best[n][k] == best[n - 1][k]:
            n -= 1
        else:
            n, k = n - 1, k - 1
            found[after[k]] = before[n]
    return found
