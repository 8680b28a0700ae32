"""Reminding, once a day: that those above were to answer, and have not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.plans.enums import RecommendationStatus
from tinhgon.apps.plans.models import Recommendation, RecommendationReminder
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
"""So many letters an agency is told of one by one in a day; the rest is summed up."""

_BATCH = 1_000


DueAnswer = Rung[Recommendation]


def due_recommendations(*, today: date, calendar: WorkCalendar, ladder: Ladder) -> list[DueAnswer]:
    """Return the answers whose rung is new, the latest first; none on a day off."""
    reminders = RecommendationReminder.objects.filter(due_on=F("recommendation__answer_by"))
    told = told_steps(reminders, "recommendation")
    rows = (
        Recommendation.objects.filter(
            status=RecommendationStatus.SENT.value, answer_by__isnull=False
        )
        .select_related("agency", "letter", "item__review__procedure_version")
        .defer("item__review__procedure_version__content", "item__to_be", "letter__text")
        .order_by("answer_by", "pk")
    )
    return new_rungs(
        rows,
        due_on=lambda row: row.answer_by,
        told=lambda row: told.get(row.pk),
        today=today,
        calendar=calendar,
        ladder=ladder,
    )


@transaction.atomic
def remind_recommendations(*, at: datetime, calendar: WorkCalendar, ladder: Ladder) -> int:
    """
    Tell today's rungs, all or none, and note that they were told; return how many there were.

    Who follows recommendations in an agency is told of each letter; the Office of how many stay
    late.
    """
    today = at.date()
    dues = due_recommendations(today=today, calendar=calendar, ladder=ladder)
    by_agency: dict[int, dict[tuple[Any, ...], list[DueAnswer]]] = defaultdict(dict)
    for due in dues:  # several procedures of one letter are told of together
        letters = by_agency[due.what.agency_id]
        letters.setdefault((due.what.letter_id, due.due_on), []).append(due)
    for letters in by_agency.values():
        _tell_agency(list(letters.values()), today, calendar, at)
    _tell_office([due for due in dues if due.step.escalates], today, at)
    RecommendationReminder.objects.bulk_create(
        [
            RecommendationReminder(
                recommendation=due.what,
                step=due.step.working_days,
                due_on=due.due_on,
                sent_on=today,
            )
            for due in dues
        ],
        batch_size=_BATCH,
    )
    return len(dues)


def _tell_agency(
    letters: list[list[DueAnswer]], today: date, calendar: WorkCalendar, at: datetime
) -> None:
    agency = letters[0][0].what.agency
    users = people.holding_nearest(agency, Permission.REVIEW_PROCEDURES, on=today)
    for dues in letters[:LINES_AN_AGENCY]:
        first = dues[0]
        standing = describe(timeliness(first.due_on, None, today, calendar))
        last = last_day_words(first.due_on, calendar)
        text = f"{standing}, đề nghị trả lời {last}: {_named(dues)}"
        _tell(users, text, first.what.get_absolute_url(), at)
    rest = sum(map(len, letters[LINES_AN_AGENCY:]))
    if rest:
        text = f"Còn {format_number(rest)} kiến nghị khác sắp đến hạn hoặc quá hạn trả lời."
        _tell(users, text, f"{reverse('plans:recommendations')}?nhom=cho&viec=toi", at)


def _named(dues: list[DueAnswer]) -> str:
    first = dues[0].what
    if len(dues) == 1:
        return str(first)
    number = format_number(len(dues))
    return f"{first.letter} gửi {first.authority}, kiến nghị về {number} thủ tục"


def _tell(users: Iterable[User], text: str, url: str, at: datetime) -> None:
    notices.notify(users=users, kind="plans.answer_due", text=text, url=url, at=at)


def _tell_office(dues: list[DueAnswer], today: date, at: datetime) -> None:
    by_office: dict[int, tuple[User, int]] = {}
    for due in dues:
        agency = due.what.agency
        for user in people.holding(agency, Permission.ASSESS_PLAN, on=today):
            by_office[user.pk] = (user, by_office.get(user.pk, (user, 0))[1] + 1)
    for user, number in by_office.values():
        notices.notify(
            users=[user],
            kind="plans.answer_late",
            text=f"▲ {format_number(number)} kiến nghị cấp trên quá hạn trả lời nhiều ngày.",
            url=f"{reverse('plans:recommendations')}?nhom=qua-han",
            at=at,
        )
