from __future__ import annotations

import pytest

from tests.factories import Province, make_province, make_user
from tinhgon.apps.accounts.models import User


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    """Inventories the procedures of the first department."""
    return make_user(province.departments[0], "officer", name="Hoàng Thị Mai")


@pytest.fixture
def stranger(province: Province) -> User:
    """Inventories for the second department."""
    return make_user(province.departments[1], "officer", name="Vi Quốc Anh")


@pytest.fixture
def office(province: Province) -> User:
    """Coordinates the whole province."""
    return make_user(province.office, "coordinator", scope=province.committee, name="Lý Thu Hà")
