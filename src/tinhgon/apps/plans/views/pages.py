from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import documents
from tinhgon.apps.plans.forms import RenewForm
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.plans.queries import carrying, recommendations
from tinhgon.apps.plans.queries.decision import decision_page
from tinhgon.apps.plans.queries.detail import plan_page
from tinhgon.apps.plans.queries.item import item_page
from tinhgon.apps.plans.queries.listing import Asked, list_page
from tinhgon.common import clock

from .loading import decision_or_404, item_or_404, plan_or_404


@require_safe
def plan_list(request: UserRequest) -> HttpResponse:
    asked = Asked.read(request.GET.dict())
    context = list_page(user=request.user, asked=asked, today=clock.today())
    return render(request, "plans/list.html", dict(context))


@require_safe
def plan_detail(request: UserRequest, pk: int) -> HttpResponse:
    plan, today = plan_or_404(request, pk), clock.today()
    context = plan_page(user=request.user, plan=plan, today=today)
    items = [line.item for line in context["lines"]]
    carried = carrying.plan_carrying(items=items, today=today)
    papers = documents.papers_of(plan, context["assessments"])
    extra = {"carrying": carried, "papers": papers}
    return render(request, "plans/detail.html", {**context, **extra})


@require_safe
def item_detail(request: UserRequest, pk: int) -> HttpResponse:
    return item_response(request, item_or_404(request, pk))


def item_response(
    request: UserRequest, item: PlanItem, *, renewing: RenewForm | None = None
) -> HttpResponse:
    """Return the page of a procedure of a plan; `renewing`: with what was refused of it."""
    today = clock.today()
    context = item_page(user=request.user, item=item, today=today)
    renewal = context["renewal"]
    if renewal and renewing is None:
        initial = {"version": item.version, "to": renewal.version.pk}
        renewing = RenewForm(renewal=renewal, initial=initial)
    carried = carrying.item_carrying(
        user=request.user,
        item=item,
        measures=[line.measure for line in context["lines"]],
        texts=context["legal_changes"],
        today=today,
    )
    up = getattr(item, "recommendation", None)
    recommended = recommendations.standing(up, today) if up else None
    extra = {
        "carrying": carried,
        "recommended": recommended,
        "recommendation": up,
        "renewing": renewing,
    }
    status = 422 if renewing and renewing.is_bound else 200
    return render(request, "plans/item.html", {**context, **extra}, status=status)


@require_safe
def decision_detail(request: UserRequest, pk: int) -> HttpResponse:
    context = decision_page(user=request.user, decision=decision_or_404(request, pk))
    return render(request, "plans/decision.html", dict(context))
