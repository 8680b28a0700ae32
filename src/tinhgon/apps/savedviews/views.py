from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.common import clock
from tinhgon.common.http import whole_number

from . import actions, queries
from .enums import ListName
from .models import SavedView

_MOST_COLUMNS = 60


@require_safe
def view_list(request: UserRequest) -> HttpResponse:
    return render(request, "savedviews/list.html", {**queries.own_page(user=request.user)})


@require_POST
def save(request: UserRequest) -> HttpResponse:
    page = _page(request)
    query = request.POST.get("query", "")

    def act() -> str:
        view = actions.save_view(
            page=page,
            name=request.POST.get("name", ""),
            query=query,
            shared="shared" in request.POST,
            by=request.user,
            at=clock.now(),
        )
        if "opens" in request.POST:
            actions.open_with(page=page, view=view, by=request.user)
        return f"Đã lưu bộ lọc “{view.name}”."

    _say(request, act)
    return _back(page, query)


@require_POST
def change(request: UserRequest, pk: int) -> HttpResponse:
    view = _view_or_404(request, pk)

    def act() -> str:
        actions.change_view(
            view=view,
            name=request.POST.get("name", ""),
            shared="shared" in request.POST,
            by=request.user,
            at=clock.now(),
            seen=whole_number(request.POST.get("version", "")) or 0,
        )
        return "Đã lưu."

    _say(request, act)
    return redirect("savedviews:list")


@require_POST
def delete(request: UserRequest, pk: int) -> HttpResponse:
    view = _view_or_404(request, pk)
    actions.delete_view(view=view, by=request.user, at=clock.now())
    messages.success(request, f"Đã xóa bộ lọc “{view.name}”.")
    return redirect("savedviews:list")


@require_POST
def columns(request: UserRequest) -> HttpResponse:
    """Take the ticked columns in the order of the numbers beside them."""
    page = _page(request)
    ticked = list(dict.fromkeys(request.POST.getlist("cot")))[:_MOST_COLUMNS]
    places = {key: whole_number(request.POST.get(f"thu-tu-{key}", "")) for key in ticked}
    usual = "usual" in request.POST
    in_order = sorted(ticked, key=lambda key: places[key] or _MOST_COLUMNS)
    actions.choose_columns(page=page, columns=[] if usual else in_order, by=request.user)
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    query.pop("cot", None)  # what was chosen now counts, not what the address said
    return _back(page, query.urlencode())


@require_POST
def open_with(request: UserRequest) -> HttpResponse:
    page = _page(request)
    view = None
    if (pk := whole_number(request.POST.get("view", ""))) is not None:
        visible = SavedView.objects.visible_to(request.user)
        if (view := visible.filter(pk=pk).first()) is None:
            raise Http404

    def act() -> str:
        actions.open_with(page=page, view=view, by=request.user)
        return (
            f"Danh sách sẽ mở sẵn với bộ lọc “{view.name}”."
            if view
            else "Danh sách sẽ mở như thường lệ."
        )

    _say(request, act)
    return redirect("savedviews:list")


def _page(request: UserRequest) -> ListName:
    try:
        return ListName(request.POST.get("page", ""))
    except ValueError:
        raise BadRequest("no list of that name") from None


def _view_or_404(request: UserRequest, pk: int) -> SavedView:
    try:
        return queries.get_own_view(user=request.user, pk=pk)
    except SavedView.DoesNotExist:
        raise Http404 from None


def _say(request: UserRequest, act: Callable[[], str]) -> None:
    try:
        messages.success(request, act())
    except actions.Refused as e:
        messages.error(request, str(e))
    except actions.StaleObject:
        messages.error(request, "Bộ lọc vừa được thay đổi ở nơi khác. Xem lại rồi sửa tiếp.")


def _back(page: ListName, query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse(page.value)}?{queries.kept(query)}")
