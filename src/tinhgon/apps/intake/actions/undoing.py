"""A whole batch taken back, if nobody built on it since; or a file put aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.intake.enums import BatchKind, BatchMove
from tinhgon.apps.intake.models import Batch, RowResult
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.publications import actions as publications
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import from_json

from ._shared import make_move

_NAMED = 10


class Touched(Exception):
    """Rows were changed, moved or built upon since: `names` are the first of `count`."""

    def __init__(self, names: Sequence[str], count: int) -> None:
        super().__init__(count)
        self.names = tuple(names)
        self.count = count


@transaction.atomic
def undo_batch(*, batch: Batch, by: User, at: datetime, seen: int) -> int:
    """
    Take back exactly what the batch wrote; return how many rows that were.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Touched: if somebody changed one of them since.
    :raises Refused: if something else hangs on one of them.
    """
    decision = batch.decision
    changes = make_move(batch, BatchMove.UNDO, by=by, seen=seen)
    results = list(
        RowResult.objects.filter(row__batch=batch)
        .select_related("row", "version__procedure__agency")
        .order_by("row__order")
    )
    _refuse_touched(results)
    try:
        if batch.kind == BatchKind.SHEET:
            entries = _undo_rows(results, by=by, at=at)
        elif decision is not None:
            publications.undo_entered(decision=decision, by=by, at=at, seen=decision.version)
            entries = []
        else:
            raise Refused("Quyết định của đợt nhập này không còn trong hệ thống.")
    except (procedures.Refused, publications.Refused) as e:
        raise Refused(str(e)) from e
    change = audit.Change("Số dòng đã hoàn tác", "", str(len(results)))
    first = audit.Entry("intake.undone", batch, (*changes, change))
    audit.record_all([first, *entries], by=by, at=at)
    return len(results)


@transaction.atomic
def discard_batch(*, batch: Batch, by: User, at: datetime, seen: int) -> None:
    """
    Put a batch aside that was not written; its rows are forgotten, the file stays.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    changes = make_move(batch, BatchMove.DISCARD, by=by, seen=seen)
    batch.pieces.all().delete()
    batch.rows.all().delete()
    audit.record("intake.discarded", batch, by=by, at=at, changes=changes)


def _refuse_touched(results: Sequence[RowResult]) -> None:
    touched = [
        result.row
        for result in results
        if result.version is None
        or result.version.version != result.seen
        or (result.version.number == 1 and result.version.procedure.version != 1)
    ]
    if touched:
        names = [f"{row.place}: {row.name}" for row in touched[:_NAMED]]
        raise Touched(names, len(touched))


def _undo_rows(results: Sequence[RowResult], *, by: User, at: datetime) -> list[audit.Entry]:
    made = [(r.version, r.seen) for r in results if r.version and r.before is None]
    edited = [
        procedures.Changed(from_json(r.before), r.version, r.seen)
        for r in results
        if r.version and r.before is not None
    ]
    entries = procedures.withdraw_all(made, by=by) if made else []
    if edited:
        entries += procedures.edit_all(edited, by=by, at=at).entries
    return entries
