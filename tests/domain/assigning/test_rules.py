from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.assigning import (
    OPEN,
    LaterThanParent,
    Status,
    inherit_due,
    may_extend,
    rollup,
)

JUNE, JULY = date(2024, 6, 30), date(2024, 7, 4)


@pytest.mark.parametrize(
    ("parent", "own", "due"),
    [
        (JUNE, None, JUNE),
        (JULY, JUNE, JUNE),
        (JUNE, JUNE, JUNE),
        (None, JUNE, JUNE),
        (None, None, None),
    ],
)
def test_passing_on_keeps_the_date(parent: date | None, own: date | None, due: date | None) -> None:
    assert inherit_due(parent, own) == due


def test_passing_on_with_a_later_date_is_refused() -> None:
    with pytest.raises(LaterThanParent) as caught:
        inherit_due(JUNE, JULY)
    assert str(caught.value) == "Hạn giao tiếp 04/7/2024 muộn hơn hạn cấp trên giao 30/6/2024."


@pytest.mark.parametrize(
    ("granted", "most", "may"),
    [(0, 1, True), (1, 1, False), (2, 1, False), (0, 0, False), (9, None, True)],
)
def test_how_often_a_date_may_move(granted: int, most: int | None, *, may: bool) -> None:
    assert may_extend(granted, most) is may


def test_a_district_and_its_communes() -> None:
    together = rollup(
        [Status.ACCEPTED] * 3
        + [Status.SUBMITTED] * 2
        + [Status.ISSUED, Status.WITHDRAWN, Status.TRANSFERRED]
    )
    assert (together.total, together.done, together.accepted) == (6, 5, 3)
    assert together.percent_done == Decimal(500) / 6
    assert together.counts[Status.WITHDRAWN] == 1
    assert together.counts[Status.RETURNED] == 0


def test_nothing_to_do_has_no_percentage() -> None:
    assert rollup([Status.WITHDRAWN]).percent_done is None


@given(st.lists(st.sampled_from(Status)))
def test_a_rollup_adds_up(statuses: list[Status]) -> None:
    together = rollup(statuses)
    assert sum(together.counts.values()) == len(statuses)
    waiting = sum(together.counts[s] for s in OPEN - {Status.SUBMITTED})
    assert together.total == together.done + waiting
    assert 0 <= together.accepted <= together.done
