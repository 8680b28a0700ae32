from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import count

from tinhgon.domain.vntext import fold


def free_key(wanted: str, order: int, taken: Collection[str]) -> str:
    """Return the key of a section: the one that its heading is known by, else "muc-3"."""
    if wanted and wanted not in taken:
        return wanted
    return next(key for n in count(order) if (key := f"muc-{n}") not in taken)


def followed(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """
    Return for each new heading the place of the old one that it goes on; None for one that came.

    The same words are the same heading, wherever they stand. Other words between the same
    neighbours are it renamed, where as many came there as went; else nobody knows which is which.
    """
    places = {fold(words): place for place, words in enumerate(old)}
    found = [places.get(fold(words)) for words in new]
    went, came = _gaps(list(range(len(old))), set(found)), _gaps(found, set(found))
    for before, there in came.items():
        if len(there) == len(went[before]):
            for now, was in zip(there, went[before], strict=True):
                found[now] = was
    return found


def _gaps(
    headings: Sequence[int | None], kept: Collection[int | None]
) -> dict[int | None, list[int]]:
    """Return the places of headings that are not kept, by the kept one before them."""
    before: int | None = None
    gaps: dict[int | None, list[int]] = defaultdict(list)
    for place, heading in enumerate(headings):
        if heading is not None and heading in kept:
            before = heading
        else:
            gaps[before].append(place)
    return gaps
