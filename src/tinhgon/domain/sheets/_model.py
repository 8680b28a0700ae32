from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tinhgon.domain.vntext import format_date

Cell = str | int | float | bool | None
"""What stands in a cell: never a formula; a day is told as 01/7/2024."""


class SheetUnreadable(Exception):
    """The file cannot be read as a sheet; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One sheet. `lines` begin with line 1 of the file, blank ones included.

    `encoding` is told of text files only, `notes` are what a person should know of the reading.
    """

    name: str
    lines: list[list[Cell]]
    encoding: str = ""
    notes: tuple[str, ...] = ()


def plain(value: object) -> Cell:
    """Return a cell as one of the values above."""
    if value is None or value == "":
        return None
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime | date):
        return format_date(value)
    return str(value)
