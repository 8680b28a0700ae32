from __future__ import annotations

from datetime import date, datetime, time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.exchange import actions, exports, packages, policies
from tinhgon.apps.exchange.forms import StateForm, VersionForm
from tinhgon.apps.exchange.models import Dispatch, DispatchFile, Receiver
from tinhgon.apps.exchange.queries import dispatches, service
from tinhgon.apps.files.http import send_file
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.domain.exchange import PackageRefused

from .papers import FORMS, dialect_asked, edxml

TOO_LATE = TooLate(
    stale="Người khác vừa ghi trạng thái. Đã hiện nội dung mới nhất, mời xem lại.",
    illegal="Văn bản này không sửa được nữa.",
)


def _dispatch_or_404(request: UserRequest, pk: int) -> Dispatch:
    try:
        return dispatches.get_visible_dispatch(user=request.user, pk=pk)
    except Dispatch.DoesNotExist:
        raise Http404 from None


def _check(request: UserRequest, dispatch: Dispatch) -> None:
    if not policies.may_register(request.user, dispatch.owner):
        raise PermissionDenied


@require_safe
def dispatch_list(request: UserRequest) -> HttpResponse:
    asked = dispatches.Asked.read(request.GET.dict())
    page = dispatches.dispatches_page(user=request.user, asked=asked)
    context = {**page, "trouble": service.trouble(request.user)}
    return render(request, "exchange/dispatches.html", context)


@require_safe
def dispatch_xlsx(request: UserRequest) -> HttpResponse:
    asked = dispatches.Asked.read(request.GET.dict())
    rows = dispatches.matching(user=request.user, asked=asked)
    response = HttpResponse(exports.dispatches_xlsx(rows), content_type=exports.XLSX)
    response["Content-Disposition"] = 'attachment; filename="van-ban-gui-di.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def dispatch_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _dispatch_or_404(request, pk))


@require_safe
def dispatch_file(request: UserRequest, pk: int, part: int) -> FileResponse:
    dispatch = _dispatch_or_404(request, pk)
    try:
        found = dispatch.parts.select_related("file").get(pk=part)
    except DispatchFile.DoesNotExist:
        raise Http404 from None
    return send_file(found.file)


@require_safe
def package(request: UserRequest, pk: int) -> HttpResponse:
    """Send the package; where something is missing, say what on the page."""
    dispatch = _dispatch_or_404(request, pk)
    try:
        data = packages.packed(dispatch, _outgoing(dispatch).message, form=dialect_asked(request))
    except (PackageRefused, packages.NoFile) as refused:
        messages.error(request, f"Chưa lập được gói tin: {refused}")
        return redirect(dispatch)
    return edxml(data, f"van-ban-{pk}")


@require_POST
def set_state(request: UserRequest, pk: int) -> HttpResponse:
    """Write what an addressee said, by hand."""
    dispatch = _dispatch_or_404(request, pk)
    _check(request, dispatch)
    form = StateForm(request.POST, receivers=dispatches.receivers_of(dispatch))
    if not form.is_valid():
        return _page(request, dispatch, form, status=422)
    typed = form.cleaned_data
    try:
        receiver = dispatches.get_receiver(dispatch=dispatch, pk=typed["receiver"][0])
    except Receiver.DoesNotExist:
        raise Http404 from None
    now = clock.now()
    done = TOO_LATE.attempt(
        form,
        lambda: actions.tell_state(
            receiver=receiver,
            state=typed["state"],
            told_at=_moment(typed["told_on"], now),
            note=typed["note"],
            by=request.user,
            at=now,
            version=typed["receiver"][1],
        ),
    )
    if done:
        messages.success(request, f"Đã ghi trạng thái của {receiver}.")
        return redirect(dispatch)
    return _page(request, dispatch, form, status=422)


@require_POST
def queue(request: UserRequest, pk: int) -> HttpResponse:
    """Let the daily run hand it to the province's service."""
    dispatch = _dispatch_or_404(request, pk)
    _check(request, dispatch)
    form = VersionForm(request.POST)
    if form.is_valid() and TOO_LATE.attempt(
        form,
        lambda: actions.queue_dispatch(
            dispatch=dispatch,
            by=request.user,
            at=clock.now(),
            version=form.cleaned_data["version"],
        ),
    ):
        messages.success(request, "Đã xếp hàng. Lượt chạy tới sẽ gửi qua trục.")
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))
    return redirect(dispatch)


def _moment(day: date, now: datetime) -> datetime:
    """A day told today counts from now, another from its noon."""
    if day == now.date():
        return now
    return timezone.make_aware(datetime.combine(day, time(12)), timezone.get_current_timezone())


def _outgoing(dispatch: Dispatch) -> packages.Outgoing:
    receivers = dispatches.receivers_of(dispatch)
    now = clock.now()
    codes = dispatches.codes_for(dispatch, receivers, today=now.date())
    return packages.outgoing(dispatch, receivers, codes=codes, at=dispatch.recorded_at)


def _page(
    request: UserRequest, dispatch: Dispatch, form: StateForm | None = None, status: int = 200
) -> HttpResponse:
    words = request.GET.get("noi-nhan", "")[:200]
    page = dispatches.dispatch_page(
        user=request.user, dispatch=dispatch, words=words, at=clock.now()
    )
    receivers = [line["receiver"] for line in page["lines"]]
    codes = dispatches.codes_for(dispatch, receivers, today=clock.today())
    going = packages.outgoing(dispatch, receivers, codes=codes, at=dispatch.recorded_at)
    context = {
        **page,
        "problems": going.problems,
        "form": form or StateForm(receivers=receivers, initial={"told_on": clock.today()}),
        "dialects": FORMS.items(),
    }
    return render(request, "exchange/dispatch.html", context, status=status)
