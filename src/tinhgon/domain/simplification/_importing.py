"""The life of an import: a decision on plans that was signed before the system knew of it."""

from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition, leading, staying

from ._lifecycle import Actor


class ImportStatus(StrEnum):
    """Where an import stands."""

    PREVIEWED = auto()
    """Read and compared with the registry; nothing is written."""
    WRITTEN = auto()
    UNDONE = auto()
    DISCARDED = auto()


class ImportMove(StrEnum):
    EDIT = auto()
    WRITE = auto()
    UNDO = auto()
    """Everything is taken back, while nothing followed it."""
    DISCARD = auto()


class RowChoice(StrEnum):
    """What becomes of one procedure of the decision."""

    TAKE = auto()
    LEAVE = auto()
    """Left out, with a reason."""


class MatchedBy(StrEnum):
    """By what the procedure of a decision was found in the registry."""

    CODE = auto()
    NAME = auto()
    PERSON = auto()
    """Somebody chose it."""


_S, _M, _A = ImportStatus, ImportMove, Actor.DECISION

PLAN_IMPORT: LifeCycle[ImportStatus, ImportMove] = LifeCycle(
    start=_S.PREVIEWED,
    transitions={
        **staying(_M.EDIT, _A, _S.PREVIEWED),
        (_S.PREVIEWED, _M.WRITE): Transition(_S.WRITTEN, _A),
        (_S.WRITTEN, _M.UNDO): Transition(_S.UNDONE, _A),
        **leading(_M.DISCARD, _A, _S.DISCARDED, _S.PREVIEWED),
    },
)
"""What was written is undone as a whole, or followed as any other approved plan."""
