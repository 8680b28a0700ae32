from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.forms import TransferForm
from tinhgon.apps.assignments.queries import succession
from tinhgon.common import clock


@require_safe
def ended_holders(request: UserRequest) -> HttpResponse:
    """Show the open work of agencies that are no more, with who can take it over."""
    if not succession.may_transfer(request.user):
        raise PermissionDenied
    ended = succession.ended_holders(user=request.user, today=clock.today())
    return render(request, "assignments/succession.html", {"ended": ended})


@require_POST
def transfer(request: UserRequest) -> HttpResponse:
    if not succession.may_transfer(request.user):
        raise PermissionDenied
    form = TransferForm(request.POST)
    pks = [form.cleaned_data["succession"]] if form.is_valid() else []
    found = succession.successions_of(user=request.user, pks=pks)
    moved = actions.transfer_assignments(successions=found, by=request.user, at=clock.now())
    if moved.inherited:
        heir = moved.inherited[0].agency.name
        messages.success(request, f"Đã chuyển {len(moved.inherited)} nhiệm vụ cho {heir}.")
    else:
        messages.warning(request, "Không còn nhiệm vụ nào phải chuyển.")
    return redirect("assignments:succession")
