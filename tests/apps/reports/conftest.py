from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.reports import make_cut, make_edition, make_fact
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.reports.models import PeriodDuty, Report, ReportPeriod

from .make import AT, make_duty, open_year, report_of


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


@pytest.fixture
def home(province: Province) -> Agency:
    return province.departments[0]


@pytest.fixture
def office(province: Province) -> User:
    """The coordinator, who sits in the Office and looks after the whole province."""
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def now() -> Iterator[datetime]:
    """Monday 16/12/2024: the figures are frozen, nobody is late yet."""
    with time_machine.travel(AT, tick=False):
        yield AT


@pytest.fixture
def period(province: Province, office: User) -> ReportPeriod:
    """The year 2024 asked of the whole province, with the figures of three agencies."""
    period = open_year(province, office)
    department, district = province.departments[0], province.districts[0]
    commune = province.communes[0][0]
    make_edition(report_of(period, department), [make_fact(department), make_cut(department)])
    make_edition(report_of(period, district), [make_fact(district)])
    make_edition(report_of(period, commune), [make_fact(commune), make_fact(commune)])
    return period


@pytest.fixture
def report(period: ReportPeriod, home: Agency, office: User, province: Province) -> Report:
    """The report of a department that has one piece of work which the period answers."""
    duty = make_duty(province.committee, [home, province.communes[0][0]], office)
    PeriodDuty.objects.create(period=period, duty=duty)
    return report_of(period, home)


@pytest.fixture
def officer(home: Agency) -> User:
    return make_user(home, "officer")


def signed_in(user: User) -> StrictClient:
    client = StrictClient()
    client.force_login(user)
    return client
