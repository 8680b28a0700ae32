"""Deadlines by day: how much falls due when, and how much of it is done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, TypedDict
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Milestone, Programme
from tinhgon.domain.deadlines import with_weekday
from tinhgon.domain.workdays import WorkCalendar

from . import filters
from .board import issued_letters
from .figures import Classifier
from .listing import Filters, matching

WORKING_DAYS = "lam-viec"
_HEIGHT = 160  # of the tallest bar, in units of the drawing
_STEP, _BAR = 30, 22
_YEARS = range(2000, 2100)
# What a bar is made of, from the bottom: together every share that falls due on the day.
PARTS = (
    (View.DONE, "đã duyệt", "done"),
    (View.SUBMITTED, "chờ duyệt", "waiting"),
    (View.OVERDUE, "quá hạn", "late"),
    (View.SOON, "sắp đến hạn", "soon"),
    (View.ON_TIME, "còn hạn", "ontime"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it says wrongly counts as not said."""

    month: date  # its first day
    by_working_day: bool = False
    programme: int | None = None
    directive: int | None = None

    @classmethod
    def read(cls, query: Mapping[str, str], *, today: date) -> Asked:
        try:
            month = date.fromisoformat(f"{query.get('thang', '')}-01")
        except ValueError:
            month = today.replace(day=1)
        if month.year not in _YEARS:
            month = today.replace(day=1)
        return cls(
            month=month,
            by_working_day=query.get("theo", "") == WORKING_DAYS,
            programme=filters.number(query.get("chuong-trinh", "")),
            directive=filters.number(query.get("van-ban", "")),
        )

    def selection(self) -> dict[str, object]:
        found = {"chuong-trinh": self.programme, "van-ban": self.directive}
        return {name: value for name, value in found.items() if value}

    def address(self, **changes: object) -> str:
        asked = replace(self, **changes)  # type: ignore[arg-type]
        query = {"thang": f"{asked.month:%Y-%m}", **asked.selection()}
        if asked.by_working_day:
            query["theo"] = WORKING_DAYS
        return "?" + urlencode(query)

    @property
    def last(self) -> date:
        return _next_month(self.month) - timedelta(days=1)


class Number(NamedTuple):
    """A number that opens its rows."""

    number: int
    words: str
    url: str
    kind: str


class Bar(NamedTuple):
    """A piece of the drawing: x, y, width and height in its units."""

    x: int
    y: int
    height: int
    kind: str


class Day(NamedTuple):
    day: date
    words: str
    is_off: bool
    is_today: bool
    due_words: str  # the deadlines that a working day stands for
    total: Number | None
    numbers: list[Number]
    milestones: list[Milestone]
    x: int
    top: int
    bars: list[Bar]


class TimelinePage(TypedDict):
    asked: Asked
    title: str
    days: list[Day]
    shown: list[Day]
    total: Number | None
    parts: list[tuple[View, str, str]]
    width: int
    height: int
    bar: int
    highest: int
    before_url: str
    after_url: str
    now_url: str
    other_url: str
    programmes: list[Programme]
    letters: list[Directive]


def timeline_page(*, user: User, asked: Asked, today: date, calendar: WorkCalendar) -> TimelinePage:
    """Return a month of deadlines; templates query nothing."""
    spans = dict(_spans(asked, calendar))
    first = min(span[0] for span in spans.values())
    last = max(span[1] for span in spans.values())
    found = matching(
        user=user,
        asked=Filters(
            view=View.LIVE,
            programme=asked.programme,
            directive=asked.directive,
            due_from=first,
            due_to=last,
        ),
        today=today,
        calendar=calendar,
    )
    counted = _counted(found, Classifier(today=today, calendar=calendar))
    by_day = {
        day: sum((counted[due] for due in _range(*span)), Counter[View]())
        for day, span in spans.items()
    }
    milestones = _milestones(user, asked, first, last)
    highest = max((counter[View.LIVE] for counter in by_day.values()), default=0)
    days = [
        _day(day, spans[day], by_day[day], milestones, asked, highest, today, calendar)
        for day in spans
    ]
    whole = sum(by_day.values(), Counter[View]())[View.LIVE]
    return {
        "asked": asked,
        "title": f"tháng {asked.month.month} năm {asked.month.year}",
        "days": days,
        "shown": [day for day in days if day.total or day.milestones or day.is_today],
        "total": _number(whole, "việc", View.LIVE, (first, last), asked, "") if whole else None,
        "parts": list(PARTS),
        "width": asked.last.day * _STEP,
        "height": _HEIGHT,
        "bar": _BAR,
        "highest": highest,
        "before_url": asked.address(month=(asked.month - timedelta(days=1)).replace(day=1)),
        "after_url": asked.address(month=_next_month(asked.month)),
        "now_url": asked.address(month=today.replace(day=1)),
        "other_url": asked.address(by_working_day=not asked.by_working_day),
        "programmes": list(Programme.objects.visible_to(user)),
        "letters": issued_letters(user),
    }


