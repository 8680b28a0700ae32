from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import exports
from tinhgon.apps.assignments.queries import listing
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.savedviews import queries as saved_views
from tinhgon.apps.savedviews.enums import ListName
from tinhgon.common import clock


@require_safe
def assignment_list(request: UserRequest) -> HttpResponse:
    """Show the list; the address alone opens the saved view that the person chose for it."""
    # Never empty: what is saved of the usual list must not open as the bare address does.
    here = saved_views.kept(request.GET.urlencode()) or f"sort={listing.DEFAULT_SORT}"
    saved = saved_views.menu(
        user=request.user, page=ListName.ASSIGNMENTS, query=here, has_columns=False
    )
    if not request.GET and saved.opens_with:
        return redirect(saved.opens_with)
    page = listing.assignment_list(
        user=request.user,
        asked=listing.Filters.read(request.GET),
        number=request.GET.get("page", "1"),
        today=clock.today(),
        calendar=calendars.calendar(),
    )
    return render(request, "assignments/list.html", {**page, "saved": saved})


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
