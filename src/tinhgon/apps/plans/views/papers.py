from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.plans import documents
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.queries import preparing
from tinhgon.common import clock
from tinhgon.domain.officialdoc import OfficialDoc, write_docx, write_pdf

from .loading import check_part, plan_or_404

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
    return sent(document, f"{name}-{pk}", kind)


@require_POST
def opinion_draft(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Send the assessment as a draft to be signed, with what is typed into its form."""
    plan = plan_or_404(request, pk)
    check_part(request, plan, PlanMove.ASSESS)
    text = request.POST.get("text", "").strip()
    if not text:
        messages.error(request, "Ghi ý kiến đánh giá rồi tải dự thảo.")
        return redirect("plans:assess", pk)
    document = None
    if kind in _WRITERS:
        document = documents.make_opinion(
            plan,
            text,
            consulted=request.POST.get("consulted", "").strip(),
            office=preparing.assessing_agency(user=request.user, plan=plan),
            today=clock.today(),
        )
    return sent(document, f"du-thao-danh-gia-{pk}", kind)


def sent(document: OfficialDoc | None, name: str, kind: str) -> HttpResponse:
    if document is None:
        raise Http404
    write, content_type = _WRITERS[kind]
    response = HttpResponse(write(document), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
