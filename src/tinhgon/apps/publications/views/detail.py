from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.publications import queries
from tinhgon.common import clock

from .loading import decision_or_404


@require_safe
def decision_detail(request: UserRequest, pk: int) -> HttpResponse:
    context = queries.decision_page(
        user=request.user,
        decision=decision_or_404(request, pk),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "publications/detail.html", dict(context))


@require_safe
def signed_file(request: UserRequest, pk: int) -> HttpResponse:
    file = decision_or_404(request, pk).document.file
    if file is None:
        raise Http404
    response: HttpResponse = send_file(file)  # type: ignore[assignment]
    return response


@require_safe
def signatures(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    if decision.document.file is None:
        raise Http404
    context = queries.signatures_page(decision=decision, at=clock.now())
    return render(request, "publications/signatures.html", dict(context))
