"""Assignments in every state, as the moves leave them, for tests of figures and lists."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.factories.assignments import ISSUED_AT, issue, make_directive, make_proposal
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.enums import AnswerKind, Status
from tinhgon.apps.assignments.models import Answer, Assignment, Duty
from tinhgon.apps.directives.models import Directive

# On Thursday 20/6/2024: late, late by the week-end only, today, soon, far, without a day.
DUES = (
    date(2024, 6, 10),
    date(2024, 6, 19),
    date(2024, 6, 20),
    date(2024, 6, 30),
    date(2024, 10, 31),
    None,
)
DONE_ON = date(2024, 6, 15)


def make_letter_of(issuer: Agency, by: User, agencies: Iterable[Agency]) -> Directive:
    """Issue a letter with one duty for each of DUES to all of the agencies."""
    directive = make_directive(issuer, by)
    for due_on in DUES:
        make_proposal(directive, agencies, text=f"Việc có hạn {due_on}", due_on=due_on)
    issue(directive, by)
    return directive


def spread(by: User, status: Iterable[Status] = Status) -> None:
    """Put the assignments into the states in turn, so that every duty meets every state."""
    states = list(status)
    for number, assignment in enumerate(Assignment.objects.order_by("agency_id", "duty_id")):
        put(assignment, states[(number + number // len(DUES)) % len(states)], by)


def put(assignment: Assignment, status: Status, by: User, *, done_on: date = DONE_ON) -> None:
    """Write a state as if its moves had been made."""
    done = status in {Status.SUBMITTED, Status.ACCEPTED}
    Assignment.objects.filter(pk=assignment.pk).update(
        status=status.value, done_on=done_on if done else None
    )
    if done:
        Answer.objects.create(
            assignment=assignment,
            kind=AnswerKind.NIL if assignment.duty_id % 2 else AnswerKind.PROOF,
            document_code="" if assignment.duty_id % 2 else "12/BC-SNV",
            document_on=None if assignment.duty_id % 2 else done_on,
            at=ISSUED_AT,
            by=by,
            accepted=True if status is Status.ACCEPTED else None,
            decided_at=ISSUED_AT if status is Status.ACCEPTED else None,
            decided_by=by if status is Status.ACCEPTED else None,
        )


def duties(directive: Directive) -> list[Duty]:
    return list(directive.duties.filter(parent=None).order_by("order"))
