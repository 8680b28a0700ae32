"""Two people who set the first rule of counting of a programme at the same moment."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.at_once import at_once, meeting
from tests.conftest import VIETNAM
from tests.factories import make_province, make_user
from tests.factories.assignments import make_programme
from tinhgon.apps.plans.actions import counting
from tinhgon.apps.plans.models import CountingSetting
from tinhgon.common.models import StaleObject
from tinhgon.domain.simplification import CountingRule


@pytest.mark.django_db(transaction=True)
def test_one_sets_it_and_the_other_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    province = make_province()
    programme = make_programme(province.committee)
    people = [make_user(province.office, "coordinator", scope=province.committee) for _ in "12"]
    rule = CountingRule()
    # Both have seen that nobody set anything yet.
    monkeypatch.setattr(counting, "CountingRule", meeting(2, CountingRule))

    refused = at_once(
        *[
            lambda person=person: counting.set_counting_rule(
                programme=programme,
                rule=rule,
                basis="Quyết định số 12/QĐ-UBND",
                by=person,
                at=datetime(2024, 7, 1, 9, tzinfo=VIETNAM),
                seen=0,
            )
            for person in people
        ]
    )

    assert [type(error) for error in refused] == [StaleObject]
    assert CountingSetting.objects.get().version == 1
