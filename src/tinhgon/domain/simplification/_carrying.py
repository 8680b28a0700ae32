"""When an approved measure is carried out: approval alone changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ._lifecycle import GRANTED, LegalChangeStatus, Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """One legal text to change: where it stands, until when, and from when it is in force."""

    status: LegalChangeStatus
    due_on: date | None = None
    in_force_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the new text is law on a day."""
        signed = self.status in (LegalChangeStatus.ISSUED, LegalChangeStatus.IN_FORCE)
        return signed and self.in_force_on is not None and self.in_force_on <= day


@dataclass(frozen=True, slots=True)
class CarryingOut:
    """
    How far a procedure of a plan is carried out on a day.

    `done_on` is the first day on which all of it holds, None while something is missing;
    `days_late` counts days of the calendar after `due_on`, 0 for what is in time or has no date.
    """

    is_due: bool
    done_on: date | None = None
    due_on: date | None = None
    days_late: int = 0
    texts_open: int = 0
    awaits_procedure: bool = False
    """The texts are changed, but the registry does not say so yet."""

    @property
    def is_done(self) -> bool:
        return self.done_on is not None


def carrying_out(
    verdict: Verdict,
    changes: Sequence[Change],
    *,
    on: date,
    amended_on: date | None = None,
    abolished_on: date | None = None,
) -> CarryingOut:
    """
    Return how far the approved measures on one procedure are carried out on a day.

    They are, when every legal text to change is in force **and** the amended version is
    (`amended_on`) or the procedure is abolished (`abolished_on`), by published decisions. A text
    that was dropped stands in nobody's way. Nothing is due where nothing was approved.
    """
    if verdict not in GRANTED:
        return CarryingOut(is_due=False)
    needed = [change for change in changes if change.status is not LegalChangeStatus.DROPPED]
    due_on = max((change.due_on for change in needed if change.due_on), default=None)
    texts_open = sum(not change.holds_on(on) for change in needed)
    happened = [day for day in (amended_on, abolished_on) if day and day <= on]
    if texts_open or not happened:
        late = max((on - due_on).days, 0) if due_on else 0
        return CarryingOut(
            is_due=True,
            due_on=due_on,
            days_late=late,
            texts_open=texts_open,
            awaits_procedure=not texts_open,
        )
    in_force = [change.in_force_on for change in needed if change.in_force_on]
    done_on = max([min(happened), *in_force])
    late = max((done_on - due_on).days, 0) if due_on else 0
    return CarryingOut(is_due=True, done_on=done_on, due_on=due_on, days_late=late)
