from __future__ import annotations

import io

import xlsxwriter

from .enums import Kind, Level
from .imports import COLUMNS

_ROWS = 2000


def template_workbook() -> bytes:
    """Return the empty workbook for importing agencies, with a sheet that explains it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Cơ quan")
        bold = book.add_format({"bold": True, "bg_color": "#E9EBEE", "text_wrap": True})
        text = book.add_format({"num_format": "@"})
        for place, column in enumerate(COLUMNS):
            sheet.write(0, place, f"{column.title} *" if column.is_required else column.title, bold)
            sheet.set_column(place, place, max(16, len(column.title) + 4), text)
            choices = {"level": Level.labels, "kind": Kind.labels}.get(column.key)
            if choices:
                sheet.data_validation(
                    1,
                    place,
                    _ROWS,
                    place,
                    {"validate": "list", "source": [str(c) for c in choices]},
                )
        sheet.freeze_panes(1, 1)
        guide = book.add_worksheet("Hướng dẫn")
        guide.set_column(0, 0, 26)
        guide.set_column(1, 1, 80)
        guide.write_row(0, 0, ["Cột (* phải nhập)", "Cách ghi"], bold)
        for place, column in enumerate(COLUMNS, start=1):
            guide.write_row(place, 0, [column.title, column.help])
    return out.getvalue()
