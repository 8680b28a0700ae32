"""Everything about one agency's share of a duty."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple, TypedDict

from django.db.models import Value
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import ExtensionStatus
from tinhgon.apps.assignments.models import Answer, Assignment, Duty, Extension, ProgressNote
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.domain.assigning import Move, Rollup, Status, may_extend, rollup
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.workdays import WorkCalendar

from .deadline import RELATED as DEADLINE
from .deadline import Deadline, deadline_of
from .lines import LETTER, RELATED, Line, State, Step, lines, next_step, state_of

# A letter outside of any programme: one extension, as most plans allow.
WITHOUT_PROGRAMME = 1


class PassedOn(TypedDict):
    duty: Duty
    due: str
    lines: list[Line]
    rollup: Rollup


class PaperLink(NamedTuple):
    """A paper of a higher part of the software that belongs to the work."""

    name: str
    url: str


class AssignmentPage(TypedDict):
    assignment: Assignment
    duty: Duty
    state: State
    due: str
    duty_due: str
    deadline: Deadline
    report_due: str
    letter_url: str
    next: Step | None
    moves: set[Move]
    answers: list[Answer]
    notes: list[ProgressNote]
    extensions: list[Extension]
    asked: Extension | None
    extensions_left: int
    passed_on: list[PassedOn]
    inherited_from: Assignment | None
    inherited_by: Assignment | None
    inventories: list[PaperLink]
    reports: list[PaperLink]
    events: list[Event]


def get_visible_assignment(*, user: User, pk: int) -> Assignment:
    """
    Return the assignment, if the person may see it.

    :raises Assignment.DoesNotExist: also when it exists but is hidden from the person.
    """
    return Assignment.objects.visible_to(user).select_related(*RELATED, *_MORE).get(pk=pk)


_MORE = (
    "duty__parent__agency",
    *DEADLINE,
    "duty__changed_by__document",
    "inherited_from__agency",
    "inherited_by__agency",
)


def get_visible_answer(*, user: User, pk: int) -> Answer:
    """
    Return the answer to an assignment that the person may see.

    :raises Answer.DoesNotExist: also when it exists but is hidden from the person.
    """
    visible = Assignment.objects.visible_to(user).values("pk")
    return Answer.objects.select_related("file").get(pk=pk, assignment__in=visible)


def get_visible_note(*, user: User, pk: int) -> ProgressNote:
    """
    Return the note on an assignment that the person may see.

    :raises ProgressNote.DoesNotExist: also when it exists but is hidden from the person.
    """
    visible = Assignment.objects.visible_to(user).values("pk")
    return ProgressNote.objects.select_related("file").get(pk=pk, assignment__in=visible)


def assignment_page(
    *, user: User, assignment: Assignment, today: date, calendar: WorkCalendar
) -> AssignmentPage:
    """Return everything the page of one assignment shows; templates query nothing."""
    duty = assignment.duty
    extensions = list(assignment.extensions.select_related("asked_by", "decided_by"))
    asked = next((e for e in extensions if e.status == ExtensionStatus.ASKED), None)
    left = most_extensions(duty) - assignment.extensions_granted
    answered = _answered_in(assignment)
    return {
        "assignment": assignment,
        "duty": duty,
        "state": state_of(assignment, today=today, calendar=calendar),
        "due": last_day_words(assignment.due_on, calendar),
        "duty_due": last_day_words(duty.due_on or duty.report_due_on, calendar),
        "deadline": deadline_of(duty, calendar),
        "report_due": last_day_words(duty.report_due_on, calendar),
        "letter_url": letter_url(duty),
        "next": next_step(user, assignment),
        "moves": _moves(user, assignment, asked),
        "answers": list(assignment.answers.select_related("file", "by", "decided_by")),
        "notes": list(assignment.notes.select_related("file", "by")),
        "extensions": extensions,
        "asked": asked,
        "extensions_left": max(left, 0),
        "passed_on": _passed_on(user, assignment, today=today, calendar=calendar),
        "inherited_from": assignment.inherited_from,
        "inherited_by": getattr(assignment, "inherited_by", None),
        "inventories": answered["inventories:reply"],
        "reports": answered["reports:report"],
        "events": audit.history_of(assignment, duty),
    }


def _answered_in(assignment: Assignment) -> dict[str, list[PaperLink]]:
    """Return the agency's own replies and reports in which the duty is answered; one query."""
    duty, agency = assignment.duty, assignment.agency
    replies = duty.inventories.filter(replies__agency=agency).order_by()
    reports = duty.report_periods.filter(period__reports__agency=agency).order_by()
    rows = replies.values_list(Value("inventories:reply"), "name", "replies__pk").union(
        reports.values_list(Value("reports:report"), "period__name", "period__reports__pk"),
        all=True,
    )
    found: dict[str, list[PaperLink]] = defaultdict(list)
    for page, name, key in sorted(rows):
        found[page].append(PaperLink(name, reverse(page, args=[key])))
    return found


def most_extensions(duty: Duty) -> int:
    """Return how many extensions of the duty may be granted."""
    return duty.programme.max_extensions if duty.programme else WITHOUT_PROGRAMME


def letter_url(duty: Duty) -> str:
    """Return the letter, at the sentence where it is known."""
    return duty.directive.get_absolute_url() + (f"#{duty.block}" if duty.block else "")


def units_below(assignment: Assignment, *, on: date) -> list[Agency]:
    """Return the agencies to which the work can be passed on, and has not been yet."""
    own = assignment.agency
    have = Assignment.objects.filter(duty__parent=assignment, duty__withdrawn_at=None)
    return list(
        Agency.objects.filter(parent=own)
        .existing_on(on)
        .exclude(pk__in=have.values("agency"))
        .order_by("order", "name")
    )


def _moves(user: User, assignment: Assignment, asked: Extension | None) -> set[Move]:
    """Return what the person may do now, less what would be refused for another reason."""
    found = {move for move in Move if policies.can(user, move, assignment)}
    if asked is None:
        found.discard(Move.DECIDE_EXTENSION)
    room = may_extend(assignment.extensions_granted, most_extensions(assignment.duty))
    if asked is not None or assignment.due_on is None or not room:
        found.discard(Move.ASK_EXTENSION)
    return found


def _passed_on(
    user: User, assignment: Assignment, *, today: date, calendar: WorkCalendar
) -> list[PassedOn]:
    below = Assignment.objects.filter(duty__parent=assignment)
    loaded = below.select_related(*RELATED).defer(*LETTER)
    found = loaded.order_by("duty_id", "agency__order", "agency_id")
    by_duty: dict[int, list[Assignment]] = {}
    for each in found:
        each.duty.parent = assignment
        by_duty.setdefault(each.duty.pk, []).append(each)
    return [
        PassedOn(
            duty=group[0].duty,
            due=last_day_words(group[0].duty.due_on, calendar),
            lines=lines(group, user=user, today=today, calendar=calendar),
            rollup=rollup(Status(each.status) for each in group),
        )
        for group in by_duty.values()
    ]
