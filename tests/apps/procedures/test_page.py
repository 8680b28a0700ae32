"""The page of one procedure: what each may see of it, on each of its tabs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.procedures import AT, make_record, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.views.detail import TABS
from tinhgon.domain.procedures import Record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


def words(client: StrictClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    main = BeautifulSoup(response.content.decode(), "html.parser").find("main")
    assert main is not None
    return " ".join(main.text.split())


@pytest.fixture
def published(province: Province, officer: User) -> ProcedureVersion:
    return make_version(
        province.departments[0],
        officer,
        status=Status.PUBLISHED,
        valid_from=date(2024, 1, 1),
        name="Lập kế hoạch tuyển dụng công chức",
    )


@pytest.fixture
def change(published: ProcedureVersion, officer: User) -> ProcedureVersion:
    draft = actions.draft_change(
        procedure=published.procedure, action=Action.AMENDED, by=officer, at=AT
    )
    record = replace(draft.record, result="Quyết định của Giám đốc Sở")
    actions.edit_version(version=draft, record=record, by=officer, at=AT, seen=1)
    return draft


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_for_its_branch_and_for_others(
    client: StrictClient,
    published: ProcedureVersion,
    change: ProcedureVersion,
    officer: User,
    stranger: User,
    tab: str,
) -> None:
    for user in (officer, stranger):
        client.force_login(user)
        assert published.name in words(client, f"{published.get_absolute_url()}?phan={tab}")
    client.force_login(officer)
    assert published.name in words(client, f"{change.get_absolute_url()}?phan={tab}")


@pytest.mark.parametrize("tab", [*TABS, "x", ""])
def test_an_empty_record_has_every_tab(
    client: StrictClient, province: Province, officer: User, tab: str
) -> None:
    version = actions.propose_procedure(
        record=Record("Cử công chức đi học"), agency=province.departments[0], by=officer, at=AT
    )
    client.force_login(officer)
    assert "Chưa có trình tự thực hiện" in words(client, f"{version.get_absolute_url()}?phan={tab}")


def test_everything_of_the_record_stands_on_one_page(
    client: StrictClient, published: ProcedureVersion, stranger: User
) -> None:
    client.force_login(stranger)
    text = words(client, published.get_absolute_url())
    record = make_record()
    for said in (
        *(step.what for step in record.steps),
        *(step.actor for step in record.steps),
        *(paper.name for paper in record.papers),
        *(body.name for body in record.bodies),
        *record.subjects,
        record.field,
        record.result,
        "05 ngày làm việc",
        "Điều 7 Nghị định số 30/2020/NĐ-CP",
        "Đang có hiệu lực",
        "Hiệu lực từ 01/01/2024",
        published.procedure.local_code,
    ):
        assert said in text, said


def test_a_procedure_shows_what_is_in_force_and_tells_its_branch_of_the_draft(
    client: StrictClient,
    published: ProcedureVersion,
    change: ProcedureVersion,
    officer: User,
    stranger: User,
) -> None:
    address = published.procedure.get_absolute_url()
    client.force_login(officer)
    text = words(client, address)
    assert "Đang có hiệu lực" in text
    assert "Đang có bản dự thảo 2 (đang soạn)" in text
    assert "Đây là bản dự thảo, chưa có hiệu lực" in words(client, change.get_absolute_url())

    client.force_login(stranger)
    assert "dự thảo" not in words(client, address)
    assert client.get(change.get_absolute_url()).status_code == 404
    assert "Bản 2" not in words(client, f"{address}?phan=so-sanh")


def test_a_draft_is_compared_with_the_version_it_changes(
    client: StrictClient, change: ProcedureVersion, officer: User
) -> None:
    client.force_login(officer)
    text = words(client, f"{change.get_absolute_url()}?phan=so-sanh")
    assert "Kết quả thực hiện" in text
    assert "Quyết định của Giám đốc Sở" in text
    assert "Trình tự thực hiện" not in text
    for odd in ("99", "2", "x", "-1"):
        assert text == words(client, f"{change.get_absolute_url()}?phan=so-sanh&voi={odd}")


def test_what_no_longer_holds_says_so(
    client: StrictClient, province: Province, officer: User, stranger: User
) -> None:
    version = make_version(
        province.departments[0],
        officer,
        status=Status.PUBLISHED,
        valid_from=date(2023, 1, 1),
        valid_to=date(2024, 6, 20),
    )
    client.force_login(stranger)
    text = words(client, version.get_absolute_url())
    assert "Hết hiệu lực" in text
    assert "đến trước 20/6/2024" in text


def test_a_draft_is_hidden_from_other_branches(
    client: StrictClient, province: Province, officer: User, stranger: User
) -> None:
    version = make_version(province.departments[0], officer)
    client.force_login(stranger)
    for url in (version.get_absolute_url(), version.procedure.get_absolute_url()):
        assert client.get(url).status_code == 404
    assert client.get("/thu-tuc/999999/").status_code == 404
    assert client.get(f"/thu-tuc/{version.procedure_id}/ban-9/").status_code == 404


def test_the_trail_is_for_the_branch_alone(
    client: StrictClient, published: ProcedureVersion, officer: User, stranger: User
) -> None:
    address = f"{published.get_absolute_url()}?phan=lich-su"
    client.force_login(officer)
    assert "Đề xuất thống kê thủ tục" in words(client, address)
    client.force_login(stranger)
    assert "Đề xuất thống kê thủ tục" not in words(client, address)
