"""The life of a recommendation upwards: what only a ministry or the Government can change."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition, staying

from ._lifecycle import Actor, ItemMove


class RecommendationStatus(StrEnum):
    """Where the recommendation on one procedure stands."""

    TO_SEND = auto()
    """Decided on, its letter not sent yet."""
    SENT = auto()
    """The letter is out; no answer yet."""
    AGREED = auto()
    AGREED_IN_PART = auto()
    """Some of the measures only."""
    REFUSED = auto()


class RecommendationMove(StrEnum):
    ADDRESS = auto()
    """Say to whom it goes, and what the letter asks for."""
    SEND = auto()
    URGE = auto()
    """Ask again; another last day for the answer."""
    REDIRECT = auto()
    """Take it back, because another authority decides: it is to be sent anew."""
    AGREE = auto()
    AGREE_IN_PART = auto()
    REFUSE = auto()


_S, _M = RecommendationStatus, RecommendationMove

RECOMMENDATION: LifeCycle[RecommendationStatus, RecommendationMove] = LifeCycle(
    start=_S.TO_SEND,
    transitions={
        **staying(_M.ADDRESS, Actor.OFFICER, _S.TO_SEND),
        (_S.TO_SEND, _M.SEND): Transition(_S.SENT, Actor.DECISION),
        **staying(_M.URGE, Actor.DECISION, _S.SENT),
        (_S.SENT, _M.REDIRECT): Transition(_S.TO_SEND, Actor.DECISION),
        (_S.SENT, _M.AGREE): Transition(_S.AGREED, Actor.DECISION),
        (_S.SENT, _M.AGREE_IN_PART): Transition(_S.AGREED_IN_PART, Actor.DECISION),
        (_S.SENT, _M.REFUSE): Transition(_S.REFUSED, Actor.DECISION),
    },
)
"""The agency drafts, the authority that decided on the plan sends and keeps the answer."""

ANSWERS: Mapping[RecommendationMove, ItemMove] = {
    _M.AGREE: ItemMove.APPROVE,
    _M.AGREE_IN_PART: ItemMove.APPROVE_IN_PART,
    _M.REFUSE: ItemMove.REFUSE,
}
"""What an answer makes of the verdict on the procedure: only then is it carried out, or ended."""
