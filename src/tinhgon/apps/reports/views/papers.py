"""The report of one agency as Word, PDF or Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.reports import documents, exports
from tinhgon.apps.reports.models import Report
from tinhgon.common import clock
from tinhgon.domain.officialdoc import write_docx, write_pdf

from .loading import report_or_404

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _docx(report: Report, today: date) -> bytes:
    return write_docx(documents.make_report(report, today=today))


def _pdf(report: Report, today: date) -> bytes:
    return write_pdf(documents.make_report(report, today=today))


def _xlsx(report: Report, today: date) -> bytes:
    return exports.report_xlsx(report, today=today)


_WRITERS: dict[str, tuple[Callable[[Report, date], bytes], str]] = {
    "docx": (_docx, _DOCX),
    "pdf": (_pdf, "application/pdf"),
    "xlsx": (_xlsx, exports.XLSX),
}


@require_safe
def paper(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    report = report_or_404(request, pk)
    if kind not in _WRITERS:
        raise Http404
    write, content_type = _WRITERS[kind]
    response = HttpResponse(write(report, clock.today()), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="bao-cao-{pk}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
