from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.domain.reporting.test_facts import ALL, APPROVED, CUT, KEPT, SIMPLER, fact
from tinhgon.domain.reporting import (
    Counts,
    Fact,
    Line,
    Proof,
    changed_facts,
    check_facts,
    check_line,
    check_rows,
    line_of,
    moved_figures,
    round_counts,
)


def test_facts_that_fit_leave_nothing_to_say() -> None:
    assert check_line(line_of(ALL)) == []
    assert list(check_facts(ALL)) == []


@pytest.mark.parametrize(
    ("key", "number", "words"),
    [
        ("loai-a", 5, "Tổng giữa các cơ quan hành chính nhà nước (5) + trong nội bộ từng cơ quan"),
        ("con-hieu-luc", 9, "còn hiệu lực (9) lớn hơn TTHC nội bộ đã công bố (3)"),
        ("phe-duyet", 4, "đã phê duyệt phương án (4) lớn hơn đã rà soát (3)"),
        ("chua-thuc-thi", 2, "không bằng cắt giảm, đơn giản hóa (2)"),
        ("chi-phi-sau", 1, "không bằng chi phí tuân thủ trước (4.000.000,5)"),
    ],
)
def test_a_figure_that_contradicts_another_is_said_with_both(
    key: str, number: int, words: str
) -> None:
    numbers = {**line_of(ALL).numbers, key: Decimal(number)}
    assert any(words in each.words for each in check_line(Line(numbers)))


def test_a_line_of_the_first_table_is_the_sum_of_rows_of_the_second() -> None:
    line = line_of(ALL, round_counts(ALL))
    assert check_rows(line, ALL) == []
    found = check_rows(Line({**line.numbers, "bai-bo": Decimal(3), "ra-soat-9": Decimal(1)}), ALL)
    assert [each.words for each in found] == [
        "Biểu 1 ghi bãi bỏ 3, cộng các dòng của Biểu 2 được 1.",
        "Biểu 1 ghi ra-soat-9 1, cộng các dòng của Biểu 2 được 0.",
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (fact(published=Proof()), "chưa có quyết định công bố"),
        (fact(counts=Counts.SIMPLIFIED, approved=APPROVED), "chưa có kết quả rà soát"),
        (replace(SIMPLER, saved=Decimal(3000001)), "lớn hơn chi phí trước"),
        (replace(SIMPLER, saved=Decimal(-1)), "cao hơn trước"),
    ],
)
def test_a_row_that_cannot_be_is_named(row: Fact, words: str) -> None:
    [found] = check_facts([row])
    assert words in found.words
    assert found.procedure == row.procedure


def test_a_procedure_reported_twice_is_named_once() -> None:
    assert [each.words for each in check_facts([KEPT, KEPT, KEPT])] == [
        "“Cấp tài khoản” có ở hai cơ quan báo cáo."
    ]


def test_what_changed_is_told_part_by_part() -> None:
    now = replace(SIMPLER, saved=Decimal(600000), is_carried_out=True, open_reason="")
    [changed] = changed_facts(
        ALL, [CUT, now, KEPT, fact(procedure=5, published=None, is_listed=False)]
    )
    assert changed.procedure == SIMPLER.procedure
    assert [(each.label, each.was, each.now) for each in changed.parts] == [
        ("Chi phí tiết kiệm", "500.000 đồng", "600.000 đồng"),
        ("Đã thực thi", "không", "có"),
        ("Chưa thực thi, lý do", "Chờ quy chế mới", ""),
    ]


def test_rows_that_came_or_went_are_told() -> None:
    assert [(e.procedure, e.parts[0].now) for e in changed_facts([CUT], [KEPT])] == [
        (CUT.procedure, "không còn"),
        (KEPT.procedure, "có"),
    ]
    assert changed_facts(ALL, ALL) == []


def test_figures_that_moved_are_told_with_both_values() -> None:
    now = replace(SIMPLER, is_carried_out=True)
    moved = moved_figures(line_of(ALL), line_of([CUT, now, KEPT]), {})
    assert [(each.words, each.was, each.now) for each in moved] == [
        ("đã thực thi", Decimal(1), Decimal(2)),
        ("chưa thực thi", Decimal(1), Decimal(0)),
    ]
