from __future__ import annotations

import pytest

from tinhgon.domain.reporting import Place, parents

TOP = Place(1, 10)
DISTRICT = Place(2, 20, receiver=10)


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([TOP, DISTRICT, Place(3, 30, receiver=20)], {2: 1, 3: 2}),
        # The district ended: its heir 40 writes its report and receives those of its communes.
        ([TOP, Place(2, 20, 40, 10), Place(3, 30, receiver=40)], {2: 1, 3: 2}),
        # The heir reports itself: what came to the district comes to its own report.
        ([TOP, Place(2, 20, 40, 10), Place(3, 30, receiver=40), Place(4, 40, receiver=10)], None),
        # Nobody below the top is the receiver, or writes for it.
        ([TOP, DISTRICT, Place(3, 30, receiver=99)], {2: 1, 3: 1}),
        # What the heir wrote for a commune goes to what it wrote for the district, not to itself.
        ([TOP, Place(2, 20, 40, 10), Place(3, 30, 40, 40)], {2: 1, 3: 2}),
        # Reports that would go round in a circle are not lost.
        ([TOP, Place(2, 20, receiver=30), Place(3, 30, receiver=20)], {2: 1, 3: 2}),
    ],
)
def test_every_report_is_below_the_top_once(
    places: list[Place], found: dict[int, int] | None
) -> None:
    assert parents(places) == (found or {2: 1, 3: 4, 4: 1})


def test_without_a_top_reports_go_where_they_can() -> None:
    assert parents([Place(3, 30, receiver=20), DISTRICT]) == {3: 2}
