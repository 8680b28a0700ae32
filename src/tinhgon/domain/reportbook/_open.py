"""A file that came back is opened: its sheets, where it has formulas, and the seal it carries."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from tinhgon.domain.sheets import (
    Sheet,
    SheetUnreadable,
    formula_cells,
    kind_of,
    percent_cells,
    read_sheets,
)

from ._layout import SEAL

MOST_ROWS = 3_000
_NO_FILE = (
    "Tệp không phải là Excel dạng .xlsx. Mở tệp đã điền, chọn Lưu thành (Save As), kiểu Excel "
    "Workbook (*.xlsx) rồi nộp lại."
)
_NO_SEAL = (
    "Tệp này không phải là tệp ngoại tuyến tải từ hệ thống, hoặc đã chép sang tệp khác. Điền vào "
    "đúng tệp đã tải về rồi nộp lại."
)


class NotAWorkbook(SheetUnreadable):
    """The file carries no seal: it never was an offline workbook of ours."""


@dataclass(frozen=True, slots=True)
class Opened:
    """
    The sheets by name, the cells with formulas and those that show a per cent by sheet, and the
    seal as it was signed.
    """

    sheets: Mapping[str, Sheet]
    formulas: Mapping[str, Set[str]]
    percents: Mapping[str, Set[str]]
    token: str


def open_book(data: bytes) -> Opened:
    """
    Open a workbook that came back.

    :raises NotAWorkbook: if it carries no seal.
    :raises SheetUnreadable: if it is no .xlsx, or holds more than can be read safely.
    """
    if kind_of(data) != "xlsx":
        raise SheetUnreadable(_NO_FILE)
    sheets = {each.name.strip(): each for each in read_sheets(data, "xlsx", most_rows=MOST_ROWS)}
    seal = sheets.pop(SEAL, None)
    if seal is None:
        raise NotAWorkbook(_NO_SEAL)
    token = "".join(str(line[0]) for line in seal.lines if line and line[0] is not None)
    return Opened(sheets, formula_cells(data), percent_cells(data), token)
