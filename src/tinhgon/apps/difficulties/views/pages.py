from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.difficulties import documents, exports
from tinhgon.apps.difficulties.enums import Group
from tinhgon.apps.difficulties.models import DifficultyFile, DifficultyStep
from tinhgon.apps.difficulties.queries import listing, loading
from tinhgon.apps.difficulties.queries.detail import detail_page
from tinhgon.apps.files.http import send_file
from tinhgon.apps.savedviews import queries as saved_views
from tinhgon.apps.savedviews.enums import ListName
from tinhgon.common import clock
from tinhgon.domain.officialdoc import OfficialDoc, write_docx, write_pdf

from ._panels import panels_of
from .loading import difficulty_or_404

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WRITERS: dict[str, tuple[Callable[[OfficialDoc], bytes], str]] = {
    "docx": (write_docx, _DOCX),
    "pdf": (write_pdf, "application/pdf"),
}


@require_safe
def difficulty_list(request: UserRequest) -> HttpResponse:
    """Show the list; the address alone opens the saved view that the person chose for it."""
    # Never empty: what is saved of the usual list must not open as the bare address does.
    here = saved_views.kept(request.GET.urlencode()) or f"nhom={Group.ALL.value}"
    saved = saved_views.menu(
        user=request.user, page=ListName.DIFFICULTIES, query=here, has_columns=False
    )
    if not request.GET and saved.opens_with:
        return redirect(saved.opens_with)
    page = listing.list_page(
        user=request.user,
        asked=listing.Asked.read(request.GET.dict()),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "difficulties/list.html", {**page, "saved": saved, "here": here})


@require_safe
def export(request: UserRequest) -> HttpResponse:
    """Download what the list shows with the same address, all pages of it."""
    asked = listing.Asked.read(request.GET.dict())
    content = exports.difficulties_xlsx(user=request.user, asked=asked, today=clock.today())
    response = HttpResponse(content, content_type=exports.XLSX)
    response["Content-Disposition"] = 'attachment; filename="vuong-mac.xlsx"'
    return response


@require_safe
def detail(request: UserRequest, pk: int) -> HttpResponse:
    difficulty = difficulty_or_404(request, pk)
    page = detail_page(user=request.user, difficulty=difficulty, today=clock.today())
    panels = panels_of(page, opened=request.GET.get("buoc", ""))
    return render(request, "difficulties/detail.html", {**page, "panels": panels})


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Send the letter to the next level as a draft, with the opinion that stands in the form."""
    difficulty = difficulty_or_404(request, pk)
    opinion = request.POST.get("words", "").strip()
    steps = loading.steps_of(difficulty)
    document = None
    if kind in _WRITERS and loading.sees_whole(request.user, difficulty, steps):
        document = documents.petition(
            difficulty, steps, user=request.user, opinion=opinion, today=clock.today()
        )
    if document is None:
        raise Http404
    write, content_type = _WRITERS[kind]
    response = HttpResponse(write(document), content_type=content_type)
    name = f"cong-van-kien-nghi-{difficulty.code}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def file(request: UserRequest, pk: int, file: int) -> FileResponse:
    try:
        found = loading.get_visible_file(user=request.user, pk=pk, file=file)
    except DifficultyFile.DoesNotExist:
        raise Http404 from None
    return send_file(found.file)


@require_safe
def step_file(request: UserRequest, pk: int, step: int) -> FileResponse:
    try:
        found = loading.get_visible_step(user=request.user, pk=pk, step=step)
    except DifficultyStep.DoesNotExist:
        raise Http404 from None
    if found.document is None or found.document.file is None:
        raise Http404
    return send_file(found.document.file)
