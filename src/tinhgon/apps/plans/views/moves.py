"""The way of a plan: confirmed, assessed or returned, submitted, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import actions, policies
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.forms import OpinionForm, ReasonForm, SubmitForm, VersionForm
from tinhgon.apps.plans.models import Plan
from tinhgon.apps.plans.queries import preparing
from tinhgon.common import clock

from .loading import (
    attempt,
    check_part,
    plan_or_404,
    told_and_back,
    told_too_late,
)


@require_POST
def confirm(request: UserRequest, pk: int) -> HttpResponse:
    return _plain(request, pk, PlanMove.CONFIRM, actions.confirm_plan, "Đã xác nhận phương án.")


@require_POST
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    return _plain(request, pk, PlanMove.REOPEN, actions.reopen_plan, "Đã mở lại phương án để sửa.")


@require_POST
def resume(request: UserRequest, pk: int) -> HttpResponse:
    gone: list[str] = []

    def act(**values: Any) -> None:
        gone.extend(actions.resume_plan(**values))

    answer = _plain(request, pk, PlanMove.RESUME, act, "Đã mở lại phương án đã rút.")
    if gone:
        names = "; ".join(f"“{name[:100]}”" for name in gone[:5])
        messages.warning(request, f"Đã ở trong phương án khác nên bỏ khỏi đây: {names}.")
    return answer


@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    check_part(request, plan, PlanMove.WITHDRAW)
    form = ReasonForm(request.POST)
    done = form.is_valid() and attempt(
        form,
        lambda: actions.withdraw_plan(
            plan=plan,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    )
    return told_and_back(request, form, "Đã rút phương án." if done else "", plan)


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: UserRequest, pk: int) -> HttpResponse:
    """Assess the plan (verdict=pass), or return it with reasons (verdict=return)."""
    plan = plan_or_404(request, pk)
    returns = request.POST.get("verdict") == "return"
    move = PlanMove.RETURN if returns else PlanMove.ASSESS
    check_part(request, plan, move)
    wanted = (PlanMove.ASSESS, PlanMove.RETURN)
    if back := told_too_late(request, plan, *wanted):
        return back
    initial: dict[str, object] = {"version": plan.version}
    if request.method != "POST":
        initial["text"] = preparing.draft_opinion(plan)
    form = OpinionForm(request.POST or None, request.FILES or None, initial=initial)
    act = actions.return_plan if returns else actions.assess_plan
    if form.is_valid() and attempt(
        form,
        lambda: act(
            plan=plan,
            opinion=form.opinion(preparing.assessing_agency(user=request.user, plan=plan)),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=plan,
    ):
        done = "Đã trả lại phương án." if returns else "Đã đánh giá phương án."
        messages.success(request, done)
        return redirect(plan)
    return _move_page(request, plan, form, "plans/assess.html")


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: UserRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    check_part(request, plan, PlanMove.SUBMIT)
    if back := told_too_late(request, plan, PlanMove.SUBMIT):
        return back
    form = SubmitForm(
        request.POST or None, request.FILES or None, initial={"version": plan.version}
    )
    if form.is_valid() and attempt(
        form,
        lambda: actions.submit_plan(
            plan=plan,
            letter=form.letter(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=plan,
    ):
        messages.success(request, "Đã trình phương án.")
        return redirect(plan)
    return _move_page(request, plan, form, "plans/submit.html")


def _plain(
    request: UserRequest, pk: int, move: PlanMove, act: Callable[..., Any], done: str
) -> HttpResponse:
    """Make a move that needs nothing more, and go back to the page of the plan."""
    plan = plan_or_404(request, pk)
    check_part(request, plan, move)
    form = VersionForm(request.POST)
    was_done = form.is_valid() and attempt(
        form,
        lambda: act(plan=plan, by=request.user, at=clock.now(), seen=form.cleaned_data["version"]),
    )
    return told_and_back(request, form, done if was_done else "", plan)


def _move_page(request: UserRequest, plan: Plan, form: forms.Form, template: str) -> HttpResponse:
    if form.is_bound:
        plan = plan_or_404(request, plan.pk)
    can = {move.value: policies.can(request.user, move, plan) for move in PlanMove}
    context = {"plan": plan, "can": can, "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)
