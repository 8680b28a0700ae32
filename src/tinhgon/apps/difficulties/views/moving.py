"""What may be done to a difficulty: one address a move, each one call of its action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.agencies.queries import understood
from tinhgon.apps.difficulties import actions, policies
from tinhgon.apps.difficulties.enums import Move
from tinhgon.apps.difficulties.forms import (
    AnswerForm,
    PassUpForm,
    ReasonForm,
    ReferForm,
    SendForm,
    VersionForm,
)
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries import loading
from tinhgon.apps.difficulties.queries.detail import detail_page
from tinhgon.apps.difficulties.queries.routing import office_or_top
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from ._panels import panels_of
from .loading import TOO_LATE, difficulty_or_404

Act = Callable[..., object]


@require_POST
def send(request: UserRequest, pk: int) -> HttpResponse:
    form = SendForm(request.POST, request.FILES, auto_id="id_sendform_%s")
    more = {"paper": form.paper()} if form.is_valid() else {}
    return _made(request, pk, Move.SEND, form, actions.send_difficulty, "Đã gửi cấp trên.", **more)


@require_POST
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    act, form = actions.withdraw_difficulty, _reason(request)
    return _made(request, pk, Move.WITHDRAW, form, act, "Đã rút vướng mắc.", **_why(form))


@require_POST
def take_on(request: UserRequest, pk: int) -> HttpResponse:
    form = VersionForm(request.POST)
    return _made(request, pk, Move.TAKE_ON, form, actions.take_on, "Đã tiếp nhận vướng mắc.")


@require_POST
def answer(request: UserRequest, pk: int) -> HttpResponse:
    form = AnswerForm(request.POST, request.FILES, auto_id="id_answerform_%s")
    more: dict[str, Any] = {}
    if form.is_valid():
        more = {"text": form.cleaned_data["words"], "paper": form.paper()}
    act = actions.answer_difficulty
    return _made(request, pk, Move.ANSWER, form, act, "Đã ghi trả lời.", **more)


@require_POST
def return_(request: UserRequest, pk: int) -> HttpResponse:
    form, act = _reason(request), actions.return_difficulty
    return _made(request, pk, Move.RETURN, form, act, "Đã trả lại để làm rõ.", **_why(form))


@require_POST
def pass_up(request: UserRequest, pk: int) -> HttpResponse:
    form = PassUpForm(request.POST, request.FILES, auto_id="id_passupform_%s")
    more: dict[str, Any] = {}
    if form.is_valid():
        said = form.cleaned_data
        more = {"opinion": said["words"], "addressee": said["addressee"], "paper": form.paper()}
    return _made(request, pk, Move.PASS_UP, form, actions.pass_up, "Đã chuyển cấp trên.", **more)


@require_POST
def refer(request: UserRequest, pk: int) -> HttpResponse:
    form = ReferForm(request.POST, auto_id="id_referform_%s")
    more: dict[str, Any] = {}
    if form.is_valid():
        to = understood(form.cleaned_data["agency"])
        if to is None:
            form.add_error("agency", "Không rõ cơ quan. Ghi tên đầy đủ của một sở, ban, ngành.")
        more = {"to": to, "opinion": form.cleaned_data["words"]}
    act = actions.refer_difficulty
    return _made(request, pk, Move.REFER, form, act, "Đã chuyển cơ quan chuyên môn.", **more)


@require_POST
def accept(request: UserRequest, pk: int) -> HttpResponse:
    form, act = VersionForm(request.POST), actions.accept_answer
    return _made(request, pk, Move.ACCEPT, form, act, "Đã đồng ý với trả lời, vướng mắc đóng.")


@require_POST
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    form, act = _reason(request), actions.reopen_difficulty
    return _made(request, pk, Move.REOPEN, form, act, "Đã mở lại vướng mắc.", **_why(form))


@require_POST
def decline(request: UserRequest, pk: int) -> HttpResponse:
    form, act = _reason(request), actions.reopen_difficulty
    done = "Đã bỏ trả lời đã áp dụng; sửa nội dung rồi gửi cấp trên."
    return _made(request, pk, Move.DECLINE, form, act, done, **_why(form))


@require_POST
def close(request: UserRequest, pk: int) -> HttpResponse:
    form, act = _reason(request), actions.close_difficulty
    return _made(request, pk, Move.CLOSE, form, act, "Đã đóng vướng mắc.", **_why(form))


@require_POST
def apply(request: UserRequest, pk: int) -> HttpResponse:
    """Answer by what was answered to all units (guidance=its key)."""
    difficulty = difficulty_or_404(request, pk)
    policies.check_part(request.user, Move.APPLY, difficulty)
    form = VersionForm(request.POST)
    guidance = _guidance(request)
    if guidance is None:
        form.add_error(None, "Trả lời này không còn là trả lời dùng chung. Chọn trả lời khác.")
    act, done = actions.apply_guidance, "Đã áp dụng trả lời đã có."
    return _tried(request, difficulty, form, act, done, guidance=guidance)


def _guidance(request: UserRequest) -> Difficulty | None:
    key = whole_number(request.POST.get("guidance", ""))
    if key is None:
        return None
    try:
        return loading.get_visible_difficulty(user=request.user, pk=key)
    except Difficulty.DoesNotExist:
        return None


@require_POST
def guide(request: UserRequest, pk: int) -> HttpResponse:
    """Let the answer count for all units (wanted=1), or no longer."""
    difficulty = difficulty_or_404(request, pk)
    policies.check_guide(request.user, office_or_top(difficulty.agency, on=clock.today()))
    wanted = request.POST.get("wanted") == "1"
    done = "Mọi cơ quan đọc được trả lời này." if wanted else "Đã thôi dùng chung trả lời."
    act, form = actions.set_guidance, VersionForm(request.POST)
    return _tried(request, difficulty, form, act, done, is_guidance=wanted)


def _reason(request: UserRequest) -> ReasonForm:
    return ReasonForm(request.POST, auto_id="id_reasonform_%s")


def _why(form: ReasonForm) -> dict[str, str]:
    return {"reason": form.cleaned_data["words"]} if form.is_valid() else {}


def _made(
    request: UserRequest,
    pk: int,
    move: Move,
    form: forms.Form,
    act: Act,
    done: str,
    **said: Any,
) -> HttpResponse:
    difficulty = difficulty_or_404(request, pk)
    policies.check_part(request.user, move, difficulty)
    return _tried(request, difficulty, form, act, done, **said)


def _tried(
    request: UserRequest,
    difficulty: Difficulty,
    form: forms.Form,
    act: Act,
    done: str,
    **said: Any,
) -> HttpResponse:
    """Do it and go back to the page; or show the page with what was typed and why not."""
    if form.is_valid() and TOO_LATE.attempt(
        form,
        lambda: act(
            difficulty=difficulty,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
            **said,
        ),
        on=difficulty,
    ):
        messages.success(request, done)
        return redirect(difficulty)
    return _refused(request, difficulty.pk, form)


def _refused(request: UserRequest, pk: int, form: forms.Form) -> HttpResponse:
    difficulty = difficulty_or_404(request, pk)
    page = detail_page(user=request.user, difficulty=difficulty, today=clock.today())
    name = request.resolver_match.url_name if request.resolver_match else ""
    panels = panels_of(page, opened=name or "", bound=form)
    context = {**page, "panels": panels, "refused": form}
    return render(request, "difficulties/detail.html", context, status=422)
