from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assessments import actions, policies, queries
from tinhgon.apps.assessments.forms import ApplyForm, NormForm
from tinhgon.apps.assessments.models import NormChange
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.domain.vntext import format_number

from .loading import round_or_404

_TOO_LATE = TooLate(
    stale="Người khác vừa sửa đợt này. Đã hiện nội dung mới nhất, mời xem lại.",
    illegal="Đợt rà soát đã kết thúc, định mức không đổi được nữa.",
)


@require_safe
def round_list(request: UserRequest) -> HttpResponse:
    return render(request, "assessments/list.html", dict(queries.list_page(user=request.user)))


@require_safe
def round_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _round(request, round_or_404(request, pk))


@require_POST
def apply_norm(request: UserRequest, pk: int) -> HttpResponse:
    review_round = round_or_404(request, pk)
    policies.check_set_norms(request.user, review_round)
    form = ApplyForm(request.POST, norms=queries.norms())
    made: list[NormChange] = []
    if form.is_valid() and _TOO_LATE.attempt(
        form,
        lambda: made.append(
            actions.apply_norm(
                review_round=review_round,
                code=form.cleaned_data["code"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        ),
        on=review_round,
    ):
        words = f"Đã tính lại {format_number(made[0].sheets)} bảng theo định mức mới."
        messages.success(request, words)
        return redirect("assessments:round", pk)
    newest = round_or_404(request, pk)
    is_stale = form.cleaned_data.get("version") != newest.version
    return _round(request, newest, form, status=409 if is_stale else 422)


@require_safe
def norms(request: UserRequest) -> HttpResponse:
    return _norms(request)


@require_POST
def add_norm(request: UserRequest) -> HttpResponse:
    policies.check_add_norms(request.user)
    form = NormForm(request.POST)
    if form.is_valid():
        try:
            actions.add_norm(norm=form.norm(), by=request.user, at=clock.now())
        except actions.Refused as e:
            form.add_error(e.field, str(e))
        else:
            messages.success(request, "Đã thêm định mức. Các đợt giữ định mức đang dùng.")
            return redirect("assessments:norms")
    return _norms(request, form, status=422)


def _norms(
    request: UserRequest, form: NormForm | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        **queries.norms_page(user=request.user, today=clock.today()),
        "form": form or NormForm(),
    }
    return render(request, "assessments/norms.html", context, status=status)


def _round(
    request: UserRequest,
    review_round: ReviewRound,
    form: ApplyForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = queries.round_page(
        user=request.user,
        review_round=review_round,
        asked=request.GET,
        number=request.GET.get("page", ""),
    )
    form = form or ApplyForm(norms=context["choices"], initial={"version": review_round.version})
    return render(request, "assessments/round.html", {**context, "form": form}, status=status)
