"""The page of one difficulty: what it says, how it went, what it holds up, what comes next."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from tinhgon.apps.accounts.models import User
from tinhgon.apps.difficulties import policies
from tinhgon.apps.difficulties.enums import Move, Status
from tinhgon.apps.difficulties.models import (
    Difficulty,
    DifficultyFile,
    DifficultyStep,
    DifficultyText,
)
from tinhgon.domain.difficulties import OPEN, OWN, centre_on

from .blocked import Blocked, blocked_by
from .loading import sees_whole, steps_of
from .routing import Way, asked_at_centre, way_from
from .standing import Words, standing_words


class DetailPage(TypedDict):
    difficulty: Difficulty
    standing: Words
    whole: bool  # the person sees more than what all units read as guidance
    steps: list[DifficultyStep]
    answer: DifficultyStep | None
    texts: list[DifficultyText]
    files: list[DifficultyFile]
    blocked: Blocked
    is_open: bool
    can: dict[str, bool]
    lacking: list[str]
    above: str  # whom it goes to next, in words
    to_centre: bool
    asked: str  # who at the centre is to answer
    can_letter: bool
    may_guide: bool


_UPWARDS = (Move.SEND, Move.PASS_UP, Move.SEND_TO_CENTRE)


def detail_page(*, user: User, difficulty: Difficulty, today: date) -> DetailPage:
    """Return what the page shows, with the moves that the person may make now; nine queries."""
    steps = steps_of(difficulty)
    whole = sees_whole(user, difficulty, steps)
    can = {move.value: policies.can(user, move, difficulty) for move in Move}
    upwards = any(can[move.value] for move in _UPWARDS)
    way = way_from(difficulty.holder, on=today) if upwards or can[Move.REFER.value] else None
    can[Move.REFER.value] &= bool(way and way.office and way.office.pk == difficulty.holder_id)
    status = Status(difficulty.status)
    return {
        "difficulty": difficulty,
        "standing": standing_words(difficulty, today),
        "whole": whole,
        "steps": steps if whole else [],
        "answer": next((step for step in steps if step.pk == difficulty.answer_id), None),
        "texts": list(difficulty.texts.select_related("law")),
        "files": list(difficulty.files.select_related("file")) if whole else [],
        "blocked": blocked_by(user=user, difficulty=difficulty, today=today),
        "is_open": status in OPEN or status is Status.NEW,
        "can": can,
        "lacking": _lacking(difficulty) if status in OWN else [],
        "above": _above(way, today),
        "to_centre": bool(way and way.above is None),
        "asked": asked_at_centre(steps) if status is Status.AT_CENTRE else "",
        "can_letter": whole and (upwards or status in OWN),
        "may_guide": _may_guide(user, difficulty),
    }


def _above(way: Way | None, today: date) -> str:
    if way is None:
        return ""
    return way.above.name if way.above else centre_on(today).name


def _lacking(difficulty: Difficulty) -> list[str]:
    """Return what must be said before the difficulty can go up."""
    wanted = [
        (difficulty.own_part, "những việc đã làm trong thẩm quyền"),
        (difficulty.proposal, "kiến nghị, đề xuất"),
    ]
    return [words for text, words in wanted if not text]


def _may_guide(user: User, difficulty: Difficulty) -> bool:
    """Return whether a button is drawn: whoever answers for all sees the whole tree."""
    top = "/" + (difficulty.agency.path or "/").split("/")[1] + "/"
    has_own = difficulty.answer_id is not None and difficulty.guidance_id is None
    return has_own and user.access.allows(policies.GUIDE, top)
