from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tinhgon.domain.monitoring import (
    RANKED,
    Area,
    Rule,
    Tally,
    month_before,
    places,
    read_rules,
    score,
    usual_rule,
)

EVEN = Rule(60, {Area.ASSIGNMENTS: 1, Area.REPORTS: 1}, "KH 1")


@pytest.mark.parametrize(
    ("tally", "completeness", "timeliness"),
    [
        (Tally(), None, None),
        (Tally(asked=4), 0, None),
        (Tally(asked=4, overdue=1), 0, 0),
        (Tally(asked=4, done=2, in_time=1, done_late=1), "0.5", "0.5"),
        (Tally(asked=4, done=2, in_time=1, done_late=1, overdue=2), "0.5", "0.25"),
        (Tally(asked=4, done=3, in_time=3, untold=1), 1, 1),
        (Tally(asked=1, untold=1), None, None),
        # What has no last day is done or not, and neither in time nor late.
        (Tally(asked=4, done=2, undated=4), "0.5", None),
        (Tally(asked=4, done=3, in_time=1, overdue=1, undated=2), "0.75", "0.5"),
    ],
)
def test_shares(tally: Tally, completeness: str | None, timeliness: str | None) -> None:
    assert tally.completeness == (None if completeness is None else Decimal(completeness))
    assert tally.timeliness == (None if timeliness is None else Decimal(timeliness))


@pytest.mark.parametrize(
    ("tallies", "points"),
    [
        ({}, None),
        ({Area.ASSIGNMENTS: Tally()}, None),
        ({Area.ASSIGNMENTS: Tally(asked=2, done=2, in_time=2)}, "100.0"),
        # Nothing ended yet: what is done alone counts.
        ({Area.ASSIGNMENTS: Tally(asked=2)}, "0.0"),
        # 60 × 1/2 + 40 × 1/1
        ({Area.ASSIGNMENTS: Tally(asked=2, done=1, in_time=1)}, "70.0"),
        # 60 × 1/3 + 40 × 1/2
        ({Area.ASSIGNMENTS: Tally(asked=3, done=1, in_time=1, overdue=1)}, "40.0"),
        # 60 × (1 + 0)/2 + 40 × 1: of reports nothing has ended.
        ({Area.ASSIGNMENTS: Tally(1, 1, 1), Area.REPORTS: Tally(1)}, "70.0"),
        # What has no weight is left out.
        ({Area.ASSIGNMENTS: Tally(1, 1, 1), Area.PLANS: Tally(9)}, "100.0"),
        ({Area.PLANS: Tally(9)}, None),
        # Undated work alone gives no points …
        ({Area.ASSIGNMENTS: Tally(asked=5, done=5, undated=5)}, None),
        # … nor beside what has no weight …
        ({Area.ASSIGNMENTS: Tally(2, 2, undated=2), Area.PLANS: Tally(1, 1, 1)}, None),
        # … and nothing for being in time: 60 × 6/8 + 40 × 1/2
        ({Area.ASSIGNMENTS: Tally(asked=8, done=6, in_time=1, overdue=1, undated=5)}, "65.0"),
        # Something is due later: what is done alone counts.
        ({Area.ASSIGNMENTS: Tally(asked=4, done=3, undated=3)}, "75.0"),
        # 60 × 2/3 + 40 × 2/3, rounded half up
        ({Area.ASSIGNMENTS: Tally(asked=3, done=2, in_time=2, overdue=1)}, "66.7"),
    ],
)
def test_points(tallies: dict[Area, Tally], points: str | None) -> None:
    assert score(tallies, EVEN) == (None if points is None else Decimal(points))


def test_weights_count() -> None:
    tallies = {Area.ASSIGNMENTS: Tally(1, 1, 1), Area.REPORTS: Tally(1, 0, overdue=1)}
    heavy = Rule(60, {Area.ASSIGNMENTS: 3, Area.REPORTS: 1})

    assert score(tallies, EVEN) == 50
    assert score(tallies, heavy) == 75


def test_equal_points_share_a_place_and_the_next_one_is_left_out() -> None:
    points = {"a": Decimal(90), "b": Decimal(80), "c": Decimal(90), "d": None, "e": Decimal(70)}

    assert places(points) == {"a": 1, "c": 1, "b": 3, "e": 4}


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2024, 6, 20), date(2024, 5, 31)),
        (date(2024, 3, 1), date(2024, 2, 29)),
        (date(2024, 1, 31), date(2023, 12, 31)),
    ],
)
def test_the_month_before(day: date, before: date) -> None:
    assert month_before(day) == before


def test_the_usual_rule_is_sound_and_said_in_words() -> None:
    rule = usual_rule(date(2024, 6, 20))

    assert rule.is_sound
    assert set(rule.weights) == set(RANKED)
    assert "60% × tỷ lệ hoàn thành + 40% × tỷ lệ đúng hạn" in rule.words[0]
    assert "nhiệm vụ 30, báo cáo 20" in rule.words[1]


def _rule(starts: str, completeness: str = "60", weight: str = "1") -> str:
    weights = "\n".join(f"{area.value} = {weight}" for area in RANKED)
    return (
        f'[[rule]]\nfrom = {starts}\ncompleteness = {completeness}\nbasis = "KH"\n'
        f"[rule.weights]\n{weights}\n"
    )


def test_a_later_rule_holds_from_its_day_and_the_first_for_all_before() -> None:
    rules = read_rules((_rule("2025-01-01", "50") + _rule("2024-01-01")).encode())

    assert [(day, rule.completeness) for day, rule in rules] == [
        (date.min, 60),
        (date(2025, 1, 1), 50),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        _rule('"hôm nay"'),
        _rule("2024-01-01", "101"),
        _rule("2024-01-01", weight="0"),
        _rule("2024-01-01", weight="-1"),
        _rule("2024-01-01").replace("plans = 1", ""),
        _rule("2024-01-01").replace('basis = "KH"', 'basis = ""'),
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"rule|reckoned"):
        read_rules(text.encode())
