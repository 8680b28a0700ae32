"""The moves of a version and of a procedure, each a POST of its own."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import actions, policies
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.forms.moving import ChangeForm, CodeForm
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common import clock
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import Move

from ._panels import KINDS
from .detail import show
from .loading import ILLEGAL, STALE, procedure_or_404, version_or_404

View = Callable[[UserRequest, int, int], HttpResponse]


def _view(key: str) -> View:
    @require_POST
    def view(request: UserRequest, pk: int, number: int) -> HttpResponse:
        return _move(request, version_or_404(request, pk, number), key)

    return view


send = _view("gui")
confirm = _view("xac-nhan")
send_back = _view("tra-nguoi-soan")
check = _view("kiem-soat")
return_version = _view("tra-lai")
disclose = _view("cong-khai")
correct_disclosure = _view("sua-cong-khai")
restore = _view("khoi-phuc")
out_of_scope = _view("ngoai-danh-muc")
drop = _view("bo")


def _move(request: UserRequest, version: ProcedureVersion, key: str) -> HttpResponse:
    """Make one move and lead on, or show the page again with what is wrong."""
    kind = KINDS[key]
    if kind.move and not policies.may(request.user, kind.move, version):
        raise PermissionDenied
    form = kind.form(request.POST, auto_id=f"{key}-%s")
    problem = ""
    if form.is_valid():
        try:
            kind.act(
                form,
                version=version,
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        except actions.Refused as e:
            problem = _refused(form, e)
        except actions.StaleObject:
            problem = STALE
        except IllegalMove:
            problem = ILLEGAL
        else:
            messages.success(request, kind.done)
            return _after(version, kind.move)
    return _again(request, version, (key, form), problem)


def _refused(form: forms.Form, refusal: actions.Refused) -> str:
    """Put a refusal beside the input that it is about; return it where there is none."""
    if refusal.field in form.fields:
        form.add_error(refusal.field, str(refusal))
        return ""
    return str(refusal)


def _after(version: ProcedureVersion, move: Move | None) -> HttpResponse:
    if move is not Move.EDIT:
        return redirect(version)
    # A draft was dropped: its procedure may be gone with it.
    if Procedure.objects.filter(pk=version.procedure_id).exists():
        return redirect("procedures:detail", version.procedure_id)
    return redirect("procedures:list")


def _again(
    request: UserRequest, version: ProcedureVersion, bound: tuple[str, forms.Form], problem: str
) -> HttpResponse:
    """Show the page as it is now, with what was entered."""
    return show(
        request,
        version.procedure_id,
        version.number,
        status=422,
        bound=bound,
        problem=problem or _words(bound[1]),
    )


def _words(form: forms.Form) -> str:
    """Return what is wrong in words, for the forms that are a button without a place for them."""
    return " ".join(str(e) for name, es in form.errors.items() for e in es if name == "version")


@require_POST
def change(request: UserRequest, pk: int) -> HttpResponse:
    """Start a draft that changes what is published."""
    procedure = procedure_or_404(request, pk)
    policies.check_propose(request.user, procedure.agency)
    form = ChangeForm(request.POST, auto_id="sua-doi-%s")
    problem = ""
    if form.is_valid():
        try:
            actions.draft_change(
                procedure=procedure,
                action=Action(form.cleaned_data["action"]),
                by=request.user,
                at=clock.now(),
            )
        except actions.Refused as e:
            problem = str(e)
        else:
            return redirect("procedures:edit", pk)
    return show(request, pk, status=422, bound=("sua-doi", form), problem=problem)


@require_POST
def code(request: UserRequest, pk: int) -> HttpResponse:
    """Write the code of the national database."""
    procedure = procedure_or_404(request, pk)
    policies.check_check(request.user, procedure.agency)
    form = CodeForm(request.POST, auto_id="ma-so-%s")
    problem = ""
    if form.is_valid():
        try:
            actions.set_national_code(
                procedure=procedure,
                code=form.cleaned_data["code"],
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        except actions.Refused as e:
            problem = _refused(form, e)
        except actions.StaleObject:
            problem = STALE
        else:
            messages.success(request, "Đã ghi mã số quốc gia.")
            return redirect(procedure)
    return show(request, pk, status=422, bound=("ma-so", form), problem=problem)
