from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from tests.conftest import VIETNAM
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import make_calendar
from tinhgon.apps.accounts.models import User
from tinhgon.apps.programmes.models import Programme

from .story import LAST, story_of


@pytest.fixture
def province(db: None) -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def programme(province: Province, office: User) -> Iterator[Programme]:
    """The programme after all of the story has happened, on its last day."""
    programme, story = story_of(province, office)
    for _, happens in sorted(story, key=lambda each: each[0]):
        happens()
    now = datetime(LAST.year, LAST.month, LAST.day, 9, tzinfo=VIETNAM)
    with time_machine.travel(now, tick=False):
        yield programme
