from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import queries as procedures
from tinhgon.apps.procedures.models import Procedure
from tinhgon.apps.procedures.queries.asked import Asked
from tinhgon.apps.publications import queries
from tinhgon.common import clock


@require_safe
def in_force(request: UserRequest) -> HttpResponse:
    context = queries.in_force_page(
        user=request.user,
        asked=Asked.read(request.GET.dict()),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "publications/in_force.html", dict(context))


@require_safe
def lineage(request: UserRequest, pk: int) -> HttpResponse:
    try:
        procedure = procedures.get_visible_procedure(user=request.user, pk=pk)
    except Procedure.DoesNotExist:
        raise Http404 from None
    page = queries.lineage_page(procedure=procedure)
    drawing = SafeString(page["drawing"])  # the drawing escapes every text
    return render(request, "publications/lineage.html", {**page, "drawing": drawing})
