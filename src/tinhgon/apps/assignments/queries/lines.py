"""How an assignment reads in one line: whose turn, until when, how it stands, what comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import STATUS_LABELS, Status
from tinhgon.apps.assignments.models import Assignment
from tinhgon.domain.assigning import Move, Rollup, rollup
from tinhgon.domain.deadlines import Timeliness, describe, timeliness, with_weekday
from tinhgon.domain.workdays import WorkCalendar

KIND_OF = {
    Timeliness.NO_DEADLINE: "none",
    Timeliness.ON_TIME: "ontime",
    Timeliness.DUE_SOON: "soon",
    Timeliness.OVERDUE: "late",
    Timeliness.DONE: "done",
    Timeliness.DONE_ON_TIME: "done",
    Timeliness.DONE_LATE: "donelate",
}
"""How it stands → the look of the sign and words (see the `state` component)."""

# What a line needs of its assignment, beside the row itself.
RELATED = (
    "agency",
    "duty__issuer",
    "duty__parent",
    "duty__programme",
    "duty__directive__document",
)

# Long texts that no line shows.
LETTER = (
    "duty__directive__letter_html",
    "duty__directive__unread",
    "duty__directive__document__text",
    "duty__directive__document__folded",
    "duty__directive__document__addressees",
    "duty__directive__document__recipients",
)
_LONG = (
    *LETTER,
    "duty__text",
    "duty__note",
    "duty__folded",
    "duty__targets",
    "duty__cited",
)

# All that a line without its letter shows and asks the policy for.
_BRIEF = (
    "version",
    "part",
    "status",
    "due_on",
    "done_on",
    "percent",
    "agency__name",
    "agency__short_name",
    "agency__path",
    "duty__summary",
    "duty__parent",
    "duty__issuer__name",
    "duty__issuer__short_name",
    "duty__issuer__path",
    "duty__issuer__level",
)


@dataclass(frozen=True, slots=True)
class State:
    """How it stands against its deadline, as sign, words and look, and the stage it is at."""

    sign: str
    words: str
    kind: str
    stage: str


@dataclass(frozen=True, slots=True)
class Step:
    """The next thing to do: a page to open, or a move to make at once."""

    label: str
    url: str
    is_post: bool = False


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day in time with its weekday, and the last working day where that is another."""

    day: str
    working: str


@dataclass(frozen=True, slots=True)
class Line:
    assignment: Assignment
    state: State
    due: LastDay | None
    step: Step | None
    children: Rollup | None = None


def state_of(assignment: Assignment, *, today: date, calendar: WorkCalendar) -> State:
    """Return how the assignment stands; what was withdrawn or handed over has no deadline."""
    status = Status(assignment.status)
    if status is Status.WITHDRAWN:
        return State("✕", "đã thu hồi", "withdrawn", "")
    if status is Status.TRANSFERRED:
        return State("→", "đã chuyển cơ quan kế thừa", "none", "")
    standing = timeliness(assignment.due_on, assignment.done_on, today, calendar)
    sign, words = describe(standing)
    kind = KIND_OF[standing.kind]
    if status is Status.RETURNED and kind != "late":
        return State("↩", f"bị trả lại, {words}", "returned", "")
    return State(sign, words, kind, _stage(assignment, status))


def _stage(assignment: Assignment, status: Status) -> str:
    if status is Status.IN_PROGRESS:
        return f"{STATUS_LABELS[status]}, {assignment.percent}%"
    return STATUS_LABELS[status]


def last_day(due_on: date | None, calendar: WorkCalendar) -> LastDay | None:
    """Return the last day as a list shows it; None where no day is known."""
    if due_on is None:
        return None
    working = calendar.last_working_day_on_or_before(due_on)
    return LastDay(with_weekday(due_on), "" if working == due_on else with_weekday(working))


def step_url(assignment: Assignment, step: str) -> str:
    """Return the page of the assignment with one of its forms open."""
    return f"{assignment.get_absolute_url()}?buoc={step}#{step}"


def next_step(user: User, assignment: Assignment) -> Step | None:
    """Return what the person is to do next with it; None where it is somebody else's turn."""
    if policies.can(user, Move.ACKNOWLEDGE, assignment):
        url = reverse("assignments:acknowledge", args=[assignment.pk])
        return Step("Nhận việc", url, is_post=True)
    if policies.can(user, Move.SUBMIT, assignment):
        again = assignment.status == Status.RETURNED
        return Step("Báo cáo lại" if again else "Báo cáo", step_url(assignment, "bao-cao"))
    if policies.can(user, Move.ACCEPT, assignment):
        return Step("Kiểm tra", step_url(assignment, "duyet"))
    return None


def with_related(found: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Load with each assignment what its line needs, and no more."""
    return found.select_related(*RELATED).defer(*_LONG)


def in_order(pks: Sequence[int]) -> list[Assignment]:
    """
    Load the lines with these keys, in their order.

    To sort keys and then to load the few that are shown is much faster than to sort whole rows.
    """
    by_pk = with_related(Assignment.objects.filter(pk__in=pks).order_by()).in_bulk()
    return [by_pk[pk] for pk in pks if pk in by_pk]


def briefly(pks: Collection[int]) -> dict[int, Assignment]:
    """Load lines that do not name their letter, by key, with the few columns that they show."""
    found = Assignment.objects.filter(pk__in=pks).order_by()
    return found.select_related("agency", "duty__issuer").only(*_BRIEF).in_bulk()


def lines(
    assignments: Iterable[Assignment],
    *,
    user: User,
    today: date,
    calendar: WorkCalendar,
    children: Mapping[int, Rollup] | None = None,
) -> list[Line]:
    """
    Return the lines of assignments that were loaded with `RELATED`; asks the database
    nothing.
    """
    return [
        Line(
            assignment=each,
            state=state_of(each, today=today, calendar=calendar),
            due=last_day(each.due_on, calendar),
            step=next_step(user, each),
            children=(children or {}).get(each.pk),
        )
        for each in assignments
    ]


def rollups(assignments: Iterable[Assignment]) -> dict[int, Rollup]:
    """Return how what was passed on stands, by assignment, in one query."""
    counts = (
        Assignment.objects.filter(
            duty__parent__in=[each.pk for each in assignments], duty__withdrawn_at=None
        )
        .values_list("duty__parent", "status")
        .annotate(number=Count("pk"))
        .order_by()
    )
    statuses: dict[int, list[Status]] = {}
    for parent, status, number in counts:
        if parent is not None:
            statuses.setdefault(parent, []).extend([Status(status)] * number)
    return {parent: rollup(found) for parent, found in statuses.items()}
