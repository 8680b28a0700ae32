"""Deadlines by day: how much falls due when, and how much of it is done."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, TypedDict
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Milestone, Programme
from tinhgon.domain.deadlines import with_weekday
from tinhgon.domain.workdays import WorkCalendar

from . import filters
from .figures import Classifier
from .letters import issued_letters
from .listing import Filters, matching
from .past import facts_on, past

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
    day: date | None = None

    @classmethod
    def read(cls, query: Mapping[str, str], *, today: date) -> Asked:
        day = filters.day(query.get("ngay", ""))
        usual = min(day or today, today).replace(day=1)
        try:
            month = date.fromisoformat(f"{query.get('thang', '')}-01")
        except ValueError:
            month = usual
        if month.year not in _YEARS:
            month = usual
        return cls(
            day=day,
            month=month,
            by_working_day=query.get("theo", "") == WORKING_DAYS,
            programme=filters.number(query.get("chuong-trinh", "")),
            directive=filters.number(query.get("van-ban", "")),
        )

    def on(self, today: date) -> date:
        """Return the day asked for; never one to come."""
        return min(self.day or today, today)

    def selection(self) -> dict[str, object]:
        found = {"chuong-trinh": self.programme, "van-ban": self.directive}
        return {name: value for name, value in found.items() if value}

    def address(self, **changes: object) -> str:
        asked = replace(self, **changes)  # type: ignore[arg-type]
        query = {"thang": f"{asked.month:%Y-%m}", **asked.selection()}
        if asked.day:
            query["ngay"] = asked.day.isoformat()
        if asked.by_working_day:
            query["theo"] = WORKING_DAYS
        return "?" + urlencode(query)

    @property
    def last(self) -> date:
        return _next_month(self.month) - timedelta(days=1)


class Number(NamedTuple):
    """A number that opens its rows; of a past day, where lists do not go, it opens nothing."""

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
    on: date
    is_past: bool
    today_url: str
    untold: int
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
    """Return a month of deadlines as of the day asked for; templates query nothing."""
    moment = Moment(asked.on(today), today)
    spans = dict(_spans(asked, calendar))
    first = min(span[0] for span in spans.values())
    last = max(span[1] for span in spans.values())
    wanted = Filters(programme=asked.programme, directive=asked.directive)
    classifier = Classifier(today=moment.on, calendar=calendar)
    untold = 0
    if moment.is_past:
        given = matching(user=user, asked=wanted, today=today, calendar=calendar)
        counted, untold = _counted_then(given, (first, last), classifier, moment)
    else:
        wanted = replace(wanted, view=View.LIVE, due_from=first, due_to=last)
        found = matching(user=user, asked=wanted, today=today, calendar=calendar)
        counted = _counted(found, ("due_on", "status", "done_on"), classifier)
    by_day = {
        day: sum((counted[due] for due in _range(*span)), Counter[View]())
        for day, span in spans.items()
    }
    milestones = _milestones(user, asked, first, last)
    highest = max((counter[View.LIVE] for counter in by_day.values()), default=0)
    days = [
        _day(day, spans[day], by_day[day], milestones, asked, highest, moment, calendar)
        for day in spans
    ]
    whole = sum(by_day.values(), Counter[View]())[View.LIVE]
    return {
        "asked": asked,
        "on": moment.on,
        "is_past": moment.is_past,
        "today_url": asked.address(day=None, month=today.replace(day=1)),
        "untold": untold,
        "title": f"tháng {asked.month.month} năm {asked.month.year}",
        "days": days,
        "shown": [day for day in days if day.total or day.milestones or day.is_today],
        "total": _number(whole, "việc", View.LIVE, (first, last), asked, "", moment)
        if whole
        else None,
        "parts": list(PARTS),
        "width": asked.last.day * _STEP,
        "height": _HEIGHT,
        "bar": _BAR,
        "highest": highest,
        "before_url": asked.address(month=(asked.month - timedelta(days=1)).replace(day=1)),
        "after_url": asked.address(month=_next_month(asked.month)),
        "now_url": asked.address(month=moment.on.replace(day=1)),
        "other_url": asked.address(by_working_day=not asked.by_working_day),
        "programmes": list(Programme.objects.visible_to(user)),
        "letters": issued_letters(user, moment),
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


def _counted_then(
    given: QuerySet[Assignment], span: tuple[date, date], classifier: Classifier, moment: Moment
) -> tuple[defaultdict[date, Counter[View]], int]:
    """Return the same as of a past day, and of how many nobody knows the last day then."""
    found = facts_on(given, moment)
    told = found.filter(was_untold=False, was_due_on__range=span)
    untold = past(given, moment)
    counted = _counted(told, ("was_due_on", "was_status", "was_done_on"), classifier)
    return counted, untold.rows.filter(untold.untold).count()


def _counted(
    found: QuerySet[Assignment], columns: Sequence[str], classifier: Classifier
) -> defaultdict[date, Counter[View]]:
    """Count by day; `columns` are those of the last day, the state and the day of the answer."""
    counted: defaultdict[date, Counter[View]] = defaultdict(Counter)
    grouped = found.select_related(None).order_by().values_list(*columns)
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
    moment: Moment,
    calendar: WorkCalendar,
) -> Day:
    x = (day.day - 1) * _STEP
    whole = counter[View.LIVE]
    return Day(
        day=day,
        words=with_weekday(day),
        is_off=not calendar.is_working_day(day),
        is_today=day == moment.on,
        due_words=_due_words(day, span, asked, calendar),
        total=_number(whole, "việc", View.LIVE, span, asked, "", moment) if whole else None,
        numbers=[
            _number(counter[view], words, view, span, asked, kind, moment)
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
    number: int,
    words: str,
    view: View,
    span: tuple[date, date],
    asked: Asked,
    kind: str,
    moment: Moment,
) -> Number:
    if moment.is_past:
        return Number(number, words, "", kind)
    query = {
        **asked.selection(),
        "tu": span[0].isoformat(),
        "den": span[1].isoformat(),
        "trang-thai": view.value,
    }
    return Number(number, words, f"{reverse('assignments:list')}?{urlencode(query)}", kind)
