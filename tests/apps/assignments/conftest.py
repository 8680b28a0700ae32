from __future__ import annotations

import pytest

from tests.factories import Province, make_province, make_user
from tests.factories.assignments import make_calendar
from tinhgon.apps.accounts.models import User


@pytest.fixture
def province() -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def coordinator(province: Province) -> User:
    """Sits in the Office and looks after the whole province."""
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def officer(province: Province) -> User:
    """Answers for the first department."""
    return make_user(province.departments[0])


@pytest.fixture
def stranger(province: Province) -> User:
    """Answers for the second department, which the first one's work does not concern."""
    return make_user(province.departments[1])


@pytest.fixture
def district_head(province: Province) -> User:
    return make_user(province.districts[0], "head")


@pytest.fixture
def commune_officer(province: Province) -> User:
    return make_user(province.communes[0][0])
