"""Files that go out: the template of an agency, and the rows that could not be taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.intake.enums import Verdict
from tinhgon.apps.intake.models import Batch
from tinhgon.apps.intake.queries import current_versions
from tinhgon.apps.procedures.models import Field, Procedure
from tinhgon.domain.procedures import (
    AGENCY_HEADING,
    CODE_HEADING,
    COLUMNS,
    MANNER_WORDS,
    SHEET,
    fit,
    write_cell,
)
from tinhgon.domain.sheets import Column, write_lines, write_template

ERROR_HEADING = "Lỗi"
_MOST_FIELDS = 500
_GUIDE = (
    "Mỗi dòng của trang “Thủ tục” là một thủ tục hành chính nội bộ. Không đổi dòng tiêu đề.",
    "Cột Mã nội bộ: để trống nếu là thủ tục mới; giữ nguyên mã nếu sửa thủ tục đã có.",
    "Ô để trống xóa nội dung của phần đó; muốn giữ nguyên thì bỏ cả cột khỏi tệp.",
    "Chỉ ghi vào hệ thống sau khi xem trước từng dòng và xác nhận.",
)


def template_workbook(agency: Agency, *, others: Sequence[Agency], filled: bool, on: date) -> bytes:
    """
    Return the template for an agency; `filled`: with the procedures that it holds.

    `others` are the agencies that may stand in its column.
    """
    columns = _columns(agency, others)
    lines = _lines(agency) if filled else ()
    guide = (f"Tệp mẫu của {agency.name}.", *_GUIDE)
    return write_template(SHEET, columns, lines=lines, protected=True, guide=guide)


def error_workbook(batch: Batch) -> bytes:
    """Return the rows in error as they stood in the sheet, with what is wrong; to be sent again."""
    return write_lines(SHEET, _errors(batch), marked=len(batch.headings))


def _columns(agency: Agency, others: Sequence[Agency]) -> list[Column]:
    names = tuple(dict.fromkeys([agency.name, *(each.name for each in others)]))
    fields = tuple(Field.objects.values_list("name", flat=True)[:_MOST_FIELDS])
    lists = {"field": fields, "manners": tuple(MANNER_WORDS.values())}
    return [
        Column(CODE_HEADING, "Để trống nếu là thủ tục mới.", 12),
        Column(AGENCY_HEADING, f"Để trống là {agency.name}.", 30, names),
        *(
            Column(
                column.heading,
                column.help,
                column.width,
                lists.get(key, column.choices),
                is_open=key in lists,
                is_required=key == "name",
            )
            for key, column in COLUMNS.items()
        ),
    ]


def _lines(agency: Agency) -> Iterator[list[object]]:
    keys = Procedure.objects.filter(agency=agency, merged_into=None).values_list("pk", flat=True)
    for version in current_versions(keys).values():
        record = version.record
        cells = (write_cell(record, key) for key in COLUMNS)
        yield [
            version.procedure.local_code,
            agency.name,
            *(fit(cell) if isinstance(cell, str) else cell for cell in cells),
        ]


def _errors(batch: Batch) -> Iterator[list[object]]:
    width = len(batch.headings)
    yield [*batch.headings, ERROR_HEADING]
    rows = batch.rows.filter(verdict=Verdict.ERROR.value).order_by("order")
    for cells, errors in rows.values_list("cells", "errors").iterator():
        padded = [*cells, *([None] * width)][:width]
        words = "\n".join(f"{e['cell']} {e['column']}: {e['text']}".strip() for e in errors)
        yield [*padded, words]
