"""What a person typed → conditions on tokens, from the closest match to the loosest."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import pairwise

from ._short import spelled_out
from ._tokens import pair_spelled, whole_spelled_token, whole_token
from ._words import Chunk, chunks_of

_LONG_PHRASE = 4  # pairs of words
_MOST_WORDS = 12  # what comes after the twelfth word narrows nothing any more


class Tier(IntEnum):
    """How close a match is; the closest comes first."""

    WHOLE = 0  # the title, or the number and symbol, is just that, and so spelled
    SPELLED = 1  # the title has the phrase as it is spelled
    PHRASE = 2  # the title has the phrase, spelled otherwise
    BEGUN = 3  # the title has the phrase, the last word of which is only begun
    TITLE = 4  # the title has all the words
    ANYWHERE = 5


Group = tuple[str, ...]  # one of these tokens


@dataclass(frozen=True, slots=True)
class Condition:
    """What an entry of the tier has: of each group one token. Closer ones have it too."""

    tier: Tier
    groups: tuple[Group, ...]

    def holds(self, tokens: Set[str]) -> bool:
        return all(not tokens.isdisjoint(group) for group in self.groups)


@dataclass(frozen=True)
class Question:
    """
    Words as typed. All must be there; the last may be only begun.

    Signs of a query language mean nothing: they part words, as they do in a text.
    """

    text: str
    chunks: list[Chunk] = field(init=False)
    _whole: str = field(init=False)

    def __post_init__(self) -> None:
        chunks = chunks_of(self.text)
        words = [word for chunk in chunks for word in chunk.words]
        spelled = [s for chunk in chunks for s in chunk.spelled]
        long = [s for word, own in zip(words, spelled, strict=True) for s in spelled_out(word, own)]
        marked = any(not s.isascii() for s in spelled)
        whole = whole_spelled_token(long) if marked else whole_token(words)
        object.__setattr__(self, "_whole", whole)
        object.__setattr__(self, "chunks", _bounded(chunks))

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def words(self) -> list[str]:
        return [word for chunk in self.chunks for word in chunk.words]

    @cached_property
    def spelled(self) -> list[str]:
        """The words with their marks, empty where none was typed with any."""
        found = [s for chunk in self.chunks for s in chunk.spelled]
        return found if any(not s.isascii() for s in found) else []

    def in_title(self) -> Condition:
        """Return what the title has, in whichever of the closer tiers."""
        groups = (*self._codes(), *((f"_t{word}",) for word in self.words[:-1]), self._begun())
        return Condition(Tier.TITLE, groups)

    def anywhere(self) -> Condition:
        """Return what all that is found has."""
        last = self.words[-1]
        groups = (
            *self._codes(),
            *((f"_t{word}", word) for word in self.words[:-1]),
            (*self._begun(), last, f"_p{last}"),
        )
        return Condition(Tier.ANYWHERE, groups)

    @cached_property
    def closer(self) -> list[Condition]:
        """The tiers closer than all words in the title, the closest first."""
        pairs: list[Group] = [(f"_b{a}_{b}",) for a, b in pairwise(self.words)]
        found = [Condition(Tier.WHOLE, ((self._whole,),))]
        if spelled := self._spelled():
            found.append(Condition(Tier.SPELLED, spelled))
        found.append(Condition(Tier.PHRASE, _few(pairs) or ((f"_t{self.words[0]}",),)))
        if len(pairs) > 1:
            found.append(Condition(Tier.BEGUN, (*_few(pairs[:-1]), self._begun())))
        return found

    def closest(self, tokens: Set[str]) -> Tier:
        """Return the tier of an entry whose title, with these tokens, has all the words."""
        return next((each.tier for each in self.closer if each.holds(tokens)), Tier.TITLE)

    def _spelled(self) -> tuple[Group, ...]:
        words = self.spelled
        if len(words) == 1:
            return ((f"_x{words[0]}",),)
        return _few([(pair_spelled(a, b),) for a, b in pairwise(words)])

    def _begun(self) -> Group:
        last = self.words[-1]
        return (f"_t{last}", f"_q{last}")

    def _codes(self) -> list[Group]:
        """Words of one number or symbol follow one another; the last may be still to come."""
        complete = [*self.chunks[:-1], Chunk(self.chunks[-1].words[:-1], ())]
        return [
            (f"_b{a}_{b}", f"_c{a}_{b}") for chunk in complete for a, b in pairwise(chunk.words)
        ]


def _few(pairs: list[Group]) -> tuple[Group, ...]:
    """Return enough of the pairs of a long phrase to tell it: each word stands in one of them."""
    if len(pairs) < _LONG_PHRASE:
        return tuple(pairs)
    return tuple(dict.fromkeys([*pairs[::2], pairs[-1]]))


def _bounded(chunks: list[Chunk]) -> list[Chunk]:
    found, left = [], _MOST_WORDS
    for chunk in chunks:
        if left <= 0:
            break
        found.append(Chunk(chunk.words[:left], chunk.spelled[:left]))
        left -= len(chunk.words)
    return found
