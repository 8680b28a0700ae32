"""Recommendations upwards: the list, one of them, and the moves on its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.files.actions import FileRefused
from tinhgon.apps.files.http import send_file
from tinhgon.apps.plans import actions, documents, exports, policies
from tinhgon.apps.plans.enums import RecommendationMove
from tinhgon.apps.plans.forms import (
    AddressForm,
    AnswerForm,
    AnswersForm,
    LetterForm,
    RedirectForm,
    SendForm,
    VersionForm,
)
from tinhgon.apps.plans.models import Recommendation
from tinhgon.apps.plans.queries import recommendations
from tinhgon.common import clock
from tinhgon.common.attempts import Overtaken, TooLate

from .papers import sent

_M = RecommendationMove
TOO_LATE = TooLate(
    stale="Người khác vừa ghi kiến nghị này. Đã hiện nội dung mới nhất, mời xem lại rồi ghi tiếp.",
    illegal="Kiến nghị đã chuyển trạng thái nên không làm được việc này nữa.",
)
# The form in the address → the move that opens it, and its label.
PANELS: Mapping[str, tuple[RecommendationMove, str]] = {
    "soan": (_M.ADDRESS, "Soạn công văn kiến nghị"),
    "gui": (_M.SEND, "Ghi công văn đã gửi"),
    "tra-loi": (_M.AGREE, "Ghi trả lời"),
    "don-doc": (_M.URGE, "Ghi công văn đôn đốc"),
    "chuyen": (_M.REDIRECT, "Gửi cơ quan khác"),
}

_DONE: Mapping[str, str] = {
    "soan": "Đã lưu nơi gửi, nội dung kiến nghị.",
    "gui": "Đã ghi công văn đã gửi.",
    "tra-loi": "Đã ghi văn bản trả lời.",
    "don-doc": "Đã ghi công văn đôn đốc.",
    "chuyen": "Đã ghi phải gửi cơ quan khác: chọn lại nơi gửi.",
}


@require_safe
def recommendation_list(request: UserRequest) -> HttpResponse:
    asked = recommendations.Asked.read(request.GET.dict())
    page = recommendations.recommendations_page(user=request.user, asked=asked, today=clock.today())
    return render(request, "plans/recommendations.html", dict(page))


@require_safe
def recommendations_file(request: UserRequest) -> HttpResponse:
    asked = recommendations.Asked.read(request.GET.dict())
    lines = recommendations.listed(user=request.user, asked=asked, today=clock.today())
    response = HttpResponse(exports.recommendations_xlsx(lines), content_type=exports.XLSX)
    response["Content-Disposition"] = 'attachment; filename="kien-nghi-cap-tren.xlsx"'
    return response


@require_safe
def recommendation_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _or_404(request, pk))


@require_safe
def paper(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Send the letter as a draft, or as it was sent."""
    row = _or_404(request, pk)
    return sent(documents.make_recommendation(row, today=clock.today()), f"kien-nghi-{pk}", kind)


@require_safe
def file(request: UserRequest, pk: int, document: int) -> HttpResponseBase:
    found = recommendations.file_of(_or_404(request, pk), document)
    if found is None or found.file is None:
        raise Http404
    return send_file(found.file)


@require_POST
def address(request: UserRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "soan")


@require_POST
def move(request: UserRequest, pk: int) -> HttpResponse:
    """Make the move named in the form, and go back to the page."""
    key = request.POST.get("move", "")
    return _act(request, pk, key if key in PANELS and key != "soan" else "")


@require_http_methods(["GET", "HEAD", "POST"])
def answer_many(request: UserRequest, pk: int) -> HttpResponse:
    """Record one document that answers of several procedures of a plan."""
    row = _or_404(request, pk)
    if not policies.may_recommend(request.user, _M.AGREE, row):
        raise PermissionDenied
    waiting = recommendations.waiting_with(user=request.user, recommendation=row)
    if not waiting:
        messages.warning(request, TOO_LATE.illegal)
        return redirect(row)
    form = AnswersForm(request.POST or None, request.FILES or None, waiting=waiting)
    if form.is_valid():
        refused = TOO_LATE.refusal(lambda: _answer_many(request, form))
        if refused is None:
            messages.success(request, f"Đã ghi trả lời đối với {len(form.answers())} thủ tục.")
            return redirect(row)
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        if isinstance(refused, Overtaken):
            form.under_versions()
    elif form.is_overtaken:
        form.under_versions()
    context = {"recommendation": row, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "plans/answer_many.html", context, status=status)


def _answer_many(request: UserRequest, form: AnswersForm) -> None:
    try:
        actions.answer_recommendations(
            answers=form.answers(), paper=form.paper(), by=request.user, at=clock.now()
        )
    except actions.AnswerRefused as e:
        raise actions.Refused(str(e), f"{e.field}_{e.recommendation.pk}") from e
    except FileRefused as e:
        raise actions.Refused(str(e), "file") from e


