"""Recording the signed decision on a plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.forms import DecisionForm
from tinhgon.apps.plans.models import Plan, PlanDecision
from tinhgon.apps.plans.queries import preparing
from tinhgon.common import clock

from .loading import attempt, check_part, plan_or_404, told_too_late


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
    issuer = preparing.issuers(plan)[0]
    name = str(plan)
    return {
        "version": plan.version,
        "issuer": issuer.pk,
        "symbol": f"QĐ-{issuer.symbol}" if issuer.symbol else "QĐ-UBND",
        "subject": f"phê duyệt {name[0].lower()}{name[1:]}",
    }
