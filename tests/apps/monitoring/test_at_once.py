"""Two people who set the first rule of a programme at the same moment."""

from __future__ import annotations

import pytest

from tests.at_once import at_once, meeting
from tests.factories import make_province, make_user
from tests.factories.assignments import make_programme
from tinhgon.apps.monitoring import actions
from tinhgon.apps.monitoring.models import MonitoringSetting
from tinhgon.common.models import StaleObject
from tinhgon.domain.monitoring import RANKED, Rule, usual_rule

from .story import at

RULE = Rule(50, dict.fromkeys(RANKED, 1), "Quyết định số 12/QĐ-UBND")


@pytest.mark.django_db(transaction=True)
def test_one_sets_it_and_the_other_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    province = make_province()
    programme = make_programme(province.committee)
    people = [make_user(province.office, "coordinator", scope=province.committee) for _ in "12"]
    # Both have seen that nobody set anything yet.
    monkeypatch.setattr(actions, "usual_rule", meeting(2, usual_rule))

    refused = at_once(
        *[
            lambda person=person: actions.set_monitoring(
                programme=programme, rule=RULE, is_public=False, by=person, at=at(1, 7), seen=0
            )
            for person in people
        ]
    )

    assert [type(error) for error in refused] == [StaleObject]
    assert MonitoringSetting.objects.get().version == 1
