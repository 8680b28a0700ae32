from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from icalendar import Calendar

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.assignments import make_assignment
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Assignment, FeedToken
from tinhgon.apps.audit.models import Event

from .standings import put

pytestmark = pytest.mark.django_db
URL = "/nhiem-vu/lich/dia-chi/"


@pytest.fixture(autouse=True)
def assignment(province: Province, coordinator: User, officer: User) -> Assignment:
    return make_assignment(province.departments[0], coordinator)


def _create(client: StrictClient, user: User, agency: object = "") -> str:
    """Make a feed and return its address within the site."""
    client.force_login(user)
    response = client.post(f"{URL}tao/", {"agency": agency})
    assert response.status_code == 200
    found = re.search(r"/nhiem-vu/lich/[\w-]{43}\.ics", response.content.decode())
    assert found
    client.logout()
    return found[0]


def _events(client: StrictClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    return [
        {name: str(getattr(event[name], "dt", event[name])) for name in event}
        for event in calendar.walk("VEVENT")
    ]


def test_a_calendar_reads_the_open_deadlines_without_signing_in(
    client: StrictClient, officer: User, june_2024: datetime
) -> None:
    (event,) = _events(client, _create(client, officer))
    assert event["DTSTART"] == "2024-06-30"
    assert event["DTEND"] == "2024-07-01"
    assert "Hoàn thành thực thi phương án" in event["SUMMARY"]
    assert "CN 30/6/2024 (ngày làm việc cuối: T6 28/6/2024)" in event["DESCRIPTION"]


def test_an_entry_keeps_its_name_when_the_day_moves(
    client: StrictClient, officer: User, assignment: Assignment, june_2024: datetime
) -> None:
    address = _create(client, officer)
    (before,) = _events(client, address)
    assignment.change(seen_version=assignment.version, due_on=date(2024, 7, 31))
    (after,) = _events(client, address)
    assert (before["UID"], "2024-07-31") == (after["UID"], after["DTSTART"])
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_answered_work_leaves_the_calendar(
    client: StrictClient,
    officer: User,
    coordinator: User,
    assignment: Assignment,
    june_2024: datetime,
) -> None:
    address = _create(client, officer)
    put(assignment, Status.SUBMITTED, coordinator)
    assert _events(client, address) == []


def test_the_token_is_shown_once_and_only_its_digest_is_kept(
    client: StrictClient, officer: User, june_2024: datetime
) -> None:
    token = _create(client, officer).rsplit("/", 1)[1].removesuffix(".ics")
    feed = FeedToken.objects.get()
    assert len(feed.digest) == 64
    assert token not in feed.digest
    client.force_login(officer)
    page = client.get(URL).content.decode()
    assert "Việc của tôi" in page
    assert token not in page
    assert feed.digest not in page


@pytest.mark.parametrize("token", ["sai", "a" * 43, "%00", "x" * 500])
def test_a_wrong_token_opens_nothing(token: str, client: StrictClient) -> None:
    assert client.get(f"/nhiem-vu/lich/{token}.ics").status_code == 404


def test_a_revoked_feed_is_gone_for_good(
    client: StrictClient, officer: User, stranger: User, june_2024: datetime
) -> None:
    address = _create(client, officer)
    pk = FeedToken.objects.get().pk
    client.force_login(stranger)
    assert client.post(f"{URL}{pk}/thu-hoi/").status_code == 404
    assert client.get(address).status_code == 200
    client.force_login(officer)
    assert client.post(f"{URL}{pk}/thu-hoi/", follow=True).status_code == 200
    assert client.get(address).status_code == 404
    kinds = Event.objects.filter(subject_ref=f"assignments.feedtoken:{pk}")
    assert [event.kind for event in kinds.order_by("number")] == [
        "assignments.feed_created",
        "assignments.feed_revoked",
    ]


def test_a_feed_of_an_agency_is_for_those_who_see_it(
    client: StrictClient,
    province: Province,
    coordinator: User,
    officer: User,
    stranger: User,
    june_2024: datetime,
) -> None:
    department = province.departments[0]
    assert len(_events(client, _create(client, coordinator, department.pk))) == 1
    client.force_login(stranger)
    assert client.post(f"{URL}tao/", {"agency": department.pk}).status_code == 403
    assert client.post(f"{URL}tao/", {"agency": "abc"}).status_code == 403


def test_whoever_left_takes_no_calendar_along(
    client: StrictClient, province: Province, officer: User, june_2024: datetime
) -> None:
    own = _create(client, officer)
    agency = _create(client, officer, province.departments[0].pk)
    officer.positions.update(ended_on=date(2024, 6, 1))
    assert client.get(agency).status_code == 404
    assert _events(client, own) == []
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(own).status_code == 404
