from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from tinhgon.domain.procedures import Cell, guard
from tinhgon.domain.vntext import format_date

from ._rows import Export

SEPARATOR = ";"
"""Where the decimal sign is a comma, as in Vietnam, Excel opens files with a semicolon rightly."""


class _Echo:
    def write(self, value: str) -> str:
        return value


def csv_lines(export: Export) -> Iterator[str]:
    """Yield the lines of a CSV file that Excel opens: UTF-8 with its mark, no formulas."""
    writer: Any = csv.writer(_Echo(), delimiter=SEPARATOR)
    yield "\ufeff" + writer.writerow([column.heading for column in export.columns])
    cells = [column.cell for column in export.columns]
    for row in export.rows():
        yield writer.writerow([_text(cell(row)) for cell in cells])


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return format_date(cell)
    return "" if cell is None else guard(str(cell))
