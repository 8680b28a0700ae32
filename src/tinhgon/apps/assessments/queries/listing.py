"""Lists: rounds with their totals, the sheets of a round, the norms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.expressions import OrderBy

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments import policies
from tinhgon.apps.assessments.models import CostSheet, NormChange
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.http import whole_number
from tinhgon.domain.costing import Comparison, HourlyValue, method_citation, total
from tinhgon.domain.vntext import fold, format_share

from ._loading import norm_of, norm_on, norms

PAGE_SIZE = 100
_NOTHING = Decimal(0)
# Reviews without a sheet come last on either database.
ORDERS: Mapping[str, Sequence[str | OrderBy]] = {
    "chi-phi": [F("cost_sheet__cost_now").desc(nulls_last=True)],
    "tiet-kiem": [F("cost_sheet__saved").desc(nulls_last=True)],
    "co-quan": ["agency__order", "agency__name"],
    "": [],
}


@dataclass(frozen=True, slots=True)
class Sums:
    """
    What the sheets of a round, or of one agency in it, add up to in đồng a year.

    `total.saved` = `confirmed` + `re_estimate` + `real_cut`: what was saved when the head first
    confirmed it, or is saved where nobody changed it since; then what better figures make of these
    cuts, and what other cuts save since.
    """

    reviews: int
    sheets: int
    total: Comparison
    re_estimate: Decimal
    real_cut: Decimal

    @property
    def confirmed(self) -> Decimal:
        return self.total.saved - self.re_estimate - self.real_cut

    @property
    def percent(self) -> int:
        return round(100 * self.sheets / self.reviews) if self.reviews else 0

    @property
    def ratio(self) -> str:
        return format_share(self.total.ratio)


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round with its sums, for what the person sees of it."""

    round: ReviewRound
    sums: Sums


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency with its sums in one round."""

    agency: Agency
    sums: Sums


class ListPage(TypedDict):
    lines: list[RoundLine]


class SheetLine(TypedDict):
    review: Review
    sheet: CostSheet | None
    ratio: str


class RoundPage(TypedDict):
    review_round: ReviewRound
    sums: Sums
    agencies: list[AgencyLine]
    page: Page[Review]
    lines: list[SheetLine]
    shown: str
    order: str
    query: str
    agency: str
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
    sums = _summed(visible, "round")
    return {"lines": [RoundLine(each, sums.get(each.pk, _NO_SUMS)) for each in rounds]}


def round_page(
    *, user: User, review_round: ReviewRound, asked: Mapping[str, str], number: str
) -> RoundPage:
    """
    Return the sheets of a round that the person sees.

    `asked`, as it stands in the address: "bang" is "co" with a sheet, "chua" without; "sap-xep" one
    of `ORDERS`; "ten" words of name, code or agency; "co-quan" the key of an agency.
    """
    visible = Review.objects.visible_to(user).filter(round=review_round)
    sums = _summed(visible, "agency")
    agencies = Agency.objects.filter(pk__in=list(sums)).order_by("order", "name", "pk")
    rows = _filtered(visible, asked).select_related("procedure_version", "agency", "cost_sheet")
    order = asked.get("sap-xep", "")
    order = order if order in ORDERS else ""
    page = Paginator(rows.order_by(*ORDERS[order], "pk"), PAGE_SIZE).get_page(number)
    return {
        "review_round": review_round,
        "sums": _added(sums.values()),
        "agencies": [AgencyLine(each, sums[each.pk]) for each in agencies],
        "page": page,
        "lines": [_sheet_line(review) for review in page],
        "shown": asked.get("bang", ""),
        "order": order,
        "query": asked.get("ten", ""),
        "agency": asked.get("co-quan", ""),
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


def _filtered(rows: QuerySet[Review], asked: Mapping[str, str]) -> QuerySet[Review]:
    if (shown := asked.get("bang", "")) in {"co", "chua"}:
        rows = rows.filter(cost_sheet__isnull=shown == "chua")
    if (agency := whole_number(asked.get("co-quan", ""))) is not None:
        rows = rows.filter(agency=agency)
    for word in fold(asked.get("ten", "")).split():
        rows = rows.filter(procedure_version__folded__contains=word)
    return rows


def _summed(rows: QuerySet[Review], by: str) -> Mapping[int, Sums]:
    """Return key of a round or an agency → what its sheets add up to."""
    found: Iterable[Any] = (
        rows.order_by()
        .values_list(by)
        .annotate(
            Count("pk"),
            Count("cost_sheet"),
            *(Sum(f"cost_sheet__{name}") for name in _COLUMNS),
        )
    )
    return {row[0]: _sums(row[1], row[2], row[3:]) for row in found}


_COLUMNS = ("cost_now", "cost_after", "re_estimate", "real_cut")


def _sums(reviews: int, sheets: int, sums: Iterable[Decimal | None]) -> Sums:
    now, after, re_estimate, real_cut = (each or _NOTHING for each in sums)
    return Sums(reviews, sheets, Comparison(now, after), re_estimate, real_cut)


_NO_SUMS = Sums(0, 0, Comparison(_NOTHING, _NOTHING), _NOTHING, _NOTHING)


def _added(many: Iterable[Sums]) -> Sums:
    found = list(many)
    return Sums(
        sum(each.reviews for each in found),
        sum(each.sheets for each in found),
        total(each.total for each in found),
        sum((each.re_estimate for each in found), _NOTHING),
        sum((each.real_cut for each in found), _NOTHING),
    )


def _sheet_line(review: Review) -> SheetLine:
    sheet = getattr(review, "cost_sheet", None)
    return {
        "review": review,
        "sheet": sheet,
        "ratio": format_share(sheet.comparison.ratio) if sheet else "",
    }
