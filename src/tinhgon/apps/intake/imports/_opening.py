"""A sheet as it came: which of its sheets counts, and where its rows begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.files.queries import content_of
from tinhgon.domain.intake import Header, find_header
from tinhgon.domain.sheets import Cell, Sheet, SheetUnreadable, read_sheets

MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Opened:
    """The sheet that counts, with its headings."""

    sheet: Sheet
    header: Header
    notes: tuple[str, ...]


def open_sheet(file: StoredFile) -> Opened:
    """
    Read the sheet of a file whose headings say the most of procedures.

    :raises SheetUnreadable: if there is none, or it cannot be read.
    """
    data = content_of(file)
    kind = file.name.rpartition(".")[2].lower()
    sheets = read_sheets(data, kind, most_rows=MOST_ROWS)
    found = [(sheet, header) for sheet in sheets if (header := find_header(sheet.lines))]
    if not found:
        raise SheetUnreadable(
            "Không thấy dòng tiêu đề cột trong 15 dòng đầu của tệp. "
            "Tệp cần một dòng tiêu đề, có cột tên thủ tục; nên dùng tệp mẫu."
        )
    sheet, header = max(found, key=lambda each: (len(each[1].columns), len(each[1].likely)))
    notes = list(sheet.notes)
    if len(sheets) > 1:
        others = ", ".join(f"“{each.name}”" for each in sheets if each is not sheet)
        notes.append(f"Đọc trang tính “{sheet.name}”; không đọc {others}.")
    return Opened(sheet, header, tuple(notes))


def rows_below(lines: Sequence[list[Cell]], header_line: int) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the lines below the header that say something, with their numbers from 1."""
    for number, line in enumerate(lines[header_line:], start=header_line + 1):
        if any(cell is not None and str(cell).strip() for cell in line):
            yield number, line
