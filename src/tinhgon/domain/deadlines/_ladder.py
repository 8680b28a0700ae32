from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise

from tinhgon.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Ladder:
    """
    When to remind, in working days.

    :param before: days left, falling, each at least 0.
    :param after: days late, rising, each at least 1; never empty.
    :param then_every: after the last of `after`, again each so many days.
    :param escalate_after: from so many days late on, one level up hears of it too.
    :raises ValueError: if the rungs are in another order or out of range.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    then_every: int
    escalate_after: int

    def __post_init__(self) -> None:
        rungs = [-days for days in self.before] + list(self.after)
        if any(a >= b for a, b in pairwise(rungs)):
            raise ValueError("the rungs of the ladder do not rise")
        if any(days < 0 for days in self.before):
            raise ValueError("`before` counts days left")
        if not self.after or self.after[0] < 1 or self.then_every < 1 or self.escalate_after < 1:
            raise ValueError("`after`, `then_every` and `escalate_after` count from 1")


@dataclass(frozen=True, slots=True)
class Step:
    """
    A rung of the ladder: `working_days` before the deadline (negative), on it (0) or after it.

    `escalates` says that one level up hears of it too.
    """

    working_days: int
    escalates: bool

    @property
    def code(self) -> str:
        """Names the rung for good: stored with what was sent, so that nothing is sent twice."""
        if self.working_days == 0:
            return "due"
        return f"{'before' if self.working_days < 0 else 'after'}-{abs(self.working_days)}"


def step_for(due_on: date, today: date, calendar: WorkCalendar, ladder: Ladder) -> Step | None:
    """
    Return the last rung reached on `today`, or None if the deadline is still far.

    The rung stays the same until the next one, so that a day without a run loses no reminder: the
    caller sends what has not been sent yet. A new rung is reached on working days only; the rung
    of the day itself (0) on the last working day that is on time.
    """
    late = calendar.working_days_between(due_on, today)
    if late >= 1:
        reached = _reached_after(late, ladder)
        if reached is not None:
            return Step(reached, escalates=reached >= ladder.escalate_after)
        late = 0
    left = [-days for days in ladder.before if -days <= late]
    return Step(left[-1], escalates=False) if left else None


def _reached_after(late: int, ladder: Ladder) -> int | None:
    last = ladder.after[-1]
    if late >= last:
        return late - (late - last) % ladder.then_every
    return max((days for days in ladder.after if days <= late), default=None)


@cache
def seed_ladder() -> Ladder:
    """Return the ladder that ships with the software."""
    return read_ladder(resources.files(__package__).joinpath("ladder.toml").read_bytes())


def read_ladder(data: bytes) -> Ladder:
    """
    Read a ladder from TOML (UTF-8), as `ladder.toml` beside this module.

    :raises ValueError: if a field is missing, unknown or out of range.
    """
    table = tomllib.loads(data.decode())
    names = {"before", "after", "then_every", "escalate_after"}
    if table.keys() != names:
        raise ValueError(f"a ladder has {sorted(names)}, not {sorted(table)}")
    return Ladder(
        before=tuple(table["before"]),
        after=tuple(table["after"]),
        then_every=table["then_every"],
        escalate_after=table["escalate_after"],
    )
