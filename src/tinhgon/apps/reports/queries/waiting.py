"""What waits for one person: reports of his agency to send, and reports in its hand to receive."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from tinhgon.apps.accounts.models import User
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Report
from tinhgon.common.shortlist import Columns, first
from tinhgon.domain.access import Permission
from tinhgon.domain.reporting import EDITABLE

from .listing import written_in

TO_SEND, TO_RECEIVE = "reports_to_send", "reports_to_receive"


def waiting(user: User, *, today: date) -> dict[str, QuerySet[Report]]:
    """Return the reports that wait for the person, without the lists that are none of his."""
    seen = Report.objects.visible_to(user)
    running = seen.filter(period__closed_on=None, period__opened_on__lte=today)
    conditions = {TO_SEND: _to_send(user), TO_RECEIVE: _to_receive(user)}
    return {key: running.filter(each) for key, each in conditions.items() if each is not None}


def short_lists(user: User, *, today: date) -> list[Any]:
    """Return what waits for the person, what came back first, then by the last day."""
    came_back = When(status=ReportStatus.RETURNED.value, then=0)
    order = (Case(came_back, default=1), "due_on")
    return [
        first(rows, key, _COLUMNS[key], order=order)
        for key, rows in waiting(user, today=today).items()
    ]


_COLUMNS = {
    TO_SEND: Columns("period__name", "agency", F("period__opened_on"), F("due_on")),
    TO_RECEIVE: Columns("period__name", "agency", F("sent_at"), F("due_on")),
}


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
    return written_in(seats) & Q(status__in=[status.value for status in EDITABLE])


def _to_receive(user: User) -> Q | None:
    seats = _seats(user, Permission.RECEIVE_REPORTS)
    if not seats:
        return None
    in_hand = [ReportStatus.SENT.value, ReportStatus.NIL.value]
    return Q(receiver__in=seats, status__in=in_hand)
