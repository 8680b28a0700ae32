"""A workbook of agencies: sent, looked at row by row, and only then done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.apps.agencies import actions, policies
from tinhgon.apps.agencies.forms import ChosenForm, ImportForm
from tinhgon.apps.agencies.imports import (
    Planned,
    Status,
    WorkbookUnreadable,
    fingerprint,
    plan_import,
    template_workbook,
)
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.files.queries import content_of
from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.common.people import person

_SALT = "agencies.import"
_A_DAY = 24 * 3600
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORDS = {
    Status.NEW: ("", "thêm mới", "ontime"),
    Status.CHANGED: ("◐", "có thay đổi", "soon"),
    Status.SAME: ("", "không đổi", "none"),
    Status.ERROR: ("▲", "có lỗi", "late"),
}
STALE = "Cây cơ quan vừa được người khác thay đổi. Đã so lại với tệp, mời xem và chọn lại."


def _check(request: HttpRequest) -> None:
    if not policies.can_manage_any(person(request)):
        raise PermissionDenied


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    _check(request)
    response = HttpResponse(template_workbook(), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="mau-nhap-co-quan.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    _check(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            stored = actions.keep_import_file(
                data=upload.read(),
                name=upload.name,
                content_type=upload.content_type or "",
                by=person(request),
                at=clock.now(),
            )
        except (actions.FileRefused, WorkbookUnreadable) as e:
            form.add_error("file", str(e))
        else:
            own = {"file": stored.pk, "user": person(request).pk}
            return redirect("agencies:import_preview", token=signing.dumps(own, salt=_SALT))
    status = 422 if request.method == "POST" else 200
    return render(request, "agencies/import.html", {"form": form}, status=status)


def _stored(request: HttpRequest, token: str) -> StoredFile:
    """Return the file that this person sent, within a day; nobody else's."""
    try:
        own = signing.loads(token, salt=_SALT, max_age=_A_DAY)
        if own["user"] != person(request).pk:
            raise Http404
        return StoredFile.objects.get(pk=own["file"])
    except (signing.BadSignature, StoredFile.DoesNotExist):
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
def import_preview(request: HttpRequest, token: str) -> HttpResponse:
    stored = _stored(request, token)
    _check(request)
    data = content_of(stored)
    user = person(request)
    error, status = "", 200
    chosen = {n for text in request.POST.getlist("row") if (n := whole_number(text)) is not None}
    if request.method == "POST":
        status = 422
        form = ChosenForm(request.POST)
        seen = form.cleaned_data["seen"] if form.is_valid() else ""
        try:
            done = actions.import_agencies(
                data=data, name=stored.name, chosen=chosen, seen=seen, by=user, at=clock.now()
            )
        except actions.AgencyRefused as e:
            error = str(e)
        except actions.StaleObject:
            error = STALE
        else:
            messages.success(
                request, f"Đã thêm {done.added} cơ quan, thay đổi {done.changed} cơ quan."
            )
            return redirect("agencies:tree")
    rows = plan_import(data=data, user=user, today=clock.today())
    context = _preview(rows, chosen if request.method == "POST" else None)
    context |= {"error": error, "file_name": stored.name}
    return render(request, "agencies/import_preview.html", context, status=status)


def _preview(rows: list[Planned], chosen: set[int] | None) -> dict[str, Any]:
    counts = {status: sum(row.status == status for row in rows) for status in Status}
    lines = [
        (
            row,
            *_WORDS[row.status],
            row.can_be_chosen if chosen is None else row.row.number in chosen,
        )
        for row in rows
    ]
    return {
        "lines": lines,
        "counts": [(number, _WORDS[status][1]) for status, number in counts.items() if number],
        "can_apply": any(row.can_be_chosen for row in rows),
        "seen": fingerprint(rows),
    }
