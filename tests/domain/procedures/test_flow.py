from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given

from tinhgon.domain.procedures import (
    START,
    Duration,
    Step,
    Total,
    Unit,
    adds_up_with,
    least_time,
    total_time,
    waits_for,
)

from .records import days, hours, months, steps, working_days


def step(number: int, duration: Duration | None = None, *after: int) -> Step:
    return Step(number, f"Việc {number}", "Chuyên viên", duration, after=after)


@pytest.mark.parametrize(
    ("given_steps", "waits"),
    [
        ([], {}),
        ([step(1)], {1: ()}),
        ([step(1), step(2), step(3)], {1: (), 2: (1,), 3: (2,)}),
        ([step(1), step(2), step(3, None, 1), step(4, None, 2, 3)], {3: (1,), 4: (2, 3)}),
        ([step(1), step(2, None, START)], {2: ()}),
        ([step(1), step(2, None, START, 1)], {2: (1,)}),
        ([step(1), step(2, None, 9)], {2: ()}),
        ([step(1), step(2, None, 1, 1)], {2: (1,)}),
        ([step(1, None, 2), step(2)], {1: (2,), 2: (1,)}),
    ],
)
def test_what_a_step_waits_for(given_steps: list[Step], waits: dict[int, tuple[int, ...]]) -> None:
    found = waits_for(given_steps)
    assert list(found) == [s.number for s in given_steps]
    assert {n: found[n] for n in waits} == waits


@pytest.mark.parametrize(
    ("given_steps", "words", "path"),
    [
        ([], "", ()),
        ([step(1), step(2)], "", (1, 2)),
        ([step(1, hours(4)), step(2, working_days(1))], "01 ngày làm việc 04 giờ làm việc", (1, 2)),
        ([step(1, hours(5)), step(2, hours(3))], "01 ngày làm việc", (1, 2)),
        ([step(1, working_days("0.5"))], "04 giờ làm việc", (1,)),
        ([step(1, working_days("12.25"))], "12 ngày làm việc 02 giờ làm việc", (1,)),
        ([step(1, hours("1.5"))], "1,5 giờ làm việc", (1,)),
        (
            [step(1, months(2)), step(2, days(5)), step(3, working_days(3)), step(4, hours(1))],
            "02 tháng 05 ngày 03 ngày làm việc 01 giờ làm việc",
            (1, 2, 3, 4),
        ),
        # 2 and 3 run beside one another; the longer one counts.
        (
            [
                step(1, hours(8)),
                step(2, hours(16)),
                step(3, hours(24), 1),
                step(4, hours(8), 2, 3),
            ],
            "05 ngày làm việc",
            (1, 3, 4),
        ),
        # Of equal paths the one with more steps, so that steps without a time belong to it.
        (
            [step(1, hours(8)), step(2, hours(8), START), step(3, None, 2)],
            "01 ngày làm việc",
            (2, 3),
        ),
        # Paths of several kinds of time: 25 days pass in less than 20 working days.
        ([step(1, working_days(20)), step(2, days(25), START)], "20 ngày làm việc", (1,)),
        ([step(1, working_days(20)), step(2, days(29), START)], "29 ngày", (2,)),
        ([step(1, months(1)), step(2, days(30), START)], "01 tháng", (1,)),
        # A number that no step has holds nothing up.
        ([step(1, hours(8)), step(2, hours(8), 7)], "01 ngày làm việc", (1,)),
        # The order of numbers is not the order of work.
        ([step(1, hours(8), 2), step(2, hours(8), START)], "02 ngày làm việc", (2, 1)),
    ],
)
def test_the_longest_path(given_steps: list[Step], words: str, path: tuple[int, ...]) -> None:
    total = total_time(given_steps)
    assert total is not None
    assert (total.words, total.path) == (words, path)


@pytest.mark.parametrize(
    "given_steps",
    [
        [step(1, hours(1), 1)],
        [step(1, hours(1), 2), step(2)],
        [step(1), step(2, None, 3), step(3, hours(1), 4), step(4, None, 2)],
    ],
)
def test_a_circle_has_no_time(given_steps: list[Step]) -> None:
    assert total_time(given_steps) is None
    assert least_time(given_steps, Unit.DAY) is None


@pytest.mark.parametrize(
    ("total", "unit", "least"),
    [
        (Total(hours=Decimal(12)), Unit.HOUR, "12"),
        (Total(hours=Decimal(12)), Unit.WORKING_DAY, "1.5"),
        (Total(hours=Decimal(12), days=Decimal(9), months=Decimal(1)), Unit.HOUR, "12"),
        (Total(hours=Decimal(16)), Unit.DAY, "2"),
        (Total(hours=Decimal(16), days=Decimal(3), months=Decimal(1)), Unit.DAY, "33"),
        (Total(months=Decimal(2)), Unit.MONTH, "2"),
        (Total(days=Decimal(62)), Unit.MONTH, "2"),
        (Total(hours=Decimal(248), months=Decimal(1)), Unit.MONTH, "2"),
    ],
)
def test_what_passes_at_the_least(total: Total, unit: Unit, least: str) -> None:
    assert total.at_least(unit) == Decimal(least)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (hours(1), working_days(2), True),
        (days(1), days(2), True),
        (months(1), months(2), True),
        (days(1), working_days(1), False),
        (working_days(1), days(1), False),
        (months(1), days(30), False),
    ],
)
def test_kinds_of_time(one: Duration, other: Duration, together: bool) -> None:
    assert adds_up_with(one, other) is together


def test_the_path_that_decides_depends_on_the_unit() -> None:
    beside = [step(1, working_days(20)), step(2, days(25), START)]
    by_days, by_work = least_time(beside, Unit.DAY), least_time(beside, Unit.WORKING_DAY)
    assert by_days is not None
    assert by_work is not None
    assert (by_days.path, by_work.path) == ((2,), (1,))


@given(steps())
def test_the_path_is_a_path_and_no_other_is_longer(given_steps: tuple[Step, ...]) -> None:
    total = total_time(given_steps)
    waits = waits_for(given_steps)
    if total is None:
        return
    for before, after in pairwise(total.path):
        assert before in waits[after]
    if given_steps:
        assert waits[total.path[0]] == ()
    by_number = {s.number: s for s in given_steps}
    again = Total()
    for number in total.path:
        again = again.plus(by_number[number])
    assert again == total
    for each in given_steps:
        assert Total().plus(each).weight <= total.weight
        for unit in Unit:
            least = least_time(given_steps, unit)
            assert least is not None
            assert Total().plus(each).at_least(unit) <= least.at_least(unit)
