"""
The long form of a draft.

What is typed is kept at every button of a row, and on its own a moment after the last key where
there are scripts, right or wrong; the draft itself changes when it is saved.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures import actions, policies
from tinhgon.apps.procedures.forms import typed as typing
from tinhgon.apps.procedures.forms.record import RecordForm
from tinhgon.apps.procedures.forms.typed import Typed
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries import editing
from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import Move

from ._form_page import Seen, page, side, typed_of
from .loading import ILLEGAL, draft_or_404

NOT_NOW = "Bản này đã gửi đi nên không sửa được nữa. Muốn sửa phải được trả lại."


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: UserRequest, pk: int) -> HttpResponse:
    version = draft_or_404(request, pk)
    if not policies.may(request.user, Move.EDIT, version):
        raise PermissionDenied
    if not policies.can(request.user, Move.EDIT, version):
        if request.headers.get("X-Autosave"):
            return HttpResponse(NOT_NOW, status=409)
        messages.warning(request, NOT_NOW)
        return redirect(version)
    return _posted(request, version) if request.method == "POST" else _shown(request, version)


def _shown(request: UserRequest, version: ProcedureVersion) -> HttpResponse:
    copy = editing.own_working_copy(user=request.user, version=version)
    if copy is None:
        return page(request, version, typed_of(version), Seen.of(version))
    return page(request, version, copy.typed, Seen(copy.seen, copy.seen_at), copy=copy)


def _posted(request: UserRequest, version: ProcedureVersion) -> HttpResponse:
    typed = typing.from_post(request.POST)
    seen = _seen(request, version)
    refused = _store_files(request, version, typed)
    deed = request.POST.get("do", "")
    if request.headers.get("X-Autosave"):
        _keep(request, version, typed, seen)
        return HttpResponse(side(request, version, typed))
    if deed == "discard":
        actions.forget_typed(version=version, by=request.user)
        messages.success(request, "Đã bỏ nội dung đang nhập, hiện lại nội dung đã lưu.")
        return redirect(_address(version))
    if refused:
        _keep(request, version, typed, seen)
        return page(request, version, typed, seen, refused=refused, status=422)
    if deed in {"save", "send"}:
        return _save(request, version, typed, seen, send=deed == "send")
    part = typing.change_rows(typed, deed)
    _keep(request, version, typed, seen)
    return redirect(f"{_address(version)}#{part or 'general'}")


def _save(
    request: UserRequest, version: ProcedureVersion, typed: Typed, seen: Seen, *, send: bool
) -> HttpResponse:
    _keep(request, version, typed, seen)
    if seen.version != version.version:
        return _stale(request, version, typed, seen)
    form = RecordForm(typed, procedure=version.procedure_id, base=version.record, bound=True)
    problem = ""
    if form.is_valid():
        try:
            actions.edit_version(
                version=version,
                record=form.record(),
                by=request.user,
                at=clock.now(),
                seen=seen.version,
                send=send,
            )
        except actions.Refused as e:
            form.add_error(e.field or "name", str(e))
        except actions.StaleObject:
            return _stale(request, draft_or_404(request, version.procedure_id), typed, seen)
        except IllegalMove:
            problem = ILLEGAL
        else:
            sent = "Đã lưu và gửi thủ trưởng xác nhận."
            messages.success(request, sent if send else "Đã lưu nội dung thủ tục.")
            return redirect(version)
    return page(request, version, typed, seen, form=form, problem=problem, status=422)


def _stale(
    request: UserRequest, version: ProcedureVersion, typed: Typed, seen: Seen
) -> HttpResponse:
    copy = editing.own_working_copy(user=request.user, version=version)
    return page(request, version, typed, seen, copy=copy, status=409)


def _keep(request: UserRequest, version: ProcedureVersion, typed: Typed, seen: Seen) -> None:
    actions.keep_typed(
        version=version,
        typed=typed,
        by=request.user,
        at=clock.now(),
        seen=seen.version,
        seen_at=seen.at,
    )


def _seen(request: UserRequest, version: ProcedureVersion) -> Seen:
    """Return which content the person had before him, as the form says."""
    number = whole_number(request.POST.get("version", ""))
    try:
        at = datetime.fromisoformat(request.POST.get("seen_at", ""))
    except ValueError:
        at = version.created_at
    return Seen(number if number is not None else 0, at if at.tzinfo else version.created_at)


def _store_files(request: UserRequest, version: ProcedureVersion, typed: Typed) -> dict[str, str]:
    """Keep the files that came along with their rows; return what is wrong with the others."""
    refused: dict[str, str] = {}
    for number, row in enumerate(typed["forms"]):
        upload: Any = request.FILES.get(f"forms-{number}-upload")
        if upload is None:
            continue
        try:
            stored = actions.keep_form_file(
                version=version,
                name=upload.name,
                content_type=upload.content_type or "application/octet-stream",
                data=upload.read(),
                by=request.user,
                at=clock.now(),
            )
        except actions.Refused as e:
            refused[f"forms-{number}-name"] = str(e)
        else:
            row["file"] = typing.sign_file(stored.pk, version.procedure_id)
            row["name"] = row["name"].strip() or stored.name.rpartition(".")[0]
    return refused


def _address(version: ProcedureVersion) -> str:
    return reverse("procedures:edit", args=[version.procedure_id])
