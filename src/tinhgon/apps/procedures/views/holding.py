from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.queries import holding
from tinhgon.common import clock
from tinhgon.common.http import whole_number


@require_safe
def ended_holders(request: UserRequest) -> HttpResponse:
    """Show the procedures of agencies that are no more, with who can take them over."""
    if not holding.may_hand_over(request.user):
        raise PermissionDenied
    ended = holding.ended_holders(user=request.user, today=clock.today())
    return render(request, "procedures/succession.html", {"ended": ended})


@require_POST
def hand_over(request: UserRequest) -> HttpResponse:
    if not holding.may_hand_over(request.user):
        raise PermissionDenied
    key = whole_number(request.POST.get("succession", ""))
    found = holding.successions_of(user=request.user, pks=[] if key is None else [key])
    done = actions.hand_over_procedures(successions=found, by=request.user, at=clock.now())
    for heir, count in done.counts.items():
        messages.success(request, f"Đã chuyển {count} thủ tục cho {heir.name}.")
    if not done.total:
        messages.warning(request, "Không còn thủ tục nào phải chuyển.")
    return redirect("procedures:succession")
