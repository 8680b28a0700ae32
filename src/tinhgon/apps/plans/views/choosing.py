"""The planner: which measures reach the targets, what if, and the choice applied to draft plans."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import actions, policies
from tinhgon.apps.plans.forms import PlannerForm, VersionForm
from tinhgon.apps.plans.models import MeasureChoice
from tinhgon.apps.plans.queries import planner, planning
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.domain.simplification import CountingRule, OutOfTime
from tinhgon.domain.vntext import format_number

from .loading import TOO_LATE

_OUT_OF_TIME = (
    "Chưa tìm xong trong thời gian cho phép, nên chưa biết có đạt chỉ tiêu hay không. Chọn phạm vi "
    "hẹp hơn, hoặc bớt điều kiện loại trừ và giới hạn ngày công."
)
MOST_LISTED = 1_000
"""Measures that the page lists to be ticked one by one."""


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: UserRequest, pk: int) -> HttpResponse:
    """Show what the ticked measures reach; on "giup", tick those that the planner finds."""
    work, form = _work(request, pk)
    return _page(request, work, form, helps=request.POST.get("lam") == "giup")


def _page(
    request: UserRequest,
    work: planning.Work,
    form: PlannerForm,
    *,
    helps: bool = False,
    error: str = "",
) -> HttpResponse:
    wish, ticked, answer = form.wish(), form.ticked, None
    if helps and form.is_valid():
        try:
            answer = planner.find(work, wish)
        except OutOfTime:
            error = _OUT_OF_TIME
        if answer is not None and answer.choice is not None:
            ticked = frozenset(answer.choice.totals.measures)
    is_listed = not request.htmx and len(work.candidates) <= MOST_LISTED
    part = planner.planner_part(
        work=work, wish=wish, ticked=ticked, answer=answer, is_listed=is_listed
    )
    context: dict[str, Any] = {
        "work": work,
        "form": form,
        "error": error,
        **part,
        "is_listed": is_listed,
        "agencies": [(str(a.pk), a.name, a.pk == work.agency.pk) for a in work.agencies],
        "choices": planning.choices_of(
            user=request.user, review_round=work.review_round, agency=work.agency
        ),
    }
    status = 422 if error or (form.is_bound and form.errors) else 200
    if request.htmx:
        return render(request, "plans/choose_measures.html#effect", context)
    return render(request, "plans/choose_measures.html", context, status=status)


@require_POST
def apply(request: UserRequest, pk: int) -> HttpResponse:
    """Narrow the draft plans that the person may change to what is ticked."""
    work, form = _work(request, pk)
    if not work.editable:
        raise PermissionDenied
    seen = {plan.pk: whole_number(request.POST.get(f"v{plan.pk}", "")) or 0 for plan in work.plans}
    made: list[MeasureChoice] = []
    refused = TOO_LATE.refusal(
        lambda: made.append(
            actions.apply_choice(
                work=work,
                chosen={int(key) for key in form.ticked},
                seen=seen,
                by=request.user,
                at=clock.now(),
            )
        )
    )
    if refused is not None:
        work, form = _work(request, pk)
        return _page(request, work, form, error=str(refused))
    count = format_number(made[0].measures_removed)
    messages.success(request, f"Đã áp dụng: đưa {count} nội dung ra khỏi phương án dự thảo.")
    return redirect(_address(work))


@require_POST
def undo(request: UserRequest, pk: int) -> HttpResponse:
    """Give the draft plans back what a choice took out of them."""
    try:
        choice = planning.get_visible_choice(user=request.user, pk=pk)
    except MeasureChoice.DoesNotExist:
        raise Http404 from None
    policies.check_draft(request.user, choice.agency)
    form = VersionForm(request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"]
        refused = TOO_LATE.refusal(
            lambda: actions.undo_choice(
                choice=choice, by=request.user, at=clock.now(), seen=version
            )
        )
        if refused is None:
            messages.success(request, "Đã hoàn tác: phương án có lại các nội dung như trước.")
        else:
            messages.error(request, str(refused))
    url = reverse("plans:choose", args=[choice.round_id])
    return redirect(f"{url}?co-quan={choice.agency_id}")


def _work(request: UserRequest, pk: int) -> tuple[planning.Work, PlannerForm]:
    try:
        review_round = planning.get_visible_review_round(user=request.user, pk=pk)
    except ReviewRound.DoesNotExist:
        raise Http404 from None
    agencies = planning.planning_agencies(request.user, review_round)
    asked = whole_number(request.GET.get("co-quan", ""))
    agency = next((a for a in agencies if a.pk == asked), None if asked else agencies[0])
    if agency is None:
        raise Http404
    setting = getattr(review_round.round.programme, "counting_setting", None)
    rule = setting.rule if setting else CountingRule()
    work = planning.load_work(
        user=request.user,
        review_round=review_round,
        agency=agency,
        agencies=agencies,
        rule=rule,
        today=clock.today(),
    )
    return work, PlannerForm(request.POST or None, rule=rule, measures=work.measures)


def _address(work: planning.Work) -> str:
    return f"{reverse('plans:choose', args=[work.review_round.pk])}?co-quan={work.agency.pk}"
