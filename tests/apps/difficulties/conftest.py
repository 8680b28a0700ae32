from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class People:
    """Who works where in the small province."""

    province: Province
    commune: Agency
    district: Agency
    office: Agency
    department: Agency
    commune_officer: User
    commune_head: User
    neighbour: User  # officer of another commune of the district
    district_officer: User
    district_head: User
    stranger: User  # head of the other district
    coordinator: User  # of the Office, over the whole province
    office_head: User
    department_officer: User


@pytest.fixture
def people(db: None) -> People:
    province = make_province()
    commune, neighbour = province.communes[0]
    district, other = province.districts
    return People(
        province=province,
        commune=commune,
        district=district,
        office=province.office,
        department=province.departments[0],
        commune_officer=make_user(commune),
        commune_head=make_user(commune, "head"),
        neighbour=make_user(neighbour),
        district_officer=make_user(district),
        district_head=make_user(district, "head"),
        stranger=make_user(other, "head"),
        coordinator=make_user(province.office, "coordinator", scope=province.committee),
        office_head=make_user(province.office, "head"),
        department_officer=make_user(province.departments[0]),
    )
