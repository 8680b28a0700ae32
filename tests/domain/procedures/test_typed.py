"""What people type and paste, understood."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.procedures import (
    Basis,
    Duration,
    NotADuration,
    PastedStep,
    Unit,
    basis_words,
    duration_words,
    read_bases,
    read_duration,
    read_steps,
)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("05 ngày làm việc", "5", Unit.WORKING_DAY),
        ("  5  ngày   làm việc. ", "5", Unit.WORKING_DAY),
        ("05 (năm) ngày làm việc", "5", Unit.WORKING_DAY),
        ("không quá 05 ngày làm việc", "5", Unit.WORKING_DAY),
        ("trong thời hạn 10 ngày", "10", Unit.DAY),
        ("Tối đa 3 NLV", "3", Unit.WORKING_DAY),
        ("4 giờ", "4", Unit.HOUR),
        ("08 giờ làm việc", "8", Unit.HOUR),
        ("2 tiếng", "2", Unit.HOUR),
        ("30 phút", "0.5", Unit.HOUR),
        ("20 phút", "0.3333", Unit.HOUR),
        ("1/2 ngày làm việc", "0.5", Unit.WORKING_DAY),
        ("½ ngày làm việc", "0.5", Unit.WORKING_DAY),
        ("1,5 ngày", "1.5", Unit.DAY),
        ("01 tháng", "1", Unit.MONTH),
        ("1.000 giờ", "1000", Unit.HOUR),
        ("3 ngày (làm việc)", "3", Unit.WORKING_DAY),
    ],
)
def test_times_as_officials_write_them(text: str, amount: str, unit: Unit) -> None:
    assert read_duration(text) == Duration(Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    ["", "5", "ngày", "năm ngày", "0 ngày", "1/0 ngày", "5 ngày kể từ", "-5 ngày", "9999999 ngày"],
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(NotADuration):
        read_duration(text)


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_is_none(text: str) -> None:
    with suppress(NotADuration):
        read_duration(text)


@given(
    st.decimals(min_value="0.0001", max_value=99_999, places=4),
    st.sampled_from(list(Unit)),
)
def test_a_time_reads_as_it_is_written(amount: Decimal, unit: Unit) -> None:
    assert read_duration(duration_words(Duration(amount, unit))) == Duration(amount, unit)


DECREE = "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư"


@pytest.mark.parametrize(
    ("line", "document", "code", "on", "place"),
    [
        (
            f"điểm a khoản 2 Điều 5 {DECREE}",
            DECREE,
            "30/2020/NĐ-CP",
            date(2020, 3, 5),
            ("5", "2", "a"),
        ),
        (
            "- Căn cứ Nghị định số 63/2010/NĐ-CP ngày 8 tháng 6 năm 2010 của Chính phủ;",
            "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ",
            "63/2010/NĐ-CP",
            date(2010, 6, 8),
            ("", "", ""),
        ),
        (
            "Điều 5 của Luật Tổ chức chính quyền địa phương năm 2015",
            "Luật Tổ chức chính quyền địa phương năm 2015",
            "",
            None,
            ("5", "", ""),
        ),
        (
            "Quy chế làm việc của Sở Nội vụ",
            "Quy chế làm việc của Sở Nội vụ",
            "",
            None,
            ("", "", ""),
        ),
        (
            "Văn bản hợp nhất Nghị định số 30/2020/NĐ-CP",
            "Văn bản hợp nhất Nghị định số 30/2020/NĐ-CP",
            "",
            None,
            ("", "", ""),
        ),
        (
            "Quyết định số 12/QĐ-SNV ngày 1/2/2023 sửa đổi Quyết định số 7/QĐ-SNV",
            "Quyết định số 12/QĐ-SNV ngày 01/02/2023 sửa đổi Quyết định số 7/QĐ-SNV",
            "12/QĐ-SNV",
            date(2023, 2, 1),
            ("", "", ""),
        ),
    ],
)
def test_a_legal_basis_in_one_line(
    line: str, document: str, code: str, on: date | None, place: tuple[str, str, str]
) -> None:
    article, clause, point = place
    assert read_bases(line) == (Basis(document, code, on, article, clause, point),)


def test_several_places_and_documents_in_one_line_are_several_bases() -> None:
    found = read_bases("khoản 2, khoản 3 Điều 5 và Điều 7 Thông tư số 02/2017/TT-VPCP")
    assert [(b.article, b.clause) for b in found] == [("5", "2"), ("5", "3"), ("7", "")]
    found = read_bases(f"{DECREE}; Luật Lưu trữ số 33/2024/QH15")
    assert [b.code for b in found] == ["30/2020/NĐ-CP", "33/2024/QH15"]


def test_a_basis_reads_as_it_is_shown() -> None:
    [basis] = read_bases(f"điểm a khoản 2 Điều 5 {DECREE}")
    assert read_bases(basis_words(basis)) == (basis,)


@pytest.mark.parametrize("line", ["", " ", ";", " ; . ,"])
def test_nothing_typed_is_no_basis(line: str) -> None:
    assert read_bases(line) == ()


@given(st.text(max_size=80))
def test_no_line_is_passed_over(line: str) -> None:
    if any(letter.isalnum() for letter in line):
        assert read_bases(line)


HEAD = "TT\tNội dung công việc\tTrách nhiệm\tThời gian thực hiện\tBiểu mẫu/Kết quả\n"


def test_a_table_with_a_head() -> None:
    table = HEAD + "1\tTiếp nhận\tVăn thư\t0,5 ngày\tPhiếu\n2\tKý\tGiám đốc\t1 ngày\tQuyết định\n"
    assert read_steps(table) == [
        PastedStep("Tiếp nhận", "Văn thư", "0,5 ngày", "Phiếu"),
        PastedStep("Ký", "Giám đốc", "1 ngày", "Quyết định"),
    ]


def test_columns_in_another_order() -> None:
    table = "Bước\tNgười thực hiện\tNội dung\tThời gian\nB1\tVăn thư\tTiếp nhận\t4 giờ"
    assert read_steps(table) == [PastedStep("Tiếp nhận", "Văn thư", "4 giờ")]


def test_a_table_without_a_head_is_told_by_what_stands_in_it() -> None:
    table = "1.\tTiếp nhận\tVăn thư\t4 giờ\tPhiếu\n2.\tKý\tGiám đốc\t1 ngày\tQuyết định"
    assert read_steps(table)[0] == PastedStep("Tiếp nhận", "Văn thư", "4 giờ", "Phiếu")
    assert read_steps("Tiếp nhận\tVăn thư\nKý\tGiám đốc")[1] == PastedStep("Ký", "Giám đốc")


def test_cells_of_several_lines() -> None:
    excel = 'Tiếp nhận\tVăn thư\n"Thẩm định\nhồ sơ, ""lấy ý kiến"""\tPhòng Nội vụ'
    assert read_steps(excel)[1] == PastedStep('Thẩm định\nhồ sơ, "lấy ý kiến"', "Phòng Nội vụ")
    word = HEAD + "1\tThẩm định\nhồ sơ\tPhòng Nội vụ\t1 ngày\tBáo cáo\n2\tKý\tGiám đốc\t1 ngày\t"
    assert [step.what for step in read_steps(word)] == ["Thẩm định\nhồ sơ", "Ký"]


def test_plain_lines_are_steps() -> None:
    assert [s.what for s in read_steps("Tiếp nhận\r\n\r\n  Thẩm   định\nKý")] == [
        "Tiếp nhận",
        "Thẩm định",
        "Ký",
    ]


def test_a_quotation_mark_alone_breaks_nothing() -> None:
    steps = read_steps('Kiểm tra "hồ sơ\tVăn thư\nKý\tGiám đốc')
    assert [step.what for step in steps] == ['Kiểm tra "hồ sơ', "Ký"]


@given(st.text(alphabet='a1\t\n" đ', max_size=60))
def test_any_paste_can_be_read(text: str) -> None:
    for step in read_steps(text):
        assert step.what or step.actor or step.product


def test_nothing_pasted_is_no_step() -> None:
    assert read_steps("") == read_steps(" \n\t\t\n") == []
    assert len(read_steps("bước\n" * 1000)) == 200


def test_a_row_that_ends_before_the_words_of_its_step_is_left_out() -> None:
    assert read_steps("1\n1\t") == []
