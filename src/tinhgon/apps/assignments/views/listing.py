from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import exports
from tinhgon.apps.assignments.queries import listing
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock


@require_safe
def assignment_list(request: UserRequest) -> HttpResponse:
    page = listing.assignment_list(
        user=request.user,
        asked=listing.Filters.read(request.GET),
        number=request.GET.get("page", "1"),
        today=clock.today(),
        calendar=calendars.calendar(),
    )
    return render(request, "assignments/list.html", dict(page))


@require_safe
def export(request: UserRequest) -> HttpResponse:
    """Download what the list shows with the same address, all pages of it."""
    content = exports.assignments_xlsx(
        user=request.user,
        asked=listing.Filters.read(request.GET),
        today=clock.today(),
        calendar=calendars.calendar(),
    )
    response = HttpResponse(content, content_type=exports.XLSX)
    response["Content-Disposition"] = 'attachment; filename="nhiem-vu.xlsx"'
    return response
