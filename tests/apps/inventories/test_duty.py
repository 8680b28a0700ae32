"""An inventory that a duty wants: what is accepted closes the work, and nobody reports twice."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass
class Scene:
    """The inventory of a duty, seen from the first department that is asked."""

    client: StrictClient
    inventory: Inventory
    duty: Duty
    province: Province
    officer: User
    office: User
    at: datetime

    def reply(self) -> InventoryReply:
        replies = self.inventory.replies.select_related("agency", "inventory__agency")
        return replies.get(agency=self.province.departments[0])

    def share(self) -> Assignment:
        return reload(self.duty.assignments.get(agency=self.province.departments[0]))

    def answer(self, *procedures: int) -> InventoryReply:
        reply = self.reply()
        actions.answer(
            reply=reply,
            procedures=procedures,
            note="",
            by=self.officer,
            at=self.at,
            seen=reply.version,
        )
        return reply

    def decide(self, reply: InventoryReply, **entered: str) -> Any:
        self.client.force_login(self.office)
        url = reverse("inventories:decide", args=[reply.pk])
        return self.client.post(url, {**entered, "version": reply.version})

    def accept(self, reply: InventoryReply) -> Any:
        return self.decide(reply, decision="accept")


@pytest.fixture
def scene(
    client: StrictClient,
    inventory: Inventory,
    duty: Duty,
    province: Province,
    officer: User,
    office: User,
    march_2024: datetime,
) -> Scene:
    return Scene(client, inventory, duty, province, officer, office, march_2024)


def test_the_form_starts_with_what_the_duty_says(
    inventory: Inventory, duty: Duty, province: Province
) -> None:
    assert inventory.duty == duty
    assert inventory.agency == province.committee
    assert inventory.due_on == date(2024, 6, 30)
    assert inventory.basis == duty.directive.document.title
    assert {each.agency for each in inventory.replies.all()} == set(province.departments)


@pytest.mark.parametrize("named", [True, False])
def test_what_is_accepted_closes_the_share_of_that_agency_alone(scene: Scene, named: bool) -> None:
    home = scene.province.departments[0]
    found = [make_version(home, scene.officer).procedure_id] if named else []
    reply = scene.answer(*found)
    assert scene.share().status == Status.ISSUED

    assert scene.accept(reply).status_code == 302

    share = scene.share()
    given = share.answers.get()
    assert (share.status, share.percent) == (Status.ACCEPTED, 100)
    assert share.done_on == scene.at.date()
    assert given.kind == (AnswerKind.RECORD if named else AnswerKind.NIL)
    assert (given.by, given.decided_by, given.accepted) == (scene.officer, scene.office, True)
    other = scene.duty.assignments.get(agency=scene.province.departments[1])
    assert other.status == Status.ISSUED
    assert Event.objects.filter(kind="assignments.fulfilled").count() == 1
    assert "Đóng việc theo kết quả đã nhận" in words(scene.client.get(share.get_absolute_url()))
    assert scene.inventory.name in words(scene.client.get(share.get_absolute_url()))


def test_a_reply_that_is_returned_closes_nothing(scene: Scene) -> None:
    reply = scene.answer()
    scene.decide(reply, decision="return", reason="Còn sót")
    assert scene.share().status == Status.ISSUED


def test_a_report_that_was_sent_as_well_is_taken_with_it(scene: Scene) -> None:
    reported = submit(scene.share(), scene.officer, at=scene.at)
    reply = scene.answer()
    scene.accept(reply)
    share = scene.share()
    assert (share.status, share.done_on) == (Status.ACCEPTED, reported.done_on)
    assert not share.answers.filter(accepted=None).exists()


def test_a_request_for_a_later_day_is_decided_on_first(scene: Scene) -> None:
    share = scene.share()
    assignments.ask_extension(
        assignment=share,
        asked_due_on=date(2024, 7, 15),
        reason="Chờ hướng dẫn",
        by=scene.officer,
        at=scene.at,
        version=share.version,
    )
    reply = scene.answer()
    response = scene.accept(reply)
    assert response.status_code == 422
    assert "Quyết định đề nghị gia hạn trước" in words(response)
    reply.refresh_from_db()
    assert reply.status == ReplyStatus.NIL
    assert scene.share().status == Status.ISSUED


def test_each_page_leads_to_the_other(scene: Scene) -> None:
    reply, share = scene.reply(), scene.share()

    def links(url: str) -> set[str]:
        return {str(a["href"]) for a in parsed(scene.client.get(url)).select("main a[href]")}

    scene.client.force_login(scene.office)
    assert scene.inventory.get_absolute_url() in links(scene.duty.get_absolute_url())
    assert scene.duty.get_absolute_url() in links(scene.inventory.get_absolute_url())
    scene.client.force_login(scene.officer)
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
