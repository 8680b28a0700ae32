"""How a difficulty stands, as a sign and words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tinhgon.apps.difficulties.enums import Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.domain.difficulties import WAITING
from tinhgon.domain.vntext import format_number


@dataclass(frozen=True, slots=True)
class Words:
    """The kind of state, and what stands beside its sign."""

    kind: str
    words: str


def standing_words(difficulty: Difficulty, today: date) -> Words:
    """Return how a difficulty stands today: what is overdue before all, else its status."""
    if Status(difficulty.status) in WAITING and difficulty.due_on < today:
        days = format_number((today - difficulty.due_on).days)
        status = difficulty.status_words
        return Words("late", f"quá hạn {days} ngày, {status[0].lower()}{status[1:]}")
    return Words(difficulty.state_kind, difficulty.status_words)
