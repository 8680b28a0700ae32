"""Lists: rounds with their totals, the sheets of a round, the norms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Sum

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.models import CostSheet, NormChange
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.costing import Comparison, HourlyValue, method_citation
from tinhgon.domain.vntext import format_share

from ._loading import norm_of, norm_on, norms

PAGE_SIZE = 100
_NOTHING = Decimal(0)
ORDERS = {
    "chi-phi": "-cost_sheet__cost_now",
    "tiet-kiem": "-cost_sheet__saved",
    "co-quan": "agency__path",
    "": "pk",
}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with what its sheets add up to, for what the person sees of it."""

    round: ReviewRound
    reviews: int
    sheets: int
    total: Comparison

    @property
    def percent(self) -> int:
        return round(100 * self.sheets / self.reviews) if self.reviews else 0

    @property
    def ratio(self) -> str:
        return format_share(self.total.ratio)


class ListPage(TypedDict):
    lines: list[RoundLine]


class SheetLine(TypedDict):
    review: Review
    sheet: CostSheet | None
    ratio: str


class RoundPage(TypedDict):
    review_round: ReviewRound
    line: RoundLine
    page: Page[Review]
    lines: list[SheetLine]
    shown: str
    order: str
    query: str
    norm: HourlyValue
    changes: list[NormChange]
    can_set_norms: bool
    choices: list[HourlyValue]


class NormsPage(TypedDict):
    norms: list[HourlyValue]
    current: HourlyValue
    citation: str
    can_add: bool


def list_page(*, user: User) -> ListPage:
    rounds = list(ReviewRound.objects.visible_to(user).select_related("round", "agency"))
    visible = Review.objects.visible_to(user)
    sums = {row["round"]: row for row in _summed(visible)}
    return {"lines": [_line(each, sums.get(each.pk, {})) for each in rounds]}


def round_page(
    *, user: User, review_round: ReviewRound, shown: str, order: str, query: str, number: str
) -> RoundPage:
    """
    Return the sheets of a round that the person sees.

    `shown`: "co" with a sheet, "chua" without; `order` one of `ORDERS`; `query` words of the name.
    """
    visible = Review.objects.visible_to(user).filter(round=review_round)
    sums = next(iter(_summed(visible)), {})
    rows = _filtered(visible, shown, query).select_related(
        "procedure_version", "agency", "cost_sheet"
    )
    order = order if order in ORDERS else ""
    page = Paginator(rows.order_by(ORDERS[order], "pk"), PAGE_SIZE).get_page(number)
    return {
        "review_round": review_round,
        "line": _line(review_round, sums),
        "page": page,
        "lines": [_sheet_line(review) for review in page],
        "shown": shown,
        "order": order,
        "query": query,
        "norm": norm_of(review_round),
        "changes": list(review_round.norm_changes.select_related("applied_by")[:PAGE_SIZE]),
        "can_set_norms": policies.can_set_norms(user, review_round)
        and review_round.closed_on is None,
        "choices": norms(),
    }


def norms_page(*, user: User, today: date) -> NormsPage:
    known = norms()
    return {
        "norms": known,
        "current": norm_on(today, known),
        "citation": method_citation(),
        "can_add": policies.can_add_norms(user),
    }


def _filtered(rows: QuerySet[Review], shown: str, query: str) -> QuerySet[Review]:
    if shown in {"co", "chua"}:
        rows = rows.filter(cost_sheet__isnull=shown == "chua")
    if query.strip():
        rows = rows.filter(procedure_version__name__icontains=query.strip())
    return rows


def _summed(rows: QuerySet[Review]) -> Iterable[Mapping[str, Any]]:
    return (
        rows.order_by()
        .values("round")
        .annotate(
            reviews=Count("pk"),
            sheets=Count("cost_sheet"),
            now=Sum("cost_sheet__cost_now"),
            after=Sum("cost_sheet__cost_after"),
        )
    )


def _line(review_round: ReviewRound, found: Mapping[str, Any]) -> RoundLine:
    return RoundLine(
        review_round,
        found.get("reviews", 0),
        found.get("sheets", 0),
        Comparison(found.get("now") or _NOTHING, found.get("after") or _NOTHING),
    )


def _sheet_line(review: Review) -> SheetLine:
    sheet = getattr(review, "cost_sheet", None)
    return {
        "review": review,
        "sheet": sheet,
        "ratio": format_share(sheet.comparison.ratio) if sheet else "",
    }
