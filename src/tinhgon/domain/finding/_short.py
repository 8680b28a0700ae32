"""Abbreviations: what is written short is found by its words, and the other way round."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from ._words import chunks_of, words_of


class Shortened(NamedTuple):
    """Words `start` to `end` of a text are what `short` stands for."""

    start: int
    end: int
    short: str


@cache
def _longs() -> dict[str, tuple[str, ...]]:
    return {short: tuple(words_of(long)) for short, long in _table().items()}


@cache
def _table() -> dict[str, str]:
    text = files(__package__).joinpath("short.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["words"])


@cache
def _by_start() -> dict[tuple[str, str], list[tuple[tuple[str, ...], str]]]:
    found: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
    for short, long in _longs().items():
        found.setdefault((long[0], long[1]), []).append((long, short))
    return found


def long_of(word: str) -> tuple[str, ...]:
    """Return the words that `word` stands for, or itself alone."""
    return _longs().get(word) or (word,)


@lru_cache(maxsize=16_384)
def spelled_out(word: str, spelled: str) -> tuple[str, ...]:
    """Return the words that `word` stands for with their marks; else as it is spelled itself."""
    if word not in _table():
        return (spelled,)
    return tuple(s for chunk in chunks_of(_table()[word]) for s in chunk.spelled)


def expanded(words: Sequence[str]) -> Sequence[str]:
    """Return the words with each abbreviation written out; the same object if there is none."""
    longs = _longs()
    if longs.keys().isdisjoint(words):
        return words
    return [long for word in words for long in longs.get(word, (word,))]


def shorts_in(words: Sequence[str]) -> set[str]:
    """Return the abbreviations of all that the words hold, fast for a long text."""
    starts = _by_start()
    there = starts.keys() & set(pairwise(words))
    if not there:
        return set()
    text = f" {' '.join(words)} "
    return {
        short for pair in there for long, short in starts[pair] if f" {' '.join(long)} " in text
    }


def shortened(words: Sequence[str]) -> Iterator[Shortened]:
    """Yield every stretch for which there is an abbreviation, also those within another."""
    starts = _by_start()
    for i, pair in enumerate(pairwise(words)):
        for long, short in starts.get(pair, ()):
            if tuple(words[i : i + len(long)]) == long:
                yield Shortened(i, i + len(long), short)
