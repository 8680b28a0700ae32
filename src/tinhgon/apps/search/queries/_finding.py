from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.paginator import Page, Paginator

from tinhgon.apps.search import index as table
from tinhgon.apps.search.models import SearchEntry
from tinhgon.apps.search.sources import sources
from tinhgon.common.people import Person
from tinhgon.domain.finding import Piece, Question, excerpt, kind_token, marked

from ._ranking import rank
from ._reader import Reader

MOST = 200
"""Entries that one search ranks. Of more, the newest count."""

PAGE = 20
SUGGESTIONS = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry as the page shows it; `url` is the address at which this reader may open it."""

    kind: str
    label: str
    icon: str
    url: str
    title: list[Piece]
    subtitle: list[Piece]
    excerpt: list[Piece]
    note: str
    until: date | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A kind, and how many entries of it answer; `is_more` when there are more than counted."""

    kind: str
    label: str
    icon: str
    count: int
    is_more: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    words: str
    page: Page[int]
    hits: list[Hit] = field(default_factory=list)
    facets: list[Facet] = field(default_factory=list)
    total: int = 0
    is_more: bool = False

    @property
    def is_narrowed(self) -> bool:
        return any(facet.is_chosen for facet in self.facets)


def search(
    *, user: Person, words: str, kinds: Collection[str] = (), page: str | int = 1, today: date
) -> Found:
    """
    Return what answers the words and the person may see, the closest first.

    All words must be there, the last perhaps only begun; with or without diacritics, written short
    or in full. Exactly as spelled in the title comes first, then otherwise spelled, then all words
    in the title, then elsewhere; among these what still is, then weight, then day. `kinds` narrows;
    the facets count as if it did not.
    """
    return _search(Reader(user), words, kinds, page, today)


def search_public(
    *, words: str, kinds: Collection[str] = (), page: str | int = 1, today: date
) -> Found:
    """Return what answers the words and everybody may see, ranked as by `search`."""
    return _search(Reader(), words, kinds, page, today)


def suggest(*, user: Person, words: str, today: date, kinds: Collection[str] = ()) -> list[Hit]:
    """Return the few entries whose titles answer best what is being typed; from two letters on."""
    return _suggest(Reader(user), words, kinds, today)


def suggest_public(*, words: str, today: date, kinds: Collection[str] = ()) -> list[Hit]:
    """Return what `suggest` does, of what everybody may see."""
    return _suggest(Reader(), words, kinds, today)


def _search(
    reader: Reader, words: str, kinds: Collection[str], page: str | int, today: date
) -> Found:
    question = Question(words)
    chosen = [kind for kind in sources() if kind in kinds]
    if not question or (kinds and not chosen):
        return Found(words, Paginator([], PAGE).get_page(1))
    ranked = rank(question, reader, chosen, today=today, most=MOST)
    if ranked.is_more or chosen:
        tokens = {kind: kind_token(kind) for kind in sources()}
        counts = table.counts(
            question.anywhere(),
            tokens,
            common=[reader.group],
            newest=ranked.newest,
            most=MOST + 1,
        )
    else:
        counts = dict(Counter(ranked.kinds.values()))
    shown = Paginator(ranked.keys, PAGE).get_page(page)
    return Found(
        words=words,
        page=shown,
        hits=list(_hits(list(shown), question, reader, excerpts=ranked.elsewhere)),
        facets=_facets(counts, chosen),
        total=len(ranked.keys),
        is_more=ranked.is_more,
    )


def _suggest(reader: Reader, words: str, kinds: Collection[str], today: date) -> list[Hit]:
    question = Question(words)
    if sum(map(len, question.words)) < 2:
        return []
    chosen = [kind for kind in sources() if kind in kinds]
    ranked = rank(question, reader, chosen, today=today, most=MOST // 4, only_titles=True)
    return _told_apart(_hits(ranked.keys[:SUGGESTIONS], question, reader))


def _told_apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits with a line under the title only where two bear the same."""
    unlike = {(str(hit.title), str(hit.subtitle), hit.note): hit for hit in hits}
    times = Counter(title for title, _, _ in unlike)
    return [
        hit if times[title] > 1 else replace(hit, subtitle=[])
        for (title, _, _), hit in unlike.items()
    ]


def _hits(
    keys: Sequence[int],
    question: Question,
    reader: Reader,
    *,
    excerpts: Collection[int] = (),
) -> Iterator[Hit]:
    unread = ["codes", "digest", *([] if any(key in excerpts for key in keys) else ["body"])]
    rows = SearchEntry.objects.defer(*unread).in_bulk(keys)
    for key in keys:
        entry, source = rows[key], sources()[rows[key].kind]
        yield Hit(
            kind=source.kind,
            label=source.label,
            icon=source.icon,
            url=reader.url(entry),
            title=marked(entry.title, question),
            subtitle=marked(entry.subtitle, question),
            excerpt=excerpt(entry.body, question) if key in excerpts else [],
            note=entry.note,
            until=entry.until,
        )


def _facets(counts: dict[str, int], chosen: Sequence[str]) -> list[Facet]:
    return [
        Facet(
            kind=source.kind,
            label=source.label,
            icon=source.icon,
            count=min(counts.get(source.kind, 0), MOST),
            is_more=counts.get(source.kind, 0) > MOST,
            is_chosen=source.kind in chosen,
        )
        for source in sources().values()
        if counts.get(source.kind) or source.kind in chosen
    ]
