from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.exchange import actions, exports, policies
from tinhgon.apps.exchange.enums import Outcome
from tinhgon.apps.exchange.forms import HandleForm, ReceiveForm
from tinhgon.apps.exchange.models import Arrival, ArrivalFile
from tinhgon.apps.exchange.queries import arrivals, organs, service
from tinhgon.apps.files.http import send_file
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate

TOO_LATE = TooLate(
    stale="Người khác vừa xử lý gói tin này. Đã hiện nội dung mới nhất, mời xem lại.",
    illegal="Gói tin này không còn chờ xử lý.",
)


def arrival_or_404(request: UserRequest, pk: int) -> Arrival:
    try:
        return arrivals.get_visible_arrival(user=request.user, pk=pk)
    except Arrival.DoesNotExist:
        raise Http404 from None


@require_safe
def arrival_list(request: UserRequest) -> HttpResponse:
    asked = arrivals.Asked.read(request.GET.dict())
    page = arrivals.arrivals_page(user=request.user, asked=asked)
    context = {**page, "trouble": service.trouble(request.user)}
    return render(request, "exchange/arrivals.html", context)


@require_safe
def arrival_xlsx(request: UserRequest) -> HttpResponse:
    asked = arrivals.Asked.read(request.GET.dict())
    rows = arrivals.matching(user=request.user, asked=asked)
    return _download(exports.arrivals_xlsx(rows), exports.XLSX, "goi-tin-den.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: UserRequest) -> HttpResponse:
    """Take in a package: the form, or the package itself."""
    if not arrivals.receiving_agencies(request.user).exists():
        raise PermissionDenied
    form = ReceiveForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        arrival = actions.receive_package(
            upload=form.upload(),
            issuer=form.cleaned_data["issuer"],
            by=request.user,
            at=clock.now(),
            calendar=calendars.calendar(),
        )
        if arrival.directive is not None:
            messages.success(request, "Đã nhận gói tin. Phần đầu văn bản lấy từ gói tin.")
            return redirect(arrival.directive)
        return redirect(arrival)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "exchange/receive.html", {"form": form}, status=status)


@require_safe
def arrival_detail(request: UserRequest, pk: int) -> HttpResponse:
    arrival = arrival_or_404(request, pk)
    return _page(request, arrival, HandleForm(initial={"version": arrival.version}))


@require_safe
def arrival_file(request: UserRequest, pk: int, part: int) -> FileResponse:
    try:
        found = arrivals.get_file(arrival=arrival_or_404(request, pk), pk=part)
    except ArrivalFile.DoesNotExist:
        raise Http404 from None
    return send_file(found.file)


@require_safe
def answer(request: UserRequest, pk: int) -> HttpResponse:
    """Send what the sender of a package expects: a state where there is one, else the code."""
    arrival, now = arrival_or_404(request, pk), clock.now()
    code = organs.codes_on(now.date(), [arrival.owner]).get(arrival.owner_id, "")
    if request.GET.get("dang") == "json" or not (
        status := exports.status_of(arrival, code=code, at=now)
    ):
        return _download(
            exports.answer_json(arrival), "application/json", f"phan-hoi-{arrival.pk}.json"
        )
    return _download(status, "application/xml", f"trang-thai-{arrival.pk}.edxml")


@require_POST
def handle(request: UserRequest, pk: int) -> HttpResponse:
    """Decide on what the package asks."""
    arrival = arrival_or_404(request, pk)
    if not policies.may_register(request.user, arrival.owner):
        raise PermissionDenied
    form = HandleForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        done = TOO_LATE.attempt(
            form,
            lambda: actions.handle_arrival(
                arrival=arrival,
                outcome=Outcome(typed["outcome"]),
                read_letter=typed["read_letter"],
                note=typed["note"],
                by=request.user,
                at=clock.now(),
                calendar=calendars.calendar(),
                version=typed["version"],
            ),
            on=arrival,
        )
        if done:
            messages.success(request, "Đã ghi quyết định.")
            return redirect(arrival.directive or arrival)
    return _page(request, arrival, form, status=422)


def _page(
    request: UserRequest, arrival: Arrival, form: HandleForm, status: int = 200
) -> HttpResponse:
    page = arrivals.arrival_page(user=request.user, arrival=arrival)
    return render(request, "exchange/arrival.html", {**page, "form": form}, status=status)


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
