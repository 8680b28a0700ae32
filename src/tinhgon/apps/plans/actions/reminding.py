"""Reminding, once a day: whose legal texts are due, and the Office of what stays late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.plans.models import LegalChange, LegalChangeReminder
from tinhgon.common.rungs import told_steps
from tinhgon.domain.access import Permission
from tinhgon.domain.deadlines import (
    Ladder,
    Rung,
    describe,
    last_day_words,
    new_rungs,
    timeliness,
)
from tinhgon.domain.vntext import format_number
from tinhgon.domain.workdays import WorkCalendar

LINES_AN_AGENCY = 8
"""So many texts an agency is told of one by one in a day; the rest is summed up."""

_BATCH = 1_000


DueText = Rung[LegalChange]


def due_texts(*, today: date, calendar: WorkCalendar, ladder: Ladder) -> list[DueText]:
    """Return the texts whose rung is new, the latest first; none on a day off."""
    reminders = LegalChangeReminder.objects.filter(due_on=F("change__due_on"))
    told = told_steps(reminders, "change")
    rows = (
        LegalChange.objects.to_carry_out()
        .open_on(today)
        .filter(due_on__isnull=False)
        .select_related("agency", "item__plan__agency", "item__review__procedure_version")
        .defer("item__review__procedure_version__content", "item__to_be")
        .order_by("due_on", "pk")
    )
    return new_rungs(
        rows,
        due_on=lambda change: change.due_on,
        told=lambda change: told.get(change.pk),
        today=today,
        calendar=calendar,
        ladder=ladder,
    )


@transaction.atomic
def remind_texts(*, at: datetime, calendar: WorkCalendar, ladder: Ladder) -> int:
    """
    Tell today's rungs, all or none, and note that they were told; return how many there were.

    A second run on the same day finds nothing new.
    """
    today = at.date()
    dues = due_texts(today=today, calendar=calendar, ladder=ladder)
    by_agency: dict[int, list[DueText]] = defaultdict(list)
    for due in dues:
        by_agency[due.what.agency_id].append(due)
    for own in by_agency.values():
        _tell_agency(own[0].what.agency, own, today, calendar, at)
    _tell_office([due for due in dues if due.step.escalates], today, at)
    LegalChangeReminder.objects.bulk_create(
        [
            LegalChangeReminder(
                change=due.what, step=due.step.working_days, due_on=due.due_on, sent_on=today
            )
            for due in dues
        ],
        batch_size=_BATCH,
    )
    return len(dues)


def _tell_agency(
    agency: Agency, dues: list[DueText], today: date, calendar: WorkCalendar, at: datetime
) -> None:
    users = people.holding_nearest(agency, Permission.ANSWER, on=today)
    for due in dues[:LINES_AN_AGENCY]:
        standing = describe(timeliness(due.due_on, None, today, calendar))
        last = last_day_words(due.due_on, calendar)
        text = f"{standing}, hạn {last}: sửa {due.what} ({due.what.item})"
        _tell(users, "plans.text_due", text, due.what.get_absolute_url(), at)
    rest = len(dues) - LINES_AN_AGENCY
    if rest > 0:
        text = f"Còn {format_number(rest)} văn bản khác sắp đến hạn hoặc quá hạn sửa đổi."
        _tell(users, "plans.text_due", text, reverse("plans:texts"), at)


def _tell_office(dues: list[DueText], today: date, at: datetime) -> None:
    by_office: dict[int, tuple[User, int]] = {}
    for agency, number in _by_plan_agency(dues):
        for user in people.holding(agency, Permission.ASSESS_PLAN, on=today):
            by_office[user.pk] = (user, by_office.get(user.pk, (user, 0))[1] + number)
    for user, number in by_office.values():
        text = (
            f"▲ {format_number(number)} văn bản quá hạn sửa đổi nhiều ngày, đã nhắc mà chưa xong."
        )
        url = f"{reverse('plans:texts')}?nhom=qua-han"
        _tell([user], "plans.text_late", text, url, at)


def _by_plan_agency(dues: Iterable[DueText]) -> list[tuple[Agency, int]]:
    found: dict[int, tuple[Agency, int]] = {}
    for due in dues:
        agency = due.what.item.plan.agency
        found[agency.pk] = (agency, found.get(agency.pk, (agency, 0))[1] + 1)
    return list(found.values())


def _tell(users: Iterable[User], kind: str, text: str, url: str, at: datetime) -> None:
    notices.notify(users=users, kind=kind, text=text, url=url, at=at)
