"""Recording the signed decision on a plan."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans import actions, policies
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.forms import DecisionForm, DecisionsForm
from tinhgon.apps.plans.models import Plan, PlanDecision
from tinhgon.apps.plans.queries import preparing
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .loading import attempt, check_part, plan_or_404, told_too_late

_TOO_FEW = "Có phương án đã chuyển trạng thái hoặc không còn. Chọn lại các phương án đang trình."
_NO_ISSUER = (
    "Các phương án này không có chung cơ quan cấp trên. Ghi quyết định riêng từng phương án."
)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: UserRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    check_part(request, plan, PlanMove.APPROVE)
    if back := told_too_late(request, plan, PlanMove.APPROVE):
        return back
    form = DecisionForm(
        request.POST or None,
        request.FILES or None,
        items=preparing.items_of(plan),
        issuers=preparing.issuers(plan),
        initial=_known(plan),
    )
    made: list[PlanDecision] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.record_decision(
                plans=[actions.Seen(plan, form.cleaned_data["version"])],
                verdicts=form.verdicts(),
                signed=form.signed(),
                by=request.user,
                at=clock.now(),
            )
        ),
        on=plan,
    ):
        messages.success(request, "Đã ghi quyết định về phương án.")
        return redirect(made[0])
    if form.is_bound:
        plan = plan_or_404(request, plan.pk)
    context = {"plan": plan, "form": form}
    return render(request, "plans/decide.html", context, status=422 if form.is_bound else 200)


def _known(plan: Plan) -> dict[str, object]:
    name = str(plan)
    subject = f"phê duyệt {name[0].lower()}{name[1:]}"
    return {"version": plan.version, **_signed_by(preparing.issuers(plan)[0], subject)}


def _signed_by(issuer: Agency, subject: str) -> dict[str, object]:
    symbol = f"QĐ-{issuer.symbol}" if issuer.symbol else "QĐ-UBND"
    return {"issuer": issuer.pk, "symbol": symbol, "subject": subject}


@require_http_methods(["GET", "HEAD", "POST"])
def decide_many(request: UserRequest) -> HttpResponse:
    """Record one decision on several plans: those of ?pk=, else choose among what waits."""
    policies.check_record(request.user)
    waiting = preparing.awaiting_decision(user=request.user)
    wanted = {whole_number(pk) for pk in request.GET.getlist("pk")}
    chosen = [plan for plan in waiting if plan.pk in wanted]
    issuers = preparing.common_issuers(chosen) if chosen else []
    if len(chosen) < len(wanted) or not issuers:
        told = _TOO_FEW if len(chosen) < len(wanted) else _NO_ISSUER if chosen else ""
        choice = {"waiting": waiting, "told": told, "wanted": wanted}
        status = 422 if told else 200
        return render(request, "plans/choose_plans.html", choice, status=status)
    form = DecisionsForm(
        request.POST or None,
        request.FILES or None,
        plans=chosen,
        items=preparing.items_of_all(chosen),
        issuers=issuers,
        initial=_signed_by(
            issuers[0], f"phê duyệt phương án đơn giản hóa thủ tục, {_rounds(chosen)}"
        ),
    )
    made: list[PlanDecision] = []
    if form.is_valid() and attempt(form, lambda: made.append(_record(request, form))):
        messages.success(request, f"Đã ghi quyết định về {len(chosen)} phương án.")
        return redirect(made[0])
    if form.is_bound:
        form.under_versions()
    context = {"form": form, "plans": chosen}
    status = 422 if form.is_bound else 200
    return render(request, "plans/decide_many.html", context, status=status)


def _record(request: UserRequest, form: DecisionsForm) -> PlanDecision:
    return actions.record_decision(
        plans=form.seen(),
        verdicts=form.verdicts(),
        signed=form.signed(),
        by=request.user,
        at=clock.now(),
    )


def _rounds(plans: Sequence[Plan]) -> str:
    return ", ".join(dict.fromkeys(str(plan.round).lower() for plan in plans))
