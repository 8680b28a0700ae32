from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter

from tinhgon.apps.agencies.enums import Kind, Level

from ._workbook import COLUMNS, MOST_ROWS


def template_workbook(*, lines: Sequence[Sequence[str]] = ()) -> bytes:
    """Return the workbook for importing agencies, with `lines` filled in and a sheet of help."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Cơ quan")
        bold = book.add_format({"bold": True, "bg_color": "#E9EBEE", "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        for place, column in enumerate(COLUMNS):
            title = f"{column.title} *" if column.is_required else column.title
            sheet.write(0, place, title, bold)
            sheet.set_column(place, place, max(16, len(column.title) + 4), text)
            choices = {"level": Level.labels, "kind": Kind.labels}.get(column.key)
            if choices:
                rule = {"validate": "list", "source": [str(choice) for choice in choices]}
                sheet.data_validation(1, place, MOST_ROWS, place, rule)
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number, 0, line, text)
        sheet.freeze_panes(1, 1)
        guide = book.add_worksheet("Hướng dẫn")
        guide.set_column(0, 0, 26)
        guide.set_column(1, 1, 80)
        guide.write_row(0, 0, ["Cột (* phải nhập)", "Cách ghi"], bold)
        for place, column in enumerate(COLUMNS, start=1):
            guide.write_row(place, 0, [column.title, column.help])
    return out.getvalue()
