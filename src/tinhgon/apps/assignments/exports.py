"""The list of assignments as a workbook: the same rows in the same order, with dates as dates."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import xlsxwriter
from django.conf import settings
from icalendar import Calendar, Event

from tinhgon.apps.accounts.models import User
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.workdays import WorkCalendar

from .models import Assignment, Duty
from .queries.deadline import RELATED as DEADLINE
from .queries.deadline import deadline_of
from .queries.lines import LETTER, RELATED, state_of
from .queries.listing import Filters, matching

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BATCH = 2_000
_COLUMNS: list[tuple[str, int]] = [
    ("STT", 6),
    ("Cơ quan thực hiện", 36),
    ("Vai trò", 10),
    ("Nhiệm vụ", 60),
    ("Cơ quan giao", 30),
    ("Văn bản giao", 34),
    ("Chương trình", 30),
    ("Thời hạn theo văn bản", 24),
    ("Hạn cuối", 12),
    ("Ngày làm việc cuối", 14),
    ("So với thời hạn", 32),
    ("Trạng thái", 26),
    ("Tiến độ (%)", 10),
    ("Ngày hoàn thành", 14),
    ("Số lần gia hạn", 10),
]


def assignments_xlsx(*, user: User, asked: Filters, today: date, calendar: WorkCalendar) -> bytes:
    """Return the workbook of every assignment that the list would show."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(
        output, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    sheet = book.add_worksheet("Nhiệm vụ")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for number, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, title, head)
    found = matching(user=user, asked=asked, today=today, calendar=calendar)
    row = 0
    whole = found.defer(None).defer(*LETTER).select_related(*RELATED, *DEADLINE)
    rows = whole.iterator(chunk_size=_BATCH)
    for row, assignment in enumerate(rows, start=1):
        for number, value in enumerate(_values(row, assignment, today, calendar)):
            _write(sheet, row, number, value)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(row, 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return output.getvalue()


def _values(
    number: int, assignment: Assignment, today: date, calendar: WorkCalendar
) -> list[str | int | date | None]:
    duty, due_on = assignment.duty, assignment.due_on
    state = state_of(assignment, today=today, calendar=calendar)
    return [
        number,
        assignment.agency.name,
        assignment.get_part_display(),
        duty.text,
        duty.issuer.name,
        duty.directive.document.title,
        duty.programme.name if duty.programme else "",
        _due_words(duty, calendar),
        due_on,
        calendar.last_working_day_on_or_before(due_on) if due_on else None,
        f"{state.sign} {state.words}",
        assignment.get_status_display(),
        assignment.percent,
        assignment.done_on,
        assignment.extensions_granted,
    ]


def _due_words(duty: Duty, calendar: WorkCalendar) -> str:
    found = deadline_of(duty, calendar)
    if not found.set_by:
        return found.letter_words
    return f"{found.letter_words or 'không nêu ngày'}; {found.set_by} đặt: {found.own_words}"


def _write(sheet: Any, row: int, number: int, value: str | int | date | None) -> None:
    """Text goes in as text: a cell that starts with "=" is no formula."""
    if isinstance(value, str):
        sheet.write_string(row, number, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, number, value)
    elif value is not None:
        sheet.write_number(row, number, value)


def calendar_feed(
    assignments: Iterable[Assignment], *, now: datetime, calendar: WorkCalendar
) -> bytes:
    """Return the deadlines as an iCalendar file: a day each, the last that is still in time."""
    feed = Calendar()
    feed.add("prodid", "-//Tinh Gon//Lich han//VI")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", "Thời hạn nhiệm vụ")
    for assignment in assignments:
        if assignment.due_on is not None:
            feed.add_component(_event(assignment, assignment.due_on, now, calendar))
    return bytes(feed.to_ical())


def _event(assignment: Assignment, due_on: date, now: datetime, calendar: WorkCalendar) -> Event:
    duty = assignment.duty
    url = f"{settings.SITE_URL}{assignment.get_absolute_url()}"
    event = Event()
    # The same through every change of the deadline, so that calendars move the entry.
    event.add("uid", f"viec-{assignment.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("sequence", assignment.version)
    event.add("dtstart", due_on)
    event.add("dtend", due_on + timedelta(days=1))
    event.add("summary", f"Hạn: {duty.summary}")
    event.add(
        "description",
        f"Hạn cuối: {last_day_words(due_on, calendar)}\n"
        f"Cơ quan thực hiện: {assignment.agency.name}\n"
        f"Giao tại: {duty.directive.document.title}\n{url}",
    )
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
