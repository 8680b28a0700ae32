"""Difficulties as the search finds them; an answer given to all units is found by everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.utils import timezone

from tinhgon.apps.search.sources import Entry, Source
from tinhgon.common.batches import batches

from .models import Difficulty

DIFFICULTY = "difficulty"


def _refs() -> Iterable[tuple[int, date | None]]:
    rows = Difficulty.objects.order_by().values_list("pk", "raised_at")
    return ((pk, timezone.localtime(raised_at).date()) for pk, raised_at in rows)


def _entries(refs: Collection[int]) -> Iterator[Entry]:
    for batch in batches(list(refs)):
        rows = Difficulty.objects.filter(pk__in=batch).select_related("agency", "answer__document")
        for row in rows.prefetch_related("texts", "steps__holder", "steps__station"):
            yield _entry(row)


def _entry(row: Difficulty) -> Entry:
    came = {place.path or "" for step in row.steps.all() for place in (step.holder, step.station)}
    answer = row.answer
    document = answer.document if answer else None
    texts = [row.description, row.own_part, row.proposal, answer.words if answer else ""]
    return Entry(
        ref=row.pk,
        title=row.title,
        subtitle=f"{row.agency.name} · {row.kind_words}",
        note=row.status_words,
        keywords=row.agency.label,
        codes=tuple(filter(None, (row.code, document.code if document else ""))),
        body="\n".join([*filter(None, texts), *(str(text) for text in row.texts.all())]),
        url=row.get_absolute_url(),
        paths=sorted({row.agency.path or "", *came} - {""}),
        for_all=row.is_guidance,
        agency=row.agency_id,
        rank_on=timezone.localtime(row.raised_at).date(),
    )


SOURCES = [Source(DIFFICULTY, "Vướng mắc", "help", 60, _refs, _entries)]
