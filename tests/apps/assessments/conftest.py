"""One sheet, its officer and another one of the same agency."""

from __future__ import annotations

import pytest

from tests.factories import Province, make_province, make_user
from tests.factories.procedures import make_version
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.procedures.enums import Status
from tinhgon.domain.procedures import Manner, Paper

from .samples import AT


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer", name="Nông Thị Hoa")


@pytest.fixture
def colleague(province: Province) -> User:
    return make_user(province.departments[0], "officer", name="Vi Văn Bình")


@pytest.fixture
def sheet(province: Province, officer: User) -> CostSheet:
    """Rows paper-1 "Tờ trình", paper-2 "Báo cáo kết quả" and those of steps; no subjects yet."""
    version = make_version(
        province.departments[0],
        name="Cử công chức đi đào tạo",
        status=Status.PUBLISHED,
        papers=(Paper("Tờ trình"), Paper("Báo cáo kết quả")),
        manners=(Manner.IN_PERSON,),
        dossier_sets=2,
    )
    review = make_review(make_review_round(province.office), province.departments[0], version)
    return actions.start_sheet(review=review, by=officer, at=AT)
