"""Suggesting something without signing in."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect

from tinhgon.apps.portal import actions, queries
from tinhgon.apps.portal.forms import SuggestionForm, opened
from tinhgon.apps.portal.http import public, public_form, show
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common import clock
from tinhgon.common.http import whole_number
from tinhgon.common.limits import client_address
from tinhgon.domain.procedures import Step
from tinhgon.domain.suggesting import Refusal

_WORDS = {
    Refusal.ROBOT: "Chưa gửi được: gửi quá nhanh, hoặc ô ẩn của biểu mẫu bị trình duyệt tự điền. "
    "Chờ vài giây rồi bấm gửi lại.",
    Refusal.STALE: "Biểu mẫu đã mở quá lâu. Nội dung vẫn còn dưới đây, mời bấm gửi lại.",
    Refusal.TOO_MANY: "Hôm nay đã nhận đủ số góp ý từ địa chỉ mạng này. Mời gửi lại vào ngày mai.",
    Refusal.FLOOD: "Hôm nay đã nhận quá nhiều góp ý chưa kịp xem. Mời gửi lại vào ngày mai.",
}
_TOO_MANY = {Refusal.TOO_MANY, Refusal.FLOOD}


@public_form
def suggest(request: HttpRequest, pk: int) -> HttpResponse:
    version = _version_or_404(pk)
    step = _step(version, request.GET.get("buoc", ""))
    now = clock.now()
    form = SuggestionForm(request.POST or None, initial={"opened_at": opened(now)})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            sent = actions.Sent(
                text=form.cleaned_data["text"],
                name=form.cleaned_data["name"],
                email=form.cleaned_data["email"],
                trap=form.cleaned_data["website"],
                step=step.number if step else None,
                seconds=form.seconds(now),
                address=client_address(request),
            )
            try:
                actions.send_suggestion(version=version, sent=sent, at=now)
            except actions.NotTaken as e:
                form.add_error(None, _WORDS[e.refusal])
                status = 429 if e.refusal in _TOO_MANY else 422
            else:
                return redirect("portal:suggested", pk=pk)
        form = _again(request, form, opened(now))
    context = {
        "form": form,
        "version": version,
        "procedure": version.procedure,
        "step": step,
        "csrf_token": get_token(request),
        "section": "catalogue",
    }
    return show(request, "portal/suggest.html", context, status)


@public
def suggested(request: HttpRequest, pk: int) -> HttpResponse:
    version = _version_or_404(pk)
    context = {"version": version, "procedure": version.procedure, "section": "catalogue"}
    return show(request, "portal/suggested.html", context)


def _version_or_404(pk: int) -> ProcedureVersion:
    try:
        return queries.get_public_version(pk=pk, day=clock.today())
    except Procedure.DoesNotExist:
        raise Http404 from None


def _step(version: ProcedureVersion, asked: str) -> Step | None:
    number = whole_number(asked)
    return next((step for step in version.record.steps if step.number == number), None)


def _again(request: HttpRequest, form: SuggestionForm, opened_at: str) -> SuggestionForm:
    """Return the form with what was typed, to be sent anew as if opened now."""
    typed = request.POST.copy()
    typed["opened_at"], typed["website"] = opened_at, ""
    form.data = typed
    return form
