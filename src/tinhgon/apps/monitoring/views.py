from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.programmes import queries as programmes
from tinhgon.apps.programmes.models import Programme
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate, under_version

from . import actions, exports, policies
from .forms import SettingForm
from .queries.asked import Asked
from .queries.page import MonitoringPage, monitoring_page
from .queries.rows import rows_page
from .queries.setting import setting_page

_TOO_LATE = TooLate(
    stale="Người khác vừa đặt lại. Đã hiện nội dung mới nhất, mời xem lại rồi ghi.", illegal=""
)


@require_safe
def page(request: UserRequest) -> HttpResponse:
    return render(request, "monitoring/page.html", dict(_page(request)))


@require_safe
def file(request: UserRequest) -> HttpResponse:
    """Download the table with the same address, every row of it."""
    found = _page(request, every=True)
    if found["programme"] is None:
        return redirect("monitoring:page")
    response = HttpResponse(exports.monitoring_xlsx(found), content_type=exports.XLSX)
    response["Content-Disposition"] = 'attachment; filename="theo-doi-chuong-trinh.xlsx"'
    return response


def _page(request: UserRequest, *, every: bool = False) -> MonitoringPage:
    asked = Asked.read(request.GET.dict())
    found = monitoring_page(user=request.user, asked=asked, today=clock.today(), every=every)
    if found is None:
        raise Http404
    return found


@require_safe
def rows(request: UserRequest) -> HttpResponse:
    asked = Asked.read(request.GET.dict())
    if asked.programme is None:
        return redirect("monitoring:page")
    found = rows_page(user=request.user, asked=asked, today=clock.today())
    if found is None:
        raise Http404
    return render(request, "monitoring/rows.html", dict(found))


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request: UserRequest, pk: int) -> HttpResponse:
    try:
        programme = programmes.get_visible_programme(user=request.user, pk=pk)
    except Programme.DoesNotExist:
        raise Http404 from None
    if not policies.may_set(request.user, programme):
        raise PermissionDenied
    found = setting_page(programme=programme, today=clock.today())
    is_public = found["setting"] is not None and found["setting"].is_public
    initial = SettingForm.values_of(found["rule"], is_public=is_public, version=found["version"])
    form = SettingForm(request.POST or None, initial=initial)
    if form.is_valid() and _TOO_LATE.attempt(
        form,
        lambda: actions.set_monitoring(
            programme=programme,
            rule=form.rule(),
            is_public=form.cleaned_data["is_public"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã ghi cách chấm điểm, công khai.")
        return redirect(Asked(programme=pk).table())
    if form.is_bound:
        found = setting_page(programme=programme, today=clock.today())
        under_version(form, found["version"])
    context = {**found, "form": form, "table_url": Asked(programme=pk).table()}
    status = 422 if form.is_bound else 200
    return render(request, "monitoring/setting.html", context, status=status)
