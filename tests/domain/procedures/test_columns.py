"""A record goes into a row of a sheet and comes back the same; what people type is understood."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.procedures.records import COMPLETE, amounts, complete, some_days
from tinhgon.domain.procedures import (
    COLUMNS,
    CUT,
    LABELS,
    MOST_LETTERS,
    Basis,
    Body,
    CellFault,
    CopyKind,
    Duration,
    Form,
    Kind,
    Manner,
    NotADuration,
    Paper,
    Part,
    Record,
    RuleOwner,
    Step,
    Tier,
    Unit,
    fit,
    guard,
    key_for_heading,
    read_duration,
    read_row,
    unguard,
    write_cell,
)


def row(record: Record) -> dict[str, object]:
    return {key: write_cell(record, key) for key in COLUMNS}


def clean(text: str) -> str:
    """As forms and sheets hand texts over: one form of each letter, nothing around them."""
    return unicodedata.normalize("NFC", text).replace("\r", "\n").strip()


_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n")
texts = st.text(_LETTERS | st.sampled_from("|\\:-+*•=.'1 "), max_size=14).map(clean)
filled = texts.filter(bool)
durations = st.builds(Duration, amounts, st.sampled_from(Unit))


def lists(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(rows, max_size=3).map(tuple)


@st.composite
def steps(draw: st.DrawFn) -> tuple[Step, ...]:
    waits = st.lists(st.integers(0, 9), max_size=3).map(tuple)
    return tuple(
        Step(n, draw(texts), draw(texts), draw(st.none() | durations), draw(texts), draw(waits))
        for n in range(1, draw(st.integers(0, 4)) + 1)
    )


records = st.builds(
    Record,
    name=filled,
    kind=st.sampled_from(Kind),
    tier=st.sampled_from(Tier),
    is_interconnected=st.booleans(),
    field=texts,
    lead=texts,
    rule_owner=st.none() | st.sampled_from(RuleOwner),
    national_code=texts,
    steps=steps(),
    manners=lists(st.sampled_from(Manner)),
    manner_text=texts,
    papers=lists(
        st.builds(
            Paper, filled, st.sampled_from(CopyKind), st.integers(0, 999), texts, st.booleans()
        )
    ),
    dossier_sets=st.none() | st.integers(0, 99),
    dossier_text=texts,
    time_limit=st.none() | durations,
    time_limit_text=texts,
    subjects=lists(filled),
    bodies=lists(st.builds(Body, st.sampled_from(Part), texts)),
    result=texts,
    fee=texts,
    forms=lists(st.builds(Form, filled)),
    conditions=lists(filled),
    bases=lists(
        st.builds(
            Basis, texts, texts, st.none() | some_days, texts, texts, texts, st.none() | some_days
        )
    ),
)


@given(records)
@example(replace(COMPLETE, forms=()))
def test_a_record_comes_back_the_same(record: Record) -> None:
    assert read_row(row(record)) == (record, ())


@given(records)
def test_a_csv_file_keeps_every_cell(record: Record) -> None:
    cells = {key: guard(str(cell)) for key, cell in row(record).items() if cell is not None}
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells.values())
    back = {key: unguard(cell) for key, cell in cells.items()}
    assert read_row(back) == (record, ())


def test_files_stay_with_the_forms_that_keep_their_names() -> None:
    sheet = row(COMPLETE)
    assert read_row(sheet, base=COMPLETE) == (COMPLETE, ())
    alone, _ = read_row(sheet)
    assert alone.forms == (Form("Mẫu số 01"),)
    renamed, _ = read_row({**sheet, "forms": "Mẫu số 02"}, base=COMPLETE)
    assert renamed.forms == (Form("Mẫu số 02"),)


def test_what_is_absent_stays_and_what_is_empty_goes() -> None:
    record, faults = read_row({"fee": None, "result": "Công văn"}, base=COMPLETE)
    assert not faults
    assert record == complete(fee="", result="Công văn")


def test_every_part_of_a_record_has_its_column_under_its_label() -> None:
    assert {key: column.heading for key, column in COLUMNS.items()} == LABELS


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Trình tự thực hiện", "steps"),
        ("TRÌNH TỰ THỰC HIỆN ", "steps"),
        ("Trinh tu thuc hien", "steps"),
        ("Tên TTHC", "name"),
        ("Mã nội bộ", "local_code"),
        ("Cơ quan", "agency"),
        ("Ghi chú", None),
    ],
)
def test_headings(heading: str, key: str | None) -> None:
    assert key_for_heading(heading) == key


def test_how_a_step_reads() -> None:
    assert row(COMPLETE)["steps"] == (
        "1. Tiếp nhận hồ sơ | Người thực hiện: Văn thư | Thời gian: 04 giờ làm việc"
        " | Sản phẩm: Phiếu tiếp nhận\n"
        "2. Thẩm định hồ sơ | Người thực hiện: Chuyên viên | Thời gian: 03 ngày làm việc"
        " | Sản phẩm: Báo cáo thẩm định\n"
        "3. Lấy ý kiến Sở Tài chính | Người thực hiện: Sở Tài chính | Thời gian: 02 ngày làm việc"
        " | Sản phẩm: Ý kiến | Sau bước: 1\n"
        "4. Trình ký quyết định | Người thực hiện: Trưởng phòng | Thời gian: 12 giờ làm việc"
        " | Sản phẩm: Quyết định | Sau bước: 2, 3"
    )


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("steps", "Nộp hồ sơ\n- Thẩm định", (Step(1, "Nộp hồ sơ"), Step(2, "Thẩm định"))),
        ("steps", "Bước 1: Nộp\n\nBước 2. Ký", (Step(1, "Nộp"), Step(2, "Ký"))),
        (
            "steps",
            "1) Ký | Đơn vị thực hiện: A | thời gian: 1/2 ngày làm việc",
            (Step(1, "Ký", "A", Duration(Decimal("0.5"), Unit.WORKING_DAY)),),
        ),
        ("papers", "+ Tờ trình", (Paper("Tờ trình"),)),
        (
            "papers",
            "Đơn | bản sao | số lượng: 02 bộ | NẾU CÓ",
            (Paper("Đơn", CopyKind.COPY, 2, compulsory=False),),
        ),
        ("bodies", "Văn phòng Sở", (Body(Part.EXECUTING, "Văn phòng Sở"),)),
        ("bodies", "Phối hợp: Sở Tài chính", (Body(Part.COOPERATING, "Sở Tài chính"),)),
        ("bodies", "Sở A: phòng B", (Body(Part.EXECUTING, "Sở A: phòng B"),)),
        ("manners", "trực tiếp\nBưu chính", (Manner.IN_PERSON, Manner.POST)),
        ("kind", "B", Kind.INSIDE),
        ("kind", "giữa các cơ quan", Kind.BETWEEN),
        ("tier", "xã", Tier.COMMUNE),
        ("tier", "CẤP TỈNH", Tier.PROVINCE),
        ("rule_owner", "Trung ương", RuleOwner.CENTRE),
        ("is_interconnected", "x", True),
        ("is_interconnected", True, True),
        ("dossier_sets", 1.0, 1),
        ("dossier_sets", "02 bộ", 2),
        ("time_limit", "15 ngày", Duration(Decimal(15), Unit.DAY)),
        ("field", 2024.0, "2024"),
        ("field", date(2024, 7, 1), "01/7/2024"),
        ("field", datetime(2024, 7, 1, 8), "01/7/2024"),  # noqa: DTZ001 — as sheets give it
        ("subjects", "- Các sở\r\n- Các xã", ("Các sở", "Các xã")),
        (
            "bases",
            "điểm a khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
            (
                Basis(
                    "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
                    "30/2020/NĐ-CP",
                    date(2020, 3, 5),
                    "5",
                    "2",
                    "a",
                ),
            ),
        ),
        ("bases", "Quy chế làm việc của Sở", (Basis("Quy chế làm việc của Sở"),)),
    ],
)
def test_what_people_type_is_understood(key: str, cell: object, value: object) -> None:
    record, faults = read_row({key: cell}, base=COMPLETE)
    assert not faults
    assert getattr(record, key) == value


@pytest.mark.parametrize(
    ("key", "cell", "said"),
    [
        ("name", "  ", "Chưa ghi tên"),
        ("steps", "1. Nộp\n3. Ký", "theo thứ tự"),
        ("steps", "1. Ký | Thời gian: 0 ngày", "lớn hơn 0"),
        ("steps", "1. Ký | Ai: A", "Người thực hiện"),
        ("steps", "1. Ký | Thời gian: vài ngày", "05 ngày làm việc"),
        ("steps", "1. Ký | Sau bước: một", "số nguyên"),
        ("papers", "Đơn | Số lượng: nhiều", "số nguyên"),
        ("papers", "Đơn | Photo", "Bản chính"),
        ("manners", "Bay", "Trực tiếp"),
        ("kind", "C", "Giữa các cơ quan"),
        ("tier", "quận", "Cấp huyện"),
        ("rule_owner", "Sở", "Trung ương"),
        ("is_interconnected", "chắc", "Có"),
        ("dossier_sets", "một", "số nguyên"),
        ("time_limit", "không quy định", "05 ngày làm việc"),
        ("national_code", 1.0010, "văn bản (Text)"),
        ("bases", "Luật | Số: | Ngày: 31/6/2024", "31/6/2024"),
        ("bases", "Luật | Số: | Chương: 2", "Khoản"),
        ("result", fit("dài " * 9000), "CSV"),
    ],
)
def test_what_is_not_understood_is_said(key: str, cell: object, said: str) -> None:
    record, faults = read_row({key: cell}, base=COMPLETE)
    assert [fault.key for fault in faults] == [key]
    assert said in faults[0].text
    assert key == "name" or record == COMPLETE


def test_every_fault_of_a_row_is_said() -> None:
    _, faults = read_row({"name": "", "kind": "C", "time_limit": "lâu", "fee": "Không"})
    assert [fault.key for fault in faults] == ["kind", "time_limit", "name"]
    assert all(isinstance(fault, CellFault) for fault in faults)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("05 ngày làm việc", "5", Unit.WORKING_DAY),
        ("1,5 ngày", "1.5", Unit.DAY),
        ("0.5 ngày làm việc", "0.5", Unit.WORKING_DAY),
        ("1.500 giờ", "1500", Unit.HOUR),
        ("1.500,25 giờ làm việc", "1500.25", Unit.HOUR),
        ("02 THÁNG.", "2", Unit.MONTH),
    ],
)
def test_durations(text: str, amount: str, unit: Unit) -> None:
    assert read_duration(text) == Duration(Decimal(amount), unit)


@pytest.mark.parametrize("text", ["", "ngày", "5", "năm ngày", "1/0 ngày", "5 năm", "1,2,3 ngày"])
def test_what_is_no_duration(text: str) -> None:
    with pytest.raises(NotADuration):
        read_duration(text)


def test_a_cell_holds_no_more_than_the_format_takes() -> None:
    assert fit("ngắn") == "ngắn"
    long = fit("x" * 40_000)
    assert len(long) == MOST_LETTERS
    assert long.endswith(CUT)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@x", "\t=1", "'=1", "''=1"])
def test_formulas_are_guarded_in_csv(text: str) -> None:
    assert guard(text).startswith("'")
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", ["", "Tờ trình", "'trích'", "1 - 2"])
def test_other_text_is_left_alone(text: str) -> None:
    assert guard(text) == text
    assert unguard(text) == text
