from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.publications import documents, policies
from tinhgon.common import clock
from tinhgon.domain.officialdoc import OfficialDoc, write_docx, write_pdf

from .loading import decision_or_404

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITERS: dict[str, tuple[Callable[[OfficialDoc], bytes], str]] = {
    "docx": (write_docx, DOCX),
    "pdf": (write_pdf, "application/pdf"),
}


@require_safe
def draft_paper(request: UserRequest, pk: str, kind: str) -> HttpResponse:
    return _paper(request, int(pk), kind, "quyet-dinh", documents.draft_decision)


@require_safe
def submission_paper(request: UserRequest, pk: str, kind: str) -> HttpResponse:
    return _paper(request, int(pk), kind, "to-trinh", documents.submission)


def _paper(
    request: UserRequest, pk: int, kind: str, name: str, make: Callable[..., OfficialDoc]
) -> HttpResponse:
    decision = decision_or_404(request, pk)
    if not policies.has_papers(decision):
        raise Http404
    write, content_type = _WRITERS[kind]
    today: date = clock.today()
    response = HttpResponse(write(make(decision, today=today)), content_type=content_type)
    file = f"{documents.file_name(decision, name)}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    response["Cache-Control"] = "private, no-store"
    return response
