from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import actions, queries
from tinhgon.apps.publications.enums import DecisionMove
from tinhgon.apps.publications.forms import ReasonForm, RecordForm, SubmitForm
from tinhgon.apps.publications.models import Decision
from tinhgon.common import clock

from .loading import attempt, decision_for, decision_or_404, told_too_late


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, DecisionMove.SUBMIT)
    if back := told_too_late(request, decision, DecisionMove.SUBMIT):
        return back
    form = SubmitForm(request.POST or None, initial={"version": decision.version})
    if form.is_valid() and attempt(
        form,
        lambda: actions.submit_decision(
            decision=decision,
            submission=form.submission(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=decision,
    ):
        messages.success(request, "Đã trình ký. Tải tờ trình, dự thảo quyết định để ký.")
        return redirect(decision)
    context = queries.submit_page(decision, today=clock.today())
    return _move_page(request, decision, form, "publications/submit.html", dict(context))


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_for(request, pk, DecisionMove.RECORD)
    if back := told_too_late(request, decision, DecisionMove.RECORD):
        return back
    form = RecordForm(request.POST or None, request.FILES or None, initial=_known(decision))
    if form.is_valid() and attempt(
        form,
        lambda: actions.record_signed(
            decision=decision,
            signed=form.signed(),
            submission=form.submission(),
            upload=form.upload(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=decision,
    ):
        messages.success(request, "Đã ghi quyết định đã ký; các thủ tục được công bố.")
        return redirect(decision)
    return _move_page(request, decision, form, "publications/record.html", {})


@require_POST
def recall(request: UserRequest, pk: int) -> HttpResponse:
    return _plain(request, pk, DecisionMove.RECALL, actions.recall_decision, "Đã rút về dự thảo.")


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    return _plain(request, pk, DecisionMove.DISCARD, actions.discard_decision, "Đã bỏ dự thảo.")


def _plain(
    request: UserRequest, pk: int, move: DecisionMove, act: Callable[..., None], done: str
) -> HttpResponse:
    """Make a move that needs nothing but a reason, and go back to the page of the decision."""
    decision = decision_for(request, pk, move)
    form = ReasonForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: act(
            decision=decision,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, done)
    else:
        messages.error(request, " ".join(str(e) for each in form.errors.values() for e in each))
    return redirect(decision)


def _move_page(
    request: UserRequest,
    decision: Decision,
    form: forms.Form,
    template: str,
    context: dict[str, object],
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    if form.is_bound:
        decision = decision_or_404(request, decision.pk)
    return render(request, template, {"decision": decision, "form": form, **context}, status=status)


def _known(decision: Decision) -> dict[str, object]:
    letter = decision.submission
    head, deputy = queries.signer_titles(decision)
    return {
        "version": decision.version,
        "symbol": decision.document.symbol,
        "effective_on": decision.effective_on,
        "signer_authority": f"KT. {head}" if decision.deputy_signs else "",
        "signer_title": deputy if decision.deputy_signs else head,
        "submission_number": letter.number if letter else "",
        "submitted_on": letter.issued_on if letter else None,
    }
