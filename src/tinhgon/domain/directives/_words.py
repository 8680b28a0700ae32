"""
Words, sentences and clauses of Vietnamese official prose; every position refers to the text as
given.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

TONES = dict(
    pair.split(":")
    for pair in [
        "oà:òa",
        "oá:óa",
        "oả:ỏa",
        "oã:õa",
        "oạ:ọa",
        "oè:òe",
        "oé:óe",
        "oẻ:ỏe",
        "oẽ:õe",
        "oẹ:ọe",
        "uỳ:ùy",
        "uý:úy",
        "uỷ:ủy",
        "uỹ:ũy",
        "uỵ:ụy",
    ]
)
TONE = re.compile(r"(?<!q)(?:" + "|".join(TONES) + r")(?![^\W\d_])")
WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*|[^\w\s]|_")
SENTENCE_END = re.compile(r"[.!?…]+[”\"')\]]*\s+(?=[“\"'(]?(?P<next>[^\W\d_]))")
ABBREVIATIONS = frozenset(
    [
        "tp",
        "tt",
        "kt",
        "th",
        "ths",
        "ts",
        "pgs",
        "gs",
        "ks",
        "bs",
        "stt",
        "tx",
        "q",
        "p",
        "h",
        "mr",
        "st",
        "vv",
    ]
)


def fold(text: str) -> str:
    """Return `text` in lower case and one spelling of tone marks, every letter in its old place."""
    return TONE.sub(lambda m: TONES[m[0]], text.lower())


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: `text` folded, `start` and `end` in the sentence."""

    text: str
    start: int
    end: int
    capital: bool

    @property
    def word(self) -> bool:
        return self.text[0].isalnum()


# Every question about an item cuts the same few texts again.
@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    folded = fold(text)
    return tuple(
        Token(folded[m.start() : m.end()], m.start(), m.end(), text[m.start()].isupper())
        for m in WORD.finditer(text)
    )


class Phrases:
    """A set of phrases, found in a list of tokens by the longest match."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(m[0] for m in WORD.finditer(fold(phrase)))
            self._by_first.setdefault(words[0], []).append(words)
        for found in self._by_first.values():
            found.sort(key=len, reverse=True)

    def match(self, toks: Sequence[Token], i: int) -> int:
        """Return how many tokens from `i` on make one of the phrases, 0 if none does."""
        if not 0 <= i < len(toks):
            return 0
        for words in self._by_first.get(toks[i].text, ()):
            if len(toks) - i >= len(words) and all(
                toks[i + k].text == word for k, word in enumerate(words)
            ):
                return len(words)
        return 0


@cache
def _raw() -> dict[str, list[str]]:
    text = files(__package__).joinpath("lexicon.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def lexicon() -> dict[str, Phrases]:
    return {name: Phrases(words) for name, words in _raw().items()}


def alternatives(name: str) -> str:
    """Return the phrases of one list as alternatives of a regular expression, longest first."""
    return "|".join(re.escape(fold(p)) for p in sorted(_raw()[name], key=len, reverse=True))


def words(name: str) -> frozenset[str]:
    """Return the single words of one list of the lexicon."""
    return frozenset(_raw()[name])


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, from `start` up to but not including `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def trimmed(text: str, start: int, end: int, chars: str = " \t\n") -> Span:
    while start < end and text[start] in chars:
        start += 1
    while end > start and text[end - 1] in chars:
        end -= 1
    return Span(start, end)


@lru_cache(maxsize=64)
def depths(text: str) -> tuple[int, ...]:
    """Return for each letter how many brackets are open there."""
    if not any(sign in text for sign in "()[]"):
        return (0,) * len(text)
    out: list[int] = []
    depth = 0
    for char in text:
        if char in ")]":
            depth = max(0, depth - 1)
        out.append(depth)
        if char in "([":
            depth += 1
    return tuple(out)


def sentences(text: str) -> list[Span]:
    """Split `text` at full stops, not at those of abbreviations or inside brackets."""
    depth, start, out = depths(text), 0, []
    for m in SENTENCE_END.finditer(text):
        last = re.search(r"(\w+)$", text[: m.start()])
        abbreviated = m[0].startswith(".") and last and fold(last[1]) in ABBREVIATIONS
        if depth[m.start()] == 0 and not abbreviated and m["next"].isupper():
            out.append(trimmed(text, start, m.end()))
            start = m.end()
    out.append(trimmed(text, start, len(text)))
    return [span for span in out if span.end > span.start]


def clauses(text: str, within: Span | None = None) -> list[Span]:
    """
    Split the sentences of `text` further at semicolons outside brackets; the sign stays with its
    clause.
    """
    depth, out = depths(text), []
    for sentence in [within] if within else sentences(text):
        start = sentence.start
        for at in range(sentence.start, sentence.end):
            if text[at] == ";" and depth[at] == 0:
                out.append(trimmed(text, start, at + 1))
                start = at + 1
        out.append(trimmed(text, start, sentence.end))
    return [span for span in out if span.end > span.start]


def pairs(items: Sequence[Span]) -> Iterator[tuple[Span, Span | None]]:
    """Yield each span with the one after it."""
    for k, item in enumerate(items):
        yield item, items[k + 1] if k + 1 < len(items) else None
