from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.costing import (
    Comparison,
    Sheet,
    Sides,
    compare,
    cost,
    figure,
    money,
    total,
)
from tinhgon.domain.vntext import format_share

from .sheets import few, hourly, read_case, row, sheet, sheets, sides

CASES = Path(__file__).parent / "cases"


def _cases(file: str, table: str) -> list[Any]:
    found = tomllib.loads((CASES / file).read_text(encoding="utf-8"))[table]
    return [pytest.param(case, id=case["id"]) for case in found]


OWN = {param.values[0]["id"]: param.values[0] for param in _cases("own.toml", "case")}


@pytest.mark.parametrize("case", _cases("own.toml", "case"))
def test_own_cases(case: Mapping[str, Any]) -> None:
    this = read_case(case)
    found = cost(this)
    assert money(found.once) == case["once"]
    assert money(found.year) == case["year"]
    assert figure(found.rounding_gap) == case.get("rounding_gap", "0")
    if "exact" in case:
        assert found.once == Decimal(case["exact"])
    if "compared_with" in case:
        both = compare(read_case(OWN[case["compared_with"]]), this)
        assert money(both.saved) == case["saved"]
        assert format_share(both.ratio) == case["ratio"]


@pytest.mark.parametrize("case", _cases("published.toml", "saving"))
def test_savings_published_with_all_that_they_come_from(case: Mapping[str, str]) -> None:
    def side(times: str) -> Sheet:
        one = row("other", services=case["once"].replace(".", ""))
        return sheet(one, times=times, subjects=case["subjects"].replace(".", ""))

    both = compare(side(case["times_now"]), side(case["times_after"]))
    assert money(both.now) == case["now"]
    assert money(both.after) == case["after"]
    assert money(both.saved) == case["saved"]
    assert format_share(both.ratio) == case["ratio"]


@pytest.mark.parametrize("case", _cases("published.toml", "total"))
def test_published_totals(case: Mapping[str, Any]) -> None:
    unit = case["unit"]
    both = Comparison(Decimal(case["now"]) * unit, Decimal(case["after"]) * unit)
    assert both.ratio is not None
    exact = {"saved": both.saved / unit, "ratio": both.ratio * 100}
    published = [name for name in exact if name in case]
    assert published
    for name in published:
        said = case[name]
        assert _how(exact[name], Decimal(said["published"])) == said["how"]


@pytest.mark.parametrize("case", _cases("published.toml", "share"))
def test_published_shares(case: Mapping[str, str]) -> None:
    exact = Decimal(case["part"]) / Decimal(case["whole"]) * 100
    assert _how(exact, Decimal(case["published"])) == case["how"]


def _how(exact: Decimal, published: Decimal) -> str:
    """Return how a published figure came from the exact one, at the decimals that it shows."""
    shown = Decimal(1).scaleb(min(int(published.as_tuple().exponent), 0))
    if exact.quantize(shown, rounding=ROUND_HALF_UP) == published:
        return "rounded"
    is_cut = exact.quantize(shown, rounding=ROUND_DOWN) == published
    return "truncated" if is_cut else "different"


def test_a_published_figure_that_agrees_in_no_way() -> None:
    assert _how(Decimal("88.286"), Decimal("88.4")) == "different"


@pytest.mark.parametrize("table", ["saving", "total", "share"])
def test_what_stands_as_published_names_its_source(table: str) -> None:
    assert all(param.values[0]["source"] for param in _cases("published.toml", table))


@few
@given(sides())
def test_saved_is_before_less_after(both: Sides) -> None:
    found = compare(both.now, both.after)
    assert Fraction(found.saved) == Fraction(found.now) - Fraction(found.after)
    assert (found.now, found.after) == (cost(both.now).year, cost(both.after).year)


@few
@given(sheets())
def test_what_is_abolished_costs_nothing_after(now: Sheet) -> None:
    after = replace(now, rows=tuple(replace(each, gone="Bãi bỏ") for each in now.rows))
    both = compare(now, after)
    assert both.after == 0
    assert both.ratio in (None, 1)


@few
@given(sides())
def test_without_a_cost_before_there_is_no_ratio(both: Sides) -> None:
    found = compare(replace(both.now, subjects=Decimal(0), rows=()), both.after)
    assert found.ratio is None
    assert format_share(found.ratio) == "không xác định"


@few
@given(sheets(), st.randoms())
def test_the_order_of_rows_changes_nothing(one: Sheet, random: Random) -> None:
    mixed = list(one.rows)
    random.shuffle(mixed)
    found, other = cost(one), cost(replace(one, rows=tuple(mixed)))
    assert (found.once, found.year, found.hours_a_year) == (
        other.once,
        other.year,
        other.hours_a_year,
    )


@few
@given(sheets())
def test_totals_are_sums_of_exact_rows(one: Sheet) -> None:
    found = cost(one)
    exact = sum((Fraction(each.year) for each in found.rows), Fraction(0))
    assert Fraction(found.year) == exact
    assert abs(found.rounding_gap) <= (len(one.rows) + 1) / 2


@few
@given(sheets())
def test_a_new_norm_needs_no_rows(one: Sheet) -> None:
    found = cost(one)
    other = replace(one, hourly=hourly("59422"))
    assert Fraction(cost(other).year) == (
        Fraction(found.sheet_hours) * 59422 + Fraction(found.beside)
    )


@few
@given(st.lists(sides(2), max_size=4))
def test_several_procedures_add_up(many: list[Sides]) -> None:
    each = [compare(both.now, both.after) for both in many]
    found = total(each)
    assert Fraction(found.now) == sum(Fraction(one.now) for one in each)
    assert Fraction(found.saved) == sum(Fraction(one.saved) for one in each)


def test_both_sides_use_one_norm_and_one_scope() -> None:
    now = sheet(row(hours=1))
    with pytest.raises(ValueError, match="cùng một mức thu nhập"):
        compare(now, replace(now, hourly=hourly(1)))
    with pytest.raises(ValueError, match="cùng một bên"):
        compare(now, replace(now, include_deciding=True))


def test_no_two_rows_have_one_key() -> None:
    with pytest.raises(ValueError, match="hai dòng cùng mã"):
        sheet(row("a"), row("a"))
