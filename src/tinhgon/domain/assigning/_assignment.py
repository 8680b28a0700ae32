from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, leading, staying

from ._actor import Actor as Actor
from ._directive import DIRECTIVE
from ._extension import EXTENSION


class Status(StrEnum):
    """Where an agency stands with its part of the work."""

    ISSUED = auto()
    ACKNOWLEDGED = auto()
    IN_PROGRESS = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    ACCEPTED = auto()
    WITHDRAWN = auto()
    TRANSFERRED = auto()
    """The agency ended and the work went to its successor, as an assignment of its own."""


class Move(StrEnum):
    ACKNOWLEDGE = auto()
    REPORT_PROGRESS = auto()
    SUBMIT = auto()
    RETURN = auto()
    ACCEPT = auto()
    WITHDRAW = auto()
    PASS_ON = auto()
    ASK_EXTENSION = auto()
    DECIDE_EXTENSION = auto()
    AMEND_DUE = auto()
    TRANSFER = auto()
    FULFIL = auto()
    """Another paper of the software shows that the work is done, and the issuer took it."""


_AT_WORK = (Status.ISSUED, Status.ACKNOWLEDGED, Status.IN_PROGRESS, Status.RETURNED)

OPEN = frozenset({*_AT_WORK, Status.SUBMITTED})
"""The work is not over: a deadline runs, or the issuer has yet to look at the result."""

DONE = frozenset({Status.SUBMITTED, Status.ACCEPTED})
"""The agency has answered: no reminder, and lateness is counted to the day of the answer."""

ASSIGNMENT: LifeCycle[Status, Move] = LifeCycle(
    start=Status.ISSUED,
    transitions={
        **leading(Move.ACKNOWLEDGE, Actor.ASSIGNEE, Status.ACKNOWLEDGED, Status.ISSUED),
        **leading(Move.REPORT_PROGRESS, Actor.ASSIGNEE, Status.IN_PROGRESS, *_AT_WORK),
        # Many agencies answer at once, without a word in between.
        **leading(Move.SUBMIT, Actor.ASSIGNEE, Status.SUBMITTED, *_AT_WORK),
        **leading(Move.RETURN, Actor.ISSUER, Status.RETURNED, Status.SUBMITTED),
        **leading(Move.ACCEPT, Actor.ISSUER, Status.ACCEPTED, Status.SUBMITTED),
        **leading(Move.WITHDRAW, Actor.ISSUER, Status.WITHDRAWN, *_AT_WORK, Status.SUBMITTED),
        **staying(Move.PASS_ON, Actor.ASSIGNEE, *_AT_WORK),
        **staying(Move.ASK_EXTENSION, Actor.ASSIGNEE, *_AT_WORK),
        # Asked before the result was sent, decided perhaps after.
        **staying(Move.DECIDE_EXTENSION, Actor.ISSUER, *_AT_WORK, Status.SUBMITTED),
        **staying(Move.AMEND_DUE, Actor.ISSUER, *_AT_WORK, Status.SUBMITTED),
        **leading(Move.TRANSFER, Actor.SYSTEM, Status.TRANSFERRED, *_AT_WORK, Status.SUBMITTED),
        **leading(Move.FULFIL, Actor.SYSTEM, Status.ACCEPTED, *_AT_WORK, Status.SUBMITTED),
    },
)
"""The life of an assignment. What is accepted stays so: a later letter assigns anew."""

transition_for = ASSIGNMENT.transition_for
moves_from = ASSIGNMENT.moves_from
to_mermaid = ASSIGNMENT.to_mermaid


def diagrams() -> dict[str, str]:
    """Return each life cycle as a Mermaid diagram, by the name of its page."""
    return {
        "assignment": ASSIGNMENT.to_mermaid(),
        "directive": DIRECTIVE.to_mermaid(),
        "extension": EXTENSION.to_mermaid(),
    }
