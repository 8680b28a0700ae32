"""Difficulties for tests, brought to each state by the real actions."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.agencies import make_agency
from tests.factories.people import make_user
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.difficulties import actions
from tinhgon.apps.difficulties.actions import Content, Paper
from tinhgon.apps.difficulties.enums import Decider, Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.common.uploads import Upload

_numbers = itertools.count(1)
AT = datetime(2024, 6, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = date(2024, 6, 28)
PDF = Upload("tra-loi.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")


def content(**parts: Any) -> Content:
    """Return what a difficulty says, enough to be sent up, with `parts` in place of its own."""
    said: dict[str, Any] = {
        "kind": "basis",
        "title": f"Chưa rõ thành phần hồ sơ, mẫu {next(_numbers)}",
        "description": "Văn bản chưa nêu rõ thành phần hồ sơ nên mỗi đơn vị yêu cầu một kiểu.",
        "decider": Decider.PROVINCE,
        "due_on": DUE,
        "own_part": "Đã rà soát các hồ sơ đang dùng và thống nhất tạm thời trong cơ quan.",
        "proposal": "Đề nghị hướng dẫn thống nhất thành phần hồ sơ.",
    }
    return Content(**{**said, **parts})


def make_difficulty(agency: Agency, *, at: datetime = AT, **parts: Any) -> Difficulty:
    """Make a difficulty that its agency has written down and not sent."""
    return actions.raise_difficulty(
        agency=agency, content=content(**parts), by=make_user(agency), at=at
    )


def make_sent(agency: Agency, *, at: datetime = AT, **parts: Any) -> Difficulty:
    """Make a difficulty that the head of its agency has sent one level up."""
    difficulty = make_difficulty(agency, at=at, **parts)
    head = make_user(agency, "head")
    actions.send_difficulty(difficulty=difficulty, by=head, at=at, seen=difficulty.version)
    return difficulty


def make_sent_to(holder: Agency, **parts: Any) -> Difficulty:
    """Make a difficulty of an agency right below `holder`, which has come to it."""
    return make_sent(make_agency(parent=holder), **parts)


def answer(difficulty: Difficulty, *, at: datetime = AT, paper: Paper | None = None) -> Difficulty:
    """Let the level that has it answer; for the centre, whose answers come on paper, record it."""
    if difficulty.status == Status.AT_CENTRE.value:
        paper = paper or Paper(number="88", symbol="VPCP-KSTT", issued_on=at.date())
    actions.answer_difficulty(
        difficulty=difficulty,
        text="Thực hiện theo thành phần hồ sơ tại quyết định công bố.",
        paper=paper or Paper(),
        by=make_user(difficulty.holder),
        at=at,
        seen=difficulty.version,
    )
    return difficulty


def make_answered(agency: Agency, *, at: datetime = AT, **parts: Any) -> Difficulty:
    """Make a difficulty of `agency` that the next level has answered."""
    paper = parts.pop("paper", None)
    return answer(make_sent(agency, at=at, **parts), at=at, paper=paper)


def make_guidance(agency: Agency, *, at: datetime = AT, **parts: Any) -> Difficulty:
    """Make an answered difficulty whose answer counts for all units."""
    difficulty = make_answered(agency, at=at, **parts)
    top = agency
    while top.parent is not None:
        top = top.parent
    actions.set_guidance(
        difficulty=difficulty,
        is_guidance=True,
        by=make_user(top, "coordinator"),
        at=at,
        seen=difficulty.version,
    )
    return difficulty
