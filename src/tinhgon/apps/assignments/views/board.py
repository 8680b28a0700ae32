from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments.queries.board import board_page
from tinhgon.apps.assignments.queries.grid import Asked
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock


@require_safe
def board(request: UserRequest) -> HttpResponse:
    context = board_page(
        user=request.user,
        asked=Asked.read(request.GET.dict()),
        today=clock.today(),
        calendar=calendars.calendar(),
    )
    return render(request, "assignments/board.html", context)
