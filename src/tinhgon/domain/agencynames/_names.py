from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from tinhgon.domain.vntext import fold, same_spelling

from ._abbreviations import ABBREVIATIONS, PIECES

T = TypeVar("T")

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_COMMITTEE = "uy ban nhan dan "
_UNIT = re.compile(r"^(?:uy ban nhan dan )?(?:tinh|thanh pho|thi xa|huyen|xa|phuong|thi tran|so) ")
_OF_PROVINCE = " tinh"

# A slip of the pen is forgiven only in what tells agencies apart, and only where that is long:
# "xã Tân Minh" and "xã Tân Bình" are one letter and ten kilometres apart.
_LONG_ENOUGH = 12
_NEAR = 93.0
_APART = 8.0
_WORTH_SUGGESTING = 60.0
_SAME_UNIT = 10.0


@lru_cache(maxsize=8192)  # a tree's names come again with every letter
def name_key(name: str) -> str:
    """
    Return the form under which a name is looked up.

    Without diacritics, signs and "và"; abbreviations in full; "của" and a closing "tỉnh" left out:
    "Sở NN&PTNT tỉnh" and "Sở Nông nghiệp và Phát triển nông thôn" are the same.
    """
    words = [w for w in _NOT_A_WORD.split(fold(name)) if w and w not in {"va", "cua"}]
    full = " ".join(ABBREVIATIONS.get(w, w) for w in _joined(words))
    bare = full.removesuffix(_OF_PROVINCE)
    return full if f"{bare} " == _COMMITTEE else bare


def _joined(words: list[str]) -> list[str]:
    done: list[str] = []
    at = 0
    while at < len(words):
        for pieces in PIECES:
            if tuple(words[at : at + len(pieces)]) == pieces:
                done.append("".join(pieces))
                at += len(pieces)
                break
        else:
            done.append(words[at])
            at += 1
    return done


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """What a name stands for: one item, several that it cannot tell apart, or none."""

    candidates: tuple[T, ...]

    @property
    def only(self) -> T | None:
        return self.candidates[0] if len(self.candidates) == 1 else None


class NameIndex(Generic[T]):
    """
    Agencies by the ways they may be written.

    :param place: the name of the province, which may follow the name of a department.
    """

    def __init__(self, *, place: str = "") -> None:
        self._place = name_key(place)
        self._by_key: dict[str, dict[T, str]] = {}
        self._by_symbol: dict[str, dict[T, str]] = {}

    def add(self, item: T, *, names: Iterable[str], symbol: str = "") -> None:
        """Enter an agency; committees without symbol, for UBND tells nobody which."""
        for name in filter(None, names):
            exact = _exact(name)
            for key in self._ways(name_key(name)):
                self._by_key.setdefault(key, {})[item] = exact
        if symbol:
            self._by_symbol.setdefault(_symbol_key(symbol), {})[item] = symbol

    def find(self, name: str) -> Match[T]:
        """Return what exactly this name stands for, whatever its diacritics and abbreviations."""
        found: dict[T, str] = {}
        for key in self._ways(name_key(name)):
            found = self._by_key.get(key, {})
            if found:
                break
        else:
            found = self._by_symbol.get(_symbol_key(name), {}) if " " not in name.strip() else {}
        return Match(_best(found, _exact(name)))

    def find_begun(self, name: str) -> Match[T]:
        """
        Return the agencies whose names go on where this one stops: "UBND thành phố", "Sở Khoa học".

        The name of a commune or district is never completed: "xã Tân" could be any of ten.
        """
        wanted = name_key(name)
        if _UNIT.match(wanted) and not wanted.startswith("so "):
            return Match(())
        found: dict[T, str] = {}
        for key, items in self._by_key.items():
            if key.startswith(f"{wanted} "):
                found |= items
        return Match(tuple(found))

    def find_near(self, name: str) -> Match[T]:
        """Return the agency that is meant in spite of a slip of the pen: one only, and clearly."""
        wanted = name_key(name)
        own = _UNIT.sub("", wanted)
        if len(own) < _LONG_ENOUGH:
            return Match(())
        scores: dict[T, float] = {}
        for key, items in self._by_key.items():
            if _unit(key) != _unit(wanted):
                continue
            score = fuzz.ratio(own, _UNIT.sub("", key))
            for item in items:
                scores[item] = max(score, scores.get(item, 0.0))
        ranked = sorted(scores, key=lambda item: -scores[item])
        if not ranked or scores[ranked[0]] < _NEAR:
            return Match(())
        if len(ranked) > 1 and scores[ranked[0]] - scores[ranked[1]] < _APART:
            return Match(tuple(ranked[:2]))
        return Match((ranked[0],))

    def suggest(self, name: str, most: int = 3) -> list[T]:
        """Return the agencies with the likest names, best first; none that is not at all alike."""
        wanted = name_key(name)
        own = _UNIT.sub("", wanted)
        scores: dict[T, float] = {}
        for key, items in self._by_key.items():
            score = fuzz.ratio(own, _UNIT.sub("", key))
            score += _SAME_UNIT if _unit(key) == _unit(wanted) else 0.0
            for item in items:
                scores[item] = max(score, scores.get(item, 0.0))
        ranked = sorted(scores, key=lambda item: -scores[item])
        return [item for item in ranked[:most] if scores[item] >= _WORTH_SUGGESTING]

    def _ways(self, key: str) -> Sequence[str]:
        """Return the key, then without the committee's title, then without the province's name."""
        ways = [key]
        if self._place:
            ending = f" {self._place}"
            without = key.removesuffix(ending).removesuffix(_OF_PROVINCE)
            own = f"{without} " == _COMMITTEE or without.endswith("thanh pho")
            if key.endswith(ending) and not own:
                ways.append(without)
        ways += [way.removeprefix(_COMMITTEE) for way in ways if way.startswith(_COMMITTEE)]
        return ways


def _unit(key: str) -> str:
    found = _UNIT.match(key)
    return found[0].removeprefix(_COMMITTEE) if found else ""


@lru_cache(maxsize=8192)
def _exact(name: str) -> str:
    return " ".join(same_spelling(name).casefold().split())


def _symbol_key(symbol: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", fold(symbol))


def _best(found: dict[T, str], exact: str) -> tuple[T, ...]:
    """Where diacritics tell them apart, they decide."""
    if len(found) > 1:
        same = tuple(item for item, written in found.items() if written == exact)
        if len(same) == 1:
            return same
    return tuple(found)
