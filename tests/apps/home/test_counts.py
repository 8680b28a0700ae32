"""Each number on the page of the day is that of the list which it opens."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.conftest import StrictClient
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import make_assignment, make_calendar
from tests.factories.difficulties import make_answered, make_sent
from tests.factories.procedures import make_version
from tests.factories.publications import make_draft, make_submitted
from tests.factories.reports import make_period, make_report
from tests.factories.reviews import confirmed, make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.enums import Status as WorkStatus
from tinhgon.apps.assignments.models import Assignment, Extension
from tinhgon.apps.assignments.queries.mine import WORDS
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.reports.enums import ReportStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
URL = "/nhiem-vu/cua-toi/"
MAY = datetime(2024, 5, 2, 9, tzinfo=UTC)


@pytest.fixture
def province() -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def people(province: Province, office: User) -> list[User]:
    """Somebody of every role, where something waits for him in every part of the work."""
    home = province.departments[0]
    officer, head = make_user(home), make_user(home, "head")
    _fill_reports(province, office)
    _fill_work(province, office)
    for _ in range(6):
        make_sent(home)
        make_answered(home)
        make_version(home, officer)
        make_version(home, officer, status=Status.CONFIRMED)
        make_submitted(home, officer)
        make_draft(home, officer)
    review_round = make_review_round(province.committee)
    for _ in range(6):
        make_review(review_round, home)
        make_review(review_round, home, **confirmed(head))
    return [
        office,
        officer,
        head,
        make_user(province.committee, "leader"),
        make_user(province.office, "clerk", scope=province.committee),
        make_user(province.committee, "administrator"),
        make_user(province.districts[0], "coordinator"),
        make_user(province.communes[0][0]),
    ]


def _fill_reports(province: Province, office: User) -> None:
    for month in range(1, 7):
        _ask(province, office, date(2024, month, 15))
    _ask(province, office, date(2024, 6, 15), closed_on=date(2024, 6, 16))


def _ask(province: Province, office: User, day: date, **values: Any) -> None:
    above, (home, other) = province.committee, province.departments
    period = make_period(above, from_on=day, to_on=day, opened_on=day, created_by=office, **values)
    made: list[tuple[Agency, Agency, ReportStatus]] = [
        (home, above, ReportStatus.RETURNED),
        (other, above, ReportStatus.SENT),
        (province.districts[0], above, ReportStatus.DRAFT),
        (province.communes[0][0], province.districts[0], ReportStatus.DRAFT),
    ]
    for agency, receiver, status in made:
        make_report(period, agency, receiver, status=status, by=office, at=MAY, due_on=day)


def _fill_work(province: Province, office: User) -> None:
    """One assignment in each state around each of the days at which the lists part."""
    home = province.departments[0]
    for due_on in (None, *(date(2024, 6, day) for day in (19, 20, 21, 27, 28))):
        for status in WorkStatus:
            made = make_assignment(home, office, due_on=due_on, issuer=province.committee)
            done = date(2024, 6, 3) if status in {"submitted", "accepted"} else None
            Assignment.objects.filter(pk=made.pk).update(status=status.value, done_on=done)
            if due_on and status in {"in_progress", "accepted"}:
                Extension.objects.create(
                    assignment=made,
                    old_due_on=due_on,
                    asked_due_on=date(2024, 8, 1),
                    reason="Chờ hướng dẫn của bộ",
                    asked_at=MAY,
                    asked_by=office,
                )


def listed(client: Any, url: str) -> int:
    return int(client.get(url).context["page"].paginator.count)


def test_each_number_is_that_of_its_list(people: list[User]) -> None:
    seen: dict[str, int] = {}
    for person in people:
        client = StrictClient()
        client.force_login(person)
        page = client.get(URL).context
        told = {each.key: (each.count, each.list_url) for each in page["waiting"]}
        parts = [*page["parts"], page["to_check"]]
        told |= {each["key"]: (each["count"], f"/nhiem-vu/?viec={each['word']}") for each in parts}
        told["asked"] = (page["asked_count"], f"/nhiem-vu/?viec={WORDS['asked']}")
        for key, (count, url) in told.items():
            assert listed(client, url) == count, (person.username, key, url)
            seen[key] = max(seen.get(key, 0), count)

    papers = {"reports_to_send", "reports_to_receive", "difficulties", "to_record"}
    assert {key for key, count in seen.items() if count > 5} >= papers
    assert all(seen[key] for key in WORDS)


def test_reports_of_others_and_of_closed_periods_do_not_wait(people: list[User]) -> None:
    office, officer, _, leader, *_, commune = people
    found = {}
    for person in (office, officer, leader, commune):
        client = StrictClient()
        client.force_login(person)
        page = client.get("/bao-cao/cho-toi/").context
        found[person] = {line.report.agency_id for line in page["lines"]}, page["page"].paginator

    assert found[officer][0] == {officer.positions.get().agency_id}
    assert found[officer][1].count == 6
    assert found[leader][1].count == 0
    assert found[commune][0] == {commune.positions.get().agency_id}


def test_an_odd_address_shows_the_first_list(people: list[User]) -> None:
    client = StrictClient()
    client.force_login(people[1])

    assert client.get("/bao-cao/cho-toi/?viec=khac&page=-1").status_code == 200
    assert client.get("/nhiem-vu/?viec=khac").status_code == 200
