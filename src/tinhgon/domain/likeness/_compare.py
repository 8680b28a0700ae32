"""How alike two names are, and what else speaks for or against."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from tinhgon.domain.vntext import fold

from ._lexicon import ACTION, AGAIN, DECISIVE, SCOPE, scoring, syllables
from ._model import Basis, Fingerprint
from ._name import Name
from ._weights import Weights

_RARE = 1
_COMMON = 4
_LONG = 5
_MOST_JOINED = 6
_MOST_SLIPS = 6
_BEGINNING = 4
_CLAUSE = 6
_SYLLABLE = re.compile(
    r"[!*@].*|(?:ngh?|nh|ch?|gh|gi|kh?|ph?|qu|th?|tr|[bdghlmnrsvx])?[aeiouy]{1,3}"
    r"(?:ch|ng|nh|[cmnpt])?[+~]?"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a score is made of."""

    score: float
    identical: bool = False
    decisive: frozenset[str] = frozenset()
    other_provision: bool = False
    other_level: bool = False
    one_list: bool = False


def compare(
    one: Fingerprint,
    name: Name,
    other: Fingerprint,
    other_name: Name,
    weights: Weights,
    *,
    floor: float = 0.0,
    one_list: bool = False,
) -> Parts | None:
    """
    Compare two fingerprints whose names are read already; None if they cannot reach `floor`.

    :param one_list: whether some list holds both names, if it is known; else the sources tell.
    """
    if name.folded == other_name.folded:
        return Parts(1.0, identical=True)
    rules = scoring()
    decisive = _deciding(name, other_name)
    if decisive and rules.decisive_cap < floor:
        return None
    other_provision = _provisions_differ(name, other_name)
    other_level = _levels_differ(one, name, other, other_name)
    score = _with_evidence(_names(name, other_name, weights), one, other)
    one_list = one_list or (one.source is not None and one.source == other.source)
    if one_list and name.tokens != other_name.tokens:
        score *= 1 - rules.same_list
    if decisive or other_provision:
        score = min(score, rules.decisive_cap)
    if other_level or bool(name.levels) != bool(other_name.levels):
        score = min(score, rules.level_cap)
    if name.words != other_name.words:
        score = min(score, rules.wording_cap)
    if score < floor:
        return None
    return Parts(
        score,
        decisive=decisive,
        other_provision=other_provision,
        other_level=other_level,
        one_list=one_list,
    )


def _deciding(name: Name, other: Name) -> frozenset[str]:
    """Return the decisive words that only one has."""
    apart = name.decisive ^ other.decisive
    if any(t.startswith(SCOPE) for t in apart):
        mine, yours = set(name.tokens) - set(other.tokens), set(other.tokens) - set(name.tokens)
        if _alone_in(mine, yours) > _CLAUSE:
            return frozenset(t for t in apart if not t.startswith(SCOPE))
    return apart


def _alone_in(mine: set[str], yours: set[str]) -> int:
    """Count the words of what is left out as a whole; none if both have words of their own."""
    return 0 if mine and yours else sum(not t.endswith(AGAIN) for t in mine | yours)


def levels_of(item: Fingerprint, name: Name) -> frozenset[str]:
    """Return the levels a name says, else the one it is filed under."""
    return name.levels or (frozenset([item.level]) if item.level else frozenset())


def _levels_differ(one: Fingerprint, name: Name, other: Fingerprint, other_name: Name) -> bool:
    here, there = levels_of(one, name), levels_of(other, other_name)
    return bool(here and there and not here & there)


def _provisions_differ(name: Name, other: Name) -> bool:
    """Say whether both name provisions of one law, or of laws not named, and not the same ones."""
    if not name.provisions or not other.provisions or name.provisions & other.provisions:
        # One in common is enough only if no other article, clause or point stands against it.
        return bool(_alone(name, other)) and bool(_alone(other, name))
    titles = {p[0] for p in name.provisions}
    others = {p[0] for p in other.provisions}
    return bool(titles & others) or "" in titles | others


def _alone(name: Name, other: Name) -> frozenset[tuple[str, str, str, str]]:
    return name.provisions - other.provisions if other.provisions else frozenset()


def _names(name: Name, other: Name, weights: Weights) -> float:
    rules = scoring()
    here, there = set(name.tokens), set(other.tokens)
    common = here & there
    mine, yours = here - common, there - common
    matched = sum(_weight(t, name, other, weights) for t in common)
    if mine and yours and max(len(mine), len(yours)) <= _MOST_SLIPS:
        for a, b, share in _spelled_alike(mine, yours, name, other, weights):
            mine -= a
            yours -= b
            # Half of what each side says, so that it does not matter which is named first.
            matched += share * sum(weights.weight(t) for t in a | b) / 2
    # One name may leave out a verb of a chain ("thẩm định, phê duyệt"), not say another verb.
    chain = any(t.startswith(ACTION) for t in common) and not (
        _plain(mine, name) and _plain(yours, other)
    )
    lone = sorted(
        _alone_weight(tokens, owner, weights, chain=chain)
        for tokens, owner in ((mine, name), (yours, other))
    )
    if not matched:
        return 0.0
    score = matched / (
        matched + rules.opposed_word * lone[0] + rules.lone_word * (lone[1] - lone[0])
    )
    # However long the names are, one word against another makes two of them.
    opposed = (_plain(mine, name) and _plain(yours, other)) or not _begin_alike(name, other)
    return min(score, rules.opposed_cap) if opposed else score


