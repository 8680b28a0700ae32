"""The moves of a review, each a POST of its own, and those of many reviews at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.reviews import actions, policies
from tinhgon.apps.reviews.forms import ReasonForm
from tinhgon.apps.reviews.models import Review
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .kinds import KINDS, Kind
from .loading import TOO_LATE, review_or_404, round_or_404
from .sheet import page_of


@require_POST
def move(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    review = review_or_404(request, pk)
    chosen = KINDS[kind]
    policies.check_part(request.user, chosen.move, review)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page_of(request, review, problem="Tải lại trang rồi làm lại.")
    refused = TOO_LATE.refusal(
        lambda: chosen.act(
            review=review,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        )
    )
    if refused:
        return page_of(request, review_or_404(request, pk), problem=str(refused))
    messages.success(request, chosen.done)
    return redirect(review)


def _many(request: UserRequest, pk: int, kind: Kind) -> HttpResponse:
    review_round = round_or_404(request, pk)
    policies.check_anywhere(request.user, kind.move)
    keys = [key for value in request.POST.getlist("pk") if (key := whole_number(value))]
    seen = {key: whole_number(request.POST.get(f"seen-{key}", "")) or 0 for key in keys}
    rows = Review.objects.visible_to(request.user).filter(round=review_round, pk__in=keys)
    rows = rows.select_related(
        "round__round", "round__agency", "agency", "procedure_version", "reviewer", "answered_by"
    )
    reviews = list(rows.defer("procedure_version__content", "answers", "asides").order_by("pk"))
    left = actions.move_many(
        reviews=reviews, move=kind.move, by=request.user, at=clock.now(), seen=seen
    )
    done = len(reviews) - len(left)
    if done:
        messages.success(request, f"{kind.title}: {done} phiếu.")
    if left or not reviews:
        number = len(left)
        words = f"{number} phiếu đã chuyển bước khác hoặc không thuộc quyền, chưa xử lý."
        messages.warning(request, words if left else "Chọn ít nhất một phiếu.")
    back = reverse("reviews:reviews", args=[pk])
    query = request.POST.get("query", "")
    return redirect(f"{back}?{query}" if query else back)


@require_POST
def confirm_many(request: UserRequest, pk: int) -> HttpResponse:
    return _many(request, pk, KINDS["confirm"])


@require_POST
def check_many(request: UserRequest, pk: int) -> HttpResponse:
    return _many(request, pk, KINDS["check"])
