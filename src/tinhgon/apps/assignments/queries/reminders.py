"""What is to be reminded today, and whom: everything the daily run reads, in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Max

from tinhgon.apps.accounts.models import Position
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment, Reminder
from tinhgon.domain.access import Permission
from tinhgon.domain.deadlines import Ladder, Step, step_for
from tinhgon.domain.workdays import WorkCalendar

from . import filters


class Due(NamedTuple):
    """An assignment that stands on a rung which was not told yet."""

    pk: int
    agency: int
    issuer: int
    passed_on: bool
    due_on: date
    summary: str
    step: Step
    escalates: bool  # and one level up has not heard of it yet
    reminds: bool  # and the agency has not heard of it yet


def due_today(*, today: date, calendar: WorkCalendar, ladder: Ladder) -> list[Due]:
    """
    Return the unanswered work whose rung is new, most urgent first.

    A rung that was told stays told; one that a missed run left out is told on the next.
    """
    told = _told(escalated=False)
    escalated = _told(escalated=True)
    steps: dict[date, Step | None] = {}
    found = []
    for pk, agency, issuer, parent, due_on, summary in _running(today, calendar, ladder):
        if due_on is None:
            continue
        if due_on not in steps:
            steps[due_on] = step_for(due_on, today, calendar, ladder)
        if (step := steps[due_on]) is None:
            continue
        reminds = step.working_days > told.get(pk, _NEVER)
        escalates = step.escalates and step.working_days > escalated.get(pk, _NEVER)
        if reminds or escalates:
            found.append(
                Due(
                    pk, agency, issuer, parent is not None, due_on, summary, step,
                    escalates, reminds,
                )
            )  # fmt: skip
    return found


_NEVER = -10_000


def _running(
    today: date, calendar: WorkCalendar, ladder: Ladder
) -> Iterable[tuple[int, int, int, int | None, date | None, str]]:
    # The first rung is counted from the last working day in time: days off before a deadline
    # make it farther off in days than in working days.
    first = max(ladder.before, default=0)
    horizon = calendar.first_working_day_on_or_after(
        calendar.add_working_days(today, first) + timedelta(days=1)
    )
    return (
        Assignment.objects.filter(filters.AT_WORK, due_on__lt=horizon)
        .order_by("due_on", "pk")
        .values_list("pk", "agency", "duty__issuer", "duty__parent", "due_on", "duty__summary")
    )


def _told(*, escalated: bool) -> dict[int, int]:
    """Return the last rung that was told of each unanswered assignment, by its present day."""
    return dict(
        Reminder.objects.filter(
            assignment__in=Assignment.objects.filter(filters.AT_WORK).values("pk"),
            escalated=escalated,
            due_on=F("assignment__due_on"),
        )
        .order_by()
        .values_list("assignment")
        .annotate(step=Max("step"))
    )


@dataclass(slots=True)
class Circle:
    """Who hears of what: people by agency, as they are placed on one day."""

    agencies: Mapping[int, Agency] = field(default_factory=dict)
    positions: list[Position] = field(default_factory=list)
    _answering: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    _known: dict[tuple[int, bool], set[int]] = field(default_factory=dict)

    def answering(self, agency: int) -> set[int]:
        """Return the people who answer for the agency itself."""
        return self._answering.get(agency, set())

    def deciding(self, agency: int, *, passed_on: bool) -> set[int]:
        """Return the people who check answers in the name of the agency."""
        key = (agency, passed_on)
        if key not in self._known:
            wanted = {Permission.REVIEW} | ({Permission.PASS_ON} if passed_on else set())
            self._known[key] = set(self._holding(self.agencies[agency], wanted))
        return self._known[key]

    def above(self, agency: int, issuer: int) -> tuple[int, set[int]]:
        """
        Return the agency one level up that hears of work long overdue, and its people.

        That is the agency above the one that is late, or, where that one gave the work and has
        heard already, the next above it; at the top it is those who lead there and only read.
        """
        parent = self.agencies[agency].parent_id
        if parent is None or parent == issuer:
            parent = self.agencies[issuer].parent_id
        if parent is not None and parent in self.agencies:
            return parent, self.deciding(parent, passed_on=True)
        return issuer, self._leading(issuer)

    def _holding(self, agency: Agency, wanted: set[Permission]) -> Iterable[int]:
        path = agency.path or "/"
        for position in self.positions:
            root = position.scope or position.agency
            here = root.level == agency.level and path.startswith(root.path or "-")
            if here and wanted & set(position.role.permissions):
                yield position.user_id

    def _leading(self, agency: int) -> set[int]:
        return {
            position.user_id
            for position in self.positions
            if agency in {position.agency_id, position.scope_id}
            and position.role.permissions == [Permission.SEE.value]
        }


def circle(*, on: date) -> Circle:
    """Return everybody who holds a position on that day, in two queries."""
    found = Circle(
        agencies=Agency.objects.only("name", "short_name", "level", "path", "parent").in_bulk()
    )
    held = Position.objects.held_on(on).filter(user__is_active=True)
    found.positions = list(
        held.select_related("role").only("user", "agency", "scope", "role__permissions")
    )
    for position in found.positions:
        position.agency = found.agencies[position.agency_id]
        if position.scope_id is not None:
            position.scope = found.agencies[position.scope_id]
        if Permission.ANSWER in position.role.permissions:
            for agency in (position.agency_id, position.scope_id):
                if agency is not None:
                    found._answering[agency].add(position.user_id)
    return found


def overdue_by_issuer(*, today: date) -> dict[int, tuple[int, int]]:
    """Return how many shares of how many agencies are overdue, by the agency that gave them."""
    counted: dict[int, int] = defaultdict(int)
    agencies: dict[int, set[int]] = defaultdict(set)
    late = Assignment.objects.filter(filters.AT_WORK, due_on__lt=today).order_by()
    for issuer, agency, number in late.values_list("duty__issuer", "agency").annotate(
        number=Count("pk")
    ):
        counted[issuer] += number
        agencies[issuer].add(agency)
    return {issuer: (counted[issuer], len(agencies[issuer])) for issuer in counted}
