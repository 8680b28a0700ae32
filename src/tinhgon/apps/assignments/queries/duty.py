"""A duty with the answers of all its agencies side by side."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, QuerySet, Value
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import ExtensionStatus, View
from tinhgon.apps.assignments.models import Answer, Assignment, Duty, Extension
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.enums import DirectiveStatus
from tinhgon.apps.directives.models import Directive
from tinhgon.domain.assigning import Move, Rollup
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.workdays import WorkCalendar

from . import filters
from .deadline import Deadline, deadline_of
from .detail import PaperLink, letter_url
from .lines import Line, lines, rollups, with_related

PAGE_SIZE = 100


class Row(TypedDict):
    line: Line
    answer: Answer | None
    asked: Extension | None
    can_accept: bool
    children: Rollup | None


class Figure(TypedDict):
    view: View
    count: int


class Figures(TypedDict):
    """How many stand where, by the conditions that open the rows."""

    counts: list[Figure]
    total: int
    done: int


class DutyPage(Figures):
    duty: Duty
    due: str
    deadline: Deadline
    report_due: str
    letter_url: str
    view: View | None
    words: str
    page: Page[Assignment]
    rows: list[Row]
    can_review: bool
    inventories: list[PaperLink]
    can_open_inventory: bool
    reports: list[PaperLink]
    can_open_report: bool
    can_change: bool
    events: list[Event]


def get_visible_duty(*, user: User, pk: int) -> Duty:
    """
    Return the duty, if the person may see it.

    :raises Duty.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        Duty.objects.visible_to(user)
        .select_related(
            "issuer",
            "issued_by",
            "programme",
            "parent__agency",
            "parent__duty__issuer",
            "parent__duty__parent__duty__issuer",
            "directive__document",
            "directive__issuer",
            "changed_by__document",
        )
        .get(pk=pk)
    )


def duty_page(
    *,
    user: User,
    duty: Duty,
    view: View | None,
    number: str | int,
    today: date,
    calendar: WorkCalendar,
) -> DutyPage:
    """Return everything the page of one duty shows; templates query nothing."""
    seen = _seen(user, duty)
    counts = _counts(seen, today=today, calendar=calendar)
    view = view if view in _COUNTED or view is View.OPEN else None
    found = seen.filter(filters.condition(view, today=today, calendar=calendar)) if view else seen
    pages = Paginator(_with_answers(found), PAGE_SIZE)
    # Counted already: the paginator need not ask again.
    pages.count = counts[view.name if view else "all"]
    page = pages.get_page(number)
    asks = policies.asks_for_reports(user, duty)
    answered = _answered_in(user, duty)
    return {
        "duty": duty,
        "due": last_day_words(duty.due_on, calendar),
        "deadline": deadline_of(duty, calendar),
        "report_due": last_day_words(duty.report_due_on, calendar),
        "letter_url": letter_url(duty),
        "view": view,
        "words": view.label if view else "",
        **_figures(counts),
        "page": page,
        "rows": _rows(user, list(page.object_list), today=today, calendar=calendar),
        "can_review": policies.decides(user, duty),
        "inventories": answered["inventories:detail"],
        "can_open_inventory": duty.withdrawn_at is None and policies.asks(user, duty),
        "reports": answered["reports:period"] if asks else [],
        "can_open_report": duty.withdrawn_at is None and asks,
        "can_change": duty.withdrawn_at is None and policies.gives(user, duty),
        "events": audit.history_of(duty),
    }


def _answered_in(user: User, duty: Duty) -> dict[str, list[PaperLink]]:
    """Return the inventories that he sees and the report periods that answer it; one query."""
    inventories = duty.inventories.visible_to(user).order_by()
    periods = duty.report_periods.order_by()
    rows = inventories.values_list(Value("inventories:detail"), "name", "pk").union(
        periods.values_list(Value("reports:period"), "period__name", "period"), all=True
    )
    found: dict[str, list[PaperLink]] = defaultdict(list)
    for page, name, key in sorted(rows):
        found[page].append(PaperLink(name, reverse(page, args=[key])))
    return found


def duty_figures(*, user: User, duty: Duty, today: date, calendar: WorkCalendar) -> Figures:
    """Return the figures of the page, after something was decided on in place."""
    return _figures(_counts(_seen(user, duty), today=today, calendar=calendar))


def duty_row(*, user: User, assignment: Assignment, today: date, calendar: WorkCalendar) -> Row:
    """Return one row of the page, after it was decided on in place."""
    found = _with_answers(Assignment.objects.filter(pk=assignment.pk))
    return _rows(user, list(found), today=today, calendar=calendar)[0]


_COUNTED = [
    View.OVERDUE,
    View.SOON,
    View.NEW,
    View.RETURNED,
    View.SUBMITTED,
    View.DONE,
    View.DONE_LATE,
    View.GONE,
]


def _seen(user: User, duty: Duty) -> QuerySet[Assignment]:
    """An agency that holds a share of the duty sees its own branch; the giver sees all."""
    return Assignment.objects.visible_to(user).filter(duty=duty)


def _counts(seen: QuerySet[Assignment], *, today: date, calendar: WorkCalendar) -> dict[str, int]:
    """Count each state in one query, by the conditions that open the rows."""
    gone = filters.condition(View.GONE, today=today, calendar=calendar)
    return seen.aggregate(
        all=Count("pk"),
        total=Count("pk", filter=~gone),
        **{
            each.name: Count("pk", filter=filters.condition(each, today=today, calendar=calendar))
            for each in (*_COUNTED, View.OPEN)
        },
    )


def _figures(counts: dict[str, int]) -> Figures:
    return {
        "counts": [
            Figure(view=each, count=counts[each.name]) for each in _COUNTED if counts[each.name]
        ],
        "total": counts["total"],
        "done": counts[View.DONE.name],
    }


def _with_answers(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    answers = Answer.objects.select_related("file", "by", "decided_by")
    asked = Extension.objects.filter(status=ExtensionStatus.ASKED.value)
    return (
        with_related(found)
        .prefetch_related(
            Prefetch("answers", queryset=answers), Prefetch("extensions", queryset=asked)
        )
        .order_by("-agency__level", "agency__order", "agency__name", "pk")
    )


def _rows(user: User, found: list[Assignment], *, today: date, calendar: WorkCalendar) -> list[Row]:
    children = rollups(found)
    return [
        Row(
            line=line,
            answer=next(iter(line.assignment.answers.all()), None),
            asked=next(iter(line.assignment.extensions.all()), None),
            can_accept=policies.can(user, Move.ACCEPT, line.assignment),
            children=children.get(line.assignment.pk),
        )
        for line in lines(found, user=user, today=today, calendar=calendar)
    ]


def later_letters(directive: Directive) -> QuerySet[Directive]:
    """Return the letters that may amend or replace this one: issued later in the same name."""
    if directive.issued_at is None:
        return Directive.objects.none()
    in_force = [DirectiveStatus.ISSUED.value, DirectiveStatus.AMENDED.value]
    return (
        Directive.objects.filter(
            issuer=directive.issuer_id, status__in=in_force, issued_at__gte=directive.issued_at
        )
        .exclude(pk=directive.pk)
        .select_related("document")
        .order_by("-issued_at", "-pk")
    )
