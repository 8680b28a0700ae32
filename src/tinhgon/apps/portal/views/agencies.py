"""Agencies with the procedures that they hold."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.portal import queries
from tinhgon.apps.portal.http import public, show
from tinhgon.common import clock


@public
def agencies(request: HttpRequest) -> HttpResponse:
    found = queries.agencies_page(today=clock.today())
    return show(request, "portal/agencies.html", {**found, "section": "agencies"})


@public
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = queries.agency_page(pk=pk, today=clock.today())
    except Agency.DoesNotExist:
        raise Http404 from None
    return show(request, "portal/agency.html", {**found, "section": "agencies"})
