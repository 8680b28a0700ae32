from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.exchange import actions, imports, policies
from tinhgon.apps.exchange.forms import EndOrganForm, OrganForm, OrgansFileForm
from tinhgon.apps.exchange.models import OrganId
from tinhgon.apps.exchange.queries import organs
from tinhgon.common import clock
from tinhgon.common.attempts import TooLate
from tinhgon.common.uploads import Upload

TOO_LATE = TooLate(
    stale="Người khác vừa sửa mã này. Đã hiện nội dung mới nhất, mời xem lại.",
    illegal="Mã này không sửa được nữa.",
)


@require_safe
def organ_list(request: UserRequest) -> HttpResponse:
    return _page(request)


@require_POST
def organ_add(request: UserRequest) -> HttpResponse:
    _check(request)
    form = OrganForm(request.POST)
    if form.is_valid():
        values = imports.OrganValues(**form.cleaned_data)
        if TOO_LATE.attempt(
            form,
            lambda: actions.add_organ_id(values=values, by=request.user, at=clock.now()),
        ):
            messages.success(request, f"Đã ghi mã {values.code} cho {values.agency}.")
            return redirect("exchange:organs")
    return _page(request, add=form)


@require_POST
def organ_import(request: UserRequest) -> HttpResponse:
    _check(request)
    form = OrgansFileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = Upload.of(form.cleaned_data["file"])
        added: list[int] = []

        def take() -> None:
            rows = imports.read_organs(upload.data, today=clock.today())
            added.append(actions.import_organ_ids(rows=rows, by=request.user, at=clock.now()))

        if TOO_LATE.attempt(form, take):
            messages.success(request, f"Đã nhập {added[0]} mã mới.")
            return redirect("exchange:organs")
    return _page(request, sheet=form)


@require_POST
def organ_end(request: UserRequest, pk: int) -> HttpResponse:
    _check(request)
    try:
        organ = OrganId.objects.select_related("agency").get(pk=pk)
    except OrganId.DoesNotExist:
        raise Http404 from None
    form = EndOrganForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        if TOO_LATE.attempt(
            form,
            lambda: actions.end_organ_id(
                organ=organ,
                ended_on=typed["ended_on"],
                by=request.user,
                at=clock.now(),
                version=typed["version"],
            ),
            on=organ,
        ):
            messages.success(request, f"Đã kết thúc mã {organ.code}.")
            return redirect("exchange:organs")
    for errors in form.errors.values():
        messages.error(request, f"{organ.code}: {errors[0]}")
    return redirect("exchange:organs")


def _check(request: UserRequest) -> None:
    if not policies.can_manage_organs(request.user):
        raise PermissionDenied


def _page(request: UserRequest, add: Form | None = None, sheet: Form | None = None) -> HttpResponse:
    page = organs.organs_page(
        user=request.user,
        words=request.GET.get("q", "")[:100],
        ended=request.GET.get("het-han") == "1",
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    context = {
        **page,
        "add_form": add or OrganForm(initial={"started_on": clock.today()}),
        "file_form": sheet or OrgansFileForm(),
        "today": clock.today(),
    }
    status = 422 if add or sheet else 200
    return render(request, "exchange/organs.html", context, status=status)
