"""What the Office does with suggestions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.portal import actions, policies, queries
from tinhgon.apps.portal.forms import AnswerForm, DeclineForm, ShowForm, words_of
from tinhgon.apps.portal.models import Suggestion
from tinhgon.common import clock
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

_STALE = "Người khác vừa xử lý góp ý này. Đã hiện nội dung mới nhất, mời xem lại."
_ILLEGAL = "Góp ý đã sang trạng thái khác nên không làm được thao tác vừa chọn."


@require_safe
def suggestion_list(request: UserRequest) -> HttpResponse:
    if not policies.may_moderate(request.user):
        raise PermissionDenied
    found = queries.suggestions_page(
        user=request.user,
        asked=request.GET.get("trang-thai", ""),
        number=request.GET.get("page", "1"),
    )
    return render(request, "portal/suggestions.html", dict(found))


@require_safe
def suggestion_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _suggestion_or_404(request, pk))


@require_POST
def show_suggestion(request: UserRequest, pk: int) -> HttpResponse:
    form = ShowForm(request.POST)
    return _decide(request, pk, form, actions.show_suggestion, "Đã đăng góp ý.")


@require_POST
def answer_suggestion(request: UserRequest, pk: int) -> HttpResponse:
    form = AnswerForm(request.POST)
    return _decide(request, pk, form, actions.answer_suggestion, "Đã đăng góp ý cùng trả lời.")


@require_POST
def decline_suggestion(request: UserRequest, pk: int) -> HttpResponse:
    form = DeclineForm(request.POST)
    return _decide(request, pk, form, actions.decline_suggestion, "Góp ý không hiện công khai.")


def _decide(
    request: UserRequest,
    pk: int,
    form: forms.Form,
    action: Callable[..., None],
    done: str,
) -> HttpResponse:
    suggestion = _suggestion_or_404(request, pk)
    if not form.is_valid():
        return _page(request, suggestion, status=422, typed=form)
    try:
        action(
            suggestion=suggestion,
            by=request.user,
            at=clock.now(),
            seen=form.cleaned_data["version"],
            **words_of(form),
        )
    except IllegalMove:
        return _page(request, suggestion, problem=_ILLEGAL, status=409, typed=form)
    except StaleObject:
        fresh = _suggestion_or_404(request, pk)
        return _page(request, fresh, problem=_STALE, status=409, typed=form)
    messages.success(request, done)
    return redirect("suggestions:list")


def _suggestion_or_404(request: UserRequest, pk: int) -> Suggestion:
    try:
        return queries.get_visible_suggestion(user=request.user, pk=pk)
    except Suggestion.DoesNotExist:
        raise Http404 from None


def _page(
    request: UserRequest,
    suggestion: Suggestion,
    *,
    problem: str = "",
    status: int = 200,
    typed: forms.Form | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        **queries.suggestion_page(suggestion=suggestion),
        "problem": problem,
        "answer_form": AnswerForm(initial={"answer": suggestion.answer}),
        "decline_form": DeclineForm(initial={"reason": suggestion.reason}),
        "moves": policies.moves_of(suggestion),
    }
    if isinstance(typed, AnswerForm):
        context["answer_form"] = typed
    if isinstance(typed, DeclineForm):
        context["decline_form"] = typed
    return render(request, "portal/suggestion.html", context, status=status)
