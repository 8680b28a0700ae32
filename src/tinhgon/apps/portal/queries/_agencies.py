"""Agencies as everybody may know them: who they are, and what procedures they hold."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet

from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.agencies.queries import named
from tinhgon.apps.procedures.models import Field, ProcedureVersion
from tinhgon.apps.procedures.queries.lines import Line, lines

MOST_SHOWN = 100
PAGE_SIZE = 100


class AgenciesPage(TypedDict):
    words: str
    page: Page[Any]
    agencies: list[Agency]  # each with `number`, how many procedures it holds


class AgencyPage(TypedDict):
    agency: Agency
    lines: list[Line]
    total: int
    fields: list[tuple[str, int]]
    before: list[Succession]
    after: list[Succession]
    below: int


def agencies_page(*, words: str, number: str, today: date) -> AgenciesPage:
    """Return one page of the agencies, so named, that hold procedures in force today; 3 queries."""
    there = ProcedureVersion.objects.in_force_on(today).order_by()
    # One row is enough for each: procedures are counted only of those that are shown.
    holding = named(words) if words else Agency.objects.all()
    holding = holding.filter(Exists(there.filter(holder=OuterRef("pk"))))
    page = Paginator(holding.order_by("order", "name", "pk"), PAGE_SIZE).get_page(number)
    found = list(page)
    shown = there.filter(holder__in=[agency.pk for agency in found])
    numbers = dict(shown.values_list("holder").annotate(number=Count("pk")))
    for agency in found:
        agency.number = numbers.get(agency.pk, 0)  # type: ignore[attr-defined]
    return {"words": words, "page": page, "agencies": found}


def agency_page(*, pk: int, today: date) -> AgencyPage:
    """
    Return an agency with the procedures that it holds itself.

    :raises Agency.DoesNotExist: if there is none.
    """
    agency = Agency.objects.select_related("parent").get(pk=pk, path__isnull=False)
    own = ProcedureVersion.objects.in_force_on(today).filter(holder=agency)
    within = Agency.objects.filter(path__startswith=agency.path or "-")
    below = ProcedureVersion.objects.in_force_on(today).filter(holder__in=within)
    fields = _by_field(own)
    keys = own.order_by("sort_name", "pk").values_list("pk", flat=True)[:MOST_SHOWN]
    return {
        "agency": agency,
        "lines": lines(list(keys), then=None),
        "total": sum(number for _, number in fields),
        "fields": fields,
        "before": list(agency.inheritances.select_related("predecessor")),
        "after": list(agency.successions.select_related("successor")),
        "below": below.count(),
    }


def _by_field(own: QuerySet[ProcedureVersion]) -> list[tuple[str, int]]:
    """Return how many there are of each field, "" for those of none."""
    counted = dict(own.order_by().values_list("field").annotate(number=Count("pk")))
    names = dict(Field.objects.filter(pk__in=counted).values_list("pk", "name"))
    return sorted((names.get(pk, ""), number) for pk, number in counted.items())
