from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.intake import actions, policies
from tinhgon.apps.intake.enums import BatchKind
from tinhgon.apps.intake.forms import HeadingForm, RowForm
from tinhgon.apps.intake.models import Batch
from tinhgon.apps.procedures.enums import Action, Tier
from tinhgon.common import clock
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

from ._words import NOT_NOW, STALE
from .loading import batch_or_404, row_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def heading(request: UserRequest, pk: int) -> HttpResponse:
    batch = batch_or_404(request, pk)
    _check(request, batch)
    form = HeadingForm(request.POST) if request.method == "POST" else HeadingForm.for_batch(batch)
    if request.method == "POST" and _saved(
        form,
        lambda: actions.correct_heading(
            batch=batch,
            values=form.values(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã sửa phần đầu quyết định.")
        return redirect(batch)
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/heading.html", {"form": form, "batch": batch}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: UserRequest, pk: int, row: int) -> HttpResponse:
    found = row_or_404(request, pk, row)
    _check(request, found.batch)
    form = RowForm(request.POST) if request.method == "POST" else RowForm.for_row(found)
    if request.method == "POST" and _saved(
        form,
        lambda: actions.correct_row(
            row=found,
            action=Action(form.cleaned_data["action"]),
            name=form.cleaned_data["name"],
            tier=Tier(form.cleaned_data["tier"]),
            agency=form.cleaned_data["agency"],
            code=form.cleaned_data["code"],
            position=form.cleaned_data["position"],
            national_code=form.cleaned_data["national_code"] if found.record else None,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã sửa và đối chiếu lại dòng này.")
        return redirect("intake:row", pk, row)
    context = {"form": form, "row": found, "batch": found.batch}
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/correct.html", context, status=status)


def _check(request: UserRequest, batch: Batch) -> None:
    policies.check_receive(request.user, BatchKind(batch.kind), batch.agency)
    if batch.kind != BatchKind.DECISION:
        raise Http404


def _saved(form: Form, save: Callable[[], None]) -> bool:
    if not form.is_valid():
        return False
    try:
        save()
    except StaleObject:
        form.add_error(None, STALE)
    except IllegalMove:
        form.add_error(None, NOT_NOW)
    except actions.Refused as e:
        form.add_error(None, str(e))
    return form.is_valid()
