from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.deadlines import Ladder, read_ladder, seed_ladder, step_for
from tinhgon.domain.workdays import official_calendar

CALENDAR = official_calendar(range(2023, 2028))
SUNDAY = date(2024, 6, 30)


@pytest.mark.parametrize(
    ("today", "code", "escalates"),
    [
        (date(2024, 6, 13), None, False),  # 11 working days left
        (date(2024, 6, 14), "before-10", False),
        (date(2024, 6, 20), "before-10", False),
        (date(2024, 6, 21), "before-5", False),
        (date(2024, 6, 23), "before-5", False),
        (date(2024, 6, 25), "before-3", False),
        (date(2024, 6, 27), "before-1", False),
        (date(2024, 6, 28), "due", False),  # the last working day on time
        (SUNDAY, "due", False),
        (date(2024, 7, 1), "after-1", False),
        (date(2024, 7, 2), "after-1", False),
        (date(2024, 7, 3), "after-3", True),
        (date(2024, 7, 9), "after-3", True),
        (date(2024, 7, 10), "after-8", True),
        (date(2024, 7, 17), "after-13", True),
    ],
)
def test_the_rung_of_a_day(today: date, code: str | None, *, escalates: bool) -> None:
    step = step_for(SUNDAY, today, CALENDAR, seed_ladder())
    assert (step.code if step else None) == code
    assert (step is not None and step.escalates) is escalates


def test_a_ladder_that_starts_late() -> None:
    ladder = Ladder(before=(), after=(3,), then_every=2, escalate_after=5)
    assert step_for(SUNDAY, date(2024, 7, 2), CALENDAR, ladder) is None
    step = step_for(SUNDAY, date(2024, 7, 5), CALENDAR, ladder)
    assert step is not None
    assert (step.code, step.escalates) == ("after-5", True)


@given(
    st.dates(date(2024, 1, 1), date(2026, 12, 1)), st.integers(-60, 60).map(lambda n: timedelta(n))
)
def test_a_new_rung_comes_on_a_working_day_and_never_goes_back(
    due_on: date, distance: timedelta
) -> None:
    today = due_on + distance
    before = step_for(due_on, today - timedelta(days=1), CALENDAR, seed_ladder())
    now = step_for(due_on, today, CALENDAR, seed_ladder())
    if now != before:
        assert CALENDAR.is_working_day(today)
        assert now is not None
        assert before is None or before.working_days < now.working_days


@pytest.mark.parametrize(
    "text",
    [
        "before=[1,5]\nafter=[1]\nthen_every=5\nescalate_after=3",
        "before=[-1]\nafter=[2]\nthen_every=5\nescalate_after=3",
        "before=[5]\nafter=[]\nthen_every=5\nescalate_after=3",
        "before=[5]\nafter=[1]\nthen_every=0\nescalate_after=3",
        "before=[5]\nafter=[1]\nthen_every=5\nescalate_after=0",
        "before=[5]\nafter=[1]\nthen_every=5",
        "before=[5]\nafter=[1]\nthen_every=5\nescalate_after=3\nemail=true",
    ],
)
def test_a_faulty_ladder(text: str) -> None:
    with pytest.raises(ValueError, match=r"ladder|count"):
        read_ladder(text.encode())
