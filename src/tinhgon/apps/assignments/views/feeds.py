from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.assignments import actions, exports
from tinhgon.apps.assignments.models import FeedToken
from tinhgon.apps.assignments.queries import feeds, filters
from tinhgon.apps.calendars import queries as calendars
from tinhgon.common import clock


@require_safe
def feed_list(request: UserRequest) -> HttpResponse:
    return _page(request)


@require_POST
def create(request: UserRequest) -> HttpResponse:
    """Answer with the address itself: it is shown this once and stands in no later page."""
    wanted = request.POST.get("agency", "")
    agency = None
    if wanted:
        seen = {each.pk: each for each in feeds.agencies_to_follow(request.user)}
        agency = seen.get(filters.number(wanted) or 0)
        if agency is None:
            raise PermissionDenied
    token = actions.create_feed(agency=agency, by=request.user, at=clock.now())
    return _page(request, address=settings.SITE_URL + reverse("assignments:feed", args=[token]))


@require_POST
def revoke(request: UserRequest, pk: int) -> HttpResponse:
    try:
        feed = feeds.get_own_feed(user=request.user, pk=pk)
    except FeedToken.DoesNotExist:
        raise Http404 from None
    actions.revoke_feed(feed=feed, by=request.user, at=clock.now())
    messages.success(request, "Đã thu hồi địa chỉ lịch; ứng dụng lịch không đọc được nữa.")
    return redirect("assignments:feeds")


@require_safe
@login_not_required
def feed(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = feeds.feed_for(token)
    except FeedToken.DoesNotExist:
        raise Http404 from None
    data = exports.calendar_feed(
        feeds.deadlines_of(found), now=clock.now(), calendar=calendars.calendar()
    )
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="tinhgon.ics"'
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: UserRequest, *, address: str = "") -> HttpResponse:
    context = {**feeds.feeds_page(user=request.user), "address": address}
    return render(request, "assignments/feeds.html", context)
