from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from ._judge import judge
from ._model import Fingerprint, Verdict
from ._weights import Weights


def split_apart(
    members: Sequence[Fingerprint],
    apart: Collection[frozenset[Hashable]],
    *,
    at_least: Verdict = Verdict.PROBABLY_SAME,
    weights: Weights | None = None,
) -> list[list[Fingerprint]]:
    """
    Split what was put together where a person said that two are different procedures.

    `members`: the one that stands for all comes first. `apart`: the keys of two that differ. Who
    differs from the first goes on with those who differ from it, too, if they are alike; what is
    taken as one with the first differs from him as the first does. Ones that are left alone go.
    """
    heaps: list[list[Fingerprint]] = []
    for member in members:
        for heap in heaps:
            told_apart = any(frozenset((member.key, other.key)) in apart for other in heap)
            if not told_apart and (heap is heaps[0] or _alike(heap[0], member, at_least, weights)):
                heap.append(member)
                break
        else:
            heaps.append([member])
    return [heap for heap in heaps if len(heap) > 1]


def _alike(
    one: Fingerprint, other: Fingerprint, at_least: Verdict, weights: Weights | None
) -> bool:
    return judge(one, other, weights).verdict.reaches(at_least)
