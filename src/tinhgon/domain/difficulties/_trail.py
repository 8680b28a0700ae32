from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ._lifecycle import OPEN, WAITING, Move, Status

_ANSWERS = frozenset({Move.ANSWER, Move.APPLY})
_SENT = frozenset({Move.SEND, Move.SEND_TO_CENTRE})


@dataclass(frozen=True, slots=True)
class Passage:
    """
    One step of the trail of a difficulty: what was done on a day, and how it stands from then on.

    `agency` has the difficulty, `holder` is to act; both by key. `due_on` is the last day in time
    for an answer.
    """

    on: date
    move: Move | None  # None: it was raised
    status: Status
    agency: int
    holder: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How a difficulty stood at the end of a day.

    `sent_on` is the day on which it first went up, `answered_at` the place in the trail of the
    answer that held on the day: None where there was none, or it was reopened.
    """

    status: Status
    agency: int
    holder: int
    due_on: date | None
    raised_on: date
    sent_on: date | None
    answered_at: int | None
    answered_on: date | None
    closed_on: date | None
    day: date

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def is_overdue(self) -> bool:
        """Whether an answer was owed on the day and its last day had gone by."""
        return self.status in WAITING and self.due_on is not None and self.due_on < self.day

    @property
    def was_answered_late(self) -> bool:
        return bool(self.answered_on and self.due_on and self.answered_on > self.due_on)


def standing_on(trail: Sequence[Passage], day: date) -> Standing | None:
    """Return how a difficulty stood on `day` by its trail, in order; None before it was raised."""
    past = [each for each in trail if each.on <= day]
    if not past:
        return None
    last, answered = past[-1], _answer(past)
    return Standing(
        status=last.status,
        agency=last.agency,
        holder=last.holder,
        due_on=last.due_on,
        raised_on=past[0].on,
        sent_on=next((each.on for each in past if each.move in _SENT), None),
        answered_at=answered,
        answered_on=past[answered].on if answered is not None else None,
        closed_on=last.on if last.status is Status.CLOSED else None,
        day=day,
    )


def _answer(past: Sequence[Passage]) -> int | None:
    """Return the place of the answer that holds: given, and nothing but an end came after it."""
    held: int | None = None
    for place, each in enumerate(past):
        if each.move in _ANSWERS:
            held = place
        elif each.status not in {Status.ANSWERED, Status.CLOSED}:
            held = None
    return held


@dataclass(frozen=True, slots=True)
class Counts:
    """
    How many difficulties there were on a day.

    Each that was raised is answered, open or dropped (closed without an answer), or still a draft
    that nobody above knows of. `overdue` are of the open, `answered_late` of the answered.
    """

    raised: int = 0
    answered: int = 0
    open: int = 0
    overdue: int = 0
    answered_late: int = 0
    dropped: int = 0
    drafts: int = 0


def count_standings(standings: Iterable[Standing]) -> Counts:
    """Count difficulties by how they stood on a day."""
    found = list(standings)
    answered = [each for each in found if each.is_answered]
    return Counts(
        raised=len(found),
        answered=len(answered),
        open=sum(each.is_open for each in found),
        overdue=sum(each.is_overdue for each in found),
        answered_late=sum(each.was_answered_late for each in answered),
        dropped=sum(each.status is Status.CLOSED and not each.is_answered for each in found),
        drafts=sum(each.status is Status.NEW for each in found),
    )
