from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import documents
from tinhgon.common import clock
from tinhgon.domain.officialdoc import OfficialDoc, write_docx, write_pdf

from .loading import plan_or_404

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITERS: dict[str, tuple[Callable[[OfficialDoc], bytes], str]] = {
    "docx": (write_docx, _DOCX),
    "pdf": (write_pdf, "application/pdf"),
}


@require_safe
def paper(request: UserRequest, pk: int, name: str, kind: str) -> HttpResponse:
    """Send a paper of the plan, where its state has it."""
    plan = plan_or_404(request, pk)
    document = documents.make_paper(plan, name, today=clock.today()) if kind in _WRITERS else None
    if document is None:
        raise Http404
    write, content_type = _WRITERS[kind]
    response = HttpResponse(write(document), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{pk}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
