"""The local copies of a shared procedure."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import actions, policies
from tinhgon.apps.procedures.queries import copies as queries
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .loading import STALE, procedure_or_404


@require_safe
def copies(request: UserRequest, pk: int) -> HttpResponse:
    procedure = procedure_or_404(request, pk)
    page = queries.copies_page(user=request.user, procedure=procedure, today=clock.today())
    if page is None:
        raise Http404
    return render(request, "procedures/copies.html", page)


@require_POST
def make_copies(request: UserRequest, pk: int) -> HttpResponse:
    """Draft a local copy for each chosen agency."""
    procedure = procedure_or_404(request, pk)
    if not policies.may_propose_anywhere(request.user):
        raise PermissionDenied
    keys = [n for text in request.POST.getlist("agency") if (n := whole_number(text)) is not None]
    chosen = queries.agencies_without(request.user, procedure, on=clock.today())
    agencies = list(chosen.filter(pk__in=keys)) if keys else []
    if not agencies:
        messages.error(request, "Chọn ít nhất một cơ quan chưa có bản của thủ tục này.")
        return redirect("procedures:copies", pk)
    try:
        made = actions.make_local_copies(
            canonical=procedure, agencies=agencies, by=request.user, at=clock.now()
        )
    except actions.Refused as e:
        messages.error(request, str(e))
    else:
        messages.success(
            request, f"Đã soạn {len(made)} bản của địa phương, ở trạng thái đang soạn."
        )
    return redirect("procedures:copies", pk)


@require_POST
def unlink(request: UserRequest, pk: int) -> HttpResponse:
    """Let a local copy go its own way."""
    procedure = procedure_or_404(request, pk)
    seen = whole_number(request.POST.get("version", ""))
    try:
        actions.unlink_from_canonical(
            procedure=procedure, by=request.user, at=clock.now(), seen=seen or 0
        )
    except actions.Refused as e:
        messages.error(request, str(e))
    except actions.StaleObject:
        messages.error(request, STALE)
    else:
        messages.success(request, f"Đã tách {procedure.local_code} khỏi bản dùng chung.")
    return redirect(procedure)
