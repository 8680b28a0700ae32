"""The catalogue as everybody may read it: what signed decisions keep in force on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet

from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.models import Field, ProcedureVersion, published_with_words
from tinhgon.apps.procedures.queries.asked import KINDS, TIERS, Asked, Chip
from tinhgon.apps.procedures.queries.choices import Select
from tinhgon.apps.procedures.queries.counting import BoundedPaginator, bounded_counts
from tinhgon.apps.procedures.queries.filters import held_on
from tinhgon.apps.procedures.queries.lines import Line, lines
from tinhgon.common.http import whole_number
from tinhgon.domain.procedures import KIND_WORDS, TIER_WORDS
from tinhgon.domain.vntext import fold

PAGE_SIZE = 50
MOST_OFFERED = 200
"""Agencies that stand in a select. Of more, one is named by typing."""
_ASKED = ("q", "co-quan", "linh-vuc", "cap", "loai", "ngay")


class CataloguePage(TypedDict):
    asked: Asked
    day: date
    is_today: bool
    page: Page[Any]
    lines: list[Line]
    selects: list[Select]
    agency_text: str | None  # what stands in the input for it; None where there is a select
    chips: list[Chip]
    cleared: str


def asked_of(query: Mapping[str, str]) -> Asked:
    """Return what an address of the portal asks for; what only officials ask for is not heard."""
    return Asked.read({name: query.get(name, "") for name in _ASKED})


def catalogue_page(*, asked: Asked, number: str, today: date) -> CataloguePage:
    """
    Return one page of the procedures in force; 5 queries, and one more each for an agency and for
    words that are asked for.
    """
    day = asked.day or today
    agency = _agency(asked.agency)
    found = in_force(asked, today=today, agency=agency)
    counts = bounded_counts({"found": found})
    keys = found.order_by("sort_name", "pk").values_list("pk", flat=True)
    offered = _offered(asked, day)
    page = BoundedPaginator(keys, PAGE_SIZE, counted=counts["found"]).get_page(number)
    return {
        "asked": asked,
        "day": day,
        "is_today": day == today,
        "page": page,
        "lines": lines(list(page.object_list), then=None if day == today else day),
        "selects": [*([offered] if offered else []), *_selects(asked, day)],
        "agency_text": None if offered else (agency.name if agency else asked.agency),
        "chips": asked.chips(agency=agency.label if agency else asked.agency),
        "cleared": asked.without_filters().address(),
    }


def in_force(
    asked: Asked, *, today: date, agency: Agency | None = None
) -> QuerySet[ProcedureVersion]:
    """Return the versions in force that are asked for, in no order."""
    day = asked.day or today
    found = ProcedureVersion.objects.in_force_on(day)
    agency = agency or _agency(asked.agency)
    if agency is not None:
        found = found.filter(_held_below(agency, None if day == today else day))
    elif asked.agency:
        found = found.none()
    for condition in _conditions(asked):
        found = found.filter(condition)
    return found


def _agency(text: str) -> Agency | None:
    key = whole_number(text)
    if key is not None:
        return Agency.objects.filter(pk=key).first()
    meant = agencies.meant(text) if text else None
    return meant.agency if meant else None


def _held_below(agency: Agency, day: date | None) -> Q:
    """Return what the agency and those below it hold now, or held on `day`."""
    below = Agency.objects.filter(path__startswith=agency.path or "-")
    if day is None:
        return Q(holder__in=below)
    return Q(procedure__in=held_on(day).filter(agency__in=below).values("procedure"))


def _conditions(asked: Asked) -> Iterator[Q]:
    if asked.words:
        yield published_with_words(asked.words)
    if asked.tier is not None:
        yield Q(tier=asked.tier)
    if asked.kind is not None:
        yield Q(kind=asked.kind)
    if asked.field:
        yield Q(field__in=Field.objects.filter(folded_name=fold(asked.field)))


def _offered(asked: Asked, day: date) -> Select | None:
    """Return the agencies to choose from, if they are not too many."""
    # One row is enough for each: to look for the first is faster than to gather all.
    there = ProcedureVersion.objects.in_force_on(day).order_by()
    holding = Agency.objects.filter(Exists(there.filter(holder=OuterRef("pk"))))
    # In no order: of a nation, what is beyond those that can be offered is not even looked for.
    rows = list(holding.order_by().values_list("order", "name", "pk")[: MOST_OFFERED + 1])
    options = [(str(pk), name, str(pk) == asked.agency) for _, name, pk in sorted(rows)]
    return Select("co-quan", "Cơ quan", options) if len(options) <= MOST_OFFERED else None


def _selects(asked: Asked, day: date) -> list[Select]:
    there = ProcedureVersion.objects.in_force_on(day).order_by()
    fields = Field.objects.filter(Exists(there.filter(field=OuterRef("pk"))))
    return [
        Select(
            "linh-vuc",
            "Lĩnh vực",
            [
                (name, name, folded == fold(asked.field))
                for name, folded in fields.values_list("name", "folded_name")
            ],
        ),
        Select(
            "cap",
            "Cấp thực hiện",
            [(slug, TIER_WORDS[tier], tier is asked.tier) for slug, tier in TIERS.items()],
        ),
        Select(
            "loai",
            "Loại thủ tục",
            [(slug, KIND_WORDS[kind], kind is asked.kind) for slug, kind in KINDS.items()],
        ),
    ]
