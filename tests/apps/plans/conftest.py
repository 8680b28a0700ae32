from __future__ import annotations

import pytest

from tests.factories import Province, make_province, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


@pytest.fixture
def home(province: Province) -> Agency:
    return province.departments[0]


@pytest.fixture
def officer(home: Agency) -> User:
    return make_user(home, "officer")
