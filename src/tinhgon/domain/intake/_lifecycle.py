from __future__ import annotations

from enum import StrEnum, auto

from tinhgon.domain.lifecycle import LifeCycle, Transition, leading, staying


class BatchKind(StrEnum):
    """What a batch came from."""

    SHEET = auto()
    DECISION = auto()


class BatchStatus(StrEnum):
    """Where a batch stands."""

    UPLOADED = auto()
    """The file is kept; of a sheet nobody has said yet which column is which."""
    MATCHED = auto()
    """Its rows are being compared with the registry, piece by piece."""
    PREVIEWED = auto()
    """Every row has its verdict; nothing is written."""
    WRITTEN = auto()
    UNDONE = auto()
    DISCARDED = auto()


class BatchMove(StrEnum):
    MATCH = auto()
    """Say which column is which; again, if it was said wrongly."""
    COMPARE = auto()
    """Compare some more rows."""
    FINISH = auto()
    """The last row was compared."""
    CHOOSE = auto()
    """Choose what becomes of rows, or correct what was read."""
    WRITE = auto()
    UNDO = auto()
    DISCARD = auto()


class BatchActor(StrEnum):
    IMPORTER = auto()
    """Whoever may inventory, or record decisions, for the agency of the batch."""


_S, _M, _A = BatchStatus, BatchMove, BatchActor.IMPORTER

BATCH: LifeCycle[BatchStatus, BatchMove] = LifeCycle(
    start=_S.UPLOADED,
    transitions={
        **leading(_M.MATCH, _A, _S.MATCHED, _S.UPLOADED, _S.MATCHED, _S.PREVIEWED),
        **staying(_M.COMPARE, _A, _S.MATCHED),
        (_S.MATCHED, _M.FINISH): Transition(_S.PREVIEWED, _A),
        **staying(_M.CHOOSE, _A, _S.PREVIEWED),
        (_S.PREVIEWED, _M.WRITE): Transition(_S.WRITTEN, _A),
        (_S.WRITTEN, _M.UNDO): Transition(_S.UNDONE, _A),
        **leading(_M.DISCARD, _A, _S.DISCARDED, _S.UPLOADED, _S.MATCHED, _S.PREVIEWED),
    },
)
"""The life of a batch. What was written is changed by later batches, or undone as a whole."""


def diagrams() -> dict[str, str]:
    """Return the life cycle as a Mermaid diagram, by the name of its page."""
    return {"intake-batch": BATCH.to_mermaid()}
