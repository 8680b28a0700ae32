"""What is taken for a suggestion of a person, and what is turned away."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

SHORTEST, LONGEST = 10, 2_000
"""Letters of a text that says something, and that somebody can still answer."""

LEAST_SECONDS = 4
"""From opening the form to sending it: nobody reads and writes faster."""

MOST_SECONDS = 12 * 3600
MOST_A_DAY = 10
"""From one address: an office of many people may stand behind it."""

MOST_WAITING = 300
"""Suggestions of one day that nobody has looked at: more is a flood."""


class Refusal(StrEnum):
    ROBOT = auto()
    """It filled in what people do not see, or answered faster than one can read."""
    STALE = auto()
    """The form was opened too long ago, or not here at all."""
    TOO_MANY = auto()
    """This address has sent enough for one day."""
    FLOOD = auto()
    """All addresses together have."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """
    How a suggestion came in.

    `seconds` from opening the form to sending it; None where it is not known to have been opened.
    `trap` is what stands in the input that people do not see. `sent` came from the same address on
    that day, `waiting` from anybody, without having been looked at.
    """

    seconds: float | None
    trap: str = ""
    sent: int = 0
    waiting: int = 0


def refusal(arrival: Arrival) -> Refusal | None:
    """Return why a suggestion is not taken; None: it is."""
    if arrival.trap.strip():
        return Refusal.ROBOT
    if arrival.seconds is None or not 0 <= arrival.seconds <= MOST_SECONDS:
        return Refusal.STALE
    if arrival.seconds < LEAST_SECONDS:
        return Refusal.ROBOT
    if arrival.sent >= MOST_A_DAY:
        return Refusal.TOO_MANY
    if arrival.waiting >= MOST_WAITING:
        return Refusal.FLOOD
    return None
