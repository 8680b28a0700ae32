from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.forms import DecisionForm, SheetForm
from tinhgon.apps.intake.models import Batch
from tinhgon.common import clock


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: UserRequest) -> HttpResponse:
    return _receive(request, SheetForm, actions.receive_sheet, "intake/sheet.html")


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: UserRequest) -> HttpResponse:
    return _receive(request, DecisionForm, actions.receive_decision, "intake/decision.html")


def _receive(
    request: UserRequest,
    form_class: type[SheetForm] | type[DecisionForm],
    receive: Callable[..., Batch],
    template: str,
) -> HttpResponse:
    form: Any = form_class(request.POST or None, request.FILES or None, user=request.user)
    if not form.agencies:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            batch = receive(
                upload=actions.Upload.of(form.cleaned_data["file"]),
                agency=form.cleaned_data["agency"],
                by=request.user,
                at=clock.now(),
            )
        except (actions.SheetUnreadable, actions.Refused) as e:
            form.add_error("file", str(e))
        else:
            return redirect(batch)
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form}, status=status)
