from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans.queries.decision import decision_page
from tinhgon.apps.plans.queries.detail import plan_page
from tinhgon.apps.plans.queries.item import item_page
from tinhgon.apps.plans.queries.listing import Asked, list_page

from .loading import decision_or_404, item_or_404, plan_or_404


@require_safe
def plan_list(request: UserRequest) -> HttpResponse:
    context = list_page(user=request.user, asked=Asked.read(request.GET.dict()))
    return render(request, "plans/list.html", dict(context))


@require_safe
def plan_detail(request: UserRequest, pk: int) -> HttpResponse:
    context = plan_page(user=request.user, plan=plan_or_404(request, pk))
    return render(request, "plans/detail.html", dict(context))


@require_safe
def item_detail(request: UserRequest, pk: int) -> HttpResponse:
    context = item_page(user=request.user, item=item_or_404(request, pk))
    return render(request, "plans/item.html", dict(context))


@require_safe
def decision_detail(request: UserRequest, pk: int) -> HttpResponse:
    context = decision_page(user=request.user, decision=decision_or_404(request, pk))
    return render(request, "plans/decision.html", dict(context))
