"""What the table says of a past day is what it said on that day, or it says that it cannot tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.factories import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.monitoring.queries.tallies import Figures, tallies
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.monitoring import NONE, Area, Tally

from .story import FIRST, LAST, story_of

pytestmark = pytest.mark.django_db


class Diary:
    """Lets days pass, and keeps what the table says at the end of each."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self.told: dict[date, Figures] = {}

    def figures(self, on: date, today: date) -> Figures:
        [found] = tallies(self._programme, Agency.objects.all(), [Moment(on, today)])
        return found

    def until(self, day: date) -> None:
        """Keep what the table says on each day before this one."""
        start = max(self.told, default=FIRST - timedelta(days=1))
        while (start := start + timedelta(days=1)) < day:
            self.told[start] = self.figures(start, start)


def same(then: Figures, now: Figures) -> Iterator[tuple[int, Area, Tally, Tally]]:
    """Yield what differs though the records should know it."""
    for agency in {*then, *now}:
        for area in Area:
            was = then.get(agency, {}).get(area, NONE)
            told = now.get(agency, {}).get(area, NONE)
            if told.untold == 0 and told != was:
                yield agency, area, was, told


def test_every_day_is_told_as_it_was(province: Province, office: User) -> None:
    programme, story = story_of(province, office)
    diary = Diary(programme)
    for moment, happens in sorted(story, key=lambda each: each[0]):
        diary.until(moment.date())
        happens()
    diary.until(LAST)

    untold = {}
    for day, then in diary.told.items():
        now = diary.figures(day, LAST)
        assert list(same(then, now)) == [], day
        untold[day] = {
            area: sum(parts.get(area, NONE).untold for parts in now.values()) for area in Area
        }
    # What was amended, given back or withdrawn since cannot be told before that day …
    assert untold[date(2024, 6, 19)][Area.ASSIGNMENTS] == 1
    assert untold[date(2024, 6, 16)][Area.INVENTORIES] == 1
    assert untold[date(2024, 6, 16)][Area.REVIEWS] == 1
    assert untold[date(2024, 6, 15)][Area.REPORTS] == 1
    # … and all can from then on.
    assert not any(untold[date(2024, 7, 11)].values())
    assert not any(untold[date(2024, 6, 2)][area] for area in (Area.REVIEWS, Area.INVENTORIES))
    # The story has something of everything, done and late.
    last = diary.told[max(diary.told)]
    for area in (Area.ASSIGNMENTS, Area.REPORTS, Area.INVENTORIES, Area.REVIEWS):
        whole = sum((parts.get(area, NONE) for parts in last.values()), NONE)
        assert (whole.done > 0, whole.overdue > 0) == (True, True), area
