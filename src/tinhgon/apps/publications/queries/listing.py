from __future__ import annotations

from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count

from tinhgon.apps.accounts.models import User
from tinhgon.apps.publications.models import Decision

PAGE_SIZE = 50


class ListPage(TypedDict):
    page: Page[Any]


def list_page(*, user: User, number: str) -> ListPage:
    """Return the decisions that the person may see, the newest first."""
    found = (
        Decision.objects.visible_to(user)
        .select_related("document", "drafter")
        .annotate(line_count=Count("lines"))
        .order_by("-created_at", "-pk")
    )
    return {"page": Paginator(found, PAGE_SIZE).get_page(number)}
