from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import VIETNAM
from tests.factories import Province, make_user
from tests.factories.assignments import (
    CALENDAR,
    ISSUED_AT,
    issue,
    make_assignment,
    make_directive,
    make_proposal,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.actions import reminding
from tinhgon.apps.assignments.enums import Status, View
from tinhgon.apps.assignments.models import Assignment, Reminder
from tinhgon.apps.assignments.queries.listing import Filters, matching
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.notices.models import Notice
from tinhgon.domain.deadlines import seed_ladder

from .standings import put

pytestmark = pytest.mark.django_db
DUE = date(2024, 6, 30)  # a Sunday; the last working day is Friday 28/6


@pytest.fixture(autouse=True)
def leader(province: Province) -> User:
    return make_user(province.committee, "leader")


@pytest.fixture
def assignment(province: Province, coordinator: User, officer: User) -> Assignment:
    found = make_assignment(province.departments[0], coordinator, due_on=DUE)
    Notice.objects.all().delete()
    return found


def _run(day: date, hour: int = 7) -> list[tuple[str, str]]:
    """Remind on a day; return kind and text of what was told."""
    at = datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)
    told = actions.remind(at=at, calendar=CALENDAR, ladder=seed_ladder())
    return [(message.kind.removeprefix("assignments."), message.text) for message in told.messages]


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def test_the_ladder_is_climbed_once_over_days_off_and_holidays(
    assignment: Assignment, officer: User
) -> None:
    told = {
        day: sorted({kind for kind, _ in _run(day)})
        for day in _days(date(2024, 6, 10), date(2024, 7, 16))
    }
    assert {day: kinds for day, kinds in told.items() if kinds} == {
        date(2024, 6, 14): ["reminded"],  # 10 working days left, less than a fortnight
        date(2024, 6, 21): ["reminded"],  # 5
        date(2024, 6, 25): ["reminded"],  # 3
        date(2024, 6, 27): ["reminded"],  # 1
        date(2024, 6, 28): ["reminded"],  # the last working day in time; Sunday is silent
        date(2024, 7, 1): ["collected", "reminded"],  # 1 late
        date(2024, 7, 3): ["collected", "escalated", "reminded"],  # 3 late
        date(2024, 7, 10): ["collected", "escalated", "reminded"],  # 8 late
    }
    steps = Reminder.objects.filter(escalated=False).order_by("step")
    assert list(steps.values_list("step", flat=True)) == [-10, -5, -3, -1, 0, 1, 3, 8]


def test_over_a_holiday_the_rung_waits_for_a_working_day(
    province: Province, coordinator: User, officer: User
) -> None:
    # 27/4 to 1/5/2024 are off; Saturday 4/5 is worked for Monday 29/4.
    make_assignment(province.departments[0], coordinator, due_on=date(2024, 4, 30))
    days = [day for day in _days(date(2024, 4, 22), date(2024, 5, 8)) if _run(day)]
    assert days == [
        date(2024, 4, 22),
        date(2024, 4, 23),
        date(2024, 4, 25),
        date(2024, 4, 26),
        date(2024, 5, 2),
        date(2024, 5, 4),
    ]


def test_nothing_is_told_twice_and_a_missed_run_is_made_up(
    assignment: Assignment, officer: User
) -> None:
    assert _run(date(2024, 6, 21), hour=7)
    assert _run(date(2024, 6, 21), hour=8) == []
    assert _run(date(2024, 6, 24)) == []
    assert _run(date(2024, 6, 26))  # the run of the 25th was missed
    assert _run(date(2024, 6, 26), hour=9) == []


def test_a_new_deadline_has_its_own_ladder(assignment: Assignment, officer: User) -> None:
    assert _run(date(2024, 6, 28))
    Assignment.objects.update(due_on=date(2024, 7, 5))
    ((kind, text),) = _run(date(2024, 7, 1))
    assert kind == "reminded"
    assert text.startswith("◐ sắp đến hạn (còn 4 ngày làm việc), hạn T6 05/7/2024: Hoàn thành")


@pytest.mark.parametrize(
    "status", [Status.SUBMITTED, Status.ACCEPTED, Status.WITHDRAWN, Status.TRANSFERRED]
)
def test_work_that_is_answered_or_gone_is_left_in_peace(
    status: Status, assignment: Assignment, coordinator: User
) -> None:
    put(assignment, status, coordinator)
    assert [_run(day) for day in (date(2024, 6, 28), date(2024, 7, 10))] == [[], []]


def test_returned_work_is_reminded_again(assignment: Assignment, coordinator: User) -> None:
    put(assignment, Status.RETURNED, coordinator)
    assert _run(date(2024, 6, 28))


def test_each_level_hears_its_part(
    assignment: Assignment, officer: User, stranger: User, coordinator: User, leader: User
) -> None:
    _run(date(2024, 7, 3))
    told = {notice.user: notice for notice in Notice.objects.all()}
    assert set(told) == {officer, coordinator, leader}
    assert told[officer].url == assignment.get_absolute_url()
    assert "quá hạn 3 ngày (3 ngày làm việc)" in told[officer].text
    assert told[coordinator].kind == "assignments.collected"
    assert told[leader].kind == "assignments.escalated"
    assert "Sở Nội vụ" in told[leader].text


