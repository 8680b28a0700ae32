"""A list that was exported comes back through the import and changes nothing by itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import Province
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.intake.models import Batch
from tinhgon.domain.procedures import Basis, Form

from .sheets import previewed

pytestmark = pytest.mark.django_db


def exported(client: Any, query: str) -> bytes:
    return bytes(client.get(f"/thu-tuc/xuat/?che-do=thong-ke&{query}").getvalue())


def verdicts(batch: Batch) -> list[str]:
    return list(batch.rows.values_list("verdict", flat=True))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("day-du=1", "thu-tuc.xlsx"),
        ("day-du=1&dang=csv", "thu-tuc.csv"),
        ("", "thu-tuc.xlsx"),
        ("cot=linh-vuc,co-quan,cap,loai,lien-thong,tham-quyen", "thu-tuc.xlsx"),
    ],
)
def test_what_was_exported_is_read_as_the_same(
    client: Any, province: Province, officer: User, query: str, name: str
) -> None:
    home = province.departments[0]
    make_version(home, officer, name="Cử công chức đi học", forms=(Form("Mẫu số 01"),))
    make_version(home, officer, name="=Thanh lý | tài sản", bases=(Basis("Luật"),), steps=())
    client.force_login(officer)
    batch = previewed(home, officer, data=exported(client, query), name=name)
    assert verdicts(batch) == ["same", "same"]
