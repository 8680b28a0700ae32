"""Everything that was chosen, written at one stroke, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.intake.enums import BatchKind, BatchMove, Choice, Verdict
from tinhgon.apps.intake.imports import record_of
from tinhgon.apps.intake.models import Batch, BatchRow, RowResult
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import batches
from tinhgon.common.bulk import insert
from tinhgon.common.refusal import Refused
from tinhgon.domain.intake import obstacles
from tinhgon.domain.procedures import PUBLISHED

from ._deciding import enter_decision
from ._outdated import compare_again, outdated_rows
from ._shared import make_move

_NEEDED = ("order", "choice", "cells", "agency_id", "base_id", "seen", "batch_id")
_AT_ONCE = 1_000
"""Rows in memory together."""
_INDEXING = 0.5
"""Seconds after which the rest is left to the page of the batch, and to the daily run."""


class Outdated(Exception):
    """The registry changed since the preview: `count` rows have a new verdict, none is written."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def write_batch(
    *,
    batch: Batch,
    stop_on_error: bool,
    as_proposals: bool = True,
    by: User,
    at: datetime,
    seen: int,
) -> int:
    """
    Write the rows that were chosen; return how many there were.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if something stands in the way; nothing is written then.
    :raises Outdated: if rows would now do something else than was previewed. They were compared
        anew, so that the page shows them.
    """
    try:
        count = _write(
            batch, stop_on_error=stop_on_error, as_proposals=as_proposals, by=by, at=at, seen=seen
        )
    except _Stale as e:
        stale = e.rows
    except procedures.Refused as e:
        raise Refused(str(e), e.field) from e
    else:
        search.catch_up(seconds=_INDEXING)
        return count
    batch.refresh_from_db()
    with transaction.atomic():
        batch.change(seen_version=seen)
        compare_again(batch, sorted(stale), by, on=at.date())
    raise Outdated(len(stale))


@transaction.atomic
def _write(
    batch: Batch, *, stop_on_error: bool, as_proposals: bool, by: User, at: datetime, seen: int
) -> int:
    changes = make_move(
        batch,
        BatchMove.WRITE,
        by=by,
        seen=seen,
        written_at=at,
        written_by=by,
        as_proposals=as_proposals,
    )
    _refuse_obstacles(batch, stop_on_error=stop_on_error)
    if stale := outdated_rows(batch, on=at.date()):
        raise _Stale(stale)
    write = enter_decision if batch.kind == BatchKind.DECISION else _write_rows
    entries = write(batch, by=by, at=at)
    count = batch.rows.filter(choice__in=[Choice.ADD.value, Choice.UPDATE.value]).count()
    change = audit.Change("Số dòng đã ghi", "", str(count))
    first = audit.Entry("intake.written", batch, (*changes, change))
    audit.record_all([first, *entries], by=by, at=at)
    return count


class _Stale(Exception):
    def __init__(self, rows: set[int]) -> None:
        super().__init__()
        self.rows = rows


def _refuse_obstacles(batch: Batch, *, stop_on_error: bool) -> None:
    chosen = batch.rows.filter(choice__in=[Choice.ADD.value, Choice.UPDATE.value])
    found = obstacles(
        undecided=batch.rows.filter(choice="").count(),
        errors=batch.rows.filter(verdict=Verdict.ERROR.value).count(),
        chosen=chosen.count(),
        stop_on_error=stop_on_error,
    )
    if found:
        raise Refused(" ".join(found))


def _write_rows(batch: Batch, *, by: User, at: datetime) -> list[audit.Entry]:
    entries: list[audit.Entry] = []
    for rows in _chosen(batch):
        written = [*_add(batch, rows, by=by, at=at), *_update(rows, by=by, at=at)]
        for entry in written:
            _forget_content(entry.subject)
        entries += written
    return entries


def _chosen(batch: Batch) -> Iterator[list[BatchRow]]:
    chosen = batch.rows.filter(choice__in=[Choice.ADD.value, Choice.UPDATE.value])
    keys = list(chosen.order_by("order").values_list("pk", flat=True))
    holders: dict[int, Agency] = {}
    for part in batches(keys, size=_AT_ONCE):
        rows: list[BatchRow] = []
        for piece in batches(part):
            rows += chosen.filter(pk__in=piece).only(*_NEEDED)
        _attach(batch, rows, holders)
        yield rows


def _attach(batch: Batch, rows: Sequence[BatchRow], holders: dict[int, Agency]) -> None:
    """Give rows what they point at: one object for each, however many rows point at it."""
    wanted = {row.agency_id for row in rows if row.agency_id} - holders.keys()
    holders |= Agency.objects.in_bulk(list(wanted))
    bases: dict[int, ProcedureVersion] = {}
    for piece in batches([row.base_id for row in rows if row.base_id]):
        found = ProcedureVersion.objects.filter(pk__in=piece).select_related("procedure__agency")
        bases |= {version.pk: version for version in found}
    for row in rows:
        row.batch = batch
        row.agency = holders.get(row.agency_id or 0)
        row.base = bases.get(row.base_id or 0)


def _add(batch: Batch, rows: Iterable[BatchRow], *, by: User, at: datetime) -> list[audit.Entry]:
    new = [row for row in rows if row.choice == Choice.ADD]
    if not new:
        return []
    proposed = [
        procedures.Proposed(record_of(row, None), row.agency or batch.agency) for row in new
    ]
    written = procedures.propose_all(
        proposed, by=by, at=at, finished=batch.as_proposals, index=search.index_later
    )
    _keep(new, written.versions)
    return written.entries


def _update(rows: Iterable[BatchRow], *, by: User, at: datetime) -> list[audit.Entry]:
    known = [row for row in rows if row.choice == Choice.UPDATE and row.base is not None]
    drafts = [row for row in known if not _is_published(row)]
    published = [row for row in known if _is_published(row)]
    entries: list[audit.Entry] = []
    if drafts:
        before = [row.base.content for row in drafts if row.base]
        written = procedures.edit_all(_changed(drafts), by=by, at=at, index=search.index_later)
        _keep(drafts, written.versions, before=before)
        entries += written.entries
    if published:
        written = procedures.draft_all(_changed(published), by=by, at=at, index=search.index_later)
        _keep(published, written.versions)
        entries += written.entries
    return entries


def _is_published(row: BatchRow) -> bool:
    return row.base is not None and Status(row.base.status) in PUBLISHED


def _changed(rows: Iterable[BatchRow]) -> list[procedures.Changed]:
    return [
        procedures.Changed(record_of(row, row.base.record), row.base, row.seen)
        for row in rows
        if row.base is not None
    ]


def _keep(
    rows: Sequence[BatchRow],
    versions: Sequence[ProcedureVersion],
    *,
    before: Sequence[object] | None = None,
) -> None:
    insert(
        RowResult(
            row_id=row.pk,
            version_id=version.pk,
            seen=version.version,
            before=before[place] if before else None,
        )
        for place, (row, version) in enumerate(zip(rows, versions, strict=True))
    )


def _forget_content(version: Model) -> None:
    """Let go of what the trail does not tell, so that memory does not grow with the sheet."""
    if isinstance(version, ProcedureVersion):
        version.content, version.folded = {}, ""
        version.__dict__.pop("record", None)
