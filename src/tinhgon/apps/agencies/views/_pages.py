from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.agencies import queries
from tinhgon.apps.agencies.models import Agency
from tinhgon.common import clock
from tinhgon.common.people import person
from tinhgon.domain.vntext import DateError, parse_date

_LONGEST_SEARCH = 200


def agency_or_404(request: HttpRequest, pk: int) -> Agency:
    try:
        return queries.get_visible_agency(user=person(request), pk=pk)
    except Agency.DoesNotExist:
        raise Http404 from None


def _day(request: HttpRequest) -> date:
    """Return the day of the time machine: today where the address names none that exists."""
    typed = request.GET.get("ngay", "")
    try:
        return date.fromisoformat(typed)
    except ValueError:
        pass
    try:
        return parse_date(typed)
    except DateError:
        return clock.today()


@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    context = queries.tree_page(
        user=person(request),
        day=_day(request),
        today=clock.today(),
        words=" ".join(request.GET.get("q", "")[:_LONGEST_SEARCH].split()),
    )
    return render(request, "agencies/tree.html", dict(context))


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Return options for an input that names an agency, by what is typed in it."""
    typed = next(iter(request.GET.values()), "")  # whatever the input is called
    words = " ".join(str(typed)[:_LONGEST_SEARCH].split())
    return render(request, "agencies/_options.html", {"found": queries.suggestions(words)})


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    agency = agency_or_404(request, pk)
    context = queries.agency_page(user=person(request), agency=agency, day=_day(request))
    return render(request, "agencies/detail.html", dict(context))
