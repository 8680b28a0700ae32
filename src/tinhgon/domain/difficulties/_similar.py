from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from rapidfuzz import fuzz

from tinhgon.domain.vntext import fold

LEAST = 62
"""Alike by so much in a hundred, or not shown."""
_WORDS = re.compile(r"\w+")
# What nearly every difficulty says, and so tells none from another.
_COMMON = frozenset(
    fold(
        "khó khăn vướng mắc cơ quan đơn vị thủ tục hành chính nội bộ thực hiện quy định chưa có "
        "không được các của và theo về việc trong cho khi đối với để là còn này đã phải tại hoặc "
        "do từ bị"
    ).split()
)


def similar(text: str, known: Mapping[int, str], *, most: int = 5) -> list[tuple[int, int]]:
    """
    Return those of `known` (key → text) that speak of the same thing, the likest first.

    Each with how alike, in a hundred. What is typed is compared as words and pairs of words without
    tones, so that neither the order of sentences nor their length counts for much; less than three
    telling words find nothing.
    """
    wanted = _telling(text)
    if len(wanted.split()) < 3:
        return []
    found = []
    for key, words in known.items():
        score = _alike(wanted, _telling(words))
        if score >= LEAST:
            found.append((key, round(score)))
    found.sort(key=lambda each: (-each[1], each[0]))
    return found[:most]


def _telling(text: str) -> str:
    return " ".join(word for word in _WORDS.findall(fold(text)) if word not in _COMMON)


def _alike(one: str, other: str) -> float:
    """Return the mean of what words and what pairs of words have in common, by the shorter."""
    words = fuzz.token_set_ratio(one, other)
    pairs, others = _pairs(one), _pairs(other)
    if not pairs or not others:
        return 0.0
    shared = 100 * len(pairs & others) / min(len(pairs), len(others))
    return (words + shared) / 2


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(text.split()))
