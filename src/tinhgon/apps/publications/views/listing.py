from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import queries


@require_safe
def decision_list(request: UserRequest) -> HttpResponse:
    context = queries.list_page(user=request.user, number=request.GET.get("page", "1"))
    return render(request, "publications/list.html", dict(context))
