from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, leading, staying


class Status(StrEnum):
    """Where the review of one procedure in one round stands."""

    TO_DO = auto()
    IN_PROGRESS = auto()
    ANSWERED = auto()
    """The officer has answered all that was asked and says how it ends."""
    CONFIRMED = auto()
    """The head of the agency stands behind it."""
    CHECKED = auto()
    """The Office found nothing to correct."""
    RETURNED = auto()
    """The head or the Office wants more, and says what."""
    LAPSED = auto()
    """The procedure is no longer in force: there is nothing left to review."""
    ENTERED = auto()
    """Reviewed before the system knew of it: a signed decision on its plan tells the outcome."""


class Move(StrEnum):
    WRITE = auto()
    FINISH = auto()
    TAKE_BACK = auto()
    """The officer wants to write again before the head has confirmed."""
    CONFIRM = auto()
    SEND_BACK = auto()
    """The head wants more before he confirms."""
    CHECK = auto()
    RETURN = auto()
    RENEW = auto()
    """Another version is in force now: the review goes on with it, and keeps its answers."""
    LAPSE = auto()
    RESUME = auto()
    """The procedure is in force after all."""
    ENTER = auto()
    """A decision on its plan that was signed before is entered, or a later one after it."""
    TAKE_OUT = auto()
    """That entry is undone."""


class Actor(StrEnum):
    """On whose behalf a move is made."""

    OFFICER = auto()
    HEAD = auto()
    OFFICE = auto()
    """The Office that controls procedures, never for its own."""
    DECISION = auto()
    """The signed decision on a plan, entered by the clerk of who signed it."""


class Outcome(StrEnum):
    """What a review concludes of the procedure (NĐ 63/2010/NĐ-CP, điều 28, 31)."""

    KEEP = auto()
    AMEND = auto()
    MERGE = auto()
    """It becomes part of another procedure."""
    REPLACE = auto()
    ABOLISH = auto()


_S, _M = Status, Move
_OPEN = (_S.TO_DO, _S.IN_PROGRESS, _S.ANSWERED, _S.CONFIRMED, _S.RETURNED)

WRITABLE = frozenset({_S.TO_DO, _S.IN_PROGRESS, _S.RETURNED})
"""The officer may write answers."""

DONE = frozenset({_S.ANSWERED, _S.CONFIRMED, _S.CHECKED})
"""All was answered, and it has an outcome."""

VOUCHED = frozenset({_S.CONFIRMED, _S.CHECKED})
"""The head of the agency stands behind it: a plan that he confirms may rest on it."""

CLOSED = frozenset({_S.CHECKED, _S.LAPSED, _S.ENTERED})
"""Nobody has to do anything any more."""

REVIEW: LifeCycle[Status, Move] = LifeCycle(
    start=_S.TO_DO,
    transitions={
        **leading(_M.WRITE, Actor.OFFICER, _S.IN_PROGRESS, _S.TO_DO, _S.IN_PROGRESS),
        **staying(_M.WRITE, Actor.OFFICER, _S.RETURNED),
        **leading(_M.FINISH, Actor.OFFICER, _S.ANSWERED, _S.IN_PROGRESS, _S.RETURNED),
        **leading(_M.TAKE_BACK, Actor.OFFICER, _S.IN_PROGRESS, _S.ANSWERED),
        **leading(_M.CONFIRM, Actor.HEAD, _S.CONFIRMED, _S.ANSWERED),
        **leading(_M.SEND_BACK, Actor.HEAD, _S.RETURNED, _S.ANSWERED),
        **leading(_M.CHECK, Actor.OFFICE, _S.CHECKED, _S.CONFIRMED),
        **leading(_M.RETURN, Actor.OFFICE, _S.RETURNED, _S.CONFIRMED, _S.CHECKED),
        **leading(_M.RENEW, Actor.OFFICER, _S.IN_PROGRESS, *_OPEN),
        **leading(_M.LAPSE, Actor.OFFICER, _S.LAPSED, *_OPEN),
        **leading(_M.RESUME, Actor.OFFICE, _S.IN_PROGRESS, _S.LAPSED),
        **leading(_M.ENTER, Actor.DECISION, _S.ENTERED, _S.TO_DO),
        **staying(_M.ENTER, Actor.DECISION, _S.ENTERED),
        **leading(_M.TAKE_OUT, Actor.DECISION, _S.TO_DO, _S.ENTERED),
    },
)
"""The life of a review (TT 02/2017/TT-VPCP, điều 24, 25): officer, head, Office."""


def diagrams() -> dict[str, str]:
    """Return the life cycle as a Mermaid diagram, by the name of its page."""
    return {"review": REVIEW.to_mermaid()}
