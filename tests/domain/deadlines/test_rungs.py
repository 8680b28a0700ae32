from __future__ import annotations

from datetime import date

import pytest

from tinhgon.domain.deadlines import new_rungs, seed_ladder
from tinhgon.domain.workdays import WorkCalendar

CALENDAR = WorkCalendar()
DUE = {"soon": date(2024, 7, 9), "late": date(2024, 7, 1), "far": date(2025, 7, 1), "open": None}
MONDAY, SUNDAY = date(2024, 7, 8), date(2024, 7, 7)


def reached(told: dict[str, int], today: date = MONDAY) -> list[str]:
    found = new_rungs(
        DUE, due_on=DUE.get, told=told.get, today=today, calendar=CALENDAR, ladder=seed_ladder()
    )
    return [each.what for each in found]


def test_what_stands_on_a_rung_is_told_in_the_order_of_the_rows() -> None:
    assert reached({}) == ["soon", "late"]


@pytest.mark.parametrize(("told", "left"), [(-5, ["soon", "late"]), (0, ["late"]), (99, ["late"])])
def test_a_rung_that_was_told_is_not_told_again(told: int, left: list[str]) -> None:
    assert reached({"soon": told}) == left


def test_nothing_is_told_on_a_day_off() -> None:
    assert reached({}, SUNDAY) == []
