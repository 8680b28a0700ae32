from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_agency
from tests.factories.assignments import (
    ISSUED_AT,
    make_directive,
    make_programme,
    make_proposal,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.directives.models import Directive

from .standings import DUES, duties, make_letter_of, put

pytestmark = pytest.mark.django_db
URL = "/nhiem-vu/bang/"


@pytest.fixture
def letter(province: Province, coordinator: User) -> Directive:
    agencies = [*province.departments, *province.districts]
    return make_letter_of(province.committee, coordinator, agencies)


def _table(client: StrictClient, url: str = URL) -> dict[str, list[str]]:
    response = client.get(url)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return {
        row.th.get_text(" ", strip=True): [td.get_text(" ", strip=True) for td in row("td")]
        for row in soup.select(".heat tbody tr")
        if row.th
    }


@pytest.mark.usefixtures("letter")
def test_each_agency_stands_by_each_duty_with_sign_and_words(
    client: StrictClient, coordinator: User, june_2024: datetime
) -> None:
    client.force_login(coordinator)
    rows = _table(client)
    assert list(rows)[:2] == ["Sở Nội vụ", "Sở Tư pháp"]
    assert rows["Sở Nội vụ"] == [
        "▲ quá 10 ngày",
        "▲ quá 1 ngày",
        "◐ hạn hôm nay",
        "● đúng hạn",
        "● đúng hạn",
        "○ không có hạn",
        "3 / 5 1 không hạn",
    ]


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SUBMITTED, "◌ chờ duyệt, trễ 5 ngày"),
        (Status.RETURNED, "▲ quá 10 ngày, trả lại"),
        (Status.WITHDRAWN, "✕ thu hồi"),
        (Status.TRANSFERRED, "→ đã chuyển"),
    ],
)
def test_a_cell_says_whose_turn_it_is(
    status: Status,
    words: str,
    client: StrictClient,
    province: Province,
    coordinator: User,
    letter: Directive,
    june_2024: datetime,
) -> None:
    first = Assignment.objects.get(duty=duties(letter)[0], agency=province.departments[0])
    put(first, status, coordinator)
    client.force_login(coordinator)
    assert _table(client)["Sở Nội vụ"][0] == words


def test_a_nil_return_and_a_late_one_are_told_apart(
    client: StrictClient,
    province: Province,
    coordinator: User,
    letter: Directive,
    june_2024: datetime,
) -> None:
    own = Assignment.objects.filter(agency=province.departments[0]).order_by("duty_id")
    for assignment in own:
        put(assignment, Status.ACCEPTED, coordinator)
    client.force_login(coordinator)
    cells = _table(client)["Sở Nội vụ"]
    assert "trễ 5 ngày" in cells[0]
    assert {cell.split(",")[0] for cell in cells[:6]} == {"✓ không phát sinh", "✓ 15/6/2024"}


def test_a_district_rolls_its_communes_up_and_opens_them(
    client: StrictClient,
    province: Province,
    district_head: User,
    coordinator: User,
    letter: Directive,
    june_2024: datetime,
) -> None:
    district, communes = province.districts[0], province.communes[0]
    assignment = Assignment.objects.select_related(
        "agency", "duty__issuer", "duty__directive__document", "duty__programme"
    ).get(duty=duties(letter)[4], agency=district)
    actions.pass_on(
        assignment=assignment,
        parts=dict.fromkeys(communes, Part.LEAD),
        note="",
        due_on=None,
        by=district_head,
        at=ISSUED_AT,
        version=assignment.version,
    )
    put(Assignment.objects.get(agency=communes[0]), Status.SUBMITTED, coordinator)
    client.force_login(coordinator)

    rows = _table(client)
    name = next(name for name in rows if "Cao Lộc" in name)
    assert "2 xã" in name
    assert rows[name][4].endswith("1/2 xã")
    assert not any("Gia Cát" in row for row in rows)

    opened = _table(client, f"{URL}?van-ban={letter.pk}&nhanh={district.pk}")
    assert opened["Ủy ban nhân dân xã Gia Cát"][4] == "◌ chờ duyệt"
    assert opened["Ủy ban nhân dân xã Hợp Thành"][4] == "● đúng hạn"
    assert not any("Sở" in row for row in opened)

    client.force_login(district_head)
    own = _table(client)
    assert [name for name in own if "Cao Lộc" not in name] == []


