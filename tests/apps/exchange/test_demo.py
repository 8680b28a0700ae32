"""The demo's story of the exchange, on the province of the demo."""

from __future__ import annotations

from datetime import datetime

import pytest
import time_machine

from tests.conftest import VIETNAM
from tests.factories import make_role
from tinhgon.apps.agencies import actions as agencies
from tinhgon.apps.agencies.imports import shipped_territory
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.actions import System
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.exchange.models import Arrival, Dispatch
from tinhgon.apps.exchange.packages import outgoing
from tinhgon.apps.exchange.queries import dispatches
from tinhgon.apps.home.demo import _build
from tinhgon.apps.home.demo._exchange import ANSWERED, SENT, WITHOUT_CODE, ExchangeStory
from tinhgon.apps.home.demo._people import make_people
from tinhgon.apps.home.demo._programme import make_programme
from tinhgon.domain.access import seed_roles

pytestmark = pytest.mark.django_db
START = datetime(2024, 3, 25, 8, tzinfo=VIETNAM)


@time_machine.travel(datetime(2024, 11, 25, 9, tzinfo=VIETNAM), tick=False)
def test_one_letter_goes_out_and_one_comes_in() -> None:
    for code in seed_roles():
        make_role(code)
    agencies.load_territory(by=System(), at=START, data=shipped_territory())
    people, calendar = make_people(START), calendars.calendar()
    issuer = Agency.objects.get(parent=None)
    programme = make_programme(agency=issuer, by=people["dieuphoi"], at=START)
    directive = _build._letter(people["dieuphoi"], issuer, programme, calendar)

    ExchangeStory(people=people, issuer=issuer, calendar=calendar).tell(directive)

    dispatch = Dispatch.objects.get()
    receivers = dispatches.receivers_of(dispatch)
    codes = dispatches.codes_for(dispatch, receivers, today=SENT)
    going = outgoing(dispatch, receivers, codes=codes, at=START)
    assert going.problems == []
    assert len(going.unreached) <= WITHOUT_CODE
    assert sum(bool(each.state) for each in receivers) == ANSWERED
    answers = Arrival.objects.order_by("pk").values_list("subject", "answer")
    assert list(answers) == [("status", "0"), ("new", "0"), ("new", "10")]
    assert receivers[0].state == "06"
