from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tinhgon.apps.accounts.http import UserRequest


@require_safe
def home(request: UserRequest) -> HttpResponse:
    """Open the page of the day: my work."""
    return redirect("assignments:mine")


@require_safe
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the application and its database work; for whoever watches the server."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