def _begin_alike(name: Name, other: Name) -> bool:
    """Say whether what one begins with stands near the beginning of the other: the doing."""
    here, there = name.tokens[:_BEGINNING], other.tokens[:_BEGINNING]
    return here[:1] == there[:1] or here[0] in there or there[0] in here


def _weight(token: str, name: Name, other: Name, weights: Weights) -> float:
    weight = weights.weight(token)
    return weight * scoring().soft if token in name.soft and token in other.soft else weight


def _plain(tokens: set[str], name: Name) -> bool:
    return any(t not in name.soft and not t.endswith(AGAIN) for t in tokens)


def _alone_weight(tokens: set[str], name: Name, weights: Weights, *, chain: bool) -> float:
    """Weigh the words only one name has; decisive ones are judged apart."""
    rules = scoring()
    total = 0.0
    for token in tokens:
        share = 1.0
        if token in name.soft or token.endswith(AGAIN):
            share = rules.aside
        elif chain and token.startswith(ACTION):
            share = rules.soft
        total += weights.weight(token) * share
    return total


def _spelled_alike(
    mine: set[str], yours: set[str], name: Name, other: Name, weights: Weights
) -> Iterable[tuple[set[str], set[str], float]]:
    """
    Yield slips of the pen: what stands for what, and which share of it counts as common.

    Syllables are short and near to one another ("bay", "bán"): a slip is taken for one only if
    the word is next to unknown and the other is common, or if both are long; or if two words were
    written as one.
    """
    for token in sorted(mine):
        match = next((t for t in sorted(yours) if _slip(token, t, weights)), None)
        if match is not None:
            yield {token}, {match}, 0.9
    yield from (({whole}, parts, 1.0) for whole, parts in _joined(mine, yours, other))
    yield from ((parts, {whole}, 1.0) for whole, parts in _joined(yours, mine, name))


def _slip(a: str, b: str, weights: Weights) -> bool:
    if a.startswith((ACTION, DECISIVE)) or b.startswith((ACTION, DECISIVE)):
        return False
    if a.isdigit() or b.isdigit() or OSA.distance(a, b, score_cutoff=1) > 1:
        return False
    if min(len(a), len(b)) >= _LONG:
        return True
    seen = sorted((weights.frequency(a), weights.frequency(b)))
    return seen[0] <= _RARE and seen[1] >= _COMMON


def _joined(wholes: set[str], parts: set[str], owner: Name) -> Iterable[tuple[str, set[str]]]:
    """Find words written as one ("củatỉnh") or by their first letters ("ĐTXD")."""
    odd = sorted(t for t in wholes if not _is_syllable(t))
    ordered = [t for t in owner.tokens if t in parts] if odd else []
    for whole in odd:
        for first in range(len(ordered)):
            for last in range(first + 2, min(len(ordered), first + _MOST_JOINED) + 1):
                run = [part for token in ordered[first:last] for part in syllables(token)]
                if whole in ("".join(run), "".join(part[0] for part in run)):
                    yield whole, set(ordered[first:last])
                    break


@lru_cache(maxsize=8192)
def _is_syllable(token: str) -> bool:
    return bool(_SYLLABLE.fullmatch(token))


def _with_evidence(score: float, one: Fingerprint, other: Fingerprint) -> float:
    rules = scoring()
    missing = 1 - score
    gain = loss = 0.0
    if one.bases and other.bases:
        if common_articles(one, other):
            gain += rules.same_article
        elif common_documents(one, other):
            gain += rules.same_document
        else:
            loss += rules.other_documents
    if one.field and other.field and not fields_agree(one.field, other.field):
        loss += rules.other_field
    if one.content and other.content:
        shared = _shared_words(one.content, other.content)
        gain += rules.same_content * max(shared - 0.5, 0) * 2
        loss += rules.other_content * max(0.3 - shared, 0) / 0.3
    # Evidence makes a likeness surer, it makes none: little in common stays little.
    return max(0.0, score + missing * gain * score - score * loss)


def document_key(code: str) -> str:
    return "".join(fold(code).split())


@lru_cache(maxsize=8192)
def _keys(bases: tuple[Basis, ...]) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    documents = frozenset(document_key(b.document) for b in bases)
    articles = frozenset((document_key(b.document), fold(b.article)) for b in bases if b.article)
    return documents, articles


def common_documents(one: Fingerprint, other: Fingerprint) -> frozenset[str]:
    return _keys(one.bases)[0] & _keys(other.bases)[0]


def common_articles(one: Fingerprint, other: Fingerprint) -> frozenset[tuple[str, str]]:
    return _keys(one.bases)[1] & _keys(other.bases)[1]


@lru_cache(maxsize=8192)
def _field_words(field: str) -> frozenset[str]:
    return frozenset(syllables(fold(field))) - {"va", "linh", "vuc", "cong", "tac", "hoat", "dong"}


def fields_agree(one: str, other: str) -> bool:
    """ "Công tác dân tộc" and "Dân tộc" agree."""
    here, there = _field_words(one), _field_words(other)
    return not here or not there or len(here & there) * 2 >= min(len(here), len(there))


@lru_cache(maxsize=4096)
def _content_words(content: str) -> frozenset[str]:
    return frozenset(syllables(fold(content)))


def _shared_words(one: str, other: str) -> float:
    here, there = _content_words(one), _content_words(other)
    return len(here & there) / (len(here | there) or 1)
