from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tinhgon.domain.simplification import (
    CostRule,
    CountingRule,
    Listed,
    NumberRule,
    Planned,
    Stage,
    burn_up,
    count,
)

D1, D2, D3 = date(2024, 1, 1), date(2024, 6, 1), date(2024, 12, 1)


def listed(**costs: int | None) -> list[Listed[str]]:
    return [Listed(name, None if c is None else Decimal(c)) for name, c in costs.items()]


def planned(
    procedure: str,
    before: int | None,
    after: int | None,
    *,
    cut: bool = False,
    number: int = 1,
    approved: date | None = D1,
    done: date | None = None,
    begun: date | None = None,
) -> Planned[str]:
    return Planned(
        procedure,
        number,
        cut,
        None if before is None else Decimal(before),
        None if after is None else Decimal(after),
        begun_on=begun,
        planned_on=D1,
        approved_on=approved,
        carried_out_on=done,
    )


def test_the_four_figures() -> None:
    scope = listed(a=100, b=300, c=600, d=0, e=None)
    plans = [planned("a", 100, 0, cut=True), planned("b", 300, 200), planned("d", 0, 0)]

    found = count(scope, plans, on=D3)

    assert (found.listed, found.cut, found.simplified, found.unassessed) == (5, 1, 2, 1)
    assert [(f.sign, f.words) for f in found.figures] == [
        ("K1", "20,00%"),
        ("K2", "60,00%"),
        ("C", "20,00%"),
        ("C′", "50,00%"),
    ]
    assert found.c.formula == (
        "C = chi phí tiết kiệm / chi phí trước đơn giản hóa của tất cả thủ tục = "
        "200 / 1.000 (đồng/năm)"
    )
    assert found.k2.formula.endswith("(1 + 2) / 5")


def test_abolished_procedures_stay_in_the_whole() -> None:
    found = count(listed(a=10, b=10), [planned("a", 10, 0, cut=True)], on=D3)

    assert (found.k1.words, found.c.words) == ("50,00%", "50,00%")
    assert found.k1.whole == 2


def test_nothing_to_divide_by_is_undefined_and_neither_0_nor_100_percent() -> None:
    nothing = count([], [], on=D3)
    free = count(listed(a=0), [planned("a", 0, 0)], on=D3)

    assert {figure.words for figure in nothing.figures} == {"không xác định"}
    assert (free.c.words, free.c.reaches(Decimal("0.2"))) == ("không xác định", None)
    assert free.k2.words == "100,00%"


def test_the_second_round_starts_from_what_the_first_one_left() -> None:
    rows = [
        planned("a", 100, 70, done=D1),
        planned("a", 70, 50, number=2, begun=D2, approved=D3),
    ]

    found = count(listed(a=100), rows, on=D3)

    assert found.simplified == 1
    assert found.saved == 50
    assert found.before == 100


def test_on_the_same_baseline_the_later_plan_stands_for_both() -> None:
    rows = [planned("a", 100, 70), planned("a", 100, 50, number=2, begun=D2, approved=D3)]

    assert count(listed(a=100), rows, on=D3).saved == 50
    assert count(listed(a=100), rows, on=D2).saved == 30


def test_carried_out_too_late_for_the_second_round_is_the_same_baseline() -> None:
    rows = [
        planned("a", 100, 70, done=D3),
        planned("a", 100, 60, number=2, begun=D2, approved=D3),
    ]

    assert count(listed(a=100), rows, on=D3).saved == 40


def test_three_rounds_add_up_only_where_they_build_on_each_other() -> None:
    rows = [
        planned("a", 100, 80, done=D1),
        planned("a", 80, 70, number=2, begun=D2, approved=D2),
        planned("a", 80, 60, number=3, begun=D3, approved=D3),
    ]

    assert count(listed(a=100), rows, on=D3).saved == 40


def test_a_procedure_cut_in_any_round_is_cut() -> None:
    rows = [planned("a", 9, 8), planned("a", 8, 0, cut=True, number=2)]

    found = count(listed(a=9), rows, on=D3)

    assert (found.cut, found.simplified) == (1, 0)


def test_approved_is_not_carried_out() -> None:
    scope, rows = listed(a=10, b=10), [planned("a", 10, 5, approved=D2, done=D3)]

    def at(day: date, stage: Stage) -> int:
        return count(scope, rows, on=day, stage=stage).simplified

    assert [at(D1, s) for s in Stage] == [1, 0, 0]
    assert [at(D2, s) for s in Stage] == [1, 1, 0]
    assert [at(D3, s) for s in Stage] == [1, 1, 1]


