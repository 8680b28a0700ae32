"""The report of one agency as Word, PDF or Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.reports import documents, exports
from tinhgon.apps.reports.jobs import ALL_PAPERS
from tinhgon.apps.reports.models import Report
from tinhgon.apps.reports.queries.templates import TemplateFinder
from tinhgon.common import clock
from tinhgon.common.refusal import Refused
from tinhgon.domain.officialdoc import OfficialDoc, write_docx, write_pdf

from .loading import period_or_404, report_or_404

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _document(report: Report, today: date) -> OfficialDoc:
    template = TemplateFinder().of(report)
    return documents.make_report(report, today=today, template=template)


def _docx(report: Report, today: date) -> bytes:
    return write_docx(_document(report, today))


def _pdf(report: Report, today: date) -> bytes:
    return write_pdf(_document(report, today))


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


@require_POST
def all_papers(request: UserRequest, pk: int) -> HttpResponse:
    """Have the reports of every agency of the period written in the background, as one archive."""
    period = period_or_404(request, pk)
    try:
        job = jobs.ask(ALL_PAPERS, {"period": period.pk}, by=request.user, at=clock.now())
    except Refused as e:
        messages.error(request, str(e))
        return redirect(period)
    messages.success(request, "Đang xuất báo cáo của các cơ quan; xong sẽ có thông báo.")
    return redirect(job)
