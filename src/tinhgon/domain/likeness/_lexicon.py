"""The words of lexicon.toml, made ready for reading names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from tinhgon.domain.vntext import fold, same_spelling

from ._model import Verdict

DECISIVE = "!"
SCOPE = "!?"
ACTION = "*"
AUTHORITY = "@"
LEVEL = "^"
AGAIN = "+"
ANOTHER = "~"
_SYLLABLE = re.compile(r"[^\W_]+")

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
"""First syllable → (all syllables, the tokens they stand for), the longest first."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """The numbers of [scoring]; what each does is said there."""

    lone_word: float
    opposed_word: float
    opposed_cap: float
    decisive_cap: float
    level_cap: float
    wording_cap: float
    soft: float
    aside: float
    same_article: float
    same_document: float
    other_documents: float
    other_field: float
    same_list: float
    same_content: float
    other_content: float


@lru_cache(maxsize=16384)  # there are some ten thousand syllables
def bare(word: str) -> str:
    """Fold a single word."""
    return fold(word)


def syllables(text: str) -> list[str]:
    return _SYLLABLE.findall(text)


@cache
def _data() -> dict[str, Any]:
    file = resources.files(__package__).joinpath("lexicon.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def scoring() -> Scoring:
    return Scoring(**_data()["scoring"])


@cache
def _lowest() -> tuple[tuple[float, Verdict], ...]:
    return tuple((float(low), Verdict(name)) for name, low in _data()["verdicts"].items())


def verdict_of(score: float) -> Verdict:
    return next((v for low, v in _lowest() if score >= low), Verdict.DIFFERENT)


def lowest_score(verdict: Verdict) -> float:
    return next((low for low, v in _lowest() if v is verdict), 0.0)


@cache
def short_forms() -> dict[str, tuple[str, ...]]:
    """Abbreviation, folded and without signs → the syllables it stands for, with diacritics."""
    return {
        "".join(syllables(fold(short))): tuple(syllables(same_spelling(full.lower())))
        for short, full in _data()["short"].items()
    }


@cache
def leading() -> tuple[tuple[str, ...], ...]:
    """Return openings without meaning, folded, the longest first."""
    found = [tuple(syllables(fold(words))) for words in _data()["fillers"]["leading"]]
    return tuple(sorted(found, key=len, reverse=True))


@cache
def phrases(*, marked: bool) -> Phrases:
    """
    Return the phrases to look for in a name.

    :param marked: in a name with diacritics. Without them a single syllable says nothing, so that
        only longer phrases and the fillers are known.
    """
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words, tokens in _entries():
        key = tuple(syllables(same_spelling(words.lower()) if marked else fold(words)))
        if marked or len(key) > 1 or not tokens:
            found.setdefault(key, tokens)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for key in sorted(found, key=len, reverse=True):
        by_first.setdefault(key[0], []).append((key, found[key]))
    return {first: tuple(entries) for first, entries in by_first.items()}


def _entries() -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield phrases and their tokens; where one comes twice, the first counts."""
    data = _data()
    yield from (
        (words, tuple(syllables(fold(words)))) for words in data["decisive"]["not_decisive"]
    )
    for level, names in data["levels"].items():
        for name in names:
            yield name, (LEVEL + level,)
    yield from ((words, (AUTHORITY + fold(words),)) for words in data["authorities"]["phrases"])
    yield from _grouped(data["actions"]["groups"], ACTION)
    yield from _drafting(data["actions"])
    yield from _grouped(data["decisive"]["groups"], DECISIVE)
    yield from _grouped(data["decisive"]["scope"], SCOPE)
    yield from ((words, (fold(words).replace(" ", ""),)) for words in data["compounds"]["words"])
    for word, verbs in (("lại", "again_after"), ("đổi", "change_after")):
        yield from _after_verbs(word, data["decisive"][verbs], data["actions"]["groups"])
    yield from ((words, ()) for words in data["fillers"]["anywhere"])


def _grouped(groups: list[list[str]], sign: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    for group in groups:
        for words in group:
            yield words, (sign + fold(group[0]),)


def _drafting(actions: dict[str, list[str]]) -> Iterable[tuple[str, tuple[str, ...]]]:
    for verb in actions["drafting"]:
        for plan in actions["drafted"]:
            yield f"{verb} {plan}", (f"{ACTION}ban hanh", *syllables(fold(plan)))


def _after_verbs(
    word: str, verbs: list[str], actions: list[list[str]]
) -> Iterable[tuple[str, tuple[str, ...]]]:
    known = {fold(words): ACTION + fold(group[0]) for group in actions for words in group}
    for verb in verbs:
        bare = fold(verb)
        tokens = (known[bare],) if bare in known else tuple(syllables(bare))
        yield f"{verb} {word}", (*tokens, DECISIVE + fold(word))