def test_the_official_figures_are_a_setting() -> None:
    found = count(
        listed(a=100, b=900), [planned("a", 100, 80)], on=D3
    )  # K1 0, K2 50, C 2, C′ 20 percent
    usual, strict = CountingRule(), CountingRule(NumberRule.K1, CostRule.C_PRIME)

    assert [found.number(usual).sign, found.cost(usual).sign] == ["K2", "C"]
    assert found.number(usual).reaches(usual.number_target)
    assert not found.cost(usual).reaches(usual.cost_target)
    assert not found.number(strict).reaches(strict.number_target)
    assert found.cost(strict).reaches(strict.cost_target)


def test_a_target_is_met_exactly_or_not_at_all() -> None:
    one_third = count(listed(a=1, b=1, c=1), [planned("a", 1, 0, cut=True)], on=D3)

    assert one_third.k1.reaches(Decimal(1) / 4)
    assert not count(listed(a=10**18), [planned("a", 10**18, 8 * 10**17 + 1)], on=D3).c.reaches(
        Decimal("0.2")
    )


def test_a_share_never_looks_as_if_it_reached_the_target() -> None:
    short = count(listed(a=100_000), [planned("a", 100_000, 80_004)], on=D3).c
    close = count(listed(a=10_000), [planned("a", 10_000, 8_004)], on=D3).c

    assert (short.words, short.reaches(Decimal("0.2"))) == ("19,99%", False)
    assert (close.words, close.reaches(Decimal("0.2"))) == ("19,96%", False)


money = st.integers(0, 10**9).map(Decimal)
days = st.integers(0, 900).map(lambda n: D1 + timedelta(days=n))


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[Listed[int]], list[Planned[int]]]:
    scope = [Listed(n, draw(st.none() | money)) for n in range(draw(st.integers(0, 6)))]
    rows = []
    for each in scope:
        left, begun, done = each.before, D1, None
        for number in range(draw(st.integers(0, 3))):
            if number and done is not None and done <= begun:
                left = rows[-1].after
            after = None if left is None else draw(st.integers(0, int(left)).map(Decimal))
            approved = draw(st.none() | days.map(partial(max, begun)))
            done = draw(st.none() | st.just(approved) | days)
            if done is not None:
                done = max(done, approved) if approved else None
            rows.append(
                Planned(
                    each.procedure, number, draw(st.booleans()), left, after,
                    begun, begun, approved, done,
                )
            )  # fmt: skip
            begun = max(begun, draw(days))
    return scope, rows


@settings(max_examples=60)
@given(situations(), days, st.sampled_from(Stage))
def test_nothing_is_counted_twice(
    case: tuple[list[Listed[int]], list[Planned[int]]], on: date, stage: Stage
) -> None:
    scope, rows = case
    found = count(scope, rows, on=on, stage=stage)

    assert found.listed == len(scope)
    assert found.cut + found.simplified <= found.listed
    assert 0 <= found.saved <= found.before_planned <= found.before
    assert found == count(scope[::-1], rows[::-1], on=on, stage=stage)


@settings(max_examples=60)
@given(situations(), days)
def test_every_stage_counts_no_more_procedures_than_the_one_before(
    case: tuple[list[Listed[int]], list[Planned[int]]], on: date
) -> None:
    counted = [count(*case, on=on, stage=stage).k2.part for stage in Stage]

    planned, approved, carried_out = counted
    assert planned >= approved >= carried_out


@settings(max_examples=60)
@given(situations(), days, st.sampled_from(Stage))
def test_the_burn_up_ends_where_the_figures_stand(
    case: tuple[list[Listed[int]], list[Planned[int]]], until: date, stage: Stage
) -> None:
    scope, rows = case
    points = burn_up(scope, rows, until=until, stage=stage)

    for point in points:
        assert point.indicators == count(scope, rows, on=point.on, stage=stage)
    now = count(scope, rows, on=until, stage=stage)
    assert now == (points[-1].indicators if points else count(scope, [], on=until))


@pytest.mark.parametrize("stage", Stage)
def test_a_plan_of_a_procedure_outside_the_scope_does_not_count(stage: Stage) -> None:
    found = count(listed(a=10), [planned("b", 10, 0, done=D1)], on=D3, stage=stage)

    assert found.k2.part == 0
    assert found.saved == 0
