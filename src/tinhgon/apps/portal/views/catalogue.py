"""The list of procedures in force, and the search over all that is public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from tinhgon.apps.portal import queries
from tinhgon.apps.portal.http import public, show
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
    return show(request, "portal/catalogue.html", {**found, "section": "catalogue"})


@public
def search(request: HttpRequest) -> HttpResponse:
    found = finding.search_public(
        words=request.GET.get("q", "").strip()[:_MOST_LETTERS],
        kinds=request.GET.getlist("loai"),
        page=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return show(request, "portal/search.html", {"found": found, "section": "search"})
