from __future__ import annotations

from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.common.http import HtmxRequest

from . import exports, policies, queries
from .forms import FilterForm


def _wanted(request: HtmxRequest) -> tuple[FilterForm, queries.TrailFilter]:
    """Read the filter from the address; what is not understood is shown and narrows nothing."""
    form = FilterForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    return form, queries.TrailFilter(
        words=data.get("q", ""),
        kind=data.get("kind", ""),
        who=data.get("who", ""),
        subject=data.get("subject", ""),
        since=data.get("since"),
        until=data.get("until"),
        before=data.get("before"),
        after=data.get("after"),
    )


@require_safe
def trail(request: HtmxRequest) -> HttpResponse:
    policies.check_read(cast("policies.Reader", request.user))
    form, wanted = _wanted(request)
    context = queries.trail_page(wanted=wanted)
    kept = request.GET.copy()
    for name in ("before", "after"):
        kept.pop(name, None)
    return render(request, "audit/trail.html", {**context, "form": form, "query": kept.urlencode()})


@require_safe
def export(request: HtmxRequest) -> StreamingHttpResponse:
    policies.check_read(cast("policies.Reader", request.user))
    _, wanted = _wanted(request)
    return StreamingHttpResponse(
        exports.csv_lines(queries.matching_in_order(wanted=wanted)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="nhat-ky.csv"'},
    )
