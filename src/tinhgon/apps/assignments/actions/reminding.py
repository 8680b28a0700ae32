"""
Reminding, once a day: the agencies of what is due, those who gave the work of what is late, and
one level up of what stays late. Each rung of the ladder is told once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Assignment, Reminder
from tinhgon.apps.assignments.queries.reminders import (
    Circle,
    Due,
    circle,
    due_today,
    overdue_by_issuer,
)
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.notices import queries as waiting
from tinhgon.apps.notices.models import Notice
from tinhgon.domain.deadlines import Ladder, describe, last_day_words, timeliness
from tinhgon.domain.vntext import format_date, format_number
from tinhgon.domain.workdays import WorkCalendar

# The alert budget: so many lines of a kind a person gets in a day; the rest is summed up in one.
LINES_A_PERSON = 8
LINES_A_MAIL = 30
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Message:
    """One line for one person."""

    user: int
    kind: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Round:
    """What one run tells, before anything of it is written."""

    messages: list[Message]
    reminders: list[Reminder]


def plan_reminders(*, today: date, calendar: WorkCalendar, ladder: Ladder) -> Round:
    """Return what is to be told today; nothing on a day off."""
    if not calendar.is_working_day(today):
        return Round([], [])
    dues = due_today(today=today, calendar=calendar, ladder=ladder)
    if not dues:
        return Round([], [])
    people = circle(on=today)
    tell = _teller(today, calendar)
    messages = [
        *_to_agencies([due for due in dues if due.reminds], people, tell),
        *_to_issuers([due for due in dues if due.reminds], people, today),
        *_one_level_up([due for due in dues if due.escalates], people),
    ]
    reminders = [
        Reminder(
            assignment_id=due.pk,
            step=due.step.working_days,
            due_on=due.due_on,
            sent_on=today,
            escalated=escalated,
        )
        for due in dues
        for escalated, wanted in ((False, due.reminds), (True, due.escalates))
        if wanted
    ]
    return Round(messages, reminders)


@transaction.atomic
def remind(*, at: datetime, calendar: WorkCalendar, ladder: Ladder) -> Round:
    """
    Tell today's rungs in the application, all or none, and note that they were told.

    A second run on the same day finds nothing new. The mail goes out by `mail_digests`.
    """
    planned = plan_reminders(today=at.date(), calendar=calendar, ladder=ladder)
    Notice.objects.bulk_create(
        [
            Notice(
                user_id=message.user,
                kind=message.kind,
                text=message.text[:500],
                url=message.url,
                created_at=at,
            )
            for message in planned.messages
        ],
        batch_size=_BATCH,
    )
    Reminder.objects.bulk_create(planned.reminders, batch_size=_BATCH)
    return planned


Sums = Callable[[User], Sequence[tuple[str, int]]]


def mail_digests(*, at: datetime, sums: Sums = lambda user: ()) -> int:
    """
    Send each person one letter with what is new for him, and return how many went out.

    `sums` says what waits for a person in all, as titles and numbers of his page of the day.

    What was sent is noted person by person, so that a crash sends nothing twice and loses nothing.
    """
    sent = 0
    connection = get_connection()
    for user, lines in waiting.unmailed():
        _digest(user, lines, sums(user), at=at, connection=connection).send()
        notices.mark_mailed(notices=lines, at=at)
        sent += 1
    return sent


def _digest(
    user: User,
    lines: Sequence[Notice],
    sums: Sequence[tuple[str, int]],
    *,
    at: datetime,
    connection: object,
) -> EmailMessage:
    urgent_first = sorted(lines, key=lambda line: (_ORDER.get(line.kind, 9), line.pk))
    shown = urgent_first[:LINES_A_MAIL]
    context = {
        "user": user,
        "day": format_date(at.date()),
        "lines": [
            (line.text, f"{settings.SITE_URL}{line.url}" if line.url else "") for line in shown
        ],
        "rest": len(lines) - len(shown),
        "sums": [(title, format_number(count)) for title, count in sums],
        "my_work_url": f"{settings.SITE_URL}{reverse('my_work')}",
        "site": settings.SITE_URL,
        "notices_url": f"{settings.SITE_URL}{reverse('notices:list')}",
    }
    return EmailMessage(
        subject=f"Nhắc việc ngày {format_date(at.date())}: {len(lines)} thông báo",
        body=render_to_string("assignments/mail/digest.txt", context),
        to=[user.email],
        connection=connection,  # type: ignore[arg-type]
    )


_ORDER = {
    "assignments.escalated": 0,
    "assignments.reminded": 1,
    "assignments.collected": 2,
}

Tell = Callable[[date], str]


def _teller(today: date, calendar: WorkCalendar) -> Tell:
    """Return how work with a deadline stands, told once for each day."""
    known: dict[date, str] = {}

    def tell(due_on: date) -> str:
        if due_on not in known:
            words = str(describe(timeliness(due_on, None, today, calendar)))
            known[due_on] = f"{words}, hạn {last_day_words(due_on, calendar)}"
        return known[due_on]

    return tell


def _to_agencies(dues: Iterable[Due], people: Circle, tell: Tell) -> list[Message]:
    """One digest for each person who answers: the most urgent lines, and the sum of the rest."""
    by_user: dict[int, list[Due]] = defaultdict(list)
    for due in dues:
        for user in people.answering(due.agency):
            by_user[user].append(due)
    return [message for user, own in by_user.items() for message in _own_digest(user, own, tell)]


def _own_digest(user: int, own: Sequence[Due], tell: Tell) -> list[Message]:
    shown = own if len(own) <= LINES_A_PERSON else own[: LINES_A_PERSON - 1]
    found = [
        Message(
            user,
            "assignments.reminded",
            f"{tell(due.due_on)}: {due.summary}",
            _assignment_url(due.pk),
        )
        for due in shown
    ]
    if rest := len(own) - len(shown):
        found.append(
            Message(
                user,
                "assignments.reminded",
                f"Còn {format_number(rest)} việc khác sắp đến hạn hoặc quá hạn.",
                reverse("my_work"),
            )
        )
    return found


def _to_issuers(dues: Iterable[Due], people: Circle, today: date) -> list[Message]:
    """
    One line for whoever checks the answers, for each agency that gave the work: what is newly
    late, and how much is late in all.
    """
    late: Counter[tuple[int, bool]] = Counter()
    for due in dues:
        if due.step.working_days > 0:
            late[due.issuer, due.passed_on] += 1
    standing = overdue_by_issuer(today=today) if late else {}
    found: dict[tuple[int, int], Message] = {}
    for issuer, passed_on in late:
        news = sum(number for (other, _), number in late.items() if other == issuer)
        total, agencies = standing.get(issuer, (0, 0))
        text = (
            f"▲ {format_number(total)} việc của {format_number(agencies)} cơ quan quá hạn do "
            f"{people.agencies[issuer].label} giao; {format_number(news)} việc mới đến mốc nhắc."
        )
        url = _late_url({"giao-boi": issuer})
        for user in people.deciding(issuer, passed_on=passed_on):
            found[user, issuer] = Message(user, "assignments.collected", text, url)
    return list(found.values())


def _one_level_up(dues: Iterable[Due], people: Circle) -> list[Message]:
    """One line for each branch: what stayed late although everybody concerned was reminded."""
    by_level: dict[tuple[int, int], list[Due]] = defaultdict(list)
    hearers: dict[tuple[int, int], set[int]] = {}
    for due in dues:
        above, users = people.above(due.agency, due.issuer)
        by_level[above, due.issuer].append(due)
        hearers[above, due.issuer] = users
    found = []
    for key, group in by_level.items():
        agencies = {due.agency for due in group}
        names = sorted(people.agencies[pk].label for pk in agencies)
        named = ", ".join(names[:5]) + (f" và {len(names) - 5} cơ quan khác" if names[5:] else "")
        text = (
            f"▲ {format_number(len(group))} việc do {people.agencies[key[1]].label} giao đã quá "
            f"hạn nhiều ngày, đã nhắc mà chưa báo cáo: {named}."
        )
        url = _late_url({"giao-boi": key[1]})
        found += [Message(user, "assignments.escalated", text, url) for user in hearers[key]]
    return found


def _assignment_url(pk: int) -> str:
    return Assignment(pk=pk).get_absolute_url()


def _late_url(query: dict[str, object]) -> str:
    return f"{reverse('assignments:late')}?{urlencode(query)}"
