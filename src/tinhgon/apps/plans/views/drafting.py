"""Starting a plan, and the procedures in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import actions, policies
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.forms import ItemsForm, ProposalForm, RenewForm, VersionForm
from tinhgon.apps.plans.models import Plan
from tinhgon.apps.plans.queries import preparing
from tinhgon.apps.plans.queries.renewing import renewal_of
from tinhgon.apps.reviews.models import Review
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .loading import attempt, check_part, item_or_404, plan_or_404, told_and_back
from .pages import item_response


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: UserRequest) -> HttpResponse:
    """Choose the round and the agency (?dot=3&co-quan=7), then the procedures."""
    if not policies.may_draft_anywhere(request.user):
        raise PermissionDenied
    wanted = [whole_number(request.GET.get(name, "")) for name in ("dot", "co-quan")]
    words = request.GET.get("q", "").strip()[:200]
    if not any(wanted):
        page = preparing.choices_page(
            user=request.user, words=words, number=request.GET.get("page", "1")
        )
        if words or page["page"].paginator.count != 1:
            return render(request, "plans/choose.html", dict(page))
        [only] = page["choices"]
        wanted = [only.review_round.pk, only.agency.pk]
    reviews = preparing.to_draft(
        user=request.user, review_round=wanted[0] or 0, agency=wanted[1] or 0
    )
    if not reviews:
        raise Http404
    return _draft(request, reviews)


def _draft(request: UserRequest, reviews: list[Review]) -> HttpResponse:
    """Choose among the reviews of one agency in one round, and start the plan."""
    review_round, agency = reviews[0].round, reviews[0].agency
    form = ItemsForm(
        request.POST or None,
        candidates=reviews,
        initial={"reviews": [review.pk for review in reviews]},
    )
    made: list[Plan] = []
    if form.is_valid() and attempt(
        form,
        lambda: made.append(
            actions.draft_plan(
                review_round=review_round,
                agency=agency,
                reviews=form.chosen(),
                by=request.user,
                at=clock.now(),
            )
        ),
    ):
        messages.success(request, "Đã lập phương án. Ghi nội dung đơn giản hóa cho từng thủ tục.")
        return redirect(made[0])
    context = {"form": form, "review_round": review_round, "agency": agency}
    return render(request, "plans/draft.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add_items(request: UserRequest, pk: int) -> HttpResponse:
    plan = plan_or_404(request, pk)
    check_part(request, plan, PlanMove.EDIT)
    candidates = preparing.candidates(review_round=plan.round, agency=plan.agency)
    form = ItemsForm(request.POST or None, candidates=candidates)
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_items(
            plan=plan, reviews=form.chosen(), by=request.user, at=clock.now()
        ),
    ):
        messages.success(request, "Đã đưa thêm thủ tục vào phương án.")
        return redirect(plan)
    context = {"form": form, "plan": plan, "candidates": candidates}
    return render(request, "plans/add_items.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_item(request: UserRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    check_part(request, item.plan, PlanMove.EDIT)
    form = VersionForm(request.POST)
    done = form.is_valid() and attempt(
        form,
        lambda: actions.remove_item(
            item=item, by=request.user, at=clock.now(), seen=form.cleaned_data["version"]
        ),
    )
    return told_and_back(request, form, "Đã bỏ thủ tục khỏi phương án." if done else "", item.plan)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: UserRequest, pk: int) -> HttpResponse:
    item = item_or_404(request, pk)
    check_part(request, item.plan, PlanMove.EDIT)
    initial = {"proposal": item.proposal, "version": item.version}
    form = ProposalForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(
        form,
        lambda: actions.describe_item(
            item=item,
            proposal=form.cleaned_data["proposal"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=item,
    ):
        messages.success(request, "Đã ghi kiến nghị thực thi.")
        return redirect(item)
    context = {"form": form, "item": item, "title": "Kiến nghị thực thi"}
    return render(request, "plans/item_form.html", context, status=422 if form.is_bound else 200)


@require_POST
def renew_item(request: UserRequest, pk: int) -> HttpResponse:
    """Let the procedure go on with the newer version that its review is of."""
    item = item_or_404(request, pk)
    check_part(request, item.plan, PlanMove.EDIT)
    renewal = renewal_of(item, item.measures.all(), item.legal_changes.select_related("agency"))
    form = RenewForm(request.POST, renewal=renewal)
    lost: list[str] = []
    done = form.is_valid() and attempt(
        form,
        lambda: lost.extend(
            actions.renew_item(
                item=item,
                to=form.cleaned_data["to"],
                kept=form.kept(),
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        ),
    )
    if form.unanswered:
        return item_response(request, item_or_404(request, pk), renewing=form)
    words = "Đã chuyển sang bản mới."
    if lost:
        words += f" Đã bỏ vì bản mới không còn phần tương ứng: {'; '.join(lost)}."
    return told_and_back(request, form, words if done else "", item)


@require_POST
def take_suggestions(request: UserRequest, pk: int) -> HttpResponse:
    """Make measures of what was accepted in the review since the procedure came into the plan."""
    item = item_or_404(request, pk)
    check_part(request, item.plan, PlanMove.EDIT)
    form = VersionForm(request.POST)
    done = form.is_valid() and attempt(
        form,
        lambda: actions.take_suggestions(
            item=item, by=request.user, at=clock.now(), seen=form.cleaned_data["version"]
        ),
    )
    return told_and_back(request, form, "Đã đưa gợi ý vào phương án." if done else "", item)
