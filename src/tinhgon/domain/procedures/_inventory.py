from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, leading


class ReplyStatus(StrEnum):
    """Where an agency stands with a supplementary inventory (thống kê bổ sung)."""

    ASKED = auto()
    ANSWERED = auto()
    """It named what it had missed."""
    NIL = auto()
    """It says that it missed nothing."""
    RETURNED = auto()
    ACCEPTED = auto()


class ReplyMove(StrEnum):
    ANSWER = auto()
    SAY_NIL = auto()
    RETURN = auto()
    ACCEPT = auto()


class ReplyActor(StrEnum):
    AGENCY = auto()
    OFFICE = auto()


_S, _M = ReplyStatus, ReplyMove
_TO_ANSWER = (_S.ASKED, _S.RETURNED, _S.ANSWERED, _S.NIL)  # corrected until the Office accepts it

REPLIED = frozenset({_S.ANSWERED, _S.NIL, _S.ACCEPTED})
"""The agency has answered; whether it was in time says the day of the answer."""

REPLY: LifeCycle[ReplyStatus, ReplyMove] = LifeCycle(
    start=_S.ASKED,
    transitions={
        **leading(_M.ANSWER, ReplyActor.AGENCY, _S.ANSWERED, *_TO_ANSWER),
        **leading(_M.SAY_NIL, ReplyActor.AGENCY, _S.NIL, *_TO_ANSWER),
        **leading(_M.RETURN, ReplyActor.OFFICE, _S.RETURNED, _S.ANSWERED, _S.NIL),
        **leading(_M.ACCEPT, ReplyActor.OFFICE, _S.ACCEPTED, _S.ANSWERED, _S.NIL),
    },
)
"""The life of an agency's reply: a nil return is an answer like any other."""
