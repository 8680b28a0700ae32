from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)


class Transition(NamedTuple, Generic[S]):
    to: S
    actor: StrEnum


class IllegalMove(Exception):
    """The state does not allow the move, whoever makes it."""

    def __init__(self, status: StrEnum, move: StrEnum) -> None:
        super().__init__(f"{move} is not possible from {status}")
        self.status = status
        self.move = move


@dataclass(frozen=True)
class LifeCycle(Generic[S, M]):
    """A life as a table: `(status, move) → (status, actor)`, with the status it starts in."""

    start: S
    transitions: Mapping[tuple[S, M], Transition[S]]

    def transition_for(self, status: S, move: M) -> Transition[S]:
        """
        Return where `move` leads from `status`, and who may make it.

        :raises IllegalMove: if it leads nowhere.
        """
        try:
            return self.transitions[status, move]
        except KeyError:
            raise IllegalMove(status, move) from None

    def moves_from(self, status: S, actor: StrEnum) -> tuple[M, ...]:
        """Return the moves `actor` may make from `status`, in the order of the table."""
        return tuple(
            move
            for (source, move), transition in self.transitions.items()
            if source is status and transition.actor is actor
        )

    def to_mermaid(self) -> str:
        """Return the table as a state diagram in Mermaid."""
        lines = [f"    {s} --> {t.to}: {m} ({t.actor})" for (s, m), t in self.transitions.items()]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.start}", *lines])


def staying(move: M, actor: StrEnum, *statuses: S) -> dict[tuple[S, M], Transition[S]]:
    """Return the rows of a table in which `move` leaves each of the statuses as it is."""
    return {(status, move): Transition(status, actor) for status in statuses}


def leading(move: M, actor: StrEnum, to: S, *statuses: S) -> dict[tuple[S, M], Transition[S]]:
    """Return the rows of a table in which `move` leads from each of the statuses to `to`."""
    return {(status, move): Transition(to, actor) for status in statuses}
