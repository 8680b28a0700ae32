from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.search import queries
from tinhgon.common import clock
from tinhgon.domain.access import Permission

from .queries import my_day

_MOST_LETTERS = 200  # of a question

# What a person may do, and the page that he then needs first; who only reads opens the board.
_FIRST_PAGES = [
    (Permission.ANSWER, "my_work"),
    (Permission.REVIEW, "my_work"),
    (Permission.PASS_ON, "my_work"),
    (Permission.UPLOAD_DIRECTIVE, "directives:list"),
    (Permission.MANAGE_PEOPLE, "accounts:list"),
]


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """Open the page of the day for that role."""
    access = request.user.access
    pages = (page for permission, page in _FIRST_PAGES if access.paths(permission))
    return redirect(next(pages, "assignments:board"))


@require_safe
def my_work(request: UserRequest) -> HttpResponse:
    """Show what the person has to do: his assignments in the order of urgency, then the papers."""
    day = my_day(user=request.user, today=clock.today(), calendar=calendars.calendar())
    receives = bool(request.user.access.paths(Permission.UPLOAD_DIRECTIVE))
    context = {**day.assignments, "waiting": day.waiting, "receives": receives}
    return render(request, "home/my_work.html", context)


@require_safe
def search(request: UserRequest) -> HttpResponse:
    found = queries.search(
        user=request.user,
        words=_words(request),
        kinds=request.GET.getlist("loai"),
        page=request.GET.get("page", "1"),
        today=clock.today(),
    )
    return render(request, "home/search.html", {"found": found})


@require_safe
def suggestions(request: UserRequest) -> HttpResponse:
    """Answer what is being typed into the box at the top of each page."""
    words = _words(request)
    hits = queries.suggest(user=request.user, words=words, today=clock.today())
    return render(request, "home/_suggestions.html", {"hits": hits, "words": words})


def _words(request: UserRequest) -> str:
    return request.GET.get("q", "").strip()[:_MOST_LETTERS]


@require_safe
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the application and its database work; for whoever watches the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
