"""Moves of one report: sent, nil, taken back, received, returned, recorded as signed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.agencies.documents import symbol_of, titles
from tinhgon.apps.reports import actions, policies
from tinhgon.apps.reports.enums import ReportMove
from tinhgon.apps.reports.forms import ReasonForm, RecordForm, SendForm, VersionForm
from tinhgon.apps.reports.models import Report
from tinhgon.common import clock

from .loading import TOO_LATE, report_or_404
from .report import page_of


def _move(
    request: UserRequest,
    pk: int,
    move: ReportMove,
    form: VersionForm,
    act: Callable[[Report, int], None],
    done: str,
) -> HttpResponse:
    report = report_or_404(request, pk)
    policies.check_part(request.user, move, report)
    if not form.is_valid():
        return page_of(request, report, problem="Tải lại trang rồi làm lại.")
    seen: int = form.cleaned_data["version"]
    refused = TOO_LATE.refusal(lambda: act(report, seen))
    if refused:
        return page_of(request, report_or_404(request, pk), problem=str(refused))
    messages.success(request, done)
    return redirect(report)


@require_POST
def send(request: UserRequest, pk: int) -> HttpResponse:
    form = SendForm(request.POST)

    def act(report: Report, seen: int) -> None:
        by, at = request.user, clock.now()
        actions.send(report=report, by=by, at=at, seen=seen, read_at=form.when_read())

    return _move(request, pk, ReportMove.SEND, form, act, "Đã gửi báo cáo.")


@require_POST
def send_nil(request: UserRequest, pk: int) -> HttpResponse:
    form = SendForm(request.POST)

    def act(report: Report, seen: int) -> None:
        by, at = request.user, clock.now()
        actions.send_nil(report=report, by=by, at=at, seen=seen, read_at=form.when_read())

    done = "Đã gửi báo cáo không phát sinh."
    return _move(request, pk, ReportMove.SEND_NIL, form, act, done)


@require_POST
def recall(request: UserRequest, pk: int) -> HttpResponse:
    def act(report: Report, seen: int) -> None:
        actions.recall(report=report, by=request.user, at=clock.now(), seen=seen)

    done = "Đã rút báo cáo. Sửa xong thì gửi lại; ngày gửi lần đầu vẫn giữ."
    return _move(request, pk, ReportMove.RECALL, VersionForm(request.POST), act, done)


@require_POST
def receive(request: UserRequest, pk: int) -> HttpResponse:
    def act(report: Report, seen: int) -> None:
        actions.receive(report=report, by=request.user, at=clock.now(), seen=seen)

    done = "Đã nhận báo cáo."
    return _move(request, pk, ReportMove.RECEIVE, VersionForm(request.POST), act, done)


@require_POST
def return_report(request: UserRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST)

    def act(report: Report, seen: int) -> None:
        reason = form.cleaned_data["reason"]
        actions.return_report(
            report=report, reason=reason, by=request.user, at=clock.now(), seen=seen
        )

    return _move(request, pk, ReportMove.RETURN, form, act, "Đã trả lại báo cáo.")


@require_http_methods(["GET", "HEAD", "POST"])
def record_sent(request: UserRequest, pk: int) -> HttpResponse:
    """Record the signed document as which the report of the agency that asks went up."""
    report = report_or_404(request, pk)
    policies.check_manage(request.user, report.period.agency)
    if request.method != "POST" and not policies.can(request.user, ReportMove.SEND, report):
        messages.warning(request, TOO_LATE.illegal)
        return redirect(report)
    head, _ = titles(report.agency)
    initial = {
        "version": report.version,
        "symbol": report.document.symbol if report.document else f"BC-{symbol_of(report.agency)}",
        "signer_title": head.upper(),
    }
    form = RecordForm(request.POST or None, request.FILES or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and TOO_LATE.attempt(form, lambda: _record(request, report, form), on=report)
    ):
        messages.success(request, "Đã ghi báo cáo đã ký gửi lên trên.")
        return redirect(report)
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/record.html", {"form": form, "report": report}, status=status)


def _record(request: UserRequest, report: Report, form: RecordForm) -> None:
    actions.record_sent(
        report=report,
        signed=form.signed(),
        upload=form.upload(),
        by=request.user,
        at=clock.now(),
        seen=form.cleaned_data["version"],
    )
