from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

from ._index import Index
from ._lexicon import verdict_of
from ._model import Fingerprint, Group, Verdict


def group_alike(
    collection: Iterable[Fingerprint], *, at_least: Verdict = Verdict.SAME
) -> list[Group]:
    """
    Put together what is one procedure; who is like nobody makes a group of one.

    Every member is like the canonical one, not only like another member: likeness does not run
    on from one to the next. The largest groups first, then in the order of the collection.
    """
    items = list(collection)
    index = Index(items)
    alike: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, parts in index.pairs(at_least):
        alike[one][other] = alike[other][one] = parts.score
    sizes = [len(entry.items) for entry in index.entries]
    led: dict[int, int] = {}
    weakest: dict[int, float] = {}
    for at in sorted(range(len(sizes)), key=lambda n: (-sizes[n], n)):
        if at in led:
            continue
        led[at], weakest[at] = at, 1.0
        for other, score in alike[at].items():
            if other not in led:
                led[other] = at
                weakest[at] = min(weakest[at], score)
    return _groups(items, index, led, weakest)


def _groups(
    items: list[Fingerprint], index: Index, led: dict[int, int], weakest: dict[int, float]
) -> list[Group]:
    leader_of: dict[Hashable, int] = {
        item.key: led[at] for at, entry in enumerate(index.entries) for item in entry.items
    }
    grouped: dict[int, list[Fingerprint]] = defaultdict(list)
    for item in items:
        grouped[leader_of[item.key]].append(item)
    groups = [
        Group(index.entries[at].first, tuple(members), verdict_of(weakest[at]))
        for at, members in grouped.items()
    ]
    return sorted(groups, key=lambda g: -len(g.members))
