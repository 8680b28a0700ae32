"""Sheets read into lines, whatever program wrote them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pytest
import xlsxwriter

from tinhgon.domain.sheets import (
    Column,
    SheetUnreadable,
    formula_cells,
    read_sheets,
    write_lines,
    write_template,
)


def lines_of(data: bytes, kind: str = "csv") -> list[list[object]]:
    return [list(line) for line in read_sheets(data, kind, most_rows=100)[0].lines]


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_separator_is_found(sign: str) -> None:
    text = f"Tên{sign}Lĩnh vực{sign}Cấp\n" + f'"a, b; c"{sign}x{sign}y\n' * 3
    assert lines_of(text.encode())[1] == ["a, b; c", "x", "y"]


def test_a_line_end_within_quotes_stays_in_its_cell() -> None:
    assert lines_of(b'A;B\r\n"x\r\ny";z\r\n') == [["A", "B"], ["x\r\ny", "z"]]


def test_how_it_was_read_is_told() -> None:
    [sheet] = read_sheets("Tên;Cấp\nlập;xã".encode("utf-16"), "csv", most_rows=9)
    assert sheet.notes == ("Bảng mã UTF-16, các cột ngăn cách bằng dấu chấm phẩy.",)


def book(*lines: Sequence[object]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet("A")
        made.add_worksheet("trống")
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for number, line in enumerate(lines):
            for place, value in enumerate(line):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
    return out.getvalue()


def test_days_numbers_and_formulas_of_a_workbook() -> None:
    data = book(["x", datetime(2024, 7, 1), 5, 1.5, True, "=1+1"])  # noqa: DTZ001
    [sheet] = read_sheets(data, "xlsx", most_rows=9)
    assert sheet.lines == [["x", "01/7/2024", 5.0, 1.5, True, 0.0]]
    assert "công thức" in sheet.notes[0]


def test_too_many_rows_are_counted_before_they_are_unfolded() -> None:
    with pytest.raises(SheetUnreadable, match="100 dòng; mỗi lần nhập tối đa 9 dòng"):
        read_sheets(book(*([str(n)] for n in range(100))), "xlsx", most_rows=9)


def test_an_empty_workbook_has_no_sheet() -> None:
    with pytest.raises(SheetUnreadable, match="không có dòng nào"):
        read_sheets(book(), "xlsx", most_rows=9)


def test_a_template_has_its_lists_even_long_ones() -> None:
    long = tuple(f"Cơ quan số {n}" for n in range(40))
    columns = [Column("Tên", "Bắt buộc.", is_required=True), Column("Cơ quan", "Chọn.", 0, long)]
    data = write_template("Mẫu", columns, lines=[["=1+1", None]], protected=True, guide=["Đọc kỹ."])
    sheets = {sheet.name: sheet.lines for sheet in read_sheets(data, "xlsx", most_rows=99)}
    assert sheets["Mẫu"][:2] == [["Tên *", "Cơ quan"], ["=1+1", None]]
    assert sheets["Danh sách"][39][1] == "Cơ quan số 39"
    assert sheets["Hướng dẫn"][0][0] == "Đọc kỹ."


def test_lines_go_out_as_text() -> None:
    data = write_lines("A", [["Tên", "Lỗi"], ["=cmd", "sai"]], marked=1)
    assert read_sheets(data, "xlsx", most_rows=9)[0].lines == [["Tên", "Lỗi"], ["=cmd", "sai"]]


def test_cells_with_formulas_are_named_by_sheet() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        first, second = book.add_worksheet("Một"), book.add_worksheet("Hai")
        first.write("A1", "chữ")
        first.write_formula("C5", "=A1")
        first.write_array_formula("D6:D7", "{=A1:A2}")
        second.write_string("A1", "=A1")

    assert formula_cells(out.getvalue()) == {"Một": {"C5", "D6"}, "Hai": set()}
    with pytest.raises(SheetUnreadable):
        formula_cells(b"x")
