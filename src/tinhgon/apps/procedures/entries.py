"""
Procedures as the search finds them: one entry a procedure, by the version that counts now.

That is the last one published; before that the one in hand; else the last one set aside. So what a
draft says beside a version in force is never found by those who may not read it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from django.urls import reverse

from tinhgon.apps.search.sources import Entry, Source
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED, texts_of
from tinhgon.domain.vntext import format_date

from .enums import STATUS_LABELS, Status
from .models import Procedure, ProcedureVersion

PROCEDURE = "procedure"
_PUBLIC_PAGE = "portal:procedure"  # of an app above this one, hence by its name


def _refs() -> Iterable[tuple[int, date | None]]:
    rows = Procedure.objects.order_by().values_list("pk", "created_at")
    return ((pk, created_at.date()) for pk, created_at in rows)


def _entries(refs: Collection[int]) -> Iterator[Entry]:
    """What was once published everybody may read; the rest is seen by the branch that holds it."""
    for batch in batches(list(_shown(refs).values())):
        versions = ProcedureVersion.objects.filter(pk__in=batch)
        # Hundreds at once are of one agency and field: one object each, not hundreds.
        versions = versions.select_related("procedure").prefetch_related(
            "procedure__agency", "field"
        )
        for version in versions:
            yield _entry(version)


def _shown(refs: Collection[int]) -> dict[int, int]:
    """Return procedure → the version by which it is found."""
    ranks: dict[int, tuple[int, bool, int, int]] = {}
    rows = ProcedureVersion.objects.filter(procedure__in=refs).order_by()
    columns = ("procedure", "status", "is_superseded", "number", "pk")
    for procedure, status, is_superseded, number, pk in rows.values_list(*columns):
        state = Status(status)
        order = 2 if state in PUBLISHED else 1 if state in UNPUBLISHED else 0
        rank = (order, not is_superseded, number, pk)
        ranks[procedure] = max(ranks.get(procedure, rank), rank)
    return {procedure: rank[-1] for procedure, rank in ranks.items()}


def _entry(version: ProcedureVersion) -> Entry:
    procedure, status = version.procedure, Status(version.status)
    agency, field = procedure.agency, version.field
    is_published = status in PUBLISHED
    note = "" if is_published else STATUS_LABELS[status]
    if version.valid_to:
        note = f"Hết hiệu lực từ ngày {format_date(version.valid_to)}"
    return Entry(
        ref=procedure.pk,
        title=version.name,
        subtitle=" · ".join([agency.name, *([field.name] if field else [])]),
        note=note,
        keywords=" ".join(filter(None, (agency.name, agency.short_name))),
        codes=tuple(filter(None, (procedure.national_code, procedure.local_code))),
        body="\n".join(texts_of(version.content)),
        url=procedure.get_absolute_url(),
        public_url=reverse(_PUBLIC_PAGE, args=[procedure.pk]) if is_published else "",
        paths=[agency.path or ""],
        for_all=is_published,
        agency=agency.pk,
        rank_on=version.valid_from or version.created_at.date(),
        until=version.valid_to,
        weight=0 if is_published or status in UNPUBLISHED else -1,
    )


SOURCES = [Source(PROCEDURE, "Thủ tục", "book", 10, _refs, _entries)]
