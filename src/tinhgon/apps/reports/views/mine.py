"""What waits for the person who looks, of all periods."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.reports.queries.mine import mine_page
from tinhgon.common import clock


@require_safe
def mine(request: UserRequest) -> HttpResponse:
    context = mine_page(
        user=request.user,
        task=request.GET.get("viec", ""),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "reports/mine.html", dict(context))
