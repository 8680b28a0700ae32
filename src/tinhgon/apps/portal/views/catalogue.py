"""The list of procedures in force, and the search over all that is public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from tinhgon.apps.portal import queries
from tinhgon.apps.portal.http import public, show
from tinhgon.apps.procedures.queries.choices import Select
from tinhgon.apps.search import queries as finding
from tinhgon.common import clock

_MOST_LETTERS = 200  # of a question


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    found = queries.catalogue_page(
        asked=queries.asked_of(request.GET.dict()),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    selects = [(select, _options(select)) for select in found["selects"]]
    context = {**found, "selects": selects, "section": "catalogue"}
    return show(request, "portal/catalogue.html", context)


def _options(select: Select) -> SafeString:
    """Write the options at one stroke: a template takes longer than the database for hundreds."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, mark_safe(" selected") if chosen else "", words)
            for value, words, chosen in select.options
        ),
    )


@public
def search(request: HttpRequest) -> HttpResponse:
    found = finding.search_public(
        words=request.GET.get("q", "").strip()[:_MOST_LETTERS],
        kinds=request.GET.getlist("loai"),
        page=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return show(request, "portal/search.html", {"found": found, "section": "search"})
