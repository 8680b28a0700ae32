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
def head(province: Province) -> User:
    return make_user(province.departments[0], "head", name="Nông Văn Sơn")


@pytest.fixture
def office(province: Province) -> User:
    """Controls the procedures of the whole province."""
    return make_user(province.office, "coordinator", scope=province.committee, name="Lý Thu Hà")


@pytest.fixture
def stranger(province: Province) -> User:
    """Inventories for the second department, which the first one's drafts do not concern."""
    return make_user(province.departments[1], "officer", name="Vi Quốc Anh")
