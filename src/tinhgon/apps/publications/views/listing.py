from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications.queries.listing import Asked, list_page


@require_safe
def decision_list(request: UserRequest) -> HttpResponse:
    context = list_page(user=request.user, asked=Asked.read(request.GET.dict()))
    return render(request, "publications/list.html", dict(context))
