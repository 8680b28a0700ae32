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
def office(province: Province) -> User:
    """Controls the procedures of the whole province."""
    return make_user(province.office, "coordinator", scope=province.committee, name="Lý Thu Hà")


@pytest.fixture
def local(province: Province) -> User:
    """Controls the procedures of the first department alone."""
    return make_user(province.departments[0], "coordinator", name="Nông Văn Sơn")
