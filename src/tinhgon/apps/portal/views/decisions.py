"""Signed decisions: the list, and one with its lines and its file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tinhgon.apps.files.http import send_file
from tinhgon.apps.portal import queries
from tinhgon.apps.portal.http import public, show
from tinhgon.apps.publications.models import Decision


@public
def decisions(request: HttpRequest) -> HttpResponse:
    found = queries.decisions_page(number=request.GET.get("page", "1"))
    return show(request, "portal/decisions.html", {**found, "section": "decisions"})


@public
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = queries.decision_page(pk=pk, number=request.GET.get("page", "1"))
    except Decision.DoesNotExist:
        raise Http404 from None
    return show(request, "portal/decision.html", {**found, "section": "decisions"})


@public
def signed_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        file = queries.get_signed_decision(pk=pk).document.file
    except Decision.DoesNotExist:
        raise Http404 from None
    if file is None:
        raise Http404
    return send_file(file)
