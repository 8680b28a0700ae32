"""Offline workbooks: handed out, handed in, shown beside the records, written or put aside."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.reports import actions, exports, policies
from tinhgon.apps.reports.enums import WorkbookMove
from tinhgon.apps.reports.forms import MergeForm, VersionForm, WorkbookForm
from tinhgon.apps.reports.imports import preview_page
from tinhgon.apps.reports.jobs import ALL_WORKBOOKS
from tinhgon.apps.reports.models import ReturnedWorkbook
from tinhgon.apps.reports.queries import workbooks as queries
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission

from .loading import period_or_404, report_or_404

_TOO_LATE = TooLate(
    stale="Có người vừa sửa nội dung liên quan. Đã hiện lại bản xem trước mới, mời xem rồi ghi.",
    illegal="Tệp có lỗi, đã ghi, đã bỏ hoặc đã thay, hoặc báo cáo không còn sửa được.",
)


def _workbook_or_404(request: UserRequest, pk: int) -> ReturnedWorkbook:
    try:
        return queries.get_visible_workbook(user=request.user, pk=pk)
    except ReturnedWorkbook.DoesNotExist:
        raise Http404 from None


@require_safe
def workbook(request: UserRequest, pk: int) -> HttpResponse:
    """Hand out the workbook of a report that can still be written."""
    report = report_or_404(request, pk)
    policies.in_whose_name(request.user, report)
    if why := actions.why_closed(report):
        messages.warning(request, f"Không tải được tệp ngoại tuyến. {why}")
        return redirect(report)
    content = exports.offline_workbook(report, user=request.user, at=clock.now())
    response = HttpResponse(content, content_type=exports.XLSX)
    name = quote(f"Báo cáo ngoại tuyến - {report.agency.label[:80]}.xlsx")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def workbooks(request: UserRequest, pk: int) -> HttpResponse:
    """Hand in a workbook of any agency for which the person enters; see those that came back."""
    period = period_or_404(request, pk)
    number = request.GET.get("page", "1")
    context = queries.workbooks_page(user=request.user, period=period, number=number)
    if request.method == "POST" and not context["enters"]:
        raise PermissionDenied
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.return_workbook(
                period=period, upload=form.upload(), by=request.user, at=clock.now()
            )
        except Refused as e:
            form.add_error("file", str(e))
        else:
            return redirect(found)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/workbooks.html", {**context, "form": form}, status=status)


@require_POST
def all_workbooks(request: UserRequest, pk: int) -> HttpResponse:
    """Have the workbooks of every agency of the period made in the background, as one archive."""
    period = period_or_404(request, pk)
    if not request.user.access.paths(Permission.RECEIVE_REPORTS):
        raise PermissionDenied
    try:
        job = jobs.ask(ALL_WORKBOOKS, {"period": period.pk}, by=request.user, at=clock.now())
    except Refused as e:
        messages.error(request, str(e))
        return redirect("reports:workbooks", period.pk)
    messages.success(request, "Đang lập tệp ngoại tuyến của các cơ quan; xong sẽ có thông báo.")
    return redirect(job)


@require_safe
def preview(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _workbook_or_404(request, pk))


@require_safe
def file(request: UserRequest, pk: int) -> FileResponse:
    return send_file(_workbook_or_404(request, pk).file)


@require_POST
def merge(request: UserRequest, pk: int) -> HttpResponse:
    found = _workbook_or_404(request, pk)
    policies.in_whose_name(request.user, found.report)
    form = MergeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, problem="Tải lại trang rồi xem và ghi lại.")
    written: list[str] = []

    def act() -> None:
        written.extend(
            actions.merge_workbook(
                workbook=found,
                choices=form.choices(),
                shown=form.cleaned_data["shown"],
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            )
        )

    refused = _TOO_LATE.refusal(act)
    if refused:
        return _page(request, _workbook_or_404(request, pk), form=form, problem=str(refused))
    told = "; ".join(written) or "giữ nguyên mọi bản trên hệ thống"
    messages.success(request, f"Đã ghi tệp ngoại tuyến: {told}.")
    return redirect(found)


@require_POST
def discard(request: UserRequest, pk: int) -> HttpResponse:
    found = _workbook_or_404(request, pk)
    policies.in_whose_name(request.user, found.report)
    form = VersionForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    refused = _TOO_LATE.refusal(
        lambda: actions.discard_workbook(workbook=found, by=request.user, at=clock.now(), seen=seen)
    )
    if refused:
        return _page(request, _workbook_or_404(request, pk), problem=str(refused))
    messages.success(request, "Đã bỏ tệp ngoại tuyến; báo cáo không thay đổi.")
    return redirect("reports:workbooks", found.report.period_id)


def _page(
    request: UserRequest,
    found: ReturnedWorkbook,
    *,
    form: MergeForm | None = None,
    problem: str = "",
) -> HttpResponse:
    chosen = form.choices() if form else {}
    context = preview_page(workbook=found, user=request.user, chosen=chosen, today=clock.today())
    shown = {
        **context,
        "problem": problem,
        "can_merge": policies.can_workbook(request.user, WorkbookMove.MERGE, found),
        "can_discard": policies.can_workbook(request.user, WorkbookMove.DISCARD, found),
        "why_closed": actions.why_closed(found.report),
    }
    return render(request, "reports/workbook.html", shown, status=422 if problem else 200)