@pytest.mark.usefixtures("letter")
def test_a_person_sees_only_the_own_branch(
    client: StrictClient, officer: User, stranger: User, june_2024: datetime
) -> None:
    client.force_login(officer)
    assert list(_table(client)) == ["Sở Nội vụ"]
    client.force_login(stranger)
    assert list(_table(client)) == ["Sở Tư pháp"]


@pytest.mark.usefixtures("letter")
def test_whoever_has_no_work_is_told_so(
    client: StrictClient, commune_officer: User, june_2024: datetime
) -> None:
    client.force_login(commune_officer)
    assert "Chưa có nhiệm vụ nào" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("cap=huyen", {"Cao Lộc", "Văn Lãng"}),
        ("cap=tinh", {"Nội vụ", "Tư pháp"}),
        ("trang-thai=cho-duyet", {"Tư pháp"}),
        ("van-ban=999999", set()),
        ("cap=abc&trang-thai=xyz&van-ban=-1&cot=99", {"Nội vụ", "Tư pháp", "Cao Lộc", "Văn Lãng"}),
    ],
)
def test_filters_stand_in_the_address(
    query: str,
    names: set[str],
    client: StrictClient,
    province: Province,
    coordinator: User,
    letter: Directive,
    june_2024: datetime,
) -> None:
    put(
        Assignment.objects.get(duty=duties(letter)[3], agency=province.departments[1]),
        Status.SUBMITTED,
        coordinator,
    )
    client.force_login(coordinator)
    rows = _table(client, f"{URL}?{query}")
    assert len(rows) == len(names)
    assert all(any(name in row for row in rows) for name in names)


def test_many_duties_are_shown_in_groups(
    client: StrictClient, province: Province, coordinator: User, june_2024: datetime
) -> None:
    programme = make_programme(province.committee)
    for _ in range(3):
        letter = make_letter_of(province.committee, coordinator, province.departments)
        letter.duties.update(programme=programme)
    client.force_login(coordinator)
    first = _table(client, f"{URL}?chuong-trinh={programme.pk}")
    second = _table(client, f"{URL}?chuong-trinh={programme.pk}&cot=2")
    assert len(first["Sở Nội vụ"]) == 12 + 1
    assert len(second["Sở Nội vụ"]) == 3 * len(DUES) - 12 + 1
    assert (first["Sở Nội vụ"][-1], second["Sở Nội vụ"][-1]) == (
        "6 / 10 2 không hạn",
        "3 / 5 1 không hạn",
    )


def test_the_number_of_queries_does_not_grow(
    client: StrictClient, province: Province, coordinator: User, june_2024: datetime
) -> None:
    more = [make_agency(parent=province.committee) for _ in range(45)]
    make_letter_of(province.committee, coordinator, [*more, *province.districts])
    client.force_login(coordinator)
    rows = _table(client, reverse("assignments:board"))
    assert len(rows) == 40
    assert len(_table(client, f"{URL}?page=2")) == 7


def test_after_issuing_one_sees_what_was_given_and_what_comes_next(
    client: Any, province: Province, coordinator: User, officer: User
) -> None:
    letter = make_directive(province.committee, coordinator)
    make_proposal(letter, [*province.departments, *province.districts], text="Lần 1")
    make_proposal(letter, province.districts, text="Lần 2")
    client.force_login(coordinator)

    response = client.post(f"/nhiem-vu/giao/{letter.pk}/", {"version": letter.version}, follow=True)

    assert response.redirect_chain == [(f"{URL}?van-ban={letter.pk}&vua-giao=1", 302)]
    page = BeautifulSoup(response.content, "html.parser")
    panel = page.select_one("#issued")
    assert panel
    words = " ".join(panel.get_text(" ").split())
    assert "Đã giao 2 nhiệm vụ, tổng cộng 6 việc, cho 4 cơ quan" in words
    assert "3 cơ quan chưa có ai nhận việc trên hệ thống: Sở Tư pháp" in words
    assert "Sở Nội vụ" not in words
    assert "Ghi số, ngày" not in words
    for link in panel.select("a"):
        assert client.get(str(link["href"])).status_code == 200
    assert "vua-giao" not in str(page.select("table.heat"))
    again = client.get(f"{URL}?van-ban={letter.pk}")
    assert "Việc tiếp theo" not in again.content.decode()
    client.force_login(officer)
    seen = client.get(f"{URL}?van-ban={letter.pk}&vua-giao=1")
    assert "Việc tiếp theo" not in seen.content.decode()
