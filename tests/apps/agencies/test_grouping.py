from __future__ import annotations

import pytest

from tests.factories import make_agency
from tests.factories.agencies import make_province
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.queries import by_kind

pytestmark = pytest.mark.django_db


def test_agencies_stand_by_what_they_are_from_the_province_down() -> None:
    province = make_province()
    unit = make_agency("Chi cục Văn thư", kind=Kind.UNIT, parent=province.departments[0])
    other = make_agency("Phòng Nội vụ", kind=Kind.OTHER, level=Level.DISTRICT)
    commune = province.communes[0][0]
    given = [None, commune, other, unit, province.districts[0], *reversed(province.departments)]

    assert by_kind(given, lambda agency: agency) == [
        ("Sở, ban, ngành", list(reversed(province.departments))),
        ("Đơn vị trực thuộc cấp tỉnh", [unit]),
        ("Ủy ban nhân dân cấp huyện", [province.districts[0]]),
        ("Cơ quan khác cấp huyện", [other]),
        ("Ủy ban nhân dân cấp xã", [commune]),
        ("Cơ quan ngoài tỉnh", [None]),
    ]
