"""
The figures of assignments: one classification behind boards, lists, timelines and digests.

`filters.condition` selects the rows of a view in the database; `Classifier` names the views of a
row that is loaded already. A test holds the two against each other over every state and day.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count, QuerySet

from tinhgon.apps.assignments.enums import Status, View
from tinhgon.apps.assignments.models import Assignment
from tinhgon.domain.assigning import DONE, OPEN
from tinhgon.domain.deadlines import SOON_WORKING_DAYS
from tinhgon.domain.workdays import WorkCalendar

from . import filters

Views = frozenset[View]


class Classifier:
    """Says under which views a row is counted on one day."""

    def __init__(self, *, today: date, calendar: WorkCalendar) -> None:
        self._today = today
        self._far = filters.first_day_not_soon(today, calendar, SOON_WORKING_DAYS)
        self._known: dict[tuple[str, date | None, date | None], Views] = {}

    def views(self, status: str, due_on: date | None, done_on: date | None) -> Views:
        """Return every view that needs no other table than the row's own."""
        key = (status, due_on, done_on)
        if (found := self._known.get(key)) is None:
            found = self._known[key] = self._classify(Status(status), due_on, done_on)
        return found

    def _classify(self, status: Status, due_on: date | None, done_on: date | None) -> Views:
        if status in _GONE:
            return frozenset({View.GONE})
        found = {View.LIVE, View.DATED if due_on else View.UNDATED, *_BY_STATUS.get(status, ())}
        if status in OPEN:
            found.add(View.OPEN)
        if status in DONE:
            found.add(View.ANSWERED)
            if due_on:
                late = done_on and done_on > due_on
                found.add(View.DONE_LATE if late else View.IN_TIME)
        else:
            found |= self._running(due_on)
        return frozenset(found)

    def _running(self, due_on: date | None) -> set[View]:
        if due_on is None:
            return {View.NO_DUE}
        if due_on < self._today:
            return {View.OVERDUE}
        return {View.SOON if due_on < self._far else View.ON_TIME, View.IN_TIME}


_GONE = frozenset({Status.WITHDRAWN, Status.TRANSFERRED})
_BY_STATUS = {
    Status.ISSUED: (View.NEW,),
    Status.RETURNED: (View.RETURNED,),
    Status.SUBMITTED: (View.SUBMITTED,),
    Status.ACCEPTED: (View.DONE,),
}


def figures(found: QuerySet[Assignment], *, today: date, calendar: WorkCalendar) -> Counter[View]:
    """Count the assignments under each view, in one grouped query."""
    return figures_by(found, today=today, calendar=calendar)[None]


def figures_by(
    found: QuerySet[Assignment], *fields: str, today: date, calendar: WorkCalendar
) -> dict[object, Counter[View]]:
    """
    Count the assignments under each view for each value of `fields`, in one grouped query.

    The key is the value of one field, or the tuple of several; None holds all together.
    """
    classifier = Classifier(today=today, calendar=calendar)
    counted: dict[object, Counter[View]] = {None: Counter()}
    grouped = (
        found.order_by()
        .values_list("status", "due_on", "done_on", *fields)
        .annotate(number=Count("pk"))
    )
    for status, due_on, done_on, *values, number in grouped:
        key = values[0] if len(values) == 1 else tuple(values)
        for counter in (
            (counted[None], counted.setdefault(key, Counter())) if fields else (counted[None],)
        ):
            for view in classifier.views(status, due_on, done_on):
                counter[view] += number
    return counted
