from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.models import LegalChange, Measure, Plan, PlanDecision, PlanItem
from tinhgon.apps.plans.queries import loading
from tinhgon.common.attempts import TooLate

TOO_LATE = TooLate(
    stale=(
        "Người khác vừa thay đổi phương án này. Đã hiện nội dung mới nhất, mời xem lại "
        "rồi làm tiếp."
    ),
    illegal="Phương án đã chuyển trạng thái nên không làm được việc này nữa.",
)
attempt = TOO_LATE.attempt


def plan_or_404(request: UserRequest, pk: int) -> Plan:
    try:
        return loading.get_visible_plan(user=request.user, pk=pk)
    except Plan.DoesNotExist:
        raise Http404 from None


def item_or_404(request: UserRequest, pk: int) -> PlanItem:
    try:
        return loading.get_visible_item(user=request.user, pk=pk)
    except PlanItem.DoesNotExist:
        raise Http404 from None


def measure_or_404(request: UserRequest, pk: int) -> Measure:
    try:
        return loading.get_visible_measure(user=request.user, pk=pk)
    except Measure.DoesNotExist:
        raise Http404 from None


def legal_change_or_404(request: UserRequest, pk: int) -> LegalChange:
    try:
        return loading.get_visible_legal_change(user=request.user, pk=pk)
    except LegalChange.DoesNotExist:
        raise Http404 from None


def decision_or_404(request: UserRequest, pk: int) -> PlanDecision:
    try:
        return loading.get_visible_decision(user=request.user, pk=pk)
    except PlanDecision.DoesNotExist:
        raise Http404 from None


def check_part(request: UserRequest, plan: Plan, move: PlanMove) -> None:
    """
    Check that the person has a part in the move, whatever the state of the plan.

    :raises PermissionDenied: if he has none.
    """
    if not policies.may(request.user, move, plan):
        raise PermissionDenied


def told_too_late(request: UserRequest, plan: Plan, *moves: PlanMove) -> HttpResponse | None:
    """Return the way back to the plan, where its state allows none of the moves any more."""
    if request.method == "POST" or any(policies.can(request.user, m, plan) for m in moves):
        return None
    messages.warning(request, TOO_LATE.illegal)
    return redirect(plan)


def told_and_back(
    request: UserRequest, form: forms.Form, done: str, thing: Plan | PlanItem
) -> HttpResponse:
    """Say what was done, or else why not, and go back to the page of the thing."""
    if done:
        messages.success(request, done)
    else:
        messages.error(request, " ".join(str(e) for each in form.errors.values() for e in each))
    return redirect(thing)
