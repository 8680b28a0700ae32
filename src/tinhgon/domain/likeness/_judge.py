from __future__ import annotations

from ._compare import Parts, compare
from ._explain import differences, reasons
from ._lexicon import verdict_of
from ._model import Fingerprint, Likeness
from ._name import Name, read_name
from ._weights import Weights


def judge(one: Fingerprint, other: Fingerprint, weights: Weights | None = None) -> Likeness:
    """
    Say how alike two procedures are, and why.

    :param weights: how much each word says in the collection at hand; without it all words say
        the same, which is coarser.
    """
    name, other_name = read_name(one.name), read_name(other.name)
    weights = weights or Weights()
    parts = compare(one, name, other, other_name, weights) or Parts(0.0)
    return explained(one, name, other, other_name, parts)


def explained(
    one: Fingerprint, name: Name, other: Fingerprint, other_name: Name, parts: Parts
) -> Likeness:
    apart = (
        () if parts.identical else differences(one.name, other.name, decisive=bool(parts.decisive))
    )
    return Likeness(
        score=round(parts.score, 4),
        verdict=verdict_of(parts.score),
        reasons=reasons(one, name, other, other_name, parts, apart),
        differences=apart,
    )
