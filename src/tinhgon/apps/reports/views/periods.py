"""Periods: their list, opening and changing one, its inbox, Biểu 5."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.reports import actions, exports, policies
from tinhgon.apps.reports.enums import ReportMove, Standing
from tinhgon.apps.reports.forms import EditForm, OpenForm, VersionForm
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.apps.reports.queries import inbox, listing, opening, progress
from tinhgon.apps.reports.queries.standing import condition
from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import format_number

from .loading import PERIOD_TOO_LATE, period_or_404


@require_safe
def period_list(request: UserRequest) -> HttpResponse:
    context = listing.list_page(
        user=request.user,
        state=request.GET.get("trang-thai", ""),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "reports/list.html", dict(context))


@require_http_methods(["GET", "HEAD", "POST"])
def open_period(request: UserRequest) -> HttpResponse:
    askers = policies.askers(request.user)
    if not askers:
        raise PermissionDenied
    duty = opening.asking_duty(user=request.user, key=request.GET.get("nhiem-vu", ""))
    initial = opening.start_from(request.GET, duty=duty, today=clock.today())
    form = OpenForm(
        request.POST or None,
        user=request.user,
        askers=askers,
        duties=opening.duties_to_answer(request.user, askers),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            period = actions.open_period(asked=form.asked(), by=request.user, at=clock.now())
        except actions.Refused as e:
            form.add_error(e.field if e.field in form.fields else None, str(e))
        else:
            messages.success(request, f"Đã mở {period.name} và báo cho các cơ quan.")
            return redirect(period)
    context = {
        "form": form,
        "duty": duty,
        "initial": initial,
        "notes": opening.cycle_notes(initial),
    }
    status = 422 if form.is_bound else 200
    return render(request, "reports/open.html", context, status=status)


@require_safe
def period_detail(request: UserRequest, pk: int) -> HttpResponse:
    return inbox_of(request, period_or_404(request, pk))


def inbox_of(request: UserRequest, period: ReportPeriod, *, status: int = 200) -> HttpResponse:
    context = inbox.inbox_page(
        user=request.user,
        period=period,
        asked=inbox.Asked.read(request.GET),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "reports/period.html", dict(context), status=status)


@require_safe
def progress_table(request: UserRequest, pk: int) -> HttpResponse:
    period = period_or_404(request, pk)
    context = progress.progress_page(
        user=request.user,
        period=period,
        asked=inbox.Asked.read(request.GET),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "reports/progress.html", dict(context))


@require_safe
def export(request: UserRequest, pk: int) -> HttpResponse:
    """Download what Biểu 5 shows with the same address, all pages of it, with the figures."""
    period = period_or_404(request, pk)
    content = exports.inbox_xlsx(
        user=request.user,
        period=period,
        asked=inbox.Asked.read(request.GET),
        today=clock.today(),
    )
    response = HttpResponse(content, content_type=exports.XLSX)
    response["Content-Disposition"] = f'attachment; filename="ky-bao-cao-{period.pk}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def edit_period(request: UserRequest, pk: int) -> HttpResponse:
    period = period_or_404(request, pk)
    policies.check_manage(request.user, period.agency)
    levels = [Level(each) for each in period.deadlines.values_list("level", flat=True)]
    form = EditForm(request.POST or None, levels=levels, initial=opening.edited(period))
    if (
        request.method == "POST"
        and form.is_valid()
        and PERIOD_TOO_LATE.attempt(
            form,
            lambda: actions.change_period(
                period=period,
                changed=form.changed(),
                by=request.user,
                at=clock.now(),
                seen=form.cleaned_data["version"],
            ),
            on=period,
        )
    ):
        messages.success(request, "Đã sửa kỳ báo cáo.")
        return redirect(period)
    context = {"form": form, "period": period}
    return render(request, "reports/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def close_period(request: UserRequest, pk: int) -> HttpResponse:
    period = period_or_404(request, pk)
    policies.check_manage(request.user, period.agency)
    form = VersionForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    refused = PERIOD_TOO_LATE.refusal(
        lambda: actions.close_period(period=period, by=request.user, at=clock.now(), seen=seen)
    )
    if refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Đã kết thúc kỳ báo cáo.")
    return redirect(period)


@require_POST
def receive_many(request: UserRequest, pk: int) -> HttpResponse:
    """Take the ticked reports, or all that wait among those of the address."""
    period = period_or_404(request, pk)
    _check_receives(request)
    reports, seen = _ticked(request, period, wanted=Standing.TO_RECEIVE)
    done = actions.receive_many(reports=reports, seen=seen, by=request.user, at=clock.now())
    if done.count:
        messages.success(request, f"Đã nhận {format_number(done.count)} báo cáo.")
    for report, why in done.refused[:_TOLD]:
        messages.error(request, f"{report.agency.label}: {why}")
    if rest := len(done.refused[_TOLD:]):
        messages.error(request, f"Còn {format_number(rest)} báo cáo khác chưa nhận được.")
    if not reports:
        messages.warning(request, "Chọn ít nhất một báo cáo đã gửi để nhận.")
    return redirect(_back(request, period))


_TOLD = 5


@require_POST
def urge(request: UserRequest, pk: int) -> HttpResponse:
    """Urge the ticked agencies, or all of the address that have not sent yet."""
    period = period_or_404(request, pk)
    _check_receives(request)
    reports, _ = _ticked(request, period, wanted=Standing.TO_SEND)
    number = actions.urge(reports=reports, by=request.user, at=clock.now())
    if number:
        messages.success(request, f"Đã đôn đốc {format_number(number)} cơ quan.")
    else:
        messages.warning(request, "Không có cơ quan nào cần đôn đốc thêm trong hôm nay.")
    return redirect(_back(request, period))


def _check_receives(request: UserRequest) -> None:
    if not request.user.access.paths(Permission.RECEIVE_REPORTS):
        raise PermissionDenied


def _ticked(
    request: UserRequest, period: ReportPeriod, *, wanted: Standing
) -> tuple[list[Report], dict[int, int]]:
    """Return the chosen reports that the person receives, with the versions that he saw."""
    asked = inbox.Asked.read(request.GET)
    is_all = request.POST.get("all_matching") == "1"
    seen = dict(filter(None, map(_pair, request.POST.getlist("pk"))))
    today = clock.today()
    rows = inbox.rows_asked_for(request.user, period, asked, today, is_folded=is_all)
    if not is_all:
        rows = rows.filter(pk__in=list(seen))
    related = rows.filter(condition(wanted, today)).select_related(
        "agency", "receiver", "successor", "period__agency", "sent_by"
    )
    mine = [each for each in related if policies.may(request.user, ReportMove.RECEIVE, each)]
    return mine, {} if is_all else seen


def _pair(text: str) -> tuple[int, int] | None:
    key, _, version = text.partition(":")
    found = whole_number(key), whole_number(version)
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _back(request: UserRequest, period: ReportPeriod) -> str:
    query = inbox.Asked.read(request.GET).query
    url = reverse("reports:period", args=[period.pk])
    return f"{url}?{query}" if query else url
