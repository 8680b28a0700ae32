from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, leading


class Status(StrEnum):
    """Where a suggestion stands. Nobody but the Office sees a new or a declined one."""

    NEW = auto()
    SHOWN = auto()
    ANSWERED = auto()
    """Shown together with the answer of the Office."""
    DECLINED = auto()


class Move(StrEnum):
    SHOW = auto()
    ANSWER = auto()
    DECLINE = auto()


class Actor(StrEnum):
    """On whose behalf a move is made."""

    OFFICE = auto()
    """The Office that controls procedures."""


SHOWN = frozenset({Status.SHOWN, Status.ANSWERED})
"""What the public reads."""

SUGGESTION: LifeCycle[Status, Move] = LifeCycle(
    start=Status.NEW,
    transitions={
        **leading(Move.SHOW, Actor.OFFICE, Status.SHOWN, Status.NEW, Status.DECLINED),
        **leading(
            Move.ANSWER,
            Actor.OFFICE,
            Status.ANSWERED,
            Status.NEW,
            Status.SHOWN,
            Status.ANSWERED,
            Status.DECLINED,
        ),
        **leading(
            Move.DECLINE, Actor.OFFICE, Status.DECLINED, Status.NEW, Status.SHOWN, Status.ANSWERED
        ),
    },
)
"""The life of a suggestion: a wrong decision of the Office can be put right by another."""


def diagrams() -> dict[str, str]:
    """Return the life cycle as a Mermaid diagram, by the name of its page."""
    return {"suggestion": SUGGESTION.to_mermaid()}
