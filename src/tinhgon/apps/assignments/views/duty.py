from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import actions, policies
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.assignments.forms import AmendForm, WithdrawForm
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.assignments.queries import duty as duties
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock
from tinhgon.common.attempts import under_version
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

from .loading import ILLEGAL, STALE, duty_or_404


@require_safe
def duty_detail(request: UserRequest, pk: int) -> HttpResponse:
    asked = request.GET.get("trang-thai", "")
    page = duties.duty_page(
        user=request.user,
        duty=duty_or_404(request, pk),
        view=View(asked) if asked in View.values else None,
        number=request.GET.get("page", "1"),
        today=clock.today(),
        calendar=calendars.calendar(),
    )
    context = {**page, "back": request.get_full_path(), "problem": "", "oob": False}
    return render(request, "assignments/duty.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: UserRequest, pk: int) -> HttpResponse:
    """Change the words or the day of a duty, as a later letter says."""
    duty = _given(request, pk)
    initial = {"version": duty.version, "text": duty.text}
    form = AmendForm(request.POST or None, initial=initial, **_choice(duty))
    if request.method == "POST" and form.is_valid():
        done = _attempt(
            form,
            duty,
            lambda cleaned: actions.amend_duty(
                duty=duty,
                letter=cleaned["letter"],
                text=cleaned["text"],
                due=form.due(calendars.calendar()),
                reason=cleaned["reason"],
                by=request.user,
                at=clock.now(),
                version=cleaned["version"],
            ),
        )
        if done:
            messages.success(request, "Đã điều chỉnh nhiệm vụ và báo cho các cơ quan thực hiện.")
            return redirect(duty)
    return _form_page(request, duty, form, AMEND)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a duty back from every agency whose answer is not accepted yet."""
    duty = _given(request, pk)
    initial = {"version": duty.version}
    form = WithdrawForm(request.POST or None, initial=initial, **_choice(duty))
    if request.method == "POST" and form.is_valid():
        done = _attempt(
            form,
            duty,
            lambda cleaned: actions.withdraw_duty(
                duty=duty,
                letter=cleaned["letter"],
                reason=cleaned["reason"],
                by=request.user,
                at=clock.now(),
                version=cleaned["version"],
            ),
        )
        if done:
            messages.success(request, "Đã thu hồi nhiệm vụ và báo cho các cơ quan thực hiện.")
            return redirect(duty)
    return _form_page(request, duty, form, WITHDRAW)


AMEND = {
    "heading": "Điều chỉnh nhiệm vụ",
    "explanation": "Việc chưa xong của các cơ quan theo nội dung, thời hạn mới. "
    "Cơ quan đã được gia hạn quá ngày mới thì giữ ngày đã gia hạn.",
    "button": "Điều chỉnh và thông báo",
}
WITHDRAW = {
    "heading": "Thu hồi nhiệm vụ",
    "explanation": "Nhiệm vụ được thu hồi từ mọi cơ quan chưa có kết quả được duyệt, kể cả các đơn "
    "vị được giao tiếp. Kết quả đã duyệt giữ nguyên.",
    "button": "Thu hồi và thông báo",
    "look": "danger",
}


def _given(request: UserRequest, pk: int) -> Duty:
    duty = duty_or_404(request, pk)
    if not policies.gives(request.user, duty):
        raise PermissionDenied
    return duty


def _choice(duty: Duty) -> dict[str, Any]:
    """What was passed on needs no letter; what a letter gave only a letter changes."""
    return {"letters": duties.later_letters(duty.directive), "must": duty.parent is None}


def _attempt(form: forms.Form, duty: Duty, act: Callable[[dict[str, Any]], Any]) -> bool:
    """Do it, or put what went wrong into the form."""
    try:
        act(form.cleaned_data)
    except actions.Refused as e:
        form.add_error(e.field if e.field in form.fields else None, str(e))
    except StaleObject:
        form.add_error(None, STALE)
        under_version(form, duty.version)
    except IllegalMove:
        form.add_error(None, ILLEGAL)
    return form.is_valid()


def _form_page(
    request: UserRequest, duty: Duty, form: forms.Form, words: dict[str, str]
) -> HttpResponse:
    context = {"duty": duty, "form": form, "look": "primary", **words}
    status = 422 if form.is_bound else 200
    return render(request, "assignments/change.html", context, status=status)
