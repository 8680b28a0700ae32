from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments.queries import mine
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock


@require_safe
def my_work(request: UserRequest) -> HttpResponse:
    """Show what the person has to do, in the order of urgency."""
    page = mine.my_work(user=request.user, today=clock.today(), calendar=calendars.calendar())
    return render(request, "assignments/mine.html", dict(page))
