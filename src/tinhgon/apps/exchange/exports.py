"""The lists of the exchange as workbooks, and the answers that senders expect as files."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import xlsxwriter
from django.utils import timezone

from tinhgon.domain.exchange import (
    ANSWERS,
    Organ,
    Reply,
    StatusMessage,
    clean,
    write_status,
)

from .enums import SERVICE_LABELS, Service
from .models import Arrival, Dispatch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | date | None
_ARRIVALS = (
    ("Lúc nhận", 18),
    ("Cơ quan nhận", 34),
    ("Loại", 22),
    ("Tình trạng", 16),
    ("Mã phản hồi", 10),
    ("Diễn giải", 50),
    ("Số, ký hiệu", 22),
    ("Ngày ban hành", 12),
    ("Trích yếu", 60),
    ("Bên gửi", 34),
    ("Mã bên gửi", 18),
    ("Mã văn bản", 40),
    ("Tên tệp", 34),
    ("Dung lượng (byte)", 14),
)


def arrivals_xlsx(rows: Iterable[Arrival]) -> bytes:
    """Return the log as a workbook: the same rows in the same order."""
    return workbook("Gói tin đến", _ARRIVALS, (_arrival(row) for row in rows))


def _arrival(row: Arrival) -> Sequence[Value]:
    return (
        f"{timezone.localtime(row.received_at):%d/%m/%Y %H:%M}",
        row.owner.name,
        row.get_subject_display(),
        row.handling_words,
        row.answer,
        row.answer_words or row.answer_meaning,
        row.code,
        row.issued_on,
        row.title,
        row.sender_name,
        row.sender_id,
        row.document_id,
        row.file_name,
        row.size,
    )


_DISPATCHES = (
    ("Số, ký hiệu", 22),
    ("Ngày ban hành", 12),
    ("Trích yếu", 60),
    ("Cơ quan gửi", 34),
    ("Số trên iOffice", 18),
    ("Ngày trên iOffice", 12),
    ("Nơi nhận", 34),
    ("Mã định danh", 18),
    ("Mã trạng thái", 10),
    ("Trạng thái", 28),
    ("Lúc", 18),
    ("Ghi chú", 40),
    ("Trục", 16),
)


def dispatches_xlsx(rows: Iterable[Dispatch]) -> bytes:
    """Return what was sent as a workbook, one addressee a line."""
    return workbook("Văn bản gửi đi", _DISPATCHES, _addressees(rows))


def _addressees(rows: Iterable[Dispatch]) -> Iterator[Sequence[Value]]:
    for row in rows:
        document = row.document
        for each in row.receivers.all():
            at = f"{timezone.localtime(each.state_at):%d/%m/%Y %H:%M}" if each.state_at else ""
            yield (
                document.code,
                document.issued_on,
                document.subject,
                row.owner.name,
                row.office_number,
                row.office_on,
                each.name,
                each.code,
                each.state,
                each.state_words,
                at,
                each.state_note,
                SERVICE_LABELS[Service(row.service)],
            )


def workbook(
    title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Value]]
) -> bytes:
    """Return rows as one sheet; texts stay texts, so that none is run as a formula."""
    output = io.BytesIO()
    book = xlsxwriter.Workbook(
        output, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for number, (name, width) in enumerate(columns):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, name, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for number, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, number, value)
            elif isinstance(value, date):
                sheet.write_datetime(last, number, value)
            elif value is not None:
                sheet.write_number(last, number, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return output.getvalue()


def answer_json(arrival: Arrival) -> bytes:
    """Return the answer to a package in the shape that services of the exchange give it."""
    answer = {
        "success": arrival.answer == "0",
        "message": ANSWERS[arrival.answer].words,
        "data": {
            "docId": arrival.document_id,
            "errorCode": arrival.answer,
            "errorDesc": arrival.answer_words,
        },
    }
    return json.dumps(answer, ensure_ascii=False, indent=1).encode()


def status_of(arrival: Arrival, *, code: str, at: datetime) -> bytes | None:
    """
    Return the state of a document that came in as a message to its sender; `code`: ours.

    None where there is nothing to tell yet: a state, a request that waits, a sender unknown.
    """
    state = arrival.state_to_tell
    if not (state and code):
        return None
    return write_status(
        StatusMessage(
            reply=Reply(
                organ_id=arrival.sender_id,
                code=arrival.code,
                issued_on=arrival.issued_on,
                document_id=arrival.document_id,
            ),
            sender=Organ(id=code, name=clean(arrival.owner.name)),
            code=state,
            at=at,
        )
    )
