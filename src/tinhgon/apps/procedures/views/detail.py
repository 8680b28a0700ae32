"""The page of one procedure: what it says, how it runs, how it came to be."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.http import send_file
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.models import FormFile, ProcedureVersion
from tinhgon.apps.procedures.queries import copies
from tinhgon.apps.procedures.queries import page as pages
from tinhgon.common import clock
from tinhgon.domain.procedures import Move, swimlane, to_bpmn, total_time

from ._panels import Bound, aside_links, panels
from ._words import in_words
from .loading import version_or_404

TABS = {
    "noi-dung": "Nội dung",
    "quy-trinh": "Quy trình",
    "ho-so": "Hồ sơ",
    "so-sanh": "So sánh",
    "lich-su": "Lịch sử",
}
_WITH_FILES = {"noi-dung", "ho-so"}


@require_safe
def procedure_detail(request: UserRequest, pk: int) -> HttpResponse:
    return show(request, pk)


@require_safe
def version_detail(request: UserRequest, pk: int, number: int) -> HttpResponse:
    return show(request, pk, number)


@require_safe
def form_file(request: UserRequest, pk: int) -> HttpResponse:
    try:
        form = pages.get_visible_form_file(user=request.user, pk=pk)
    except FormFile.DoesNotExist:
        raise Http404 from None
    response: HttpResponse = send_file(form.file)  # type: ignore[assignment]
    return response


@require_safe
def flow_svg(request: UserRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    return _download(version, swimlane(version.record.steps), "svg", "image/svg+xml")


@require_safe
def flow_bpmn(request: UserRequest, pk: int, number: int) -> HttpResponse:
    version = version_or_404(request, pk, number)
    return _download(version, to_bpmn(version.record), "bpmn", "application/xml")


def _download(
    version: ProcedureVersion, data: str | bytes | None, extension: str, kind: str
) -> HttpResponse:
    if data is None or not version.record.steps:
        raise Http404
    response = HttpResponse(data, content_type=kind)
    name = f"{version.procedure.local_code}-ban-{version.number}.{extension}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def show(
    request: UserRequest,
    pk: int,
    number: int | None = None,
    *,
    status: int = 200,
    bound: Bound = None,
    problem: str = "",
) -> HttpResponse:
    """
    Answer with the page of a version, or of the one that a procedure shows by itself, at the tab
    that the address names; `bound` is the form of a move with what was wrongly entered.
    """
    tab = request.GET.get("phan", "")
    tab = tab if tab in TABS else "noi-dung"
    try:
        found = pages.procedure_page(user=request.user, pk=pk, number=number, today=clock.today())
    except ProcedureVersion.DoesNotExist:
        raise Http404 from None
    version = found["version"]
    context = {
        **found,
        "record": version.record,
        "tab": tab,
        "tabs": _tabs(version, tab, found),
        "problem": problem,
        "shared": copies.sharing(user=request.user, version=version, today=clock.today()),
        "panels": panels(request.user, found, bound),
        "links": aside_links(request.user, found),
        "can_edit": policies.can(request.user, Move.EDIT, version),
        **in_words(version.record, pages.form_files(version) if tab in _WITH_FILES else {}),
        "total": total_time(version.record.steps),
        **_of_tab(request, tab, found),
    }
    return render(request, "procedures/detail.html", context, status=status)


def _tabs(version: ProcedureVersion, tab: str, found: pages.ProcedurePage) -> list[dict[str, Any]]:
    address = version.get_absolute_url()
    return [
        {
            "label": label,
            "url": address if key == "noi-dung" else f"{address}?phan={key}",
            "current": key == tab,
        }
        for key, label in TABS.items()
        if key != "so-sanh" or len(found["rows"]) > 1
    ]


def _of_tab(request: UserRequest, tab: str, found: pages.ProcedurePage) -> dict[str, Any]:
    version = found["version"]
    match tab:
        case "so-sanh":
            compared = pages.comparison(
                user=request.user,
                version=version,
                asked=request.GET.get("voi", ""),
                rows=found["rows"],
            )
            return {"compared": compared}
        case "lich-su":
            return {
                **pages.history(
                    procedure=found["procedure"], rows=found["rows"], is_own=found["is_own"]
                )
            }
        case "quy-trinh":
            return {"flow": True, "drawing": swimlane(version.record.steps)}
        case _:
            return {"flow": False}
