"""Finding what is alike among many, by their rarest words."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from tinhgon.domain.vntext import fold, nfc

from ._compare import Parts, compare
from ._judge import explained
from ._lexicon import ACTION, AGAIN, lowest_score, scoring
from ._model import Fingerprint, Match, Pair, Verdict
from ._name import Name, read_name
from ._weights import Weights

_BUDGET = 2000
"""How many entries of the index are counted for one question while somebody types."""
_LOOKED_AT = 30
"""How many of them, those with the most in common, are compared in full."""

_IDENTICAL = Parts(1.0, identical=True)
_ROOM = 0.9
"""A slip of the pen takes a word away: so much less in common is let pass."""


@dataclass(slots=True)
class Entry:
    """One name on one level and in one field; `items` are all that have it."""

    name: Name
    tokens: frozenset[str]
    weights: dict[str, float] = field(default_factory=dict)
    """What each token must at least weigh, and together."""
    total: float = 0.0
    gain: float = 0.0
    """What evidence beside the name may add to a likeness."""
    doing: frozenset[str] = frozenset()
    """The decisive words that decide wherever they stand."""
    items: list[Fingerprint] = field(default_factory=list)
    sources: set[Hashable] = field(default_factory=set)
    """The lists that hold it: who holds two names in one list tells them apart for all."""

    @property
    def first(self) -> Fingerprint:
        return self.items[0]


class Index:
    """
    Procedures to be searched for what is like another: built once, asked often.

    The key of what is asked about is never found, so that a procedure is not its own twin.

    :param weights: how much each word says, if not only the names of the index are to tell.
    """

    def __init__(self, items: Iterable[Fingerprint], weights: Weights | None = None) -> None:
        self.entries: list[Entry] = []
        self._postings: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        names = _entries(items)
        self.weights = weights or Weights({e.name.folded: e.name for e in names}.values())
        for entry in names:
            entry.weights = {t: self._least(t, entry.name) for t in entry.tokens}
            entry.total = sum(entry.weights.values())
            entry.gain = _gain(entry.items[:1])
            entry.doing = entry.name.doing
            self._add(entry)

    def __len__(self) -> int:
        return sum(len(entry.items) for entry in self.entries)

    def _add(self, entry: Entry) -> None:
        for token in entry.tokens:
            self._postings.setdefault(token, []).append(len(self.entries))
        self._by_name.setdefault(entry.name.folded, []).append(len(self.entries))
        self.entries.append(entry)

    def find(
        self, one: Fingerprint, *, at_least: Verdict = Verdict.RELATED, limit: int = 5
    ) -> list[Match]:
        """Return what is most like `one`, the nearest first."""
        name = read_name(one.name)
        sources = self._sources_of(one, name)
        lowest = lowest_score(at_least)
        found: list[tuple[float, int, Parts, Fingerprint]] = []
        for at in self._near(name):
            entry = self.entries[at]
            item = next((i for i in entry.items if i.key != one.key), None)
            if item is not None:
                parts = compare(
                    one,
                    name,
                    item,
                    entry.name,
                    self.weights,
                    floor=lowest,
                    one_list=not sources.isdisjoint(entry.sources),
                )
                if parts is not None:
                    found.append((-parts.score, at, parts, item))
        matches = []
        for _, at, parts, item in heapq.nsmallest(limit, found, key=lambda f: f[:2]):
            entry = self.entries[at]
            count = sum(i.key != one.key for i in entry.items)
            likeness = explained(one, name, item, entry.name, parts)
            matches.append(Match(item, likeness, count))
        return matches

    def _sources_of(self, one: Fingerprint, name: Name) -> set[Hashable]:
        held = {s for at in self._by_name.get(name.folded, ()) for s in self.entries[at].sources}
        return held | ({one.source} - {None})

    def _near(self, name: Name) -> list[int]:
        """Return the entries that have the most of the rarest words of a name in common with it."""
        common: dict[int, float] = {}
        left = _BUDGET
        for token in sorted(name.tokens, key=self.weights.frequency):
            postings = self._postings.get(token, [])
            weight = self.weights.weight(token)
            if len(postings) <= left or not common:
                left -= len(postings)
                for at in postings[:_BUDGET]:
                    common[at] = common.get(at, 0.0) + weight
            else:  # too common to bring in more, still good for putting in order
                for at in common:
                    if token in self.entries[at].tokens:
                        common[at] += weight
        return heapq.nlargest(_LOOKED_AT, common, key=common.__getitem__)

    def pairs(self, at_least: Verdict) -> Iterator[tuple[int, int, Parts]]:
        """Yield the places of the entries that reach a verdict; each pair once."""
        lowest = lowest_score(at_least)
        decided = scoring().decisive_cap < lowest
        seen: dict[str, list[int]] = {}
        for at, entry in enumerate(self.entries):
            slack = _slack(lowest, entry.gain)
            telling = self._telling(entry, slack)
            earlier = {other for token in telling for other in seen.get(token, ())}
            for other_at in sorted(earlier):
                other = self.entries[other_at]
                if decided and entry.doing != other.doing:
                    continue
                if _may_reach(entry, other, slack):
                    parts = compare(
                        other.first,
                        other.name,
                        entry.first,
                        entry.name,
                        self.weights,
                        floor=lowest,
                        one_list=not other.sources.isdisjoint(entry.sources),
                    )
                    if parts is not None:
                        yield other_at, at, parts
            for token in telling:
                seen.setdefault(token, []).append(at)

    def _telling(self, entry: Entry, slack: float) -> list[str]:
        """
        Return the rarest words of an entry: as many as weigh more than it may lack in its like.

        Two that are alike have the rarest of their common words among the telling words of both.
        """
        allowed = slack * entry.total
        telling: list[str] = []
        for token in sorted(entry.tokens, key=lambda t: (self.weights.frequency(t), t)):
            telling.append(token)
            allowed -= entry.weights[token]
            if allowed < 0:
                break
        return telling

    def _least(self, token: str, name: Name) -> float:
        rules = scoring()
        weight = self.weights.weight(token)
        if token in name.soft or token.endswith(AGAIN):
            return weight * rules.aside
        return weight * (rules.soft if token.startswith(ACTION) else 1.0)


def _may_reach(one: Entry, other: Entry, slack: float) -> bool:
    """Say whether the words in common weigh enough, before anything is compared in full."""
    common = sum(one.weights[t] for t in one.tokens & other.tokens)
    return common >= (1 - slack) * max(one.total, other.total) * _ROOM


def find_like(
    one: Fingerprint, index: Index, *, at_least: Verdict = Verdict.RELATED, limit: int = 5
) -> list[Match]:
    """Return what in the index is most like `one`: for a check while typing or importing."""
    return index.find(one, at_least=at_least, limit=limit)


def find_pairs(
    collection: Iterable[Fingerprint], *, at_least: Verdict = Verdict.PROBABLY_SAME
) -> Iterator[Pair]:
    """
    Yield the pairs of a collection that are alike, one by one.

    Of those that have one name, level and field, the first stands for all; each further one is
    paired with the first only.
    """
    index = Index(collection)
    for entry in index.entries:
        for copy in entry.items[1:]:
            likeness = explained(entry.first, entry.name, copy, entry.name, _IDENTICAL)
            yield Pair(entry.first, copy, likeness)
    for one_at, other_at, parts in index.pairs(at_least):
        one, other = index.entries[one_at], index.entries[other_at]
        likeness = explained(one.first, one.name, other.first, other.name, parts)
        yield Pair(one.first, other.first, likeness)


def _entries(items: Iterable[Fingerprint]) -> list[Entry]:
    """Put together what has one name, level and field; each name is read once."""
    names: dict[str, Name] = {}
    entries: dict[Hashable, Entry] = {}
    for item in items:
        text = nfc(item.name)
        name = names.get(text)
        if name is None:
            name = names[text] = read_name(text)
        key = (name.folded, fold(item.field), item.level)
        entry = entries.get(key)
        if entry is None:
            entry = entries[key] = Entry(name, frozenset(name.tokens))
        entry.items.append(item)
        if item.source is not None:
            entry.sources.add(item.source)
    return list(entries.values())


@lru_cache(maxsize=256)
def _slack(lowest: float, gain: float) -> float:
    """Return which share of a name's weight may be missing in its like, evidence counted."""
    # The least score of two names that evidence can still lift to `lowest`.
    least = next(s / 100 for s in range(101) if s / 100 * (1 + gain * (1 - s / 100)) >= lowest)
    return (1 - least) / (1 - least + scoring().lone_word * least)


def _gain(items: list[Fingerprint]) -> float:
    rules = scoring()
    gain = 0.0
    if any(item.bases for item in items):
        named = any(basis.article for item in items for basis in item.bases)
        gain += rules.same_article if named else rules.same_document
    if any(item.content for item in items):
        gain += rules.same_content
    return gain
