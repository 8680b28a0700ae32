"""What waits for one person: reports of his agency to send, and reports in its hand to receive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, TypedDict

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Report
from tinhgon.domain.access import Permission
from tinhgon.domain.reporting import EDITABLE

SHOWN = 5
TITLES = {
    "reports_to_send": "Báo cáo phải gửi",
    "reports_to_receive": "Báo cáo chờ nhận",
}


class Waiting(TypedDict):
    """One short list: its first rows, and how many there are in all."""

    key: str
    title: str
    rows: list[Report]
    count: int


def waiting(user: User, *, today: date) -> list[Waiting]:
    """Return what waits for the person, what came back first, then by the last day; one query."""
    conditions = {
        "reports_to_send": _to_send(user),
        "reports_to_receive": _to_receive(user),
    }
    wanted = {key: each for key, each in conditions.items() if each is not None}
    found: dict[str, list[Report]] = {key: [] for key in wanted}
    for row in _first(wanted, today) if wanted else ():
        found[getattr(row, "list")].append(row)  # noqa: B009 -- annotated
    return [
        Waiting(key=key, title=TITLES[key], rows=rows, count=_count(rows))
        for key, rows in found.items()
    ]


def _count(rows: list[Report]) -> int:
    return int(getattr(rows[0], "in_all")) if rows else 0  # noqa: B009 -- annotated


def _first(wanted: Mapping[str, Q], today: date) -> QuerySet[Any]:
    cases = [When(condition, then=Value(key)) for key, condition in wanted.items()]
    rows: QuerySet[Any] = Report.objects.filter(
        reduce(or_, wanted.values()), period__closed_on=None, period__opened_on__lte=today
    ).annotate(
        list=Case(*cases, default=Value("")),
        turn=Case(When(status=ReportStatus.RETURNED.value, then=0), default=1),
    )
    rows = rows.annotate(
        in_all=Window(Count("pk"), partition_by=[F("list")]),
        place=Window(RowNumber(), partition_by=[F("list")], order_by=["turn", "due_on", "pk"]),
    )
    shown = rows.filter(place__lte=SHOWN).select_related("agency", "period", "receiver")
    return shown.order_by("place")


def _seats(user: User, *permissions: Permission) -> set[int]:
    """Return the agencies in whose name the person acts, as `policies.acts_for`."""
    return {
        key
        for held in user.current_positions
        if set(permissions) & set(held.role.permissions)
        for key in (held.agency_id, held.scope_id)
        if key is not None
    }


def _to_send(user: User) -> Q | None:
    seats = _seats(user, Permission.WRITE_REPORT, Permission.SEND_REPORT)
    if not seats:
        return None
    mine = Q(agency__in=seats, successor=None) | Q(successor__in=seats)
    return mine & Q(status__in=[status.value for status in EDITABLE])


def _to_receive(user: User) -> Q | None:
    seats = _seats(user, Permission.RECEIVE_REPORTS)
    if not seats:
        return None
    in_hand = [ReportStatus.SENT.value, ReportStatus.NIL.value]
    return Q(receiver__in=seats, status__in=in_hand)
