from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypedDict

from django.core.paginator import Page
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from tinhgon.apps.accounts.models import User
from tinhgon.apps.publications import policies
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine, DecisionQuerySet
from tinhgon.common.http import whole_number
from tinhgon.common.paging import CountedPaginator
from tinhgon.domain.vntext import fold

from .choosing import waiting_versions

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
    waiting: int  # procedures that no decision has yet


def list_page(*, user: User, asked: Asked) -> ListPage:
    """Return the decisions that the person may see: signed by day, others by their beginning."""
    counts = _counts(user)
    statuses = VIEWS[asked.view][1]
    there = _visible(user, statuses)
    condition = _narrowed(asked)
    total = None if condition else sum(counts.get(status, 0) for status in statuses)
    keys = there.filter(condition).order_by("-issued_on", "-pk").values_list("pk", flat=True)
    page = CountedPaginator(keys, PAGE_SIZE, counted=total).get_page(asked.page)
    page.object_list = _shown(list(page.object_list))
    may_draft = bool(policies.drafting_agencies(user))
    days = there.filter(issued_on__isnull=False).order_by().values_list("issued_on", flat=True)
    return {
        "page": page,
        "asked": asked,
        "tabs": _tabs(asked, counts),
        "years": sorted({day.year for day in days.distinct() if day}, reverse=True),
        "may_draft": may_draft,
        "waiting": waiting_versions(user).count() if may_draft else 0,
    }


def _visible(user: User, statuses: Collection[DecisionStatus]) -> DecisionQuerySet:
    """Return what the person may see in these states; of the signed ones that is every one."""
    found: DecisionQuerySet = Decision.objects.filter(status__in=statuses)
    return found if set(statuses) == {DecisionStatus.SIGNED} else found.visible_to(user)


def _counts(user: User) -> dict[str, int]:
    """Return how many there are in each state; two queries, which no decision is read for."""
    others = [status for status in DecisionStatus if status is not DecisionStatus.SIGNED]
    found = _visible(user, others).order_by().values_list("status").annotate(n=Count("*"))
    signed = _visible(user, [DecisionStatus.SIGNED]).count()
    return {**dict(found), DecisionStatus.SIGNED.value: signed}


def _shown(keys: Sequence[int]) -> list[Decision]:
    lines = (
        DecisionLine.objects.filter(decision=OuterRef("pk"))
        .order_by()
        .values("decision")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = (
        Decision.objects.select_related("document", "drafter")
        .only(*_SHOWN)
        .annotate(line_count=Coalesce(Subquery(lines), 0))
        .in_bulk(keys)
    )
    return [rows[key] for key in keys]


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
        condition &= Q(issued_on__year=asked.year)
    return condition
