from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.common import clock

from . import actions, queries
from .models import Notice


@require_safe
def notice_list(request: UserRequest) -> HttpResponse:
    context = queries.notice_page(
        user=request.user,
        page=request.GET.get("page", "1"),
        only_unread=request.GET.get("show") == "unread",
    )
    return render(request, "notices/notice_list.html", {**context})


@require_POST
def notice_read(request: UserRequest, pk: int) -> HttpResponseRedirect:
    """Mark one notice read, and go where it points."""
    try:
        notice = queries.get_visible_notice(user=request.user, pk=pk)
    except Notice.DoesNotExist:
        raise Http404 from None
    actions.mark_read(notice=notice, at=clock.now())
    return redirect(notice.url or "notices:list")


@require_POST
def notice_read_all(request: UserRequest) -> HttpResponseRedirect:
    count = actions.mark_all_read(by=request.user, at=clock.now())
    messages.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    return redirect("notices:list")
