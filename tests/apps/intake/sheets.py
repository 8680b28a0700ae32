"""Sheets and decisions for tests, as people send them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from tests.domain.catalogue.decisions import decision, table
from tests.factories.procedures import AT, make_record
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.intake import actions
from tinhgon.apps.intake.models import Batch
from tinhgon.domain.procedures import (
    AGENCY_HEADING,
    CODE_HEADING,
    COLUMNS,
    Record,
    write_cell,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = [CODE_HEADING, AGENCY_HEADING, *(column.heading for column in COLUMNS.values())]


def workbook(*lines: Sequence[Any], name: str = "Thủ tục") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        for number, line in enumerate(lines):
            for place, value in enumerate(line):
                if value is not None:
                    sheet.write(number, place, value)
    return out.getvalue()


def line(record: Record | None = None, *, code: str = "", agency: str = "") -> list[Any]:
    """Return a line of our own sheet for the record."""
    record = record or make_record()
    return [code or None, agency or None, *(write_cell(record, key) for key in COLUMNS)]


def upload(data: bytes, name: str = "danh-muc.xlsx", content_type: str = XLSX) -> actions.Upload:
    return actions.Upload(name, content_type, data)


def receive(
    agency: Agency, by: User, *lines: Sequence[Any], data: bytes = b"", name: str = "danh-muc.xlsx"
) -> Batch:
    """Receive a sheet of our own headings with these lines."""
    return actions.receive_sheet(
        upload=upload(data or workbook(HEADINGS, *lines), name), agency=agency, by=by, at=AT
    )


def previewed(agency: Agency, by: User, *lines: Sequence[Any], **more: Any) -> Batch:
    batch = receive(agency, by, *lines, **more)
    while batch.status == "matched":
        actions.advance(batch=batch, by=by, at=AT, seen=batch.version)
    return batch


def write(batch: Batch, by: User, **more: Any) -> int:
    values: dict[str, Any] = {"stop_on_error": False, "by": by, "at": AT, "seen": batch.version}
    return actions.write_batch(batch=batch, **{**values, **more})


LATER = datetime(2024, 9, 2, 2, 0, tzinfo=UTC)
"""After the decisions of the tests were signed."""
_HEAD = ("STT", "Tên thủ tục hành chính", "Lĩnh vực", "Cơ quan thực hiện")


def decision_text(*rows: Sequence[str], **more: str) -> str:
    """Return a decision of 12/8/2024, number 1520, whose list has these rows."""
    return decision(table(_HEAD, *rows), **more)


def receive_decision(
    agency: Agency, by: User, *rows: Sequence[str], text: str = "", **more: str
) -> Batch:
    """Receive a decision and read it."""
    text = text or decision_text(*rows, **more)
    batch = actions.receive_decision(
        upload=upload(text.encode(), "quyet-dinh.txt", "text/plain"), agency=agency, by=by, at=LATER
    )
    actions.advance(batch=batch, by=by, at=LATER, seen=batch.version)
    return batch
