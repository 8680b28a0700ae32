from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures.queries import choices, listing
from tinhgon.apps.procedures.queries.asked import Asked
from tinhgon.apps.procedures.queries.lines import COLUMNS, shown
from tinhgon.apps.savedviews import queries as saved_views
from tinhgon.apps.savedviews.enums import ListName
from tinhgon.common import clock

from ._cells import rows

CHOOSABLE = [(column.key, column.heading) for column in COLUMNS.values() if column.key != "ten"]


@require_safe
def procedure_list(request: UserRequest) -> HttpResponse:
    """Show the list; the address alone opens the saved view that the person chose for it."""
    asked = Asked.read(request.GET)
    saved = saved_views.menu(user=request.user, page=ListName.PROCEDURES, query=asked.address())
    if not request.GET and saved.opens_with:
        return redirect(saved.opens_with)
    page = listing.list_page(
        user=request.user,
        asked=asked,
        number=request.GET.get("page", "1"),
        today=clock.today(),
        columns=saved.columns,
    )
    context = {
        **page,
        "rows": rows(page["lines"], page["columns"], page["day"], ticks=page["may_change"]),
        "saved": saved,
    }
    return render(request, "procedures/list.html", context)


@require_safe
def columns(request: UserRequest) -> HttpResponse:
    """Let the person choose the columns of the list."""
    asked = Asked.read(request.GET)
    saved = saved_views.menu(user=request.user, page=ListName.PROCEDURES, query=asked.address())
    now = [column.key for column in shown(asked.mode, asked.columns, saved.columns)[1:]]
    context = {
        "saved": saved,
        "choices": saved.choices(CHOOSABLE, now),
        "back": f"{reverse('procedures:list')}{asked.address()}",
    }
    return render(request, "savedviews/columns.html", context)


@require_safe
def fields(request: UserRequest) -> HttpResponse:
    """Return options for the input that names a field, by what is typed in it."""
    typed = next(iter(request.GET.values()), "")  # whatever the input is called
    found = choices.fields(str(typed)[:200])
    return render(request, "procedures/_field_options.html", {"found": found})
