"""A file comes in: kept, and of a sheet said which column is which."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files.actions import store_upload
from tinhgon.apps.files.enums import LETTERS, SHEETS
from tinhgon.apps.intake import policies
from tinhgon.apps.intake.enums import BatchKind, BatchMove, BatchStatus
from tinhgon.apps.intake.imports import Opened, open_sheet, rows_below
from tinhgon.apps.intake.models import Batch, BatchPiece, ColumnMatch
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.intake import header_at

from ._shared import make_move

PIECE = 250
"""Lines that are compared before the clock is looked at again."""


@transaction.atomic
def receive_sheet(*, upload: Upload, agency: Agency, by: User, at: datetime) -> Batch:
    """
    Keep a sheet and find its columns: by our headings, or as somebody matched the same ones before.

    :raises PermissionDenied: if `by` may not inventory procedures of the agency.
    :raises FileRefused: if it is no file of the kinds that are taken.
    :raises SheetUnreadable: if it cannot be read; nothing is kept then.
    """
    policies.check_receive(by, BatchKind.SHEET, agency)
    file = store_upload(upload, at=at, allowed=SHEETS)
    opened = open_sheet(file)
    header = opened.header
    batch = Batch.objects.create(
        kind=BatchKind.SHEET.value,
        agency=agency,
        file=file,
        sheet_name=opened.sheet.name[:100],
        header_line=header.line,
        headings=list(header.headings),
        signature=header.signature,
        columns={**header.likely, **header.columns},
        notes=list(opened.notes),
        created_at=at,
        created_by=by,
    )
    remembered = ColumnMatch.objects.filter(agency=agency, signature=header.signature).first()
    if remembered or header.is_sure:
        columns = remembered.columns if remembered else dict(header.columns)
        _take_lines(batch, opened, columns)
        make_move(batch, BatchMove.MATCH, by=by, seen=batch.version, columns=columns)
    audit.record("intake.received", batch, by=by, at=at)
    return batch


@transaction.atomic
def receive_decision(*, upload: Upload, agency: Agency, by: User, at: datetime) -> Batch:
    """
    Keep a decision that is law already; `advance` reads it.

    :raises PermissionDenied: if `by` may not record decisions of the agency.
    :raises FileRefused: if it is no file of the kinds that are taken.
    """
    policies.check_receive(by, BatchKind.DECISION, agency)
    batch = Batch.objects.create(
        kind=BatchKind.DECISION.value,
        status=BatchStatus.MATCHED.value,
        agency=agency,
        file=store_upload(upload, at=at, allowed=LETTERS),
        created_at=at,
        created_by=by,
    )
    audit.record("intake.received", batch, by=by, at=at)
    return batch


@transaction.atomic
def match_columns(
    *,
    batch: Batch,
    header_line: int,
    columns: Mapping[str, int],
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Say which column is which, and remember it for the next sheet with these headings.

    What was compared by an earlier matching is forgotten.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if no column has the names.
    """
    if batch.kind != BatchKind.SHEET:
        raise Refused("Chỉ bảng tính mới cần ghép cột.")
    if "name" not in columns:
        raise Refused("Chọn cột có tên thủ tục.", "name")
    changes = make_move(batch, BatchMove.MATCH, by=by, seen=seen)
    opened = open_sheet(batch.file)
    header = header_at(opened.sheet.lines, header_line)
    batch.change(
        seen_version=batch.version,
        header_line=header_line,
        headings=list(header.headings),
        signature=header.signature,
        columns=dict(columns),
        compared=0,
    )
    _forget(batch)
    _take_lines(batch, opened, columns)
    ColumnMatch.objects.update_or_create(
        agency=batch.agency,
        signature=header.signature,
        defaults={"columns": dict(columns), "matched_at": at, "matched_by": by},
    )
    audit.record("intake.matched", batch, by=by, at=at, changes=changes)


@transaction.atomic
def read_again(*, batch: Batch, by: User, at: datetime, seen: int) -> None:
    """
    Compare all rows anew with the registry as it stands; what people chose is forgotten.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    changes = make_move(batch, BatchMove.MATCH, by=by, seen=seen, compared=0)
    _forget(batch)
    if batch.kind == BatchKind.SHEET:
        _take_lines(batch, open_sheet(batch.file), batch.columns)
    audit.record("intake.matched", batch, by=by, at=at, changes=changes)


def _forget(batch: Batch) -> None:
    batch.rows.all().delete()
    batch.pieces.all().delete()


def _take_lines(batch: Batch, opened: Opened, columns: Mapping[str, int]) -> None:
    """Keep the lines below the header until they are compared."""
    lines = list(rows_below(opened.sheet.lines, batch.header_line or 1))
    if not lines:
        raise Refused("Tệp không có dòng nào dưới dòng tiêu đề.", "file")
    width = 1 + max([*columns.values(), len(opened.header.headings) - 1])
    BatchPiece.objects.bulk_create(
        (
            BatchPiece(
                batch=batch,
                order=order,
                lines=[[n, cells[:width]] for n, cells in lines[start : start + PIECE]],
            )
            for order, start in enumerate(range(0, len(lines), PIECE))
        ),
        batch_size=1,  # each is large: lists of them are slow to write down for the database
    )
    batch.total = len(lines)
    Batch.objects.filter(pk=batch.pk).update(total=len(lines))
