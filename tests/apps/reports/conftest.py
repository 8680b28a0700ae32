from __future__ import annotations

import pytest

from tests.factories import Province, make_province
from tinhgon.apps.agencies.models import Agency


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


@pytest.fixture
def home(province: Province) -> Agency:
    return province.departments[0]