def _act(request: UserRequest, pk: int, key: str) -> HttpResponse:
    row = _or_404(request, pk)
    if not policies.may_recommend(request.user, PANELS[key or "gui"][0], row):
        raise PermissionDenied
    if not key:
        return _page(request, row, status=422)
    form = _FORMS[key](row, data=request.POST, files=request.FILES)
    act = _DEEDS[key]

    def do() -> None:
        try:
            act(row, form, by=request.user, at=clock.now(), seen=form.cleaned_data["version"])
        except FileRefused as e:
            raise actions.Refused(str(e), "file") from e

    if form.is_valid() and TOO_LATE.attempt(form, do, on=row):
        messages.success(request, _DONE[key])
        return redirect(row)
    return _page(request, _or_404(request, pk), bound=(key, form), status=422)


def _address(row: Recommendation, form: Any, *, seen: int, **others: Any) -> None:
    actions.address_recommendation(recommendation=row, asked=form.asked(), seen=seen, **others)


def _send(row: Recommendation, form: Any, *, seen: int, **others: Any) -> None:
    first = actions.SeenRecommendation(row, seen)
    actions.send_recommendations(seen=[first, *form.seen()], letter=form.letter(), **others)


def _urge(row: Recommendation, form: Any, **others: Any) -> None:
    actions.urge_recommendation(recommendation=row, letter=form.letter(), **others)


def _redirect(row: Recommendation, form: Any, **others: Any) -> None:
    reason = form.cleaned_data["reason"]
    actions.redirect_recommendation(recommendation=row, reason=reason, **others)


def _answer(row: Recommendation, form: Any, *, seen: int, **others: Any) -> None:
    answered = actions.Answered(row, seen, form.said())
    actions.answer_recommendations(answers=[answered], paper=form.paper(), **others)


_DEEDS: dict[str, Callable[..., None]] = {
    "soan": _address,
    "gui": _send,
    "tra-loi": _answer,
    "don-doc": _urge,
    "chuyen": _redirect,
}


def _address_form(row: Recommendation, **how: Any) -> AddressForm:
    known = {"authority": row.authority, "request": row.request, "answer_by": row.answer_by}
    return AddressForm(initial={"version": row.version, **known}, **how)


def _send_form(row: Recommendation, **how: Any) -> SendForm:
    known = {"symbol": documents.letter_symbol(row), "answer_by": row.answer_by}
    initial = {"version": row.version, **known}
    return SendForm(initial=initial, together=recommendations.together_with(row), **how)


def _answer_form(row: Recommendation, **how: Any) -> AnswerForm:
    return AnswerForm(initial={"version": row.version}, own=list(row.item.measures.all()), **how)


def _urge_form(row: Recommendation, **how: Any) -> LetterForm:
    return LetterForm(
        initial={"version": row.version, "symbol": documents.letter_symbol(row)}, **how
    )


def _redirect_form(row: Recommendation, **how: Any) -> RedirectForm:
    return RedirectForm(initial={"version": row.version}, **how)


_FORMS: dict[str, Callable[..., VersionForm]] = {
    "soan": _address_form,
    "gui": _send_form,
    "tra-loi": _answer_form,
    "don-doc": _urge_form,
    "chuyen": _redirect_form,
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One move that the person may make: its form, open where something went wrong in it."""

    key: str
    label: str
    url: str
    form: forms.Form

    @property
    def is_open(self) -> bool:
        return self.form.is_bound


def _page(
    request: UserRequest,
    row: Recommendation,
    *,
    bound: tuple[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = recommendations.recommendation_page(
        user=request.user, recommendation=row, today=clock.today()
    )
    can = context["can"]
    panels = [_panel(key, row, bound) for key, (deed, _) in PANELS.items() if can[deed.value]]
    refused = None if bound is None or can[PANELS[bound[0]][0].value] else bound[1]
    return render(
        request,
        "plans/recommendation.html",
        {**context, "panels": panels, "refused": refused},
        status=status,
    )


def _panel(key: str, row: Recommendation, bound: tuple[str, forms.Form] | None) -> Panel:
    own = bound and bound[0] == key
    form = bound[1] if bound and own else _FORMS[key](row, auto_id=f"{key}_%s")
    name = "plans:address_recommendation" if key == "soan" else "plans:move_recommendation"
    return Panel(key, PANELS[key][1], reverse(name, args=[row.pk]), form)


def _or_404(request: UserRequest, pk: int) -> Recommendation:
    try:
        return recommendations.get_visible_recommendation(user=request.user, pk=pk)
    except Recommendation.DoesNotExist:
        raise Http404 from None
