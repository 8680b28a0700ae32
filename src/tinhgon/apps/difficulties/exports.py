"""The list of difficulties as a workbook: the same rows in the same order."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import xlsxwriter
from django.utils import timezone

from tinhgon.apps.accounts.models import User

from .enums import Decider
from .models import Difficulty
from .queries.listing import Asked, matching
from .queries.names import Concerned, by_difficulty, seen_by
from .queries.standing import standing_words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BATCH = 500
_COLUMNS: list[tuple[str, int]] = [
    ("STT", 6),
    ("Mã", 10),
    ("Cơ quan, đơn vị", 34),
    ("Loại vướng mắc", 26),
    ("Vướng mắc", 44),
    ("Nội dung", 60),
    ("Thủ tục", 44),
    ("Văn bản có vướng mắc", 44),
    ("Đã thực hiện trong thẩm quyền", 44),
    ("Kiến nghị, đề xuất", 44),
    ("Cấp có thẩm quyền giải quyết", 24),
    ("Cơ quan đang xử lý", 30),
    ("Ngày nêu", 12),
    ("Cần trả lời trước", 12),
    ("Trạng thái", 26),
    ("Văn bản trả lời", 34),
    ("Nội dung trả lời", 60),
]


def difficulties_xlsx(*, user: User, asked: Asked, today: date) -> bytes:
    """Return the workbook of every difficulty that the list would show; text is text."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "default_date_format": "dd/mm/yyyy",
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Vướng mắc")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for place, (title, width) in enumerate(_COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, title, head)
        count = _rows(sheet, user=user, asked=asked, today=today)
        sheet.freeze_panes(1, 3)
        sheet.autofilter(0, 0, max(count, 1), len(_COLUMNS) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    return out.getvalue()


def _rows(sheet: Any, *, user: User, asked: Asked, today: date) -> int:
    found = list(matching(user=user, asked=asked, today=today).prefetch_related("texts"))
    count = 0
    for start in range(0, len(found), _BATCH):
        part = found[start : start + _BATCH]
        procedures = by_difficulty([row.pk for row in part], among=seen_by(user))
        for row in part:
            count += 1
            values = _values(count, row, procedures.get(row.pk, Concerned()), today)
            for place, value in enumerate(values):
                _write(sheet, count, place, value)
    return count


def _values(
    number: int, row: Difficulty, procedures: Concerned, today: date
) -> list[str | int | date]:
    answer = row.answer
    document = answer.document if answer else None
    return [
        number,
        row.code,
        row.agency.name,
        row.kind_words,
        row.title,
        row.description,
        "; ".join(procedures.names),
        "; ".join(text.text for text in row.texts.all()),
        row.own_part,
        row.proposal,
        Decider(row.decider).label,
        row.holder.name,
        timezone.localtime(row.raised_at).date(),
        row.due_on,
        standing_words(row, today).words,
        document.title if document else "",
        answer.words if answer else "",
    ]


def _write(sheet: Any, row: int, place: int, value: str | int | date) -> None:
    if isinstance(value, str):
        sheet.write_string(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value)
    else:
        sheet.write_number(row, place, value)
