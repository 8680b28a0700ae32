from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition, leading


class WorkbookStatus(StrEnum):
    """Where a workbook that came back stands."""

    WAITING = auto()
    """Kept and shown; nothing of it is written."""
    FAULTY = auto()
    """Something in it is wrong: it is mended and handed in anew, never written."""
    MERGED = auto()
    DISCARDED = auto()
    REPLACED = auto()
    """Faulty, and the agency's next one has come."""


class WorkbookMove(StrEnum):
    FAULT = auto()
    """What is wrong is found when it is handed in."""
    MERGE = auto()
    DISCARD = auto()
    REPLACE = auto()


class WorkbookActor(StrEnum):
    ENTERER = auto()
    """Who writes the report of the agency, or receives it and enters what the agency sent."""


_S, _M = WorkbookStatus, WorkbookMove

UNDECIDED = (_S.WAITING, _S.FAULTY)

WORKBOOK: LifeCycle[WorkbookStatus, WorkbookMove] = LifeCycle(
    start=_S.WAITING,
    transitions={
        (_S.WAITING, _M.FAULT): Transition(_S.FAULTY, WorkbookActor.ENTERER),
        (_S.WAITING, _M.MERGE): Transition(_S.MERGED, WorkbookActor.ENTERER),
        **leading(_M.DISCARD, WorkbookActor.ENTERER, _S.DISCARDED, *UNDECIDED),
        **leading(_M.REPLACE, WorkbookActor.ENTERER, _S.REPLACED, *UNDECIDED),
    },
)
"""The life of a returned workbook. What was merged is put right on the pages themselves."""


def diagrams() -> dict[str, str]:
    """Return the life cycle as a Mermaid diagram, by the name of its page."""
    return {"returned-workbook": WORKBOOK.to_mermaid()}
