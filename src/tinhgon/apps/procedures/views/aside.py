"""Choosing the procedure of which a proposal is a duplicate, or into which it is merged."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import actions, policies
from tinhgon.apps.procedures.forms.moving import SetAsideForm
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries import twins
from tinhgon.common import clock
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import Move

from .loading import ILLEGAL, STALE, version_or_404

WORDS = {
    Move.MARK_DUPLICATE: ("Đánh dấu trùng lặp", "Trùng với thủ tục nào", "Đã đánh dấu trùng lặp."),
    Move.MERGE: ("Gộp vào thủ tục khác", "Gộp vào thủ tục nào", "Đã gộp thủ tục."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: UserRequest, pk: int, number: int) -> HttpResponse:
    return _aside(request, version_or_404(request, pk, number), Move.MARK_DUPLICATE)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: UserRequest, pk: int, number: int) -> HttpResponse:
    return _aside(request, version_or_404(request, pk, number), Move.MERGE)


def _aside(request: UserRequest, version: ProcedureVersion, move: Move) -> HttpResponse:
    if not policies.may(request.user, move, version):
        raise PermissionDenied
    if request.method != "POST":
        form = SetAsideForm(initial={"version": version.version}, user=request.user)
        return _page(request, version, move, form)
    form = SetAsideForm(request.POST, user=request.user)
    problem = ""
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            actions.set_aside(
                version=version,
                move=move,
                into=cleaned["into"],
                by=request.user,
                at=clock.now(),
                seen=cleaned["version"],
                reason=cleaned["reason"],
            )
        except actions.Refused as e:
            form.add_error(e.field if e.field in form.fields else None, str(e))
        except actions.StaleObject:
            problem = STALE
        except IllegalMove:
            problem = ILLEGAL
        else:
            messages.success(request, WORDS[move][2])
            return redirect(version)
    return _page(request, version, move, form, problem=problem, status=422)


def _page(
    request: UserRequest,
    version: ProcedureVersion,
    move: Move,
    form: SetAsideForm,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    words = request.GET.get("q", "")[:200]
    context = {
        "version": version,
        "procedure": version.procedure,
        "title": WORDS[move][0],
        "question": WORDS[move][1],
        "form": form,
        "chosen": str(form["into"].value() or ""),
        "words": words,
        "found": twins.candidates(user=request.user, version=version, words=words),
        "problem": problem,
    }
    return render(request, "procedures/aside.html", context, status=status)
