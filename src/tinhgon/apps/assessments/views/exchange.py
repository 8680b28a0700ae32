"""The chart, and the workbook out and in."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assessments import actions, exports, imports, policies, queries
from tinhgon.apps.assessments.forms import ConfirmForm, FileForm
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.reviews.models import Review
from tinhgon.common import clock
from tinhgon.domain.sheets import SheetUnreadable
from tinhgon.ui.charts import waterfall

from .loading import review_or_404, sheet_or_404

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OLD = "Bản xem trước đã quá lâu hoặc không còn đúng. Chọn lại tệp."
_LATER = "Người khác vừa sửa bảng này. Chọn lại tệp để xem trước so với số mới."


@require_safe
def chart(request: UserRequest, pk: int) -> HttpResponse:
    found = sheet_or_404(review_or_404(request, pk))
    drawn = waterfall(
        "Chi phí tuân thủ trước và sau đơn giản hóa",
        queries.waterfall(found.sides),
        unit="đồng/năm",
    )
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def workbook(request: UserRequest, pk: int) -> HttpResponse:
    review = review_or_404(request, pk)
    found = sheet_or_404(review)
    response = HttpResponse(exports.form_workbook(review, found.sides), content_type=_XLSX)
    name = quote(f"Biểu 03-SCM-KSTT {review.procedure_version.name[:80]}.xlsx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: UserRequest, pk: int) -> HttpResponse:
    """Choose a file; look at what it says of every row; confirm."""
    review = review_or_404(request, pk)
    policies.check_part(request.user, review)
    found = sheet_or_404(review)
    if request.method != "POST":
        return _page(request, review, found, FileForm())
    if "token" in request.POST:
        return _confirm(request, review, found)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, review, found, form, status=422)
    try:
        preview = imports.read_form(
            form.cleaned_data["file"].read(),
            found.sides,
            by=request.user.full_name,
            on=clock.today(),
            taken=found.used_keys,
        )
    except SheetUnreadable as e:
        form.add_error("file", str(e))
        return _page(request, review, found, form, status=422)
    return _page(request, review, found, form, preview=preview)


def _confirm(request: UserRequest, review: Review, found: CostSheet) -> HttpResponse:
    form = ConfirmForm(request.POST)
    sides = imports.unsign(form.data.get("token", ""), review.pk)
    if not form.is_valid() or sides is None:
        messages.error(request, _OLD)
        return _page(request, review, found, FileForm(), status=422)
    try:
        actions.import_rows(
            sheet=found,
            sides=sides,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        )
    except actions.Refused as e:
        messages.error(request, str(e))
        return _page(request, review, found, FileForm(), status=422)
    except actions.StaleObject:
        messages.error(request, _LATER)
        return _page(request, review, sheet_or_404(review), FileForm(), status=409)
    messages.success(request, "Đã ghi số liệu từ tệp.")
    return redirect("assessments:sheet", review.pk)


def _page(
    request: UserRequest,
    review: Review,
    found: CostSheet,
    form: FileForm,
    *,
    preview: imports.Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"review": review, "sheet": found, "form": form, "preview": preview}
    if preview is not None:
        sides = preview.sides
        context["token"] = imports.sign(sides, review.pk) if sides else ""
        context["was"] = queries.totals(found.sides)
        context["headings"] = imports.FIGURE_WORDS
        context["became"] = queries.totals(sides) if sides else None
    return render(request, "assessments/import.html", context, status=status)
