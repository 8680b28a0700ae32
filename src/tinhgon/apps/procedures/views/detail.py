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
from tinhgon.apps.procedures.queries import page as pages
from tinhgon.common import clock
from tinhgon.domain.procedures import Move, total_time

from ._words import in_words
from .loading import procedure_or_404, version_or_404

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
    procedure = procedure_or_404(request, pk)
    number = pages.default_number(user=request.user, procedure=procedure, today=clock.today())
    return show(request, version_or_404(request, pk, number))


@require_safe
def version_detail(request: UserRequest, pk: int, number: int) -> HttpResponse:
    return show(request, version_or_404(request, pk, number))


@require_safe
def form_file(request: UserRequest, pk: int) -> HttpResponse:
    try:
        form = pages.get_visible_form_file(user=request.user, pk=pk)
    except FormFile.DoesNotExist:
        raise Http404 from None
    response: HttpResponse = send_file(form.file)  # type: ignore[assignment]
    return response


def show(
    request: UserRequest, version: ProcedureVersion, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Answer with the page of a version, at the tab that the address names."""
    tab = request.GET.get("phan", "")
    tab = tab if tab in TABS else "noi-dung"
    found = pages.procedure_page(user=request.user, version=version, today=clock.today())
    context = {
        **found,
        "record": version.record,
        "tab": tab,
        "tabs": _tabs(version, tab, found),
        "problem": "",
        "can_edit": policies.can(request.user, Move.EDIT, version),
        **in_words(version.record, pages.form_files(version) if tab in _WITH_FILES else {}),
        **_times(version),
        **_of_tab(request, tab, found),
        **more,
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
        case _:
            return {"flow": tab == "quy-trinh"}


def _times(version: ProcedureVersion) -> dict[str, Any]:
    total = total_time(version.record.steps)
    return {"total": total, "path": set(total.path) if total else set()}
