"""Names that are near one another, found fast enough for every row of a large sheet."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rapidfuzz import fuzz, process

from tinhgon.domain.likeness import Fingerprint, Likeness, Verdict, judge
from tinhgon.domain.vntext import fold

_LOOKED_AT = 4
_NEAR = 78
"""Of a hundred: below it two names have too little in common to be looked at."""


class Nearness:
    """
    Procedures of one agency, to be asked which is probably the one that a row means.

    Letters are compared first, which takes microseconds; only what is near is judged by its words.
    """

    def __init__(self, known: Sequence[Fingerprint]) -> None:
        self._known = known
        self._names = [_sorted(each.name) for each in known]

    def twin(self, one: Fingerprint) -> tuple[Hashable, Likeness] | None:
        """Return the key of what is probably the same, and how like it is; None for nothing."""
        near = process.extract(
            _sorted(one.name),
            self._names,
            scorer=fuzz.ratio,
            score_cutoff=_NEAR,
            limit=_LOOKED_AT,
        )
        judged = [(judge(one, self._known[at]), self._known[at].key) for _, _, at in near]
        found = [each for each in judged if each[0].verdict.reaches(Verdict.PROBABLY_SAME)]
        if not found:
            return None
        likeness, key = max(found, key=lambda each: each[0].score)
        return key, likeness


def _sorted(name: str) -> str:
    return " ".join(sorted(fold(name).split()))
