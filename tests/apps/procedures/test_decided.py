"""What decisions say of a procedure, as its own page shows it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province
from tests.factories.publications import abolishing, make_entered
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion

from .samples import AT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


def main_of(client: Any, url: str) -> Any:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser").find("main")


def test_the_decision_in_force_stands_under_the_title(
    client: Any, province: Province, stranger: User
) -> None:
    decision = make_entered(province.departments[0], on=date(2024, 1, 2), number="15")
    version = ProcedureVersion.objects.get()
    client.force_login(stranger)

    main = main_of(client, version.procedure.get_absolute_url())
    line: Any = main.find(class_="page-head__subtitle")
    words = " ".join(line.text.split())
    assert "Hiệu lực từ 02/01/2024" in words
    assert "15/QĐ-UBND" in words
    assert line.find("a", href=decision.get_absolute_url())


def test_what_was_abolished_names_the_decision_that_did_it(
    client: Any, province: Province, stranger: User
) -> None:
    make_entered(province.departments[0], on=date(2024, 1, 2), number="15")
    version = ProcedureVersion.objects.get()
    later = make_entered(
        province.departments[0], [abolishing(version.procedure)], on=date(2024, 5, 6), number="88"
    )
    client.force_login(stranger)

    history = main_of(client, f"{version.get_absolute_url()}?phan=lich-su")
    main = main_of(client, version.get_absolute_url())
    for each in (history, main):
        assert "Hết hiệu lực" in each.text
        assert each.find("a", href=later.get_absolute_url())
    line: Any = main.find(class_="page-head__subtitle")
    assert "đến trước 06/5/2024" in " ".join(line.text.split())


def test_nothing_is_made_public_before_it_was_decided(province: Province, office: User) -> None:
    make_entered(province.departments[0], on=date(2024, 1, 2))
    version = ProcedureVersion.objects.get()
    disclose: dict[str, Any] = {"version": version, "url": "", "by": office, "at": AT}

    with pytest.raises(actions.Refused, match=r"trước ngày ký quyết định công bố \(02/01/2024\)"):
        actions.disclose_version(on=date(2024, 1, 1), seen=version.version, **disclose)
    assert version.status == Status.PUBLISHED
    actions.disclose_version(on=date(2024, 1, 2), seen=version.version, **disclose)
    assert version.status == Status.DISCLOSED
