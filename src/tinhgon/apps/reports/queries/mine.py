"""All reports that wait for a person, of every period: what the page of the day counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator

from tinhgon.apps.accounts.models import User
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.reports.models import Report
from tinhgon.domain.deadlines import last_day_words

from .standing import Timely, timely
from .waiting import TO_RECEIVE, TO_SEND, waiting

PAGE_SIZE = 50
_TASKS = {"phai-gui": (TO_SEND, "Phải lập, gửi"), "cho-nhan": (TO_RECEIVE, "Chờ nhận")}


@dataclass(frozen=True, slots=True)
class Line:
    """A report with its last day, and how it stands against it."""

    report: Report
    due: str
    timely: Timely


class MinePage(TypedDict):
    tabs: list[tuple[str, str, bool]]
    page: Page[Any]
    lines: list[Line]


def mine_page(*, user: User, task: str, number: str, today: date) -> MinePage:
    """Return the reports of one of the person's lists, the next due first; three queries."""
    lists = waiting(user, today=today)
    open_to_him = [word for word, (key, _) in _TASKS.items() if key in lists]
    chosen = task if task in open_to_him else next(iter(open_to_him), "")
    rows = lists[_TASKS[chosen][0]] if chosen else Report.objects.none()
    related = rows.select_related("agency", "successor", "receiver", "period")
    page = Paginator(related.order_by("due_on", "agency__order", "pk"), PAGE_SIZE).get_page(number)
    calendar = calendars.calendar()
    return {
        "tabs": [(f"?viec={word}", _TASKS[word][1], word == chosen) for word in open_to_him],
        "page": page,
        "lines": [
            Line(
                each,
                last_day_words(each.due_on, calendar),
                timely(each, today=today, calendar=calendar),
            )
            for each in page.object_list
        ],
    }
