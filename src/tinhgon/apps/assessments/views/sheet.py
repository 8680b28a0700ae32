from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assessments import actions, policies, queries
from tinhgon.apps.assessments.forms import AddRowForm, RowForm, VersionForm
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.assessments.queries import Typed
from tinhgon.apps.reviews.models import Review
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from .loading import STALE, review_or_404, sheet_or_404

_LATER = "Người khác vừa sửa bảng này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."


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
    is_script = "X-Cells" in request.headers
    faults: dict[str, str] = {}
    status, words = 200, ""
    try:
        actions.write_cells(
            sheet=found,
            cells=cells,
            by=request.user,
            at=clock.now(),
            seen=seen,
            reason=request.POST.get("reason", ""),
        )
    except actions.CellFaults as e:
        faults, status = dict(e.faults), 422
        words = f"Chưa ghi ô nào. {' '.join(dict.fromkeys(faults.values()))}"
    except actions.Refused as e:
        status, words = 422, str(e)
    except actions.StaleObject:
        status, words = 409, STALE
    if status == 409:
        found = sheet_or_404(review)
    if is_script:
        answer = _answer(found, None if status == 409 else cells, faults, words)
        return JsonResponse(answer, status=status)
    if status == 200:
        messages.success(request, "Đã lưu bảng tính.")
        return redirect("assessments:sheet", pk)
    messages.error(request, words)
    typed = Typed(cells, faults, is_stale=status == 409)
    return _page(request, review, found, typed, status=status)


def _answer(
    found: CostSheet, cells: dict[str, str] | None, faults: dict[str, str], words: str
) -> dict[str, object]:
    return {
        "version": found.version,
        "words": words,
        "faults": faults,
        "texts": queries.fragments(found),
        "cells": queries.cell_texts(found.sides, touched=cells),
    }


@require_POST
def add_row(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    form = AddRowForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi tên công việc và chọn nhóm.")
        return _page(request, review, found, status=422)
    try:
        key = actions.add_row(
            sheet=found,
            group=form.cleaned_data["group"],
            what=form.cleaned_data["what"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        )
    except actions.Refused as e:
        messages.error(request, str(e))
        return _page(request, review, found, status=422)
    except actions.StaleObject:
        messages.error(request, _LATER)
        return _page(request, review, sheet_or_404(review), status=409)
    response = redirect("assessments:sheet", pk)
    response["Location"] += f"#row-{key}"
    return response


@require_POST
def remove_row(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    form = VersionForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.remove_row(
            sheet=found, key=request.POST.get("key", ""), by=request.user, at=clock.now(), seen=seen
        )
    except actions.Refused as e:
        messages.error(request, str(e))
        return _page(request, review, found, status=422)
    except actions.StaleObject:
        messages.error(request, _LATER)
        return _page(request, review, sheet_or_404(review), status=409)
    messages.success(request, "Đã bỏ dòng khỏi bảng.")
    return redirect("assessments:sheet", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def row(request: UserRequest, pk: int, key: str) -> HttpResponse:
    """One row with all that is known of its figures; ?ben=sau for the after side."""
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    side = "after" if "sau" in (request.GET.get("ben"), request.POST.get("ben")) else "now"
    one = queries.find_row(found.sides, side, key)
    if one is None:
        raise Http404
    form = RowForm(request.POST or None, row=one, side=side)
    version = found.version
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_row(
                sheet=found,
                key=key,
                said=form.said(),
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        except actions.Refused as e:
            form.add_error(None, str(e))
        except actions.StaleObject:
            form.add_error(None, STALE)
            version = sheet_or_404(review).version
        else:
            messages.success(request, "Đã lưu dòng.")
            return redirect("assessments:sheet", pk)
    status = 422 if form.is_bound else 200
    context = {"review": review, "row": one, "form": form, "side": side, "version": version}
    return render(request, "assessments/row.html", context, status=status)


@require_safe
def explained(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    context = queries.explained_page(review=review, sheet=sheet_or_404(review))
    return render(request, "assessments/explained.html", context)


def _page(
    request: UserRequest,
    review: Review,
    found: CostSheet,
    typed: Typed | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = queries.sheet_page(
        user=request.user, review=review, sheet=found, typed=typed or queries.NOTHING_TYPED
    )
    return render(request, "assessments/sheet.html", dict(context), status=status)