def _next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _range(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(days=1)


def _spans(asked: Asked, calendar: WorkCalendar) -> Iterator[tuple[date, tuple[date, date]]]:
    """
    Yield each day of the month with the first and last deadline that it stands for.

    By working days a day off is left out, and what falls due on it stands at the last working
    day before.
    """
    for day in _range(asked.month, asked.last):
        if not asked.by_working_day:
            yield day, (day, day)
        elif calendar.is_working_day(day):
            after = calendar.first_working_day_on_or_after(day + timedelta(days=1))
            yield day, (day, after - timedelta(days=1))


def _counted(
    found: QuerySet[Assignment], classifier: Classifier
) -> defaultdict[date, Counter[View]]:
    counted: defaultdict[date, Counter[View]] = defaultdict(Counter)
    grouped = found.select_related(None).order_by().values_list("due_on", "status", "done_on")
    for due_on, status, done_on, number in grouped.annotate(number=Count("pk")):
        if due_on is not None:
            for view in classifier.views(status, due_on, done_on):
                counted[due_on][view] += number
    return counted


def _milestones(user: User, asked: Asked, first: date, last: date) -> list[Milestone]:
    found = Milestone.objects.filter(
        programme__in=Programme.objects.visible_to(user).values("pk"),
        due_on__range=(first, last),
    ).select_related("programme")
    if asked.programme:
        found = found.filter(programme=asked.programme)
    return list(found)


def _day(
    day: date,
    span: tuple[date, date],
    counter: Counter[View],
    milestones: list[Milestone],
    asked: Asked,
    highest: int,
    today: date,
    calendar: WorkCalendar,
) -> Day:
    x = (day.day - 1) * _STEP
    whole = counter[View.LIVE]
    return Day(
        day=day,
        words=with_weekday(day),
        is_off=not calendar.is_working_day(day),
        is_today=day == today,
        due_words=_due_words(day, span, asked, calendar),
        total=_number(whole, "việc", View.LIVE, span, asked, "") if whole else None,
        numbers=[
            _number(counter[view], words, view, span, asked, kind)
            for view, words, kind in PARTS
            if counter[view]
        ],
        milestones=[each for each in milestones if span[0] <= each.due_on <= span[1]],
        x=x,
        top=_HEIGHT - (whole * _HEIGHT // highest if highest else 0),
        bars=_bars(counter, x, highest),
    )


def _due_words(day: date, span: tuple[date, date], asked: Asked, calendar: WorkCalendar) -> str:
    if asked.by_working_day:
        return f"gồm hạn đến hết {with_weekday(span[1])}" if span[1] != day else ""
    working = calendar.last_working_day_on_or_before(day)
    return f"ngày làm việc cuối: {with_weekday(working)}" if working != day else ""


def _bars(counter: Counter[View], x: int, highest: int) -> list[Bar]:
    bars = []
    below = 0
    for view, _, kind in PARTS:
        if counter[view]:
            low, high = (n * _HEIGHT // highest for n in (below, below + counter[view]))
            below += counter[view]
            bars.append(Bar(x, _HEIGHT - high, max(high - low, 1), kind))
    return bars


def _number(
    number: int, words: str, view: View, span: tuple[date, date], asked: Asked, kind: str
) -> Number:
    query = {
        **asked.selection(),
        "tu": span[0].isoformat(),
        "den": span[1].isoformat(),
        "trang-thai": view.value,
    }
    return Number(number, words, f"{reverse('assignments:list')}?{urlencode(query)}", kind)
