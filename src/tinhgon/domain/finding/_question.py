"""What a person typed → conditions on tokens, from the closest match to the loosest."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import pairwise

from ._tokens import whole_token
from ._words import Chunk, chunks_of

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
    """All of `groups` (of each, one token), and not what fulfils `without` as a whole."""

    tier: Tier
    groups: tuple[Group, ...]
    without: tuple[tuple[Group, ...], ...] = ()


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
        object.__setattr__(self, "_whole", whole_token(words))
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

    def conditions(self, *, only_titles: bool = False) -> list[Condition]:
        """
        Return the tiers in order. No entry fulfils two of them.

        :param only_titles: leave out what has the words elsewhere only.
        """
        tiers: list[tuple[Tier, tuple[Group, ...]]] = [
            (Tier.WHOLE, ((self._whole,), *self._spelled())),
            *self._phrases(),
            (Tier.TITLE, self._in_title()),
        ]
        if not only_titles:
            tiers.append((Tier.ANYWHERE, self._anywhere()))
        found: list[Condition] = []
        for n, (tier, groups) in enumerate(tiers):
            # Each tier holds the one before it, except that of whole titles.
            before = {0: (), 1: (tiers[0][1],)}.get(n, (tiers[0][1], tiers[n - 1][1]))
            found.append(Condition(tier, tuple(dict.fromkeys(groups)), before))
        return found

    def condition(self) -> Condition:
        """Return the loosest tier alone: it holds all that is found at all."""
        return Condition(Tier.ANYWHERE, self._anywhere())

    def _phrases(self) -> list[tuple[Tier, tuple[Group, ...]]]:
        pairs: list[Group] = [(f"_b{a}_{b}",) for a, b in pairwise(self.words)]
        whole: tuple[Group, ...] = tuple(pairs) or ((f"_t{self.words[0]}",),)
        found: list[tuple[Tier, tuple[Group, ...]]] = []
        if self.spelled:
            found.append((Tier.SPELLED, (*self._spelled(), *whole)))
        found.append((Tier.PHRASE, whole))
        if len(pairs) > 1:
            found.append((Tier.BEGUN, (*pairs[:-1], self._begun())))
        return found

    def _spelled(self) -> tuple[Group, ...]:
        return tuple((f"_x{s}",) for s in self.spelled if not s.isascii())

    def _in_title(self) -> tuple[Group, ...]:
        return (*self._codes(), *((f"_t{word}",) for word in self.words[:-1]), self._begun())

    def _begun(self) -> Group:
        last = self.words[-1]
        return (f"_t{last}", f"_q{last}")

    def _codes(self) -> list[Group]:
        """Words of one number or symbol follow one another; the last may be still to come."""
        complete = [*self.chunks[:-1], Chunk(self.chunks[-1].words[:-1], ())]
        return [
            (f"_b{a}_{b}", f"_c{a}_{b}") for chunk in complete for a, b in pairwise(chunk.words)
        ]

    def _anywhere(self) -> tuple[Group, ...]:
        last = self.words[-1]
        return (
            *self._codes(),
            *((f"_t{word}", word) for word in self.words[:-1]),
            (*self._begun(), last, f"_p{last}"),
        )


def _bounded(chunks: list[Chunk]) -> list[Chunk]:
    found, left = [], _MOST_WORDS
    for chunk in chunks:
        if left <= 0:
            break
        found.append(Chunk(chunk.words[:left], chunk.spelled[:left]))
        left -= len(chunk.words)
    return found
