from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.intake import exports, queries
from tinhgon.apps.intake.enums import BatchKind
from tinhgon.common import clock

from .loading import batch_or_404

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def template(request: UserRequest) -> HttpResponse:
    found = queries.agencies_for(request.user, BatchKind.SHEET)
    if not found:
        raise PermissionDenied
    asked = request.GET.get("co-quan", "")
    chosen = next((each for each in found if str(each.pk) == asked), None if asked else found[0])
    if chosen is None:
        raise Http404
    data = exports.template_workbook(
        chosen, others=found, filled="day-du" in request.GET, on=clock.today()
    )
    return _xlsx(data, "mau-nhap-thu-tuc.xlsx")


@require_safe
def file(request: UserRequest, pk: int) -> FileResponse:
    return send_file(batch_or_404(request, pk).file)


@require_safe
def errors(request: UserRequest, pk: int) -> HttpResponse:
    batch = batch_or_404(request, pk)
    if batch.kind != BatchKind.SHEET:
        raise Http404
    return _xlsx(exports.error_workbook(batch), "dong-loi.xlsx")


def _xlsx(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
