from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest
from tinhgon.apps.procedures.queries import choices, listing
from tinhgon.apps.procedures.queries.asked import Asked
from tinhgon.common import clock

from ._cells import rows


@require_safe
def procedure_list(request: UserRequest) -> HttpResponse:
    page = listing.list_page(
        user=request.user,
        asked=Asked.read(request.GET),
        number=request.GET.get("page", "1"),
        today=clock.today(),
    )
    shown = rows(page["lines"], page["columns"], page["day"])
    return render(request, "procedures/list.html", {**page, "rows": shown})


@require_safe
def fields(request: UserRequest) -> HttpResponse:
    """Return options for the input that names a field, by what is typed in it."""
    typed = next(iter(request.GET.values()), "")  # whatever the input is called
    found = choices.fields(str(typed)[:200])
    return render(request, "procedures/_field_options.html", {"found": found})
