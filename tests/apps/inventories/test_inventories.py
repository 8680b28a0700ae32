"""Supplementary inventories: who was asked, who answered, and that nothing is an answer, too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.inventories import actions
from tinhgon.apps.inventories.enums import ReplyStatus
from tinhgon.apps.inventories.models import Inventory, InventoryReply
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures.enums import Status
from tinhgon.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db

DUE = date(2024, 6, 30)
OPEN = reverse("inventories:open")


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def inventory(province: Province, office: User, officer: User, march_2024: datetime) -> Inventory:
    """The Office asks both departments."""
    return actions.open_inventory(
        asked=actions.Asked(
            "Thống kê bổ sung năm 2024", province.committee, province.departments, DUE
        ),
        by=office,
        at=march_2024,
    )


@pytest.fixture
def reply(inventory: Inventory, province: Province) -> InventoryReply:
    return inventory.replies.select_related("agency", "inventory__agency").get(
        agency=province.departments[0]
    )


def say(reply: InventoryReply, by: User, at: datetime, *procedures: int, note: str = "") -> None:
    actions.answer(reply=reply, procedures=procedures, note=note, by=by, at=at, seen=reply.version)


def words(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_opening_asks_each_agency_once_and_tells_its_people(
    client: StrictClient, province: Province, office: User, officer: User, march_2024: datetime
) -> None:
    client.force_login(office)

    response = client.post(
        OPEN,
        {
            "name": "Thống kê bổ sung",
            "agency": province.committee.pk,
            "agencies": "- Các sở, ban, ngành;\n- Sở Nội vụ",
            "due_on": "30/6/2024",
        },
    )

    inventory = Inventory.objects.get()
    asked = {each.agency for each in inventory.replies.all()}
    assert response.status_code == 302
    assert set(province.departments) <= asked
    assert len(asked) == inventory.replies.count()
    assert Notice.objects.filter(user=officer, kind="inventories.reply").count() == 1
    assert Event.objects.filter(kind="inventories.opened").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"agencies": "Sở Vũ trụ"}, "Không rõ cơ quan"),
        ({"due_on": "01/01/2024"}, "Thời hạn không thể trước hôm nay"),
        ({"due_on": "31/6/2024"}, "Không có ngày 31/6/2024"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_words(
    client: StrictClient,
    province: Province,
    office: User,
    march_2024: datetime,
    typed: dict[str, str],
    said: str,
) -> None:
    client.force_login(office)
    data = {
        "name": "Thống kê",
        "agency": province.committee.pk,
        "agencies": "Sở Nội vụ",
        "due_on": "30/6/2024",
    }

    response = client.post(OPEN, data | typed)

    assert response.status_code == 422
    assert said in words(response)
    assert not Inventory.objects.exists()


def test_a_nil_return_is_an_answer(
    reply: InventoryReply, officer: User, march_2024: datetime
) -> None:
    say(reply, officer, march_2024)

    assert reply.status == ReplyStatus.NIL
    assert reply.answered_by == officer
    assert Event.objects.filter(kind="inventories.nil").count() == 1


def test_an_agency_names_what_it_missed_and_may_correct_itself(
    reply: InventoryReply, province: Province, officer: User, office: User, march_2024: datetime
) -> None:
    first, second = (make_version(province.departments[0], officer) for _ in range(2))
    say(reply, officer, march_2024, first.procedure_id)
    say(reply, officer, march_2024, second.procedure_id)

    assert reply.status == ReplyStatus.ANSWERED
    assert list(reply.found.values_list("procedure", flat=True)) == [second.procedure_id]
    assert Notice.objects.filter(user=office, kind="inventories.reply").exists()


def test_only_own_procedures_that_were_never_published_count_as_missed(
    reply: InventoryReply, province: Province, officer: User, march_2024: datetime
) -> None:
    published = make_version(province.departments[0], officer, status=Status.PUBLISHED)
    others = make_version(province.departments[1])

    for version in (published, others):
        with pytest.raises(actions.Refused):
            say(reply, officer, march_2024, version.procedure_id)

    reply.refresh_from_db()
    assert reply.status == ReplyStatus.ASKED


def test_the_office_returns_with_a_reason_and_then_accepts(
    client: StrictClient, reply: InventoryReply, officer: User, office: User, march_2024: datetime
) -> None:
    say(reply, officer, march_2024)
    client.force_login(office)
    url = reverse("inventories:decide", args=[reply.pk])

    silent = client.post(url, {"decision": "return", "reason": "", "version": reply.version})
    client.post(
        url, {"decision": "return", "reason": "Còn thủ tục nghỉ phép.", "version": reply.version}
    )
    reply.refresh_from_db()
    assert silent.status_code == 422
    assert (reply.status, reply.reason) == (ReplyStatus.RETURNED, "Còn thủ tục nghỉ phép.")
    assert Notice.objects.filter(user=officer, text__contains="nghỉ phép").exists()

    say(reply, officer, march_2024)
    client.post(url, {"decision": "accept", "version": reply.version})

    reply.refresh_from_db()
    assert (reply.status, reply.reason) == (ReplyStatus.ACCEPTED, "")
    with pytest.raises(IllegalMove):
        say(reply, officer, march_2024)


def test_late_is_counted_by_the_day_of_the_answer(
    client: StrictClient,
    inventory: Inventory,
    reply: InventoryReply,
    officer: User,
    office: User,
    march_2024: datetime,
) -> None:
    say(reply, officer, march_2024 + timedelta(days=100))  # after 30/6/2024
    client.force_login(office)

    page = client.get(inventory.get_absolute_url())
    late = client.get(inventory.get_absolute_url(), {"trang-thai": "tre"})

    assert "1 trễ hạn" in words(page)
    assert reply.agency.label in words(late)
    assert reply.is_late_on(DUE)
    other = inventory.replies.exclude(pk=reply.pk).get()
    assert not other.is_late_on(DUE)
    assert other.is_late_on(DUE + timedelta(days=1))


def test_nobody_answers_after_the_end(
    inventory: Inventory, reply: InventoryReply, officer: User, office: User, march_2024: datetime
) -> None:
    actions.close_inventory(inventory=inventory, by=office, at=march_2024, seen=inventory.version)
    reply.refresh_from_db()

    with pytest.raises(IllegalMove):
        say(reply, officer, march_2024)
    with pytest.raises(actions.Refused):
        actions.close_inventory(
            inventory=inventory, by=office, at=march_2024, seen=inventory.version
        )


def test_of_two_people_the_second_is_told(
    client: StrictClient, reply: InventoryReply, officer: User, march_2024: datetime
) -> None:
    seen = reply.version
    say(reply, officer, march_2024, note="Đã rà soát.")
    client.force_login(officer)

    response = client.post(
        reverse("inventories:answer", args=[reply.pk]), {"note": "", "version": seen}
    )

    assert response.status_code == 422
    assert "Người khác vừa sửa" in words(response)
    reply.refresh_from_db()
    assert reply.note == "Đã rà soát."


def test_an_agency_sees_its_own_reply_and_not_that_of_others(
    client: StrictClient,
    inventory: Inventory,
    reply: InventoryReply,
    province: Province,
    officer: User,
    march_2024: datetime,
) -> None:
    other = inventory.replies.get(agency=province.departments[1])
    client.force_login(officer)

    assert client.get(reply.get_absolute_url()).status_code == 200
    assert client.get(other.get_absolute_url()).status_code == 404
    assert other.agency.label not in words(client.get(inventory.get_absolute_url()))
    with pytest.raises(PermissionDenied):
        say(other, officer, march_2024)


def test_queries_do_not_grow(
    client: StrictClient,
    inventory: Inventory,
    reply: InventoryReply,
    province: Province,
    officer: User,
    office: User,
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(4):
        make_version(province.departments[0], officer)
    for person in (officer, office):
        client.force_login(person)
        urls = [reverse("inventories:list"), inventory.get_absolute_url(), reply.get_absolute_url()]
        for url in urls:
            with django_assert_max_num_queries(12):
                client.get(url)
