from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments.queries.timeline import Asked, timeline_page
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock


@require_safe
def timeline(request: UserRequest) -> HttpResponse:
    today = clock.today()
    context = timeline_page(
        user=request.user,
        asked=Asked.read(request.GET.dict(), today=today),
        today=today,
        calendar=calendars.calendar(),
    )
    return render(request, "assignments/timeline.html", context)
