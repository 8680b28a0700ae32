"""Comparing, some rows at a time: so that no request runs long, and a crash loses one step."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.intake.enums import BatchKind, BatchMove, Verdict
from tinhgon.apps.intake.imports import (
    Comparer,
    ReadDecision,
    Unreadable,
    hold_rows,
    judge_rows,
    read_decision,
)
from tinhgon.apps.intake.models import Batch, BatchPiece, BatchRow
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.publications.queries import positions
from tinhgon.common.bulk import insert
from tinhgon.common.refusal import Refused
from tinhgon.domain.catalogue import Abolition
from tinhgon.domain.intake import ReadRow
from tinhgon.domain.procedures import to_json

from ._shared import make_move


@transaction.atomic
def advance(*, batch: Batch, by: User, at: datetime, seen: int, seconds: float = 1.0) -> None:
    """
    Compare rows for about so many seconds; after the last of them the batch can be previewed.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if a decision cannot be read.
    """
    make_move(batch, BatchMove.COMPARE, by=by, seen=seen)
    if batch.kind == BatchKind.DECISION:
        done = _read_all(batch, on=at.date())
    else:
        done = _compare_some(batch, by, on=at.date(), seconds=seconds)
    if done:
        make_move(batch, BatchMove.FINISH, by=by, seen=batch.version)


def _compare_some(batch: Batch, by: User, *, on: date, seconds: float) -> bool:
    began = time.monotonic()
    comparer = Comparer(batch, by, on=on)
    compared = batch.compared
    for pk in batch.pieces.order_by("order").values_list("pk", flat=True)[:]:
        piece = BatchPiece.objects.get(pk=pk)
        rows = comparer.compare(piece.lines, first=compared + 1)
        insert(rows)
        compared += len(rows)
        piece.delete()
        if time.monotonic() - began >= seconds:
            break
    batch.change(seen_version=batch.version, compared=compared)
    return compared >= batch.total


def _read_all(batch: Batch, *, on: date) -> bool:
    try:
        read = read_decision(batch.file)
    except Unreadable as e:
        raise Refused(str(e), "file") from e
    root = agencies.root_of(batch.agency)
    day = _day(read.heading["issued_on"]) or on
    issuer = agencies.issuer_named(read.heading["agency_name"], root=root, on=day)
    rows = [_row(batch, order, row) for order, row in enumerate(read.rows, start=1)]
    hold_rows(batch, rows, root=root, day=day, on=on)
    judge_rows(batch, rows, on=on)
    rows += list(_ended(batch, read, rows, issuer=issuer or root, day=day))
    insert(rows)
    batch.change(
        seen_version=batch.version,
        heading={**read.heading, "issuer": issuer.pk if issuer else None},
        findings=read.findings,
        unread=read.unread,
        total=len(rows),
        compared=len(rows),
    )
    return True


def _row(batch: Batch, order: int, row: ReadRow) -> BatchRow:
    return BatchRow(
        batch=batch,
        order=order,
        line=row.line,
        place=row.place[:60],
        name=row.record.name[:1000],
        record=to_json(row.record),
        verdict=Verdict.ERROR.value,
        action=row.action.value if row.action else "",
        position=row.position[:40],
        section=row.section[:500],
        said=row.said,
        agencies=list(row.agencies),
        old_name=row.old_name[:1000],
        note=row.note[:500],
    )


def _ended(
    batch: Batch, read: ReadDecision, rows: Sequence[BatchRow], *, issuer: Agency, day: date
) -> Iterator[BatchRow]:
    """Yield a row for each line of earlier decisions that an article of this one ends."""
    touched = {row.target_id for row in rows if row.target_id and row.verdict != Verdict.TWIN}
    order = len(rows)
    for abolition in read.catalogue.abolitions:
        for named in positions.read_places(abolition.text, issuer=issuer, on=day):
            for place in named.places:
                if place.line is None or place.problem:
                    order += 1
                    text = f"{named.words}, {place.asked}: {place.problem}"
                    yield _ending(batch, order, abolition, name=place.name, fault=text)
                elif place.line.procedure_id not in touched:
                    touched.add(place.line.procedure_id)
                    order += 1
                    row = _ending(batch, order, abolition, name=place.name)
                    row.abolishes, row.target = place.line, place.line.procedure
                    row.agency = place.line.procedure.agency
                    judge_rows(batch, [row], on=day)
                    yield row
            if named.decision is None:
                order += 1
                text = f"{named.words}: {named.problem}"
                yield _ending(batch, order, abolition, name=named.words, fault=text)


def _ending(
    batch: Batch, order: int, abolition: Abolition, *, name: str, fault: str = ""
) -> BatchRow:
    place = f"Điều {abolition.article}" if abolition.article else "Phần nội dung"
    return BatchRow(
        batch=batch,
        order=order,
        line=0,
        place=place[:60],
        name=name[:1000],
        verdict=Verdict.ERROR.value,
        choice="skip",
        action=Action.ABOLISHED.value,
        said=abolition.text,
        errors=[{"column": "", "cell": place, "text": fault}] if fault else [],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
