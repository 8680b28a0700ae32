from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, leading, staying


class Actor(StrEnum):
    """On whose behalf a move is made."""

    OFFICER = auto()
    """Who writes the report in the agency."""
    HEAD = auto()
    """The head of the agency, who answers for it."""
    RECEIVER = auto()
    """The agency above, to which the report goes."""


class ReportStatus(StrEnum):
    """Where the report of one agency for one period stands."""

    DRAFT = auto()
    SENT = auto()
    NIL = auto()
    """Sent, saying that nothing arose."""
    RETURNED = auto()
    """Sent back with reasons: to be corrected and sent anew."""
    RECEIVED = auto()


class ReportMove(StrEnum):
    EDIT = auto()
    SEND = auto()
    SEND_NIL = auto()
    RECALL = auto()
    """The head takes it back before the agency above has received it."""
    RETURN = auto()
    RECEIVE = auto()


_R, _M = ReportStatus, ReportMove

EDITABLE = frozenset({_R.DRAFT, _R.RETURNED})
SENT = frozenset({_R.SENT, _R.NIL, _R.RECEIVED})
"""Reports that the agency above has in hand."""

REPORT: LifeCycle[ReportStatus, ReportMove] = LifeCycle(
    start=_R.DRAFT,
    transitions={
        **staying(_M.EDIT, Actor.OFFICER, _R.DRAFT, _R.RETURNED),
        **leading(_M.SEND, Actor.HEAD, _R.SENT, _R.DRAFT, _R.RETURNED),
        **leading(_M.SEND_NIL, Actor.HEAD, _R.NIL, _R.DRAFT, _R.RETURNED),
        **leading(_M.RECALL, Actor.HEAD, _R.DRAFT, _R.SENT, _R.NIL),
        **leading(_M.RETURN, Actor.RECEIVER, _R.RETURNED, _R.SENT, _R.NIL, _R.RECEIVED),
        **leading(_M.RECEIVE, Actor.RECEIVER, _R.RECEIVED, _R.SENT, _R.NIL),
    },
)
