from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.accounts.models import User
from tinhgon.apps.files.http import send_file
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans import actions, exports, policies
from tinhgon.apps.plans.enums import LegalChangeMove
from tinhgon.apps.plans.forms import VersionForm
from tinhgon.apps.plans.models import FormerDraft, LegalChange
from tinhgon.apps.plans.queries import texts
from tinhgon.apps.plans.queries.carrying import later_version
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.common.http import whole_number

from .loading import attempt, item_or_404
from .text_forms import MOVE_FORMS, MOVE_LABELS, TextMoveForm

_TOO_LATE = TooLate(
    stale=(
        "Người khác vừa thay đổi văn bản này. Đã hiện nội dung mới nhất, mời xem lại rồi làm tiếp."
    ),
    illegal="Văn bản đã sang bước khác nên không làm được việc này nữa: xem tình trạng ở trên.",
)


@require_safe
def text_list(request: UserRequest) -> HttpResponse:
    asked = texts.Asked.read(request.GET.dict())
    context = texts.texts_page(user=request.user, asked=asked, today=clock.today())
    return render(request, "plans/texts.html", dict(context))


@require_safe
def texts_file(request: UserRequest) -> HttpResponse:
    """Download what the list shows with the same address, all pages of it."""
    asked = texts.Asked.read(request.GET.dict())
    lines = texts.all_lines(user=request.user, asked=asked, today=clock.today())
    response = HttpResponse(exports.texts_xlsx(lines), content_type=exports.XLSX)
    response["Content-Disposition"] = 'attachment; filename="van-ban-phai-sua.xlsx"'
    return response


@require_safe
def text_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _text_page(request, _text_or_404(request, pk))


@require_safe
def text_draft(request: UserRequest, pk: int) -> HttpResponseBase:
    return _sent(_text_or_404(request, pk).draft)


@require_safe
def former_draft(request: UserRequest, pk: int, draft: int) -> HttpResponseBase:
    try:
        return _sent(texts.get_former_draft(user=request.user, text=pk, pk=draft).file)
    except FormerDraft.DoesNotExist:
        raise Http404 from None


@require_safe
def text_file(request: UserRequest, pk: int) -> HttpResponseBase:
    document = _text_or_404(request, pk).document
    return _sent(document.file if document else None)


def _sent(file: StoredFile | None) -> HttpResponseBase:
    if file is None:
        raise Http404
    return send_file(file)


@require_POST
def move_text(request: UserRequest, pk: int) -> HttpResponse:
    """Make the move named in the form, and go back to the page of the text."""
    change = _text_or_404(request, pk)
    if not policies.may_move_text(request.user, change):
        raise PermissionDenied
    move = _move(request.POST.get("move", ""))
    if move is None:
        return _text_page(request, change, status=422)
    if not policies.may_text(request.user, move, change):
        raise PermissionDenied
    form = MOVE_FORMS[move](request.POST, request.FILES, change=change, user=request.user)
    if form.is_valid() and _TOO_LATE.attempt(
        form, lambda: _act(request, move, change, form), on=change
    ):
        messages.success(request, f"Đã ghi: {MOVE_LABELS[move].lower()}.")
        return redirect(change)
    return _text_page(request, _text_or_404(request, pk), bound=(move, form), status=422)


def _act(
    request: UserRequest, move: LegalChangeMove, change: LegalChange, form: TextMoveForm
) -> None:
    _DEEDS[move](form)(
        change=change, by=request.user, at=clock.now(), seen=form.cleaned_data["version"]
    )


def _with(act: Callable[..., Any], *names: str) -> Callable[[Any], Callable[..., Any]]:
    """Return the action with what the form holds under these names."""

    def prepared(form: Any) -> Callable[..., Any]:
        values = {
            name: getattr(form, name)() if name in ("upload", "text") else form.cleaned_data[name]
            for name in names
        }
        return lambda **others: act(**values, **others)

    return prepared


_DEEDS: dict[LegalChangeMove, Callable[[Any], Callable[..., Any]]] = {
    LegalChangeMove.DRAFT: _with(actions.draft_text, "upload"),
    LegalChangeMove.SUBMIT: _with(actions.submit_text, "upload"),
    LegalChangeMove.ISSUE: _with(actions.issue_text, "text"),
    LegalChangeMove.BRING_INTO_FORCE: _with(actions.bring_into_force),
    LegalChangeMove.REDRAFT: _with(actions.redraft_text, "upload", "reason"),
    LegalChangeMove.EDIT: _with(actions.reschedule_text, "due_on", "reason"),
    LegalChangeMove.DROP: _with(actions.drop_text, "reason"),
    LegalChangeMove.RESUME: _with(actions.resume_text),
}


@require_POST
def amend(request: UserRequest, pk: int) -> HttpResponse:
    """Draft the amended version, or link the one that was chosen."""
    item = item_or_404(request, pk)
    if not policies.may_amend(request.user, item):
        raise PermissionDenied
    chosen = whole_number(request.POST.get("lan", ""))
    form = VersionForm(request.POST)
    made: list[str] = []

    def act() -> None:
        seen, at = form.cleaned_data["version"], clock.now()
        if chosen is None:
            draft = actions.draft_amendment(item=item, by=request.user, at=at, seen=seen)
            made.append(draft.get_absolute_url())
            return
        version = later_version(item, chosen)
        actions.link_amendment(item=item, version=version, by=request.user, at=at, seen=seen)

    if form.is_valid() and attempt(form, act):
        messages.success(
            request,
            "Đã lập phiên bản sửa đổi theo phương án. Xem lại nội dung rồi gửi thủ trưởng."
            if made
            else "Đã gắn phiên bản sửa đổi với phương án.",
        )
        return redirect(made[0] if made else item.get_absolute_url())
    messages.error(request, " ".join(str(e) for each in form.errors.values() for e in each))
    return redirect(item)


@dataclass(frozen=True, slots=True)
class MovePanel:
    """One move that the person may make: its form, open where something went wrong in it."""

    key: str
    label: str
    form: forms.Form
    is_open: bool

    @property
    def fields(self) -> list[forms.BoundField]:
        """The fields to fill in, the file last."""
        return sorted(self.form.visible_fields(), key=lambda field: field.name == "file")


def _text_page(
    request: UserRequest,
    change: LegalChange,
    *,
    bound: tuple[LegalChangeMove, TextMoveForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = texts.text_page(user=request.user, change=change, today=clock.today())
    panels = [
        _panel(move, change, request.user, bound)
        for move in MOVE_FORMS
        if context["can"][move.value]
    ]
    refused = None if bound is None or context["can"][bound[0].value] else bound[1]
    return render(
        request,
        "plans/text.html",
        {**context, "panels": panels, "refused": refused},
        status=status,
    )


def _panel(
    move: LegalChangeMove,
    change: LegalChange,
    user: User,
    bound: tuple[LegalChangeMove, TextMoveForm] | None,
) -> MovePanel:
    form: TextMoveForm
    if bound and bound[0] is move:
        form = bound[1]
    else:
        form = MOVE_FORMS[move](change=change, user=user, auto_id=f"{move.value}_%s")
    return MovePanel(move.value, MOVE_LABELS[move], form, is_open=form.is_bound)


def _move(text: str) -> LegalChangeMove | None:
    return LegalChangeMove(text) if text in set(LegalChangeMove) else None


def _text_or_404(request: UserRequest, pk: int) -> LegalChange:
    try:
        return texts.get_visible_text(user=request.user, pk=pk)
    except LegalChange.DoesNotExist:
        raise Http404 from None
