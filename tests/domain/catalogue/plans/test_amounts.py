"""Money and percentages as decisions write them, and how ratios are rounded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.catalogue import PrintedCosts
from tinhgon.domain.catalogue.plans import Agreement, agreement, costs_of
from tinhgon.domain.vntext import format_number

D = Decimal


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234.567 đồng/năm", 1234567),
        ("1,234,567 đồng/năm", 1234567),
        ("1 234 567 đồng/ năm", 1234567),
        ("1.234.567,50 đồng/năm", D("1234567.5")),
        ("1.234.567đ/năm", 1234567),
        ("1.234.567 VNĐ/năm", 1234567),
        ("0 đồng/năm", 0),
        ("0 đồng", 0),
        ("không phát sinh", 0),
        ("400 nghìn đồng/năm", 400000),
        ("12,5 triệu đồng/năm", 12500000),
        ("12.5 triệu đồng mỗi năm", 12500000),
        ("1,652 tỷ đồng/năm", 1652000000),
        ("1.652 tỷ đồng/năm", 1652000000000),
        ("3 tỷ 200 triệu đồng/năm", 3200000000),
        ("2 tỉ đồng một năm", 2000000000),
        ("(10 ngày = 80 giờ x 40.000 đồng/giờ) x 10 hồ sơ/năm = 32.000.000 đồng/năm", 32000000),
        ("32.000.000 đồng/năm (800 giờ x 40.000 đồng/giờ = 32.000.000 đồng)", 32000000),
        ("32.000.000 đồng/năm, tương ứng 3.200.000 đồng/hồ sơ", 32000000),
        ("khoảng 5.000.000 đồng", 5000000),
        ("5000000", 5000000),
        ("góp phần giảm chi phí đi lại", None),
        ("40.000 đồng/giờ", None),
    ],
)
def test_amounts(text: str, amount: Decimal | int | None) -> None:
    assert costs_of(f"Chi phí tuân thủ TTHC trước khi đơn giản hóa: {text}").before == amount


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("12,5%", D("12.5")),
        ("12.5 %", D("12.5")),
        ("12,50%.", D("12.50")),
        ("100%", 100),
        ("33,333%", D("33.333")),
        ("25 phần trăm", 25),
        ("(6.400.000/80.000.000) x 100% = 8%", 8),
        ("8% (6.400.000/80.000.000 x 100)", 8),
        ("25", 25),
        ("không xác định", None),
    ],
)
def test_percentages(text: str, ratio: Decimal | int | None) -> None:
    assert costs_of(f"Tỷ lệ cắt giảm chi phí: {text}").ratio == ratio


@pytest.mark.parametrize(
    "text",
    [
        (
            "Chi phí tuân thủ hiện tại là 80 triệu đồng/năm, chi phí sau khi đơn giản hóa là 60 "
            "triệu đồng/năm, tiết kiệm được 20 triệu đồng/năm (25%)."
        ),
        (
            "Chi phí trước khi rà soát: 80.000.000đ/năm; sau khi đơn giản hóa còn 60.000.000đ/năm; "
            "chi phí cắt giảm: 20.000.000đ/năm, đạt tỷ lệ 25%"
        ),
        (
            "- Chi phí hiện hành: 80.000.000 đồng/năm\n- Chi phí mới: 60.000.000 đồng/năm\n"
            "- Số tiền tiết kiệm được: 20.000.000 đồng/năm\n- Tỷ trọng cắt giảm: 25%"
        ),
        (
            "Tổng chi phí trước đơn giản hóa 80.000.000 đồng/năm\nTổng chi phí sau đơn giản hóa "
            "60.000.000 đồng/năm\nTổng chi phí tiết kiệm 20.000.000 đồng/năm\nTỷ lệ cắt giảm 25%"
        ),
        (
            "Giảm chi phí từ 80.000.000 đồng/năm xuống còn 60.000.000 đồng/năm; tiết kiệm "
            "20.000.000 đồng/năm, tỷ lệ cắt giảm chi phí đạt 25%"
        ),
    ],
)
def test_costs_in_sentences_and_on_lines(text: str) -> None:
    costs = costs_of(text)
    assert (costs.before, costs.after, costs.saved, costs.ratio) == (
        D(80000000), D(60000000), D(20000000), D(25),
    )  # fmt: skip


def test_days_and_hours_are_no_costs() -> None:
    text = (
        "Giảm 02 ngày làm việc (01 giờ làm việc = 40.000 đồng), tỷ lệ cắt giảm thời gian: 40%. "
        "Việc đơn giản hóa giúp tiết kiệm chi phí, giảm 50% số lần đi lại."
    )
    assert costs_of(text).is_empty


@pytest.mark.parametrize(
    ("printed", "saved", "before", "expected"),
    [
        ("25", 24124, 96496, Agreement.EXACT),
        ("71.64", 1652, 2306, Agreement.ROUNDED),
        ("88.2", 407, 461, Agreement.TRUNCATED),
        ("88.3", 407, 461, Agreement.ROUNDED),
        ("66.7", 2, 3, Agreement.ROUNDED),
        ("66.6", 2, 3, Agreement.TRUNCATED),
        ("66.8", 2, 3, Agreement.DIFFERENT),
        ("100", 5, 5, Agreement.EXACT),
    ],
)
def test_ratios_rounded_and_cut_off(
    printed: str, saved: int, before: int, expected: Agreement
) -> None:
    assert agreement(D(printed), D(saved), D(before)) is expected


def test_the_ratio_of_nothing_is_undefined() -> None:
    with pytest.raises(ZeroDivisionError):
        agreement(D(0), D(0), D(0))


@given(st.integers(0, 10**13), st.sampled_from(["đồng/năm", "đồng", "VNĐ/năm", "đ/năm"]))
def test_what_is_written_is_read_again(value: int, unit: str) -> None:
    text = f"- Chi phí tiết kiệm: {format_number(value)} {unit}."
    assert costs_of(text) == PrintedCosts(saved=D(value))
