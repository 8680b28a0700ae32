from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, leading, staying


class Status(StrEnum):
    """Where a difficulty stands (trạng thái của vướng mắc)."""

    NEW = auto()
    """Written down at the agency that has it; nobody above was asked yet."""
    PASSED_UP = auto()
    """Laid before the next level, which has not taken it on."""
    REFERRED = auto()
    """Given by the Office to the department whose field it is, which has not taken it on."""
    IN_HAND = auto()
    AT_CENTRE = auto()
    """Laid before a ministry or the Government; the province waits for the answer."""
    RETURNED = auto()
    """Back at the agency that has it: something is lacking."""
    ANSWERED = auto()
    CLOSED = auto()


class Move(StrEnum):
    """What may be done to a difficulty."""

    EDIT = auto()
    SEND = auto()
    WITHDRAW = auto()
    APPLY = auto()
    """Take a guidance given to all units as the answer."""
    DECLINE = auto()
    """What the agency took as the answer itself does not fit after all."""
    TAKE_ON = auto()
    ANSWER = auto()
    RETURN = auto()
    PASS_UP = auto()
    SEND_TO_CENTRE = auto()
    REFER = auto()
    ACCEPT = auto()
    REOPEN = auto()
    CLOSE = auto()
    TRANSFER = auto()
    """The agency that has it, or has it in hand, ended: its successor goes on."""


class Actor(StrEnum):
    """On whose behalf a move is made."""

    OFFICER = auto()
    """An officer of the agency that has the difficulty."""
    HEAD = auto()
    """The head of that agency."""
    HOLDER = auto()
    """Whoever answers for the level that has it in hand."""
    HOLDER_HEAD = auto()
    """The head of the agency of that level."""
    SYSTEM = auto()


OWN = (Status.NEW, Status.RETURNED)
"""At the agency that has it: its turn."""
AT_A_LEVEL = (Status.PASSED_UP, Status.REFERRED, Status.IN_HAND)
"""At a level that can deal with it, whether it has taken it on or not."""
WAITING = frozenset({*AT_A_LEVEL, Status.AT_CENTRE})
"""Somebody owes an answer: these are overdue after their last day."""
OPEN = frozenset({*WAITING, Status.RETURNED})
"""Sent up, and not answered yet."""

DIFFICULTY: LifeCycle[Status, Move] = LifeCycle(
    start=Status.NEW,
    transitions={
        **staying(Move.EDIT, Actor.OFFICER, *OWN),
        **leading(Move.SEND, Actor.HEAD, Status.PASSED_UP, *OWN),
        **leading(Move.WITHDRAW, Actor.OFFICER, Status.CLOSED, Status.NEW),
        **leading(
            Move.WITHDRAW,
            Actor.HEAD,
            Status.CLOSED,
            *AT_A_LEVEL,
            Status.AT_CENTRE,
            Status.RETURNED,
        ),
        **leading(Move.APPLY, Actor.OFFICER, Status.ANSWERED, *OWN),
        **leading(Move.TAKE_ON, Actor.HOLDER, Status.IN_HAND, Status.PASSED_UP, Status.REFERRED),
        **leading(Move.ANSWER, Actor.HOLDER, Status.ANSWERED, *AT_A_LEVEL, Status.AT_CENTRE),
        **leading(Move.APPLY, Actor.HOLDER, Status.ANSWERED, *AT_A_LEVEL),
        **leading(Move.RETURN, Actor.HOLDER, Status.RETURNED, *AT_A_LEVEL),
        **leading(Move.PASS_UP, Actor.HOLDER_HEAD, Status.PASSED_UP, *AT_A_LEVEL),
        **leading(Move.SEND_TO_CENTRE, Actor.HOLDER_HEAD, Status.AT_CENTRE, *AT_A_LEVEL),
        **leading(Move.SEND_TO_CENTRE, Actor.HEAD, Status.AT_CENTRE, *OWN),
        **leading(Move.REFER, Actor.HOLDER, Status.REFERRED, *AT_A_LEVEL),
        **leading(Move.ACCEPT, Actor.OFFICER, Status.CLOSED, Status.ANSWERED),
        **leading(Move.REOPEN, Actor.OFFICER, Status.IN_HAND, Status.ANSWERED),
        **leading(Move.DECLINE, Actor.OFFICER, Status.NEW, Status.ANSWERED),
        **leading(Move.CLOSE, Actor.HOLDER, Status.CLOSED, *AT_A_LEVEL, Status.ANSWERED),
        **staying(
            Move.TRANSFER,
            Actor.SYSTEM,
            Status.NEW,
            *AT_A_LEVEL,
            Status.AT_CENTRE,
            Status.RETURNED,
            Status.ANSWERED,
        ),
    },
)
"""
The life of a difficulty. Which level is next is `next_station`; only the Office of the province
refers to a department, and only it has none above it but the centre. `REOPEN` is for answers of
another level; what an agency answered itself, by applying a guidance, it may `DECLINE`.
"""


def diagrams() -> dict[str, str]:
    """Return the life cycle as a Mermaid diagram, by the name of its page."""
    return {"difficulty": DIFFICULTY.to_mermaid()}
