"""Freezing the figures of a period; correcting those of one report afterwards."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.reports import actions, policies
from tinhgon.apps.reports.forms import RestateForm
from tinhgon.apps.reports.models import Report
from tinhgon.apps.reports.queries import shares
from tinhgon.common import clock
from tinhgon.domain.vntext import format_number

from .loading import PERIOD_TOO_LATE, TOO_LATE, period_or_404, report_or_404


@require_POST
def freeze(request: UserRequest, pk: int) -> HttpResponse:
    period = period_or_404(request, pk)
    policies.check_manage(request.user, period.agency)
    kept: list[int] = []
    refused = PERIOD_TOO_LATE.refusal(
        lambda: kept.append(actions.freeze_period(period=period, by=request.user, at=clock.now()))
    )
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Đã chốt số liệu của {format_number(kept[0])} thủ tục.")
    return redirect(period)


@require_http_methods(["GET", "HEAD", "POST"])
def restate(request: UserRequest, pk: int) -> HttpResponse:
    """
    Compare the report with the records (POST without a reason), then correct it (with one).

    Comparing reads the records of the whole programme, so nobody gets it by opening a page.
    """
    report = report_or_404(request, pk)
    policies.check_restate(request.user, report)
    if request.method != "POST":
        return _compared(request, report, RestateForm(initial={"version": report.version}))
    if "reason" not in request.POST:
        form = RestateForm(initial={"version": report.version})
        return _compared(request, report, form, drift=shares.drift_of(report))
    form = RestateForm(request.POST)
    if form.is_valid() and TOO_LATE.attempt(
        form,
        lambda: actions.restate(
            report=report,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
        on=report,
    ):
        messages.success(request, "Đã điều chỉnh số liệu. Số cũ và lý do vẫn giữ ở báo cáo.")
        return redirect(report)
    return _compared(request, report, form, drift=shares.drift_of(report), status=422)


def _compared(
    request: UserRequest,
    report: Report,
    form: RestateForm,
    *,
    drift: shares.Drift | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "report": report,
        "form": form,
        "drift": drift,
        "is_compared": request.method == "POST",
    }
    return render(request, "reports/restate.html", context, status=status)
