from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from django.db.models import Case, IntegerField, QuerySet, Value, When

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.directives.models import Directive
from tinhgon.domain.vntext import fold

MOST = 20


class SearchPage(TypedDict):
    words: str
    directives: list[Directive]
    duties: list[Duty]
    agencies: list[Agency]
    total: int


def search(*, user: User, words: str, today: date) -> SearchPage:
    """
    Return what matches the words with or without diacritics, exact spelling first, up to 20 of
    each kind.

    Agencies are those that the person may open, the living of `today` before those of the past.
    """
    parts = fold(words).split()
    if not parts:
        return {"words": words, "directives": [], "duties": [], "agencies": [], "total": 0}
    directives = _matching(
        Directive.objects.visible_to(user).select_related("document", "issuer"),
        parts,
        "document__folded",
    )
    duties = _matching(
        Duty.objects.visible_to(user).select_related("issuer", "directive__document"),
        parts,
        "folded",
    )
    agencies = _matching(Agency.objects.visible_to(user), parts, "folded_name").annotate(
        past=Case(
            When(ended_on__lte=today, then=Value(1)), default=Value(0), output_field=IntegerField()
        )
    )
    found = {
        "directives": _exact_first(directives, "document__subject", words, "-created_at"),
        "duties": _exact_first(duties, "text", words, "-issued_at"),
        "agencies": _exact_first(agencies, "name", words, "past", "order", "name"),
    }
    total = sum(len(rows) for rows in found.values())
    return {"words": words, "total": total, **found}  # type: ignore[typeddict-item]


def _matching(rows: QuerySet[Any], parts: list[str], field: str) -> QuerySet[Any]:
    for part in parts:
        rows = rows.filter(**{f"{field}__contains": part})
    return rows


def _exact_first(rows: QuerySet[Any], field: str, words: str, *order: str) -> list[Any]:
    exact = Case(
        When(**{f"{field}__icontains": words}, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return list(rows.annotate(rank=exact).order_by("rank", *order, "pk")[:MOST])
