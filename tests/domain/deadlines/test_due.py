from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tinhgon.domain.deadlines import Due, DueKind, last_day, last_working_day
from tinhgon.domain.workdays import official_calendar

CALENDAR = official_calendar(range(2024, 2027))


@pytest.mark.parametrize(
    ("due", "last", "worked"),
    [
        (Due(DueKind.BEFORE, date(2024, 7, 1)), date(2024, 6, 30), date(2024, 6, 28)),
        (Due(DueKind.BEFORE, date(2024, 7, 5)), date(2024, 7, 4), date(2024, 7, 4)),
        (Due(DueKind.BEFORE, date(2024, 11, 1)), date(2024, 10, 31), date(2024, 10, 31)),
        (Due(DueKind.BEFORE, date(2025, 1, 1)), date(2024, 12, 31), date(2024, 12, 31)),
        (Due(DueKind.BY, date(2024, 6, 30)), date(2024, 6, 30), date(2024, 6, 28)),
        (Due(DueKind.BY, date(2024, 5, 4)), date(2024, 5, 4), date(2024, 5, 4)),
        (Due(DueKind.IN_MONTH, date(2024, 2, 1)), date(2024, 2, 29), date(2024, 2, 29)),
        (Due(DueKind.IN_MONTH, date(2024, 6, 15)), date(2024, 6, 30), date(2024, 6, 28)),
        (Due(DueKind.IN_QUARTER, date(2024, 1, 1)), date(2024, 3, 31), date(2024, 3, 29)),
        (Due(DueKind.IN_QUARTER, date(2024, 6, 30)), date(2024, 6, 30), date(2024, 6, 28)),
        (Due(DueKind.IN_QUARTER, date(2024, 7, 1)), date(2024, 9, 30), date(2024, 9, 30)),
        (Due(DueKind.IN_QUARTER, date(2024, 12, 31)), date(2024, 12, 31), date(2024, 12, 31)),
        (Due(DueKind.IN_YEAR, date(2026, 3, 1)), date(2026, 12, 31), date(2026, 12, 31)),
        (
            Due(DueKind.WITHIN_WORKING_DAYS, count=5, event_on=date(2024, 4, 25)),
            date(2024, 5, 6),  # 26/4, 2/5, 3/5, the swapped 4/5, 6/5
            date(2024, 5, 6),
        ),
        (
            Due(DueKind.WITHIN_DAYS, count=10, event_on=date(2024, 4, 18)),
            date(2024, 5, 2),  # 28/4 is a Sunday; 29/4, 30/4 and 1/5 are off
            date(2024, 5, 2),
        ),
        (Due(DueKind.AT_REPORT, date(2024, 12, 15)), date(2024, 12, 15), date(2024, 12, 13)),
        (Due(DueKind.AT_REPORT), None, None),
        (Due(DueKind.WITHIN_DAYS, count=10), None, None),
        (Due(DueKind.WITHIN_WORKING_DAYS, count=10), None, None),
        (Due(DueKind.NONE), None, None),
    ],
)
def test_the_last_day_on_time(due: Due, last: date | None, worked: date | None) -> None:
    assert last_day(due, CALENDAR) == last
    assert last_working_day(due, CALENDAR) == worked


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        (DueKind.BEFORE, {}),
        (DueKind.BY, {"named_day": date(2024, 7, 1), "count": 3}),
        (DueKind.BY, {"named_day": date(2024, 7, 1), "event_on": date(2024, 6, 1)}),
        (DueKind.IN_QUARTER, {}),
        (DueKind.WITHIN_DAYS, {}),
        (DueKind.WITHIN_DAYS, {"count": 0}),
        (DueKind.WITHIN_WORKING_DAYS, {"count": 3, "named_day": date(2024, 7, 1)}),
        (DueKind.NONE, {"named_day": date(2024, 7, 1)}),
    ],
)
def test_parts_that_do_not_fit(kind: DueKind, parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=str(kind)):
        Due(kind, **parts)
