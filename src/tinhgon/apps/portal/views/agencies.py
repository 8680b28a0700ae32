"""Agencies with the procedures that they hold."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tinhgon.apps.agencies import queries as naming
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.portal import queries
from tinhgon.apps.portal.http import public, show
from tinhgon.common import clock

_MOST_LETTERS = 200  # of a name


@public
def agencies(request: HttpRequest) -> HttpResponse:
    found = queries.agencies_page(
        words=request.GET.get("q", "").strip()[:_MOST_LETTERS],
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    progress = queries.is_progress_public()
    context = {**found, "section": "agencies", "shows_progress": progress}
    return show(request, "portal/agencies.html", context)


@public
def suggestions(request: HttpRequest) -> HttpResponse:
    """Return options for the input that names an agency."""
    words = " ".join(request.GET.get("co-quan", "")[:_MOST_LETTERS].split())
    return render(request, "agencies/_options.html", {"found": naming.suggestions(words)})


@public
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = queries.agency_page(pk=pk, today=clock.today())
    except Agency.DoesNotExist:
        raise Http404 from None
    return show(request, "portal/agency.html", {**found, "section": "agencies"})
