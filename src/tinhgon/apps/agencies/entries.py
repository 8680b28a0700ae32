"""Agencies as the search finds them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from tinhgon.apps.search.sources import Entry, Source
from tinhgon.domain.vntext import format_date

from .models import Agency

AGENCY = "agency"


def _refs() -> Iterable[tuple[int, date | None]]:
    return Agency.objects.order_by().values_list("pk", "started_on")


def _entries(refs: Collection[int]) -> Iterator[Entry]:
    """An agency is seen by its branch and by everybody below it, as `Agency.visible_to` says."""
    agencies = (
        Agency.objects.filter(pk__in=refs).select_related("parent").prefetch_related("states")
    )
    for agency in agencies:
        names = {agency.name: None}
        for state in agency.states.all():
            names |= dict.fromkeys((state.name, state.short_name, state.symbol))
        before = [name for name in names if name and name != agency.name]
        parent = agency.parent
        yield Entry(
            ref=agency.pk,
            title=agency.name,
            subtitle=f"thuộc {parent.name}" if parent else "",
            note=f"Kết thúc từ ngày {format_date(agency.ended_on)}" if agency.ended_on else "",
            keywords=parent.name if parent else "",
            codes=tuple(filter(None, (agency.short_name, agency.symbol))),
            body="; ".join(before),
            url=agency.get_absolute_url(),
            paths=[agency.path or ""],
            seen_below=True,
            agency=parent.pk if parent else None,
            rank_on=agency.started_on,
            until=agency.ended_on,
            weight=1,
        )


SOURCES = [Source(AGENCY, "Cơ quan", "building", 90, _refs, _entries)]
