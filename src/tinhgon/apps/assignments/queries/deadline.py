"""Whose day a deadline is: that of the letter, or of an agency that passed the work on."""

from __future__ import annotations

from typing import NamedTuple

from tinhgon.apps.assignments.models import Duty
from tinhgon.domain.deadlines import Due, DueKind, last_day, last_day_words
from tinhgon.domain.workdays import WorkCalendar

# How somebody who passes work on, or changes what he passed on, names a day of his own.
_OWN = {DueKind.BY.value, DueKind.BEFORE.value}
RELATED = ("duty__parent__duty__issuer", "duty__parent__duty__parent__duty__issuer")


class Deadline(NamedTuple):
    """
    The words of a deadline: those of the agency that set a day of its own, where one did, and those
    of the letter with its last day.
    """

    set_by: str
    own_words: str
    letter_words: str
    letter_due: str


def deadline_of(duty: Duty, calendar: WorkCalendar) -> Deadline:
    """Return whose deadline it is; walks up to the duty of the letter, by rows loaded before."""
    setter, letter = _setter(duty, calendar), _of_letter(duty)
    is_own = setter.parent is not None
    return Deadline(
        set_by=setter.issuer.label if is_own else "",
        own_words=setter.due_text if is_own else "",
        letter_words=letter.due_text
        or (f"báo cáo {letter.report_due_text}" if letter.report_due_text else ""),
        letter_due=last_day_words(letter.due_on or letter.report_due_on, calendar),
    )


def _setter(duty: Duty, calendar: WorkCalendar) -> Duty:
    """Return the duty whose own day this is; a day that was moved with the one above is none."""
    while duty.parent is not None:
        given = duty.parent.duty
        if duty.due_text != given.due_text and _stands(duty, calendar):
            return duty
        duty = given
    return duty


def _stands(duty: Duty, calendar: WorkCalendar) -> bool:
    named = Due(DueKind(duty.due_kind), duty.named_on)
    return duty.due_kind in _OWN and last_day(named, calendar) == duty.due_on


def _of_letter(duty: Duty) -> Duty:
    while duty.parent is not None:
        duty = duty.parent.duty
    return duty
