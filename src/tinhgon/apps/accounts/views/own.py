from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts import actions, queries
from tinhgon.apps.accounts.http import UserRequest
from tinhgon.common import clock


@require_safe
def me(request: UserRequest) -> HttpResponse:
    context = queries.own_page(user=request.user, session_key=request.session.session_key)
    return render(request, "accounts/me.html", {**context})


@require_safe
def roles(request: UserRequest) -> HttpResponse:
    return render(request, "accounts/roles.html", {"roles": queries.roles()})


@require_POST
def end_session(request: UserRequest, pk: int) -> HttpResponseRedirect:
    try:
        session = queries.live_sessions(user=request.user).get(pk=pk)
    except UserSession.DoesNotExist:
        raise Http404 from None
    actions.end_sessions(sessions=[session], by=request.user, at=clock.now())
    messages.success(request, "Đã kết thúc phiên đăng nhập.")
    return redirect("accounts:me")


@require_POST
def end_other_sessions(request: UserRequest) -> HttpResponseRedirect:
    others = queries.live_sessions(user=request.user).exclude(
        session_key=request.session.session_key
    )
    ended = actions.end_sessions(sessions=others, by=request.user, at=clock.now())
    messages.success(request, f"Đã kết thúc {ended} phiên đăng nhập khác.")
    return redirect("accounts:me")
