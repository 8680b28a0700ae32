"""Which body of the second part belongs to which row of the list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz import fuzz

from tinhgon.domain.vntext import fold

from ._model import Content, Row

_WORDS = re.compile(r"[^a-z0-9]+")
_LEAD = re.compile(r"^(?:thu tuc|ten thu tuc(?: hanh chinh)?|trinh tu|de nghi)\s+")
_BOUND = 0.72


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    text = " ".join(word for word in _WORDS.split(fold(name)) if word)
    return _LEAD.sub("", text)


def likeness(one: str, other: str) -> float:
    """Return how like two names are, 0 to 1; one may be the beginning of the other."""
    a, b = _key(one), _key(other)
    if len(a) < 6 or len(b) < 6:
        return float(a == b)
    short, long_ = sorted((a, b), key=len)
    if long_.startswith(short) and len(short) >= 20:
        return 0.98 if len(short) < len(long_) else 1.0
    return float(fuzz.ratio(a, b)) / 100


def matched(rows: Sequence[Row], contents: Sequence[Content]) -> list[Row]:
    """
    Return the rows with their contents.

    Each body goes to the row it is likest; among rows alike in name to the first one still free.
    A body of a new procedure goes to all rows which it replaces.
    """
    pairs = sorted(
        (
            (-likeness(content.name, row.name), abs(i * len(rows) - j * len(contents)), i, j)
            for i, content in enumerate(contents)
            for j, row in enumerate(rows)
            if content.name
        ),
    )
    taken: dict[int, Content] = {}
    used: set[int] = set()
    for unlike, _, i, j in pairs:
        if -unlike >= _BOUND and i not in used and j not in taken:
            taken[j] = contents[i]
            used.add(i)
    for j, row in enumerate(rows):
        if row.replaced_by and j not in taken:
            scores = [(likeness(content.name, row.replaced_by), content) for content in contents]
            best = max(scores, key=lambda each: each[0], default=None)
            if best and best[0] >= _BOUND:
                taken[j] = best[1]
    return [replace(row, content=taken.get(j)) for j, row in enumerate(rows)]
