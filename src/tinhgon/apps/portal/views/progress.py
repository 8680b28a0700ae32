"""How far the agencies are, where the province makes it public."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from tinhgon.apps.portal import queries
from tinhgon.apps.portal.http import public, show
from tinhgon.common import clock


@public
def progress(request: HttpRequest) -> HttpResponse:
    found = queries.progress_page(
        programme=request.GET.get("chuong-trinh", ""),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    if found is None:
        raise Http404
    return show(request, "portal/progress.html", {**found, "section": "agencies"})
