from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.costing import (
    BadFigure,
    Note,
    Sheet,
    Term,
    check_figure,
    read_figure,
    term_words,
    typed_figure,
)

from .sheets import hourly, row, terms


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("16", "16"),
        ("0,25", "0.25"),
        ("2,125", "2.125"),
        ("0.25", "0.25"),
        ("2,5", "2.5"),
        ("0.125", "0.125"),
        ("0.250 giờ", "0.25"),
        ("1500", "1500"),
        ("1.500,5 phút", "25.0083"),
        ("1.500,5", "1500.5"),
        (" 8 ", "8"),
        ("8 giờ", "8"),
        ("30 phút", "0.5"),
        ("20p", "0.3333"),
        ("2h30", "2.5"),
        ("2 giờ 30 phút", "2.5"),
        ("1 ngày", "8"),
        ("1,5 ngày làm việc", "12"),
        ("1 ngày 2 giờ", "10"),
    ],
)
def test_hours_as_people_type_them(typed: str, hours: str) -> None:
    assert read_figure(Term.HOURS, typed) == Decimal(hours)


@pytest.mark.parametrize(
    ("typed", "money"),
    [
        ("20000", "20000"),
        ("20.000 đồng", "20000"),
        ("20.000đ", "20000"),
        ("1 500 000", "1500000"),
        ("0.25", "0.25"),
        ("1.500", "1500"),
    ],
)
def test_money_as_people_type_it(typed: str, money: str) -> None:
    assert read_figure(Term.SERVICES, typed) == Decimal(money)


@pytest.mark.parametrize("typed", ["", "  ", "\N{NO-BREAK SPACE}"])
def test_an_empty_cell_is_no_figure(typed: str) -> None:
    assert read_figure(Term.TIMES, typed) is None


@pytest.mark.parametrize(
    ("term", "typed", "words"),
    [
        (
            Term.HOURS,
            "nhiều",
            (
                "“nhiều” không phải là số. Ghi thời gian thực hiện bằng chữ số, ví dụ 2,5 hoặc "
                "30 phút."
            ),
        ),
        (
            Term.FEES,
            "NaN",
            "“nan” không phải là số. Ghi phí, lệ phí, chi phí khác bằng chữ số, ví dụ 1.500",
        ),
        (
            Term.HOURS,
            "-5",
            "-5: thời gian thực hiện không thể là số âm. Ghi từ 0 trở lên.",
        ),
        (
            Term.HOURS,
            "400000",
            "400.000 giờ vượt mức có thể có (10.000 giờ). Kiểm tra lại thời gian thực hiện,",
        ),
        (
            Term.FEES,
            "48,248",
            ("“48,248”: dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân. Ghi 48.248."),
        ),
        (
            Term.HOURS,
            "0,33333",
            "0,33333: thời gian thực hiện chỉ ghi tối đa 4 chữ số sau dấu phẩy.",
        ),
        *(
            (
                term,
                typed,
                (
                    f"“{number}” có thể là {thousands} hoặc {decimals}. Ghi {thousands} nếu là "
                    f"hàng nghìn, {decimals} nếu là số lẻ."
                ),
            )
            for term, typed, number, thousands, decimals in (
                (Term.HOURS, "2.125", "2.125", "2125", "2,125"),
                (Term.HOURS, "1.500", "1.500", "1500", "1,5"),
                (Term.HOURS, "1.500 phút", "1.500", "1500", "1,5"),
                (Term.TIMES, "1.200", "1.200", "1200", "1,2"),
            )
        ),
        (
            Term.FEES,
            "0.250",
            (
                "“0.250”: phí, lệ phí, chi phí khác chỉ ghi tối đa 2 chữ số sau dấu phẩy. "
                "Hàng nghìn ghi như 1.500 hoặc 1500."
            ),
        ),
        (Term.HOURS, "0.125.000", "“0.125.000” không phải là số."),
        (Term.HOURS, "=1+1", "“=1+1” không phải là số."),
        (Term.HOURS, "9" * 50, f"“{'9' * 40}…” không phải là số."),
        (Term.SUBJECTS, "9" * 40, "1.0000E+40 đối tượng vượt mức có thể có"),
        (Term.HOURS, "1..5 giờ", "“1..5” không phải là số."),
    ],
)
def test_what_is_refused_and_in_what_words(term: Term, typed: str, words: str) -> None:
    with pytest.raises(BadFigure) as refused:
        read_figure(term, typed)
    assert str(refused.value).startswith(words)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_number_is_refused_everywhere(value: str) -> None:
    words = "Không phải là số. Ghi thời gian thực hiện bằng chữ số, đơn vị giờ."
    with pytest.raises(BadFigure, match=words):
        check_figure(Term.HOURS, Decimal(value))
    with pytest.raises(BadFigure, match=words):
        row(hours=value)
    with pytest.raises(BadFigure, match=words):
        Note(Term.HOURS, low=Decimal(value))


def test_norms_and_headers_are_held_to_the_same_bounds() -> None:
    with pytest.raises(BadFigure, match="không thể là số âm"):
        hourly("-1")
    with pytest.raises(BadFigure, match="số lượng đối tượng tuân thủ"):
        Sheet((), hourly(), subjects=Decimal(-1))


@given(st.sampled_from(Term).flatmap(lambda term: st.tuples(st.just(term), terms[term])))
def test_a_figure_that_stands_in_a_cell_can_be_typed(given: tuple[Term, Decimal]) -> None:
    term, value = given
    assert read_figure(term, typed_figure(term, value)) == value
    if term in (Term.SERVICES, Term.FEES):
        assert read_figure(term, term_words(term, value)) == value
