"""What the form says of procedures like the one that is being named."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import Status

pytestmark = pytest.mark.django_db

SIMILAR = reverse("matching:similar")
NAME = "Cử công chức đi đào tạo, bồi dưỡng trong nước"
TYPED = "cử công chức đi đào tạo bồi dưỡng trong nước"


def test_it_finds_what_is_published_anywhere_and_drafts_of_the_own_branch_only(
    client: StrictClient, officer: User, province: Province
) -> None:
    make_version(province.departments[1], name=NAME)
    client.force_login(officer)
    assert NAME not in client.get(SIMILAR, {"name": NAME}).content.decode()

    make_version(province.districts[0], name=NAME, status=Status.PUBLISHED)
    from tinhgon.apps.matching.queries.snapshot import forget

    forget()
    found = client.get(SIMILAR, {"general-name": TYPED}).content.decode()
    assert NAME in found
    assert province.departments[1].name not in found


def test_a_procedure_is_not_like_itself(
    client: StrictClient, officer: User, province: Province
) -> None:
    version = make_version(province.departments[0], officer, name=NAME)
    client.force_login(officer)

    own = client.get(SIMILAR, {"name": NAME, "thu-tuc": str(version.procedure_id)})

    assert NAME not in own.content.decode()


@pytest.mark.parametrize("name", ["", "   ", "Cấp", "((((((((((", "x" * 5_000])
def test_odd_names_find_nothing(client: StrictClient, officer: User, name: str) -> None:
    client.force_login(officer)
    answer = client.get(SIMILAR, {"name": name, "thu-tuc": "x"})
    assert answer.status_code == 200
    assert "<li>" not in answer.content.decode()


def test_the_forms_ask_for_it(client: StrictClient, officer: User, province: Province) -> None:
    version = make_version(province.departments[0], officer, name=NAME)
    client.force_login(officer)
    for address in (
        reverse("procedures:propose"),
        reverse("procedures:edit", args=[version.procedure_id]),
    ):
        assert SIMILAR in client.get(address).content.decode()
