from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from ._lexicon import ACTION, AGAIN, ANOTHER, DECISIVE
from ._name import Name

_PHRASE = 1.5


class Weights:
    """
    How much a word says: the rarer in a collection, the more.

    Built over the different names of a collection; one name at 65 communes counts once.
    """

    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._frequency: Counter[str] = Counter()
        self._count = 0
        for name in names:
            self._frequency.update(name.tokens)
            self._count += 1
        self._known: dict[str, float] = {}

    def frequency(self, token: str) -> int:
        return self._frequency[token]

    def weight(self, token: str) -> float:
        known = self._known.get(token)
        if known is None:
            rarity = math.log((self._count + 1) / (self._frequency[token] + 0.5))
            known = 1 + max(rarity, 0.0) / 2
            if token.startswith((DECISIVE, ACTION)):
                known *= _PHRASE
            if token.endswith((AGAIN, ANOTHER)):
                known = self.weight(token[:-1])
            if token in self._frequency:  # what is typed while searching must not pile up here
                self._known[token] = known
        return known
