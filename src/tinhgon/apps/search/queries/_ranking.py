"""Which entries answer, in which order: never more of them than can be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.search import index as table
from tinhgon.apps.search.models import SearchEntry
from tinhgon.apps.search.sources import sources
from tinhgon.domain.finding import Question, Tier, kind_token, title_tokens

from ._reader import Reader

_FEW = 50
"""Titles that are sooner looked at one by one than by the index, tier by tier."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """
    Keys of entries, the closest first, and the kind of each; `elsewhere` are those whose title
    does not answer. `is_more`: there are more than were ranked.
    """

    kinds: dict[int, str]
    elsewhere: frozenset[int]
    is_more: bool
    newest: table.Newest

    @property
    def keys(self) -> list[int]:
        return list(self.kinds)


def rank(
    question: Question,
    reader: Reader,
    kinds: Collection[str],
    *,
    today: date,
    most: int,
    only_titles: bool = False,
) -> Ranked:
    """
    Return the closest entries that answer, up to `most`; of more that are as close, the newest.

    Where few titles answer, each is looked at, where some do, the tokens of each; where more than
    are ranked, the index tells the closest. Elsewhere is looked only where titles leave room.
    """
    common = [reader.group]
    if kinds:
        common.append(tuple(map(kind_token, kinds)))
    newest = table.newest()
    found = table.matches([question.in_title()], common=common, newest=newest, most=most + 1)
    in_title = [key for _, key in found]
    if not only_titles and len(in_title) <= most:
        found += table.matches(
            [question.anywhere()],
            common=common,
            newest=newest,
            most=most + 1,
            foreseen=[(kind_token(kind),) for kind in sources()],  # to be counted
        )
    tiers: dict[int, Tier] = {}
    many = len(in_title) > _FEW
    if len(in_title) > most:
        tiers = _best(table.matches(question.closer, common=common, newest=newest, most=most))
    elif many:
        tokens = table.tokens_of(in_title)
        closest = {key: question.closest(tokens[key]) for key in in_title}
        tiers = dict(sorted(closest.items(), key=lambda pair: (pair[1], -pair[0])))
    tiers = {**tiers, **{key: tier for key, tier in _best(found).items() if key not in tiers}}
    is_more = len(tiers) > most
    kept = dict(list(tiers.items())[:most])
    return _sorted(kept, None if many else question, today, newest, is_more=is_more)


def _best(matches: Iterable[table.Match]) -> dict[int, Tier]:
    """Return the closest tier of each entry, the closest first."""
    found: dict[int, Tier] = {}
    for tier, key in matches:
        found.setdefault(key, Tier(tier))
    return found


def _sorted(
    tiers: dict[int, Tier],
    question: Question | None,
    today: date,
    newest: table.Newest,
    *,
    is_more: bool,
) -> Ranked:
    """Put them into order; with the question the tiers of titles are told first."""
    columns = ["pk", "kind", "until", "weight", "rank_on"]
    columns += ["title", "codes", "keywords"] if question else []
    rows = SearchEntry.objects.filter(pk__in=tiers).values_list(*columns)
    ranks = []
    for key, kind, until, weight, rank_on, *texts in rows:
        tier = tiers[key]
        if question and tier is Tier.TITLE:
            tier = _closest(question, *texts)
        is_past = until is not None and until <= today
        day = (rank_on or date.min).toordinal()
        ranks.append((tier, is_past, -weight, -day, -key, kind))
    ranks.sort()
    elsewhere = frozenset(-rank[4] for rank in ranks if rank[0] is Tier.ANYWHERE)
    return Ranked({-rank[4]: rank[5] for rank in ranks}, elsewhere, is_more, newest)


def _closest(question: Question, title: str, codes: str, keywords: str) -> Tier:
    return question.closest(title_tokens(title, codes=codes.split("\n"), beside=keywords))
