from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.core.paginator import Page, Paginator

from tinhgon.common.batches import BATCH, batches
from tinhgon.common.people import Person
from tinhgon.domain.access import Permission
from tinhgon.domain.finding import (
    PUBLIC,
    VERSION,
    Piece,
    Question,
    Tier,
    excerpt,
    kind_token,
    marked,
    seeing_tokens,
)

from . import index as table
from .models import SearchEntry
from .sources import sources

MOST = 200
"""Entries that one search ranks. Of more, the newest count."""

PAGE = 20
SUGGESTIONS = 8
OUTDATED = SearchEntry.objects.exclude(digest__startswith=f"{VERSION}:").order_by("pk")


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


class _Reader:
    """Who asks: which entries exist for him, and at which address."""

    def __init__(self, user: Person | None = None) -> None:
        self.is_public = user is None
        self.paths = user.access.paths(Permission.SEE) if user else ()
        self.group = tuple(seeing_tokens(self.paths)) if user else (PUBLIC,)

    def url(self, entry: SearchEntry) -> str:
        if self.is_public:
            return entry.public_url
        places = entry.paths.split()
        inside = any(place.startswith(self.paths) for place in places)
        below = entry.seen_below and any(p.startswith(tuple(places)) for p in self.paths)
        return entry.url if entry.for_all or inside or below else entry.public_url


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
    return _search(_Reader(user), words, kinds, page, today)


def search_public(
    *, words: str, kinds: Collection[str] = (), page: str | int = 1, today: date
) -> Found:
    """Return what answers the words and everybody may see, ranked as by `search`."""
    return _search(_Reader(), words, kinds, page, today)


def suggest(*, user: Person, words: str, today: date, kinds: Collection[str] = ()) -> list[Hit]:
    """Return the few entries whose titles answer best what is being typed; from two letters on."""
    return _suggest(_Reader(user), words, kinds, today)


def suggest_public(*, words: str, today: date, kinds: Collection[str] = ()) -> list[Hit]:
    """Return what `suggest` does, of what everybody may see."""
    return _suggest(_Reader(), words, kinds, today)


def _search(
    reader: _Reader, words: str, kinds: Collection[str], page: str | int, today: date
) -> Found:
    question = Question(words)
    chosen = [kind for kind in sources() if kind in kinds]
    if not question or (kinds and not chosen):
        return Found(words, Paginator([], PAGE).get_page(1))
    common = [reader.group]
    own = [*common, tuple(map(kind_token, chosen))] if chosen else common
    matches = table.matches(question.conditions(), common=own, most=MOST + 1)
    is_more = len(matches) > MOST
    matches = matches[:MOST]
    order, by_kind = _ranked(matches, today)
    if is_more or chosen:
        tokens = {kind: kind_token(kind) for kind in sources()}
        counts = table.counts(question.condition(), tokens, common=common, most=MOST + 1)
    else:
        counts = dict(by_kind)
    shown = Paginator(order, PAGE).get_page(page)
    return Found(
        words=words,
        page=shown,
        hits=list(_hits(list(shown), question, reader, excerpts=_elsewhere(matches))),
        facets=_facets(counts, chosen),
        total=len(order),
        is_more=is_more,
    )


def _suggest(reader: _Reader, words: str, kinds: Collection[str], today: date) -> list[Hit]:
    question = Question(words)
    if sum(map(len, question.words)) < 2:
        return []
    common = [reader.group]
    if chosen := tuple(kind_token(kind) for kind in sources() if kind in kinds):
        common.append(chosen)
    found = table.matches(question.conditions(only_titles=True), common=common, most=MOST // 4)
    order, _ = _ranked(found, today)
    return _told_apart(_hits(order[:SUGGESTIONS], question, reader))


def _told_apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return the hits with a line under the title only where two bear the same."""
    unlike = {(str(hit.title), str(hit.subtitle), hit.note): hit for hit in hits}
    times = Counter(title for title, _, _ in unlike)
    return [
        hit if times[title] > 1 else replace(hit, subtitle=[])
        for (title, _, _), hit in unlike.items()
    ]


def _elsewhere(matches: Iterable[table.Match]) -> set[int]:
    """Return the entries of whose text a piece is shown, because the title does not answer."""
    return {match.key for match in matches if match.tier == Tier.ANYWHERE}


def _ranked(matches: Sequence[table.Match], today: date) -> tuple[list[int], Counter[str]]:
    """Return the keys in the order in which they are shown, and how many there are of each kind."""
    tiers = {key: tier for tier, key in reversed(matches)}
    rows = SearchEntry.objects.filter(pk__in=tiers).values_list(
        "pk", "kind", "until", "weight", "rank_on"
    )
    ranks = sorted(
        (
            tiers[key],
            until is not None and until <= today,
            -weight,
            -(rank_on or date.min).toordinal(),
            -key,
            kind,
        )
        for key, kind, until, weight, rank_on in rows
    )
    return [-rank[4] for rank in ranks], Counter(rank[5] for rank in ranks)


def _hits(
    keys: Sequence[int],
    question: Question,
    reader: _Reader,
    *,
    excerpts: Collection[int] = (),
) -> Iterator[Hit]:
    rows = SearchEntry.objects.defer("codes", "digest", "body").in_bulk(keys)
    wanted = SearchEntry.objects.filter(pk__in=[key for key in keys if key in excerpts])
    bodies = dict(wanted.values_list("pk", "body")) if excerpts else {}
    for key in keys:
        entry, source = rows[key], sources()[rows[key].kind]
        yield Hit(
            kind=source.kind,
            label=source.label,
            icon=source.icon,
            url=reader.url(entry),
            title=marked(entry.title, question),
            subtitle=marked(entry.subtitle, question),
            excerpt=excerpt(bodies.get(key, ""), question),
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


def differences() -> Iterator[str]:
    """
    Yield what in the index is not as a rebuild would make it, in words for an administrator.

    First the entries are held to their records, then the tokens to the entries.
    """
    for source in sources().values():
        there = dict(
            SearchEntry.objects.filter(kind=source.kind).order_by().values_list("ref", "digest")
        )
        for refs in batches([ref for ref, _ in source.refs()]):
            made = {entry.ref: entry for entry in source.entries(refs)}
            for ref, entry in made.items():
                if ref not in there:
                    yield f"{source.label} {ref}: thiếu trong chỉ mục"
                elif there[ref] != SearchEntry.of(source.kind, entry).digest:
                    yield f"{source.label} {ref}: chỉ mục khác với bản ghi"
            for ref in made:
                there.pop(ref, None)
        for ref in there:
            yield f"{source.label} {ref}: không còn bản ghi"
    for kind in SearchEntry.objects.order_by().values_list("kind", flat=True).distinct():
        if kind not in sources():
            yield f"{kind}: loại không còn dùng"
    yield from _token_differences()


def _token_differences() -> Iterator[str]:
    after, seen = 0, 0
    while rows := dict(table.stored(after=after, most=BATCH)):
        entries = SearchEntry.objects.in_bulk(list(rows))
        for key, tokens in rows.items():
            if key not in entries:
                yield f"Dòng {key} của chỉ mục: không thuộc mục tìm kiếm nào"
            elif tokens != entries[key].tokens():
                yield f"{entries[key]}: từ khóa trong chỉ mục khác với mục tìm kiếm"
        after, seen = max(rows), seen + len(entries)
    if lacking := SearchEntry.objects.count() - seen:
        yield f"{lacking} mục tìm kiếm không có từ khóa trong chỉ mục"
