from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, leading


class Status(StrEnum):
    """Where a job stands."""

    WAITING = auto()
    RUNNING = auto()
    DONE = auto()
    FAILED = auto()
    CANCELLED = auto()


class Move(StrEnum):
    START = auto()
    FINISH = auto()
    FAIL = auto()
    LOSE = auto()
    """Its worker is gone: nobody works on it any more."""
    CANCEL = auto()
    REPEAT = auto()


class Actor(StrEnum):
    """On whose behalf a move is made."""

    WORKER = auto()
    """The process that works the queue off."""
    WATCH = auto()
    """Whatever looks for signs of life: another worker, or the person who wants it repeated."""
    ASKER = auto()
    """Who asked for it; the administrator of the whole system may do the same."""


OPEN = frozenset({Status.WAITING, Status.RUNNING})
ENDED = frozenset(Status) - OPEN

LOST_AFTER = timedelta(seconds=60)
"""A worker tells every ten seconds that it is alive; who is silent for longer than this is not."""

JOB: LifeCycle[Status, Move] = LifeCycle(
    start=Status.WAITING,
    transitions={
        **leading(Move.START, Actor.WORKER, Status.RUNNING, Status.WAITING),
        **leading(Move.FINISH, Actor.WORKER, Status.DONE, Status.RUNNING),
        **leading(Move.FAIL, Actor.WORKER, Status.FAILED, Status.RUNNING),
        **leading(Move.LOSE, Actor.WATCH, Status.FAILED, Status.RUNNING),
        **leading(Move.CANCEL, Actor.ASKER, Status.CANCELLED, Status.WAITING, Status.RUNNING),
        **leading(Move.REPEAT, Actor.ASKER, Status.WAITING, Status.FAILED, Status.CANCELLED),
    },
)
"""The life of a job. What is done is done: who wants it anew asks for another."""


def is_alive(beat_at: datetime | None, *, at: datetime) -> bool:
    """Return whether a sign of life given at `beat_at` still counts."""
    return beat_at is not None and at - beat_at <= LOST_AFTER


def diagrams() -> dict[str, str]:
    """Return the life cycle as a Mermaid diagram, by the name of its page."""
    return {"job": JOB.to_mermaid()}
