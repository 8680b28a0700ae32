from __future__ import annotations

from datetime import date

import pytest

from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.workdays import WorkCalendar


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (None, ""),
        (date(2024, 6, 30), "CN 30/6/2024 (ngày làm việc cuối: T6 28/6/2024)"),
        (date(2024, 10, 31), "T5 31/10/2024"),
        (date(2024, 2, 11), "CN 11/02/2024 (ngày làm việc cuối: T6 09/02/2024)"),
    ],
)
def test_both_last_days_are_named_where_they_differ(due_on: date | None, words: str) -> None:
    assert last_day_words(due_on, WorkCalendar()) == words
