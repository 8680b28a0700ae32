"""Which words of a text changed, so that two long texts can be read side by side."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple


class Piece(NamedTuple):
    """A run of words; `differs` where the other text does not have it."""

    text: str
    differs: bool


def word_changes(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces; texts that share hardly a word differ as a whole."""
    before, after = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    bare = ([word.strip() for word in before], [word.strip() for word in after])
    matcher = SequenceMatcher(None, *bare, autojunk=False)
    if matcher.ratio() < _LIKE:
        return (Piece(old, differs=True),), (Piece(new, differs=True),)
    left, right = [], []
    for tag, a, b, c, d in matcher.get_opcodes():
        differs = tag != "equal"
        if a < b:
            left.append(Piece("".join(before[a:b]), differs))
        if c < d:
            right.append(Piece("".join(after[c:d]), differs))
    return tuple(left), tuple(right)


_LIKE = 0.3
