from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import queries

from .loading import decision_or_404


@require_safe
def decision_detail(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    context = {"decision": decision, "lines": queries.load_lines(decision)}
    return render(request, "publications/detail.html", context)
