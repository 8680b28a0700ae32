from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition


class WorkbookStatus(StrEnum):
    """Where a workbook that came back stands."""

    WAITING = auto()
    """Kept and shown; nothing of it is written."""
    MERGED = auto()
    DISCARDED = auto()


class WorkbookMove(StrEnum):
    MERGE = auto()
    DISCARD = auto()


class WorkbookActor(StrEnum):
    ENTERER = auto()
    """Who writes the report of the agency, or receives it and enters what the agency sent."""


_S, _M = WorkbookStatus, WorkbookMove

WORKBOOK: LifeCycle[WorkbookStatus, WorkbookMove] = LifeCycle(
    start=_S.WAITING,
    transitions={
        (_S.WAITING, _M.MERGE): Transition(_S.MERGED, WorkbookActor.ENTERER),
        (_S.WAITING, _M.DISCARD): Transition(_S.DISCARDED, WorkbookActor.ENTERER),
    },
)
"""The life of a returned workbook. What was merged is put right on the pages themselves."""


def diagrams() -> dict[str, str]:
    """Return the life cycle as a Mermaid diagram, by the name of its page."""
    return {"returned-workbook": WORKBOOK.to_mermaid()}
