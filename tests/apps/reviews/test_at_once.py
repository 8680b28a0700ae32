"""A round is opened once and a procedure added once, also by two clicks at the same moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.apps.reviews.conftest import People
from tests.at_once import at_once, meeting
from tests.factories import Province
from tests.factories.procedures import make_version
from tests.factories.reviews import make_programme_round, make_questionnaire
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.reviews import actions
from tinhgon.apps.reviews.actions import opening
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.apps.reviews.queries import Scope

pytestmark = pytest.mark.django_db(transaction=True)
DUE = date(2024, 10, 31)


@pytest.fixture
def plan(province: Province, march_2024: datetime) -> actions.Plan:
    make_version(province.departments[0], status=Status.PUBLISHED)
    scope = Scope.of(province.committee, march_2024.date())
    programme_round = make_programme_round(province.committee)
    return actions.Plan(programme_round, make_questionnaire(), scope, DUE)


def test_two_clicks_open_one_round(
    people: People, plan: actions.Plan, march_2024: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_check_plan", meeting(2, opening._check_plan))

    def click() -> None:
        actions.open_round(plan=plan, by=people.office, at=march_2024)

    refused = at_once(click, click)
    assert [str(each) for each in refused] == ["Đợt này đã mở rà soát."]
    assert [type(each) for each in refused] == [actions.Refused]
    assert (ReviewRound.objects.count(), Review.objects.count()) == (1, 1)
    assert Event.objects.filter(kind="reviews.opened").count() == 1


def test_two_clicks_add_procedures_once(
    province: Province,
    people: People,
    plan: actions.Plan,
    march_2024: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    review_round = actions.open_round(plan=plan, by=people.office, at=march_2024)
    new = [make_version(home, status=Status.PUBLISHED) for home in province.departments]
    keys = [version.procedure_id for version in new]
    wait, add = meeting(2, lambda: None), opening._add

    def met(*args: Any, **kwargs: Any) -> list[Review]:
        wait()
        return add(*args, **kwargs)

    monkeypatch.setattr(opening, "_add", met)

    def click() -> None:
        actions.add_procedures(
            review_round=review_round, procedures=keys, by=people.office, at=march_2024
        )

    refused = at_once(click, click)
    assert [type(each) for each in refused] == [actions.Refused]
    assert "đã có trong đợt" in str(refused[0])
    assert Review.objects.count() == 3
    assert Event.objects.filter(kind="reviews.added").count() == 1