def test_work_passed_on_escalates_past_the_district(
    province: Province, coordinator: User, district_head: User, commune_officer: User, leader: User
) -> None:
    parent = make_assignment(province.districts[0], coordinator, due_on=date(2024, 10, 31))
    actions.pass_on(
        assignment=parent,
        parts={province.communes[0][0]: Part.LEAD},
        note="",
        due_on=DUE,
        by=district_head,
        at=ISSUED_AT,
        version=parent.version,
    )
    Notice.objects.all().delete()
    _run(date(2024, 7, 3))
    told = {
        (notice.user, notice.kind.removeprefix("assignments.")) for notice in Notice.objects.all()
    }
    assert told == {
        (commune_officer, "reminded"),
        (district_head, "collected"),
        (coordinator, "escalated"),
    }


def test_the_budget_sums_up_what_is_too_much(
    province: Province, coordinator: User, officer: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    for number in range(20):
        make_proposal(
            directive,
            [province.departments[0]],
            due_on=date(2024, 6, 10) + timedelta(days=number),
            text=f"Việc {number}",
        )
    issue(directive, coordinator)
    Notice.objects.all().delete()
    _run(date(2024, 6, 20))
    own = list(Notice.objects.filter(user=officer).order_by("pk"))
    assert len(own) == reminding.LINES_A_PERSON
    assert "Việc 0" in own[0].text
    assert own[-1].text == "Còn 13 việc khác sắp đến hạn hoặc quá hạn."
    assert Reminder.objects.filter(escalated=False).count() == 20


def test_the_collective_line_counts_what_the_list_shows(
    province: Province, coordinator: User, june_2024: datetime
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.departments, due_on=date(2024, 6, 14))
    make_proposal(directive, province.districts, due_on=date(2024, 6, 19))
    issue(directive, coordinator)
    Notice.objects.all().delete()
    _run(june_2024.date())
    line = Notice.objects.get(user=coordinator, kind="assignments.collected")
    listed = matching(
        user=coordinator,
        asked=Filters(view=View.OVERDUE, issuer=province.committee.pk),
        today=june_2024.date(),
        calendar=CALENDAR,
    )
    assert listed.count() == 4
    assert line.text.startswith("▲ 4 việc của 4 cơ quan quá hạn do Ủy ban nhân dân tỉnh Lạng Sơn")
    assert line.url.endswith(f"giao-boi={province.committee.pk}")


def test_the_run_asks_as_much_for_many_as_for_few(
    province: Province, coordinator: User, officer: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    agencies = [*province.departments, *province.districts, *sum(province.communes, ())]
    for number in range(12):
        make_proposal(directive, agencies, due_on=date(2024, 6, 10) + timedelta(days=number))
    issue(directive, coordinator)
    with CaptureQueriesContext(connection) as captured:
        _run(date(2024, 6, 20))
    assert len(captured) <= 10


def _command(day: date, *arguments: str) -> str:
    out = StringIO()
    with time_machine.travel(datetime(day.year, day.month, day.day, 7, tzinfo=VIETNAM), tick=False):
        call_command("remind", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_mails_one_digest_a_person_once(
    assignment: Assignment, officer: User, settings: Any
) -> None:
    settings.SITE_URL = "https://tinhgon.langson.example"
    assert "1 thư" in _command(date(2024, 6, 28))
    (letter,) = mail.outbox
    assert letter.to == [officer.email]
    assert letter.subject == "Nhắc việc ngày 28/6/2024: 1 thông báo"
    assert f"https://tinhgon.langson.example{assignment.get_absolute_url()}" in letter.body
    assert "Hoàn thành thực thi" in letter.body
    assert "{%" not in letter.body
    assert "0 thư" in _command(date(2024, 6, 28))
    assert len(mail.outbox) == 1


def test_a_crash_between_two_letters_loses_none_and_repeats_none(
    assignment: Assignment, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = EmailMessage.send
    tries = []

    def break_at_second(self: object, *args: object, **kwargs: object) -> int:
        tries.append(self)
        if len(tries) == 2:
            raise ConnectionError
        return send(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(EmailMessage, "send", break_at_second)
    with pytest.raises(ConnectionError):
        _command(date(2024, 7, 3))
    _command(date(2024, 7, 3))
    assert len(mail.outbox) == len({letter.to[0] for letter in mail.outbox}) == 3


def test_a_dry_run_shows_and_leaves_everything(assignment: Assignment, officer: User) -> None:
    shown = _command(date(2024, 6, 28), "--dry-run")
    assert officer.username in shown
    assert "sắp đến hạn" in shown
    assert not Notice.objects.exists()
    assert not Reminder.objects.exists()
    assert not mail.outbox


def test_a_day_off_is_quiet(assignment: Assignment) -> None:
    assert "ngày nghỉ" in _command(date(2024, 6, 29))
    assert not Notice.objects.exists()
