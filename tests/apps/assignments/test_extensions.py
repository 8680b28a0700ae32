from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.factories import Province
from tests.factories.assignments import make_assignment, make_programme, reload, upload
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import ExtensionStatus
from tinhgon.apps.assignments.models import Assignment, Extension
from tinhgon.apps.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def assignment(province: Province, coordinator: User) -> Assignment:
    programme = make_programme(province.committee, max_extensions=2)
    return make_assignment(province.departments[0], coordinator, programme=programme)


def ask(client: Any, assignment: Assignment, by: User, to: str = "15/7/2024") -> Any:
    client.force_login(by)
    version = reload(assignment).version
    data = {"version": version, "asked_due_on": to, "reason": "Chờ hướng dẫn của bộ"}
    return client.post(f"/nhiem-vu/{assignment.pk}/xin-gia-han/", data)


def decide(client: Any, assignment: Assignment, by: User, **data: str) -> Any:
    client.force_login(by)
    url = f"/nhiem-vu/{assignment.pk}/quyet-dinh-gia-han/"
    return client.post(url, {"version": reload(assignment).version, **data})


def test_asked_and_granted_with_another_day(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    assert ask(client, assignment, officer).status_code == 302
    assert Notice.objects.get(kind="assignments.extension_asked").user == coordinator
    client.force_login(coordinator)
    assert "Xin đến" in client.get("/nhiem-vu/cua-toi/").content.decode()
    decide(client, assignment, coordinator, decision="grant", granted_due_on="10/7/2024")
    assignment = reload(assignment)
    assert assignment.due_on == date(2024, 7, 10)
    assert assignment.extensions_granted == 1
    extension = Extension.objects.get()
    assert extension.status == ExtensionStatus.GRANTED
    assert extension.old_due_on == date(2024, 6, 30)
    assert Notice.objects.get(kind="assignments.extension_granted").user == officer
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "còn được 1 lần" in page
    assert "T4 10/7/2024" in page


def test_refused_with_a_reason_and_told(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    ask(client, assignment, officer)
    without = decide(client, assignment, coordinator, decision="refuse")
    assert without.status_code == 422
    assert "Nêu lý do không gia hạn." in without.content.decode()
    decide(client, assignment, coordinator, decision="refuse", reason="Hạn của Trung ương")
    assert reload(assignment).due_on == date(2024, 6, 30)
    told = Notice.objects.get(kind="assignments.extension_refused")
    assert told.user == officer
    assert "Hạn của Trung ương" in told.text


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("30/6/2024", "Ngày mới phải sau thời hạn hiện nay (30/6/2024)."),
        ("20/6/2024", "Ngày mới phải sau thời hạn hiện nay"),
        ("31/9/2024", "Không có ngày 31/9/2024."),
        ("", "Xin gia hạn đến hết ngày"),
    ],
)
def test_days_that_cannot_be(
    client: Any, assignment: Assignment, officer: User, day: str, message: str
) -> None:
    response = ask(client, assignment, officer, day)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Extension.objects.exists()


def test_one_at_a_time(client: Any, assignment: Assignment, officer: User) -> None:
    ask(client, assignment, officer)
    again = ask(client, assignment, officer, "20/7/2024")
    assert again.status_code == 422
    assert "đang chờ quyết định" in again.content.decode()
    assert Extension.objects.count() == 1


def test_at_most_as_often_as_the_programme_allows(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    for day in ("10/7/2024", "20/7/2024"):
        assert ask(client, assignment, officer, day).status_code == 302
        decide(client, assignment, coordinator, decision="grant", granted_due_on=day)
    third = ask(client, assignment, officer, "30/7/2024")
    assert third.status_code == 422
    assert "Chương trình chỉ cho gia hạn 2 lần" in third.content.decode()
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "/xin-gia-han/" not in page


def test_without_a_programme_once(
    client: Any, province: Province, officer: User, coordinator: User
) -> None:
    assignment = make_assignment(province.departments[0], coordinator)
    ask(client, assignment, officer)
    decide(client, assignment, coordinator, decision="grant", granted_due_on="15/7/2024")
    assert ask(client, assignment, officer, "30/7/2024").status_code == 422


def test_work_without_a_day_has_nothing_to_extend(
    client: Any, province: Province, officer: User, coordinator: User
) -> None:
    assignment = make_assignment(province.departments[0], coordinator, due_on=None)
    assert "không nêu thời hạn" in ask(client, assignment, officer).content.decode()


def test_the_request_is_decided_before_the_result(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    ask(client, assignment, officer)
    data = {
        "version": reload(assignment).version,
        "document_code": "12/BC-SNV",
        "document_on": "14/6/2024",
        "file": upload(),
    }
    assert client.post(f"/nhiem-vu/{assignment.pk}/bao-cao/", data).status_code == 302
    client.force_login(coordinator)
    accept = {"version": reload(assignment).version}
    response = client.post(f"/nhiem-vu/{assignment.pk}/duyet/", accept)
    assert response.status_code == 422
    assert "Quyết định đề nghị gia hạn trước" in response.content.decode()
