"""What waits for one person in review rounds: reviews to write, to confirm, to check."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any, TypedDict

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.access import Permission

SHOWN = 5


class Waiting(TypedDict):
    """One short list of one round: its first rows, and how many there are in all."""

    key: str
    title: str
    rows: list[Review]
    count: int


_TO_WRITE = (Status.RETURNED, Status.IN_PROGRESS, Status.TO_DO)


def waiting(user: User) -> list[Waiting]:
    """
    Return what waits for the person, by round, what came back first; one query.

    Whoever was named reviews; where nobody was, those who sit in the agency. The list of a round,
    narrowed by `waiting_conditions`, has the same rows.
    """
    wanted = _wanted(user)
    found: dict[tuple[str, int], list[Review]] = {}
    for row in _first(user, wanted) if wanted else ():
        key: str = getattr(row, "list")  # noqa: B009 -- annotated
        found.setdefault((key, row.round_id), []).append(row)
    order = list(wanted)
    return [
        Waiting(
            key=key,
            title=_TITLES[key],
            rows=rows,
            count=int(getattr(rows[0], "in_all")),  # noqa: B009 -- annotated
        )
        for (key, _), rows in sorted(found.items(), key=lambda each: order.index(each[0][0]))
    ]


def waiting_conditions(user: User) -> dict[str, Q]:
    """Return what each short list of the person holds, by its status in the list of a round."""
    return {WAITING_STATUSES[key]: condition for key, condition in _wanted(user).items()}


def _wanted(user: User) -> dict[str, Q]:
    conditions = {
        "reviews_to_write": _to_write(user),
        "reviews_to_confirm": _to_confirm(user),
        "reviews_to_check": _to_check(user),
    }
    return {key: each for key, each in conditions.items() if each is not None}


WAITING_STATUSES = {
    "reviews_to_write": "cho-toi-ra-soat",
    "reviews_to_confirm": "cho-toi-xac-nhan",
    "reviews_to_check": "cho-toi-kiem-tra",
}
"""Short list → the status that stands for it in the address of the list of a round."""
_TITLES = {
    "reviews_to_write": "Thủ tục cần rà soát",
    "reviews_to_confirm": "Phiếu rà soát chờ thủ trưởng xác nhận",
    "reviews_to_check": "Phiếu rà soát chờ Văn phòng kiểm tra",
}


def _first(user: User, wanted: Mapping[str, Q]) -> QuerySet[Any]:
    """Return the first rows of each list, each with its `list` and how many it has `in_all`."""
    cases = [When(condition, then=Value(key)) for key, condition in wanted.items()]
    rows: QuerySet[Any] = (
        Review.objects.visible_to(user)
        .filter(reduce(or_, wanted.values()), round__closed_on=None)
        .annotate(
            list=Case(*cases, default=Value("")),
            turn=Case(When(status=Status.RETURNED.value, then=0), default=1),
        )
    )
    apart = [F("list"), F("round")]
    rows = rows.annotate(
        in_all=Window(Count("pk"), partition_by=apart),
        place=Window(RowNumber(), partition_by=apart, order_by=["turn", "pk"]),
    )
    return (
        rows.filter(place__lte=SHOWN)
        .select_related("agency", "round__round", "procedure_version")
        .defer("procedure_version__content", "procedure_version__folded", "answers", "asides")
        .order_by("round__due_on", "round", "place")
    )


def _seats(user: User, permission: Permission) -> list[int]:
    """Return the agencies in which the person sits with the permission."""
    held = user.current_positions
    return [each.agency_id for each in held if permission in each.role.permissions]


def _to_write(user: User) -> Q | None:
    seats = _seats(user, Permission.REVIEW_PROCEDURES)
    if not seats:
        return None
    mine = Q(reviewer=user) | Q(reviewer=None, agency__in=seats)
    return mine & Q(status__in=[status.value for status in _TO_WRITE])


def _to_confirm(user: User) -> Q | None:
    seats = _seats(user, Permission.CONFIRM_REVIEW)
    return Q(agency__in=seats, status=Status.ANSWERED.value) if seats else None


def _to_check(user: User) -> Q | None:
    if not user.access.paths(Permission.CHECK_REVIEW):
        return None
    own = [position.agency_id for position in user.current_positions]
    mine = branch(user, "agency", Permission.CHECK_REVIEW) & ~Q(agency__in=own)
    return mine & Q(status=Status.CONFIRMED.value)
