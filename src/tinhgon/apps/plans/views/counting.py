"""Indicators: the table, the rows behind a figure, the file; and the rule by which they count."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import actions, exports, policies
from tinhgon.apps.plans.forms import CountingRuleForm
from tinhgon.apps.plans.queries.indicators import rule as rules
from tinhgon.apps.plans.queries.indicators.asked import Asked
from tinhgon.apps.plans.queries.indicators.page import IndicatorsPage, indicators_page
from tinhgon.apps.plans.queries.indicators.rows import rows_page
from tinhgon.apps.plans.queries.indicators.targets import targets_of
from tinhgon.apps.programmes import queries as programmes
from tinhgon.apps.programmes.models import Programme
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate, under_version

_TOO_LATE = TooLate(
    stale="Người khác vừa đặt lại quy tắc này. Đã hiện nội dung mới nhất, mời xem lại rồi ghi.",
    illegal="",
)


@require_safe
def indicators(request: UserRequest) -> HttpResponse:
    return render(request, "plans/indicators.html", dict(_page(request)))


@require_safe
def targets(request: UserRequest) -> HttpResponse:
    """Answer the page of the day, which asks for this once it is shown."""
    page = targets_of(user=request.user, today=clock.today())
    return render(request, "plans/_targets.html", {"page": page})


@require_safe
def indicators_file(request: UserRequest) -> HttpResponse:
    page = _page(request, every=True)
    if page["scope"] is None:
        raise Http404
    response = HttpResponse(exports.indicators_xlsx(page), content_type=exports.XLSX)
    response["Content-Disposition"] = 'attachment; filename="chi-tieu-don-gian-hoa.xlsx"'
    return response


def _page(request: UserRequest, *, every: bool = False) -> IndicatorsPage:
    asked = Asked.read(request.GET.dict())
    page = indicators_page(user=request.user, asked=asked, today=clock.today(), every=every)
    if page["scope"] is None and asked.scope:
        raise Http404
    return page


@require_safe
def indicator_rows(request: UserRequest) -> HttpResponse:
    asked = Asked.read(request.GET.dict())
    page = rows_page(user=request.user, asked=asked, today=clock.today())
    if page is None:
        if asked.scope:
            raise Http404
        return redirect("plans:indicators")
    return render(request, "plans/indicator_rows.html", dict(page))


@require_http_methods(["GET", "HEAD", "POST"])
def counting_rule(request: UserRequest, pk: int) -> HttpResponse:
    try:
        programme = programmes.get_visible_programme(user=request.user, pk=pk)
    except Programme.DoesNotExist:
        raise Http404 from None
    if not policies.may_count(request.user, programme.agency):
        raise PermissionDenied
    page = rules.rule_page(programme=programme)
    form = CountingRuleForm(
        request.POST or None, initial=CountingRuleForm.values_of(page["rule"], page["version"])
    )
    if form.is_valid() and _TOO_LATE.attempt(
        form,
        lambda: actions.set_counting_rule(
            programme=programme,
            rule=form.rule(),
            basis=form.cleaned_data["basis"],
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã đặt quy tắc tính chỉ tiêu.")
        return redirect("plans:counting_rule", pk)
    if form.is_bound:
        page = rules.rule_page(programme=programme)
        under_version(form, page["version"])
    return render(
        request,
        "plans/counting_rule.html",
        {**page, "form": form},
        status=422 if form.is_bound else 200,
    )
