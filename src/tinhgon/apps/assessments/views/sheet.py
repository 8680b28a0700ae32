from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assessments import actions, policies, queries
from tinhgon.apps.assessments.forms import AddRowForm, RemoveRowForm, RowForm
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.assessments.queries import NOTHING_TYPED, Typed
from tinhgon.apps.reviews.models import Review
from tinhgon.common import clock
from tinhgon.common.attempts import Overtaken, TooLate, under_version
from tinhgon.common.http import whole_number

from .loading import TOO_LATE, review_or_404, sheet_or_404

_LATER = TooLate(
    stale="Người khác vừa sửa bảng này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp.",
    illegal=TOO_LATE.illegal,
)


@require_safe
def sheet(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    found = queries.sheet_of(review)
    if found is None:
        context = queries.empty_page(user=request.user, review=review)
        return render(request, "assessments/empty.html", context)
    return _page(request, review, found)


@require_POST
def start(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    try:
        actions.start_sheet(review=review, by=request.user, at=clock.now())
    except actions.Refused as e:
        messages.error(request, str(e))
    return redirect("assessments:sheet", pk)


@require_POST
def write(request: UserRequest, pk: int) -> HttpResponse:
    """Take cells; a script asks with X-Cells and gets what changed on the page as JSON."""
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    cells = {name: str(text) for name, text in request.POST.items() if name.count(".") == 2}
    seen = whole_number(request.POST.get("version", "")) or 0
    refused = TOO_LATE.refusal(
        lambda: actions.write_cells(
            sheet=found,
            cells=cells,
            by=request.user,
            at=clock.now(),
            seen=seen,
            reason=request.POST.get("reason", ""),
        )
    )
    if refused is None and "X-Cells" not in request.headers:
        messages.success(request, "Đã lưu bảng tính.")
        return redirect("assessments:sheet", pk)
    is_stale = isinstance(refused, Overtaken)
    if is_stale:
        found = sheet_or_404(review)
    # Only who was told of the other change may write over it.
    version = found.version if refused is None or is_stale else seen
    faults = refused.faults if isinstance(refused, actions.CellFaults) else {}
    status = 200 if refused is None else 409 if is_stale else 422
    if "X-Cells" in request.headers:
        answer = {
            "version": version,
            "words": str(refused or ""),
            "faults": faults,
            "texts": queries.fragments(found),
            "cells": queries.cell_texts(found.sides, touched=None if is_stale else cells),
        }
        return JsonResponse(answer, status=status)
    messages.error(request, str(refused))
    typed = Typed(cells, faults, is_stale=is_stale)
    return _page(request, review, found, typed, status=status, version=version)


@require_POST
def add_row(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    form = AddRowForm(request.POST)
    keys: list[str] = []
    if form.is_valid() and _LATER.attempt(
        form,
        lambda: keys.append(
            actions.add_row(
                sheet=found,
                group=form.cleaned_data["group"],
                what=form.cleaned_data["what"],
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        ),
    ):
        response = redirect("assessments:sheet", pk)
        response["Location"] += f"#row-{keys[0]}"
        return response
    return _told(request, review, form)


@require_POST
def remove_row(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    form = RemoveRowForm(request.POST)
    if form.is_valid() and _LATER.attempt(
        form,
        lambda: actions.remove_row(
            sheet=found,
            key=form.cleaned_data["key"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã bỏ dòng khỏi bảng.")
        return redirect("assessments:sheet", pk)
    return _told(request, review, form)


def _told(request: UserRequest, review: Review, form: AddRowForm | RemoveRowForm) -> HttpResponse:
    """Say above the newest sheet why a row was neither added nor removed."""
    found = sheet_or_404(review)
    if form.cleaned_data.get("version") != found.version and not form.non_field_errors():
        form.add_error(None, _LATER.stale)
    is_stale = _LATER.stale in form.non_field_errors()
    under_version(form, found.version)
    messages.error(request, " ".join(str(e) for each in form.errors.values() for e in each))
    adding = form if isinstance(form, AddRowForm) else None
    return _page(request, review, found, status=409 if is_stale else 422, adding=adding)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """One row with all that is known of its figures; ?ben=sau for the after side."""
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    side = "after" if "sau" in (request.GET.get("ben"), request.POST.get("ben")) else "now"
    one = queries.find_row(found.sides, side, key)
    if one is None:
        return _gone(request, pk)
    form = RowForm(request.POST or None, row=one, side=side, version=found.version)
    if form.is_valid() and TOO_LATE.attempt(
        form,
        lambda: actions.write_row(
            sheet=found,
            key=key,
            said=form.said(),
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã lưu dòng.")
        return redirect("assessments:sheet", pk)
    if form.is_bound and form.seen != (newest := sheet_or_404(review)).version:
        one = queries.find_row(newest.sides, side, key)
        if one is None:
            return _gone(request, pk)
        form.overtaken(one, newest.version, TOO_LATE.stale)
    other = "now" if side == "after" else "after"
    context = {
        "review": review,
        "row": one,
        "form": form,
        "side": side,
        "has_other": queries.find_row(found.sides, other, key) is not None,
    }
    return render(request, "assessments/row.html", context, status=422 if form.is_bound else 200)


def _gone(request: UserRequest, pk: int) -> HttpResponse:
    """Lead back to the sheet whoever wrote to a row that somebody else took out meanwhile."""
    if request.method != "POST":
        raise Http404
    messages.error(request, "Người khác vừa bỏ dòng này khỏi bảng, chưa ghi số liệu của dòng.")
    return redirect("assessments:sheet", pk)


@require_safe
def explained(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    context = queries.explained_page(review=review, sheet=sheet_or_404(review))
    return render(request, "assessments/explained.html", context)


def _page(
    request: UserRequest,
    review: Review,
    found: CostSheet,
    typed: Typed = NOTHING_TYPED,
    *,
    status: int = 200,
    version: int | None = None,
    adding: AddRowForm | None = None,
) -> HttpResponse:
    """Show the sheet; `version` is the one that the cells were typed under, the newest for None."""
    context = {
        **queries.sheet_page(user=request.user, review=review, sheet=found, typed=typed),
        "version": version or found.version,
        "adding": adding or AddRowForm(initial={"version": found.version}),
    }
    return render(request, "assessments/sheet.html", context, status=status)
