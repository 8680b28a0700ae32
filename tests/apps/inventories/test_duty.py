"""An inventory that a duty wants: what is accepted closes the work, and nobody reports twice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import (
    issue,
    make_calendar,
    make_directive,
    make_proposal,
    reload,
    submit,
)
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions as assignments
from tinhgon.apps.assignments.enums import AnswerKind, Status
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.audit.models import Event
from tinhgon.apps.inventories import actions
from tinhgon.apps.inventories.enums import ReplyStatus
from tinhgon.apps.inventories.models import Inventory, InventoryReply

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def duty(province: Province, office: User, march_2024: datetime) -> Duty:
    """The committee has both departments look for what they missed."""
    directive = make_directive(province.committee, office)
    make_proposal(directive, province.departments, text="Rà soát, thống kê thủ tục còn sót")
    (found,) = issue(directive, office)
    return found


@pytest.fixture
def inventory(client: StrictClient, duty: Duty, office: User) -> Inventory:
    """Opened as a person does: from the page of the duty, with what the form says already."""
    client.force_login(office)
    page = client.get(duty.get_absolute_url())
    found = [a["href"] for a in parsed(page).find_all("a") if "Mở đợt thống kê" in a.get_text()]
    assert len(found) == 1
    form = parsed(client.get(str(found[0]))).select_one("main form")
    assert form is not None
    data = {str(i["name"]): str(i.get("value", "")) for i in form.select("input[name]")}
    data |= {str(t["name"]): t.get_text().strip() for t in form.select("textarea")}
    for select in form.select("select"):
        chosen = select.select_one("option[selected]")
        data[str(select["name"])] = str(chosen["value"]) if chosen else ""
    assert client.post(str(found[0]), data).status_code == 302
    return Inventory.objects.get()


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    main = parsed(response).select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def reply_of(inventory: Inventory, province: Province) -> InventoryReply:
    return inventory.replies.select_related("agency", "inventory__agency").get(
        agency=province.departments[0]
    )


def share_of(duty: Duty, province: Province) -> Assignment:
    return reload(duty.assignments.get(agency=province.departments[0]))


def answer(reply: InventoryReply, by: User, at: datetime, *procedures: int) -> None:
    actions.answer(reply=reply, procedures=procedures, note="", by=by, at=at, seen=reply.version)


def accept(client: StrictClient, reply: InventoryReply, office: User) -> Any:
    client.force_login(office)
    return client.post(
        reverse("inventories:decide", args=[reply.pk]),
        {"decision": "accept", "version": reply.version},
    )


def test_the_form_starts_with_what_the_duty_says(
    inventory: Inventory, duty: Duty, province: Province
) -> None:
    assert inventory.duty == duty
    assert inventory.agency == province.committee
    assert inventory.due_on == date(2024, 6, 30)
    assert inventory.basis == duty.directive.document.title
    assert {each.agency for each in inventory.replies.all()} == set(province.departments)


@pytest.mark.parametrize("named", [True, False])
def test_what_is_accepted_closes_the_share_of_that_agency_alone(
    client: StrictClient,
    inventory: Inventory,
    duty: Duty,
    province: Province,
    officer: User,
    office: User,
    march_2024: datetime,
    named: bool,
) -> None:
    reply = reply_of(inventory, province)
    found = [make_version(province.departments[0], officer).procedure_id] if named else []
    answer(reply, officer, march_2024, *found)
    assert share_of(duty, province).status == Status.ISSUED

    assert accept(client, reply, office).status_code == 302

    share = share_of(duty, province)
    given = share.answers.get()
    assert (share.status, share.percent) == (Status.ACCEPTED, 100)
    assert share.done_on == march_2024.date()
    assert given.kind == (AnswerKind.RECORD if named else AnswerKind.NIL)
    assert (given.by, given.decided_by, given.accepted) == (officer, office, True)
    other = duty.assignments.get(agency=province.departments[1])
    assert other.status == Status.ISSUED
    assert Event.objects.filter(kind="assignments.fulfilled").count() == 1
    assert "Đóng việc theo kết quả đã nhận" in words(client.get(share.get_absolute_url()))
    assert inventory.name in words(client.get(share.get_absolute_url()))


def test_a_reply_that_is_returned_closes_nothing(
    client: StrictClient,
    inventory: Inventory,
    duty: Duty,
    province: Province,
    officer: User,
    office: User,
    march_2024: datetime,
) -> None:
    reply = reply_of(inventory, province)
    answer(reply, officer, march_2024)
    client.force_login(office)
    url = reverse("inventories:decide", args=[reply.pk])
    client.post(url, {"decision": "return", "reason": "Còn sót", "version": reply.version})
    assert share_of(duty, province).status == Status.ISSUED


def test_a_report_that_was_sent_as_well_is_taken_with_it(
    client: StrictClient,
    inventory: Inventory,
    duty: Duty,
    province: Province,
    officer: User,
    office: User,
    march_2024: datetime,
) -> None:
    reported = submit(share_of(duty, province), officer, at=march_2024)
    reply = reply_of(inventory, province)
    answer(reply, officer, march_2024)
    accept(client, reply, office)
    share = share_of(duty, province)
    assert (share.status, share.done_on) == (Status.ACCEPTED, reported.done_on)
    assert not share.answers.filter(accepted=None).exists()


def test_a_request_for_a_later_day_is_decided_on_first(
    client: StrictClient,
    inventory: Inventory,
    duty: Duty,
    province: Province,
    officer: User,
    office: User,
    march_2024: datetime,
) -> None:
    share = share_of(duty, province)
    assignments.ask_extension(
        assignment=share,
        asked_due_on=date(2024, 7, 15),
        reason="Chờ hướng dẫn",
        by=officer,
        at=march_2024,
        version=share.version,
    )
    reply = reply_of(inventory, province)
    answer(reply, officer, march_2024)
    response = accept(client, reply, office)
    assert response.status_code == 422
    assert "Quyết định đề nghị gia hạn trước" in words(response)
    reply.refresh_from_db()
    assert reply.status == ReplyStatus.NIL
    assert share_of(duty, province).status == Status.ISSUED


def test_each_page_leads_to_the_other(
    client: StrictClient,
    inventory: Inventory,
    duty: Duty,
    province: Province,
    officer: User,
    office: User,
) -> None:
    reply, share = reply_of(inventory, province), share_of(duty, province)

    def links(url: str) -> set[str]:
        return {str(a["href"]) for a in parsed(client.get(url)).select("main a[href]")}

    client.force_login(office)
    assert inventory.get_absolute_url() in links(duty.get_absolute_url())
    assert duty.get_absolute_url() in links(inventory.get_absolute_url())
    client.force_login(officer)
    assert reply.get_absolute_url() in links(share.get_absolute_url())
    assert share.get_absolute_url() in links(reply.get_absolute_url())


def test_an_inventory_of_a_duty_is_asked_by_who_gave_it(
    province: Province, office: User, duty: Duty, march_2024: datetime
) -> None:
    with pytest.raises(actions.Refused, match="cơ quan giao nhiệm vụ"):
        actions.open_inventory(
            asked=actions.Asked(
                "Đợt khác",
                province.departments[0],
                [province.departments[0]],
                date(2024, 6, 30),
                duty=duty,
            ),
            by=office,
            at=march_2024,
        )


def test_who_does_not_control_is_offered_no_inventory(
    client: StrictClient, duty: Duty, officer: User
) -> None:
    client.force_login(officer)
    assert "Mở đợt thống kê bổ sung" not in words(client.get(duty.get_absolute_url()))
