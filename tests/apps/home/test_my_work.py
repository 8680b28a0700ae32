from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.management import call_command

from tests.conftest import VIETNAM
from tests.factories import Province, make_province, make_user
from tests.factories.assignments import (
    issue,
    make_assignment,
    make_calendar,
    make_directive,
    make_proposal,
)
from tests.factories.procedures import make_version
from tests.factories.publications import make_draft, make_submitted
from tests.factories.reviews import (
    answered,
    confirmed,
    make_programme_round,
    make_review,
    make_review_round,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Assignment, Extension
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
URL = "/nhiem-vu/cua-toi/"


@pytest.fixture
def province() -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def head(province: Province) -> User:
    return make_user(province.departments[0], "head")


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


def panels(page: Any) -> dict[str, Any]:
    soup = BeautifulSoup(page.content, "html.parser")
    return {str(each["id"]): each for each in soup.select("section.panel[id]")}


def counts(page: Any) -> dict[str, str]:
    """Return the titles of the lists with their numbers, as the page shows them."""
    found = {}
    for panel in panels(page).values():
        heading = panel.find("h2")
        number = heading.find(class_="count").extract().get_text()
        found[heading.get_text().strip()] = number
    return {title: number for title, number in found.items() if number != "0"}


def returned(province: Province, officer: User) -> ProcedureVersion:
    version = make_version(province.departments[0], officer, name="Cấp phát văn phòng phẩm")
    ProcedureVersion.objects.filter(pk=version.pk).update(status=Status.RETURNED.value)
    return version


def test_a_procedure_that_came_back_waits_for_its_writer(
    client: Any, province: Province, officer: User
) -> None:
    version = returned(province, officer)
    client.force_login(officer)
    panel = panels(client.get(URL))["returned"]
    words = " ".join(panel.get_text(" ").split())
    assert "Cấp phát văn phòng phẩm" in words
    assert "Sở Nội vụ" in words
    assert "Trả lại để sửa" in words
    links = [link["href"] for link in panel.find_all("a")]
    assert f"/thu-tuc/{version.procedure_id}/sua/" in links
    assert version.get_absolute_url() in links
    assert all(client.get(link).status_code == 200 for link in links)


def test_each_step_leads_to_a_page_that_is_open_to_him(
    client: Any, province: Province, officer: User, head: User, office: User
) -> None:
    for _ in range(6):
        make_version(province.departments[0], officer)
    make_version(province.departments[0], officer, status=Status.CONFIRMED)
    make_submitted(province.departments[0], officer)
    make_draft(province.departments[0], officer)
    for person in (officer, head, office, make_user(province.office, "clerk")):
        client.force_login(person)
        for panel in panels(client.get(URL)).values():
            for link in panel.find_all("a"):
                assert client.get(link["href"]).status_code == 200, link


def test_what_is_somebody_elses_is_not_on_the_page(
    client: Any, province: Province, officer: User
) -> None:
    returned(province, officer)
    make_draft(province.departments[0], officer)
    client.force_login(make_user(province.departments[1], "officer"))
    page = panels(client.get(URL))
    assert "returned" not in page
    assert "decision_drafts" not in page
    client.force_login(officer)
    assert "decision_drafts" in panels(client.get(URL))


def test_a_letter_that_the_clerk_brought_in_waits_for_who_gives_its_work_out(
    client: Any, province: Province, office: User
) -> None:
    clerk = make_user(province.office, "clerk", scope=province.committee)
    letter = make_directive(province.committee, clerk)
    client.force_login(office)
    panel = panels(client.get(URL))["letters_to_issue"]
    assert "Xem, giao" in panel.get_text()
    assert letter.get_absolute_url() in [link["href"] for link in panel.find_all("a")]
    assert "đã có trong mục" not in client.get(letter.get_absolute_url()).content.decode()

    client.force_login(clerk)
    page = client.get(URL)
    assert "letters_to_issue" not in panels(page)
    assert "Mở Văn bản chỉ đạo" in page.content.decode()
    assert "đã có trong mục" in client.get(letter.get_absolute_url()).content.decode()

    make_proposal(letter, [province.departments[0]])
    issue(letter, office)
    client.force_login(office)
    assert "letters_to_issue" not in panels(client.get(URL))


def test_a_list_shows_five_and_counts_all(
    client: Any, province: Province, officer: User, head: User
) -> None:
    for _ in range(7):
        make_version(province.departments[0], officer)
        make_draft(province.departments[0], officer)
    client.force_login(head)
    page = client.get(URL)
    assert counts(page)["Chờ thủ trưởng xác nhận"] == "7"
    assert len(panels(page)["to_confirm"].select("tbody tr")) == 5
    link = panels(page)["to_confirm"].find("a", string="Xem trong danh sách")["href"]
    assert "7 thủ tục" in client.get(link).content.decode()
    client.force_login(officer)
    page = client.get(URL)
    assert counts(page)["Dự thảo quyết định đang soạn"] == "7"
    assert len(panels(page)["decision_drafts"].select("tbody tr")) == 5


def busy(province: Province, officer: User, office: User) -> None:
    """Leave something in every list of the Office."""
    for day in range(1, 8):
        due_on = date(2024, 7, day)
        for place in (province.departments[0], province.office):
            made = make_assignment(place, office, due_on=due_on, issuer=province.committee)
            Assignment.objects.filter(pk=made.pk).update(status="submitted", done_on=due_on)
            asking = make_assignment(place, office, due_on=due_on, issuer=province.committee)
            Extension.objects.create(
                assignment=asking,
                old_due_on=due_on,
                asked_due_on=date(2024, 8, day),
                reason="Chờ hướng dẫn của bộ",
                asked_at=datetime(2024, 6, day, 9, tzinfo=UTC),
                asked_by=officer,
            )
        make_version(province.departments[0], officer, status=Status.CONFIRMED)
        make_draft(province.office, office)


def test_the_page_asks_the_database_a_fixed_number_of_times(
    client: Any, province: Province, officer: User, office: User
) -> None:
    """The client itself refuses more than twelve questions."""
    busy(province, officer, office)
    client.force_login(office)
    assert {"asked", "check", "to_check", "decision_drafts"} <= panels(client.get(URL)).keys()


def test_the_daily_mail_says_the_numbers_of_the_page(
    client: Any, province: Province, officer: User, office: User, settings: Any
) -> None:
    settings.SITE_URL = "https://tinhgon.langson.example"
    busy(province, officer, office)
    version = make_version(province.departments[0], officer)
    from tinhgon.apps.notices import actions as notices

    now = datetime(2024, 6, 28, 8, tzinfo=VIETNAM)
    notices.notify(users=[office], kind="procedures.moved", text="Mới", url="", at=now)
    with time_machine.travel(now, tick=False):
        call_command("remind", stdout=StringIO())
        client.force_login(office)
        shown = counts(client.get(URL))
    (letter,) = [each for each in mail.outbox if each.to == [office.email]]
    told = str(letter.body).split(f"({settings.SITE_URL}{URL}):")[1]
    lines = [line[2:] for line in told.splitlines() if line.startswith("- ")]
    assert len(shown) >= 5
    assert lines == [f"{title}: {number}" for title, number in shown.items()]
    assert version.name not in str(letter.body)


def review_counts(client: Any, page: Any) -> dict[str, tuple[int, int]]:
    """Return title → the number on the page of the day, and that of the list it opens."""
    parts = [part for part in page.context["waiting"] if part.key.startswith("reviews_")]
    lists = {p.title: client.get(p.list_url).context["page"].paginator.count for p in parts}
    return {part.title: (part.count, lists[part.title]) for part in parts}


def test_the_number_of_reviews_that_wait_is_that_of_the_list_it_opens(
    client: Any, province: Province, officer: User, office: User
) -> None:
    """Two rounds at once; reviews named to others, of one's own agency, of rounds that are over."""
    home, other = province.departments
    at = province.committee
    first, second = (
        make_review_round(at, round=make_programme_round(at, name)) for name in ("Lần 1", "Lần 2")
    )
    over = make_review_round(at, closed_on=date(2024, 6, 1))
    colleague = make_user(home, "officer")
    for review_round in (first, second, over):
        make_review(review_round, home)
        make_review(review_round, home, reviewer=colleague)
        make_review(review_round, home, **confirmed(colleague))
        make_review(review_round, province.office, **confirmed(office))
    make_review(first, other)
    for _ in range(6):
        make_review(second, home, reviewer=officer)
        make_review(second, other, **confirmed(colleague))
    make_review(second, home, **answered(colleague))

    client.force_login(officer)
    written = review_counts(client, client.get(URL))
    client.force_login(office)
    checked = review_counts(client, client.get(URL))

    assert written == {
        "Thủ tục cần rà soát (Lần 1)": (1, 1),
        "Thủ tục cần rà soát (Lần 2)": (7, 7),
    }
    assert checked == {
        "Phiếu rà soát chờ Văn phòng kiểm tra (Lần 1)": (1, 1),
        "Phiếu rà soát chờ Văn phòng kiểm tra (Lần 2)": (7, 7),
    }
