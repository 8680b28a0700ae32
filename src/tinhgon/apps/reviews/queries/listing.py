"""The reviews of a round: what stands behind each number of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import OUTCOME_CHOICES, STATUS_CHOICES, Move, Outcome, Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.http import whole_number
from tinhgon.domain.vntext import fold

from .rounds import late_condition
from .waiting import waiting_conditions

PAGE_SIZE = 50
TO_DO = "can-lam"
"""Everything that the agency still has to send to its head."""
LATE = "tre"
_STATUSES = [(TO_DO, "Cơ quan còn phải làm"), *STATUS_CHOICES, (LATE, "Trễ hạn")]
_MINE = {
    "cho-toi-ra-soat": "Chờ tôi rà soát",
    "cho-toi-xac-nhan": "Chờ tôi xác nhận",
    "cho-toi-kiem-tra": "Chờ tôi kiểm tra",
}
"""What waits for the person himself: the status as `waiting_conditions` has it, with its words."""


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """What the list is narrowed by, as it stands in the address."""

    words: str = ""
    agency: str = ""
    status: str = ""
    outcome: str = ""
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    review: Review
    can_move: bool
    is_late: bool


class ReviewsPage(TypedDict):
    review_round: ReviewRound
    wanted: ReviewFilter
    page: Page[Review]
    lines: list[Line]
    agencies: list[tuple[str, str, bool]]
    statuses: list[tuple[str, str, bool]]
    outcomes: list[tuple[str, str, bool]]
    reviewed_by: list[tuple[str, str, bool]]
    move: Move | None
    agency: Agency | None


def reviews_page(
    *, user: User, review_round: ReviewRound, wanted: ReviewFilter, number: str, today: date
) -> ReviewsPage:
    """
    Return one page of the reviews of a round that the person may see.

    `move` is what he may do with several of them at once.
    """
    seen = Review.objects.visible_to(user).filter(round=review_round)
    agencies = list(
        Agency.objects.filter(pk__in=seen.order_by().values("agency")).order_by("order", "name")
    )
    own = waiting_conditions(user) if review_round.closed_on is None else {}
    rows = _narrowed(seen, user, wanted, {**own, LATE: late_condition(review_round, today)})
    rows = rows.select_related("agency", "reviewer", "procedure_version", "procedure", "round")
    rows = rows.defer(
        "answers", "asides", "procedure_version__content", "procedure_version__folded"
    )
    ordered = rows.order_by("procedure_version__sort_name", "pk")
    page = Paginator(ordered, PAGE_SIZE).get_page(number)
    move = _move(user, page.object_list, today)
    agency = next((each for each in agencies if str(each.pk) == wanted.agency), None)
    return {
        "review_round": review_round,
        "wanted": wanted,
        "page": page,
        "lines": [
            Line(row, _can(user, move, row, today), row.is_late_on(today))
            for row in page.object_list
        ],
        "agencies": [(str(a.pk), a.label, str(a.pk) == wanted.agency) for a in agencies],
        "statuses": [
            (value, words, value == wanted.status)
            for value, words in [*((key, _MINE[key]) for key in own), *_STATUSES]
        ],
        "outcomes": [(value, words, value == wanted.outcome) for value, words in OUTCOME_CHOICES],
        "reviewed_by": [("1", "Tôi", wanted.mine)],
        "move": move,
        "agency": agency,
    }


def _narrowed(
    rows: QuerySet[Review], user: User, wanted: ReviewFilter, conditions: Mapping[str, Q]
) -> QuerySet[Review]:
    if (agency := whole_number(wanted.agency)) is not None:
        rows = rows.filter(agency=agency)
    if wanted.status == TO_DO:
        before = [Status.TO_DO.value, Status.IN_PROGRESS.value, Status.RETURNED.value]
        rows = rows.filter(status__in=before)
    elif wanted.status in conditions:
        rows = rows.filter(conditions[wanted.status])
    elif wanted.status in set(Status):
        rows = rows.filter(status=wanted.status)
    if wanted.outcome in set(Outcome):
        rows = rows.filter(outcome=wanted.outcome)
    if wanted.mine:
        rows = rows.filter(reviewer=user)
    for word in fold(wanted.words).split():
        rows = rows.filter(procedure_version__folded__contains=word)
    return rows


def _move(user: User, rows: object, today: date) -> Move | None:
    """Return what can be done with several rows: to confirm goes before to check."""
    found = list(rows) if isinstance(rows, QuerySet | list) else []
    for move in (Move.CONFIRM, Move.CHECK):
        if any(_can(user, move, row, today) for row in found):
            return move
    return None


def _can(user: User, move: Move | None, review: Review, today: date) -> bool:
    """Nobody stands behind the review of a version that is no longer in force."""
    if move is None or not review.procedure_version.holds_on(today):
        return False
    return policies.can(user, move, review)
