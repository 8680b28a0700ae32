from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tinhgon.apps.accounts.models import User
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine, DecisionQuerySet
from tinhgon.common.http import whole_number
from tinhgon.domain.vntext import fold

PAGE_SIZE = 50

_SHOWN = (
    "status",
    "effective_on",
    "document__doc_type",
    "document__number",
    "document__symbol",
    "document__subject",
    "document__issued_on",
    "drafter__name",
    "drafter__short_name",
)

# Word in the address → what it shows, with its label.
VIEWS = {
    "": ("Đã ký", (DecisionStatus.SIGNED,)),
    "du-thao": ("Dự thảo", (DecisionStatus.DRAFT,)),
    "trinh-ky": ("Đang trình ký", (DecisionStatus.SUBMITTED,)),
    "da-bo": ("Đã bỏ", (DecisionStatus.DISCARDED,)),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed by, as it stands in the address."""

    view: str = ""
    words: str = ""
    year: int | None = None
    page: str = "1"

    @classmethod
    def read(cls, query: dict[str, Any]) -> Self:
        view = query.get("nhom", "")
        year = whole_number(query.get("nam", ""))
        return cls(
            view=view if view in VIEWS else "",
            words=query.get("q", "").strip()[:200],
            year=year if year is not None and 1945 <= year <= 2199 else None,
            page=query.get("page", "1"),
        )


class _Counted(Paginator[Any]):
    """Pages over rows that are counted already, where nothing narrows the tab."""

    def __init__(self, rows: QuerySet[Any], size: int, *, counted: int | None) -> None:
        super().__init__(rows, size)
        if counted is not None:
            self.count = counted  # in place of the cached property


class Tab(TypedDict):
    label: str
    url: str
    current: bool
    count: int


class ListPage(TypedDict):
    page: Page[Any]
    asked: Asked
    tabs: list[Tab]
    years: list[int]
    may_draft: bool


def list_page(*, user: User, asked: Asked) -> ListPage:
    """Return the decisions that the person may see: signed by day, others by their beginning."""
    visible: DecisionQuerySet = Decision.objects.visible_to(user)
    counts = dict(visible.order_by().values_list("status").annotate(n=Count("pk")))
    statuses = VIEWS[asked.view][1]
    condition = _narrowed(asked)
    found = visible.filter(condition, status__in=statuses)
    lines = (
        DecisionLine.objects.filter(decision=OuterRef("pk"))
        .order_by()
        .values("decision")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = (
        found.select_related("document", "drafter")
        .only(*_SHOWN)
        .annotate(line_count=Coalesce(Subquery(lines), 0))
        .order_by(F("document__issued_on").desc(nulls_first=True), "-pk")
    )
    total = None if condition else sum(counts.get(status, 0) for status in statuses)
    years = visible.filter(status__in=statuses, document__issued_on__isnull=False)
    return {
        "page": _Counted(rows, PAGE_SIZE, counted=total).get_page(asked.page),
        "asked": asked,
        "tabs": _tabs(asked, counts),
        "years": sorted(
            {day.year for day in years.order_by().dates("document__issued_on", "year")},
            reverse=True,
        ),
        "may_draft": bool(policies.drafting_agencies(user)),
    }


def _tabs(asked: Asked, counts: dict[str, int]) -> list[Tab]:
    return [
        Tab(
            label=label,
            url=f"?nhom={view}" if view else "?",
            current=view == asked.view,
            count=sum(counts.get(status, 0) for status in statuses),
        )
        for view, (label, statuses) in VIEWS.items()
    ]


def _narrowed(asked: Asked) -> Q:
    condition = Q()
    for word in fold(asked.words).split():
        condition &= Q(document__folded__contains=word)
    if asked.year is not None:
        condition &= Q(document__issued_on__year=asked.year)
    return condition
