"""The tree as at a day, and the page of an agency."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency

TREE = reverse("agencies:tree")


@pytest.fixture
def leader(lang_son: None) -> User:
    return make_user(Agency.objects.get(parent=None), "leader")


def _soup(client: StrictClient, url: str, **query: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(url, query).content, "html.parser")


def _names(page: BeautifulSoup) -> list[str]:
    return [a.get_text() for a in page.select(".tree__row a")]


def _named(label: str, on: date = date(2024, 3, 25)) -> Agency:
    [found] = [a for a in Agency.objects.existing_on(on) if a.label == label]
    return found


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (
            "2024-03-25",
            "20 sở, ban, ngành · 1 đơn vị trực thuộc · 11 UBND cấp huyện · 200 UBND cấp xã",
        ),
        ("01/12/2024", "11 UBND cấp huyện · 194 UBND cấp xã"),
        ("2025-03-01", "15 sở, ban, ngành"),
        ("2025-07-01", "1 đơn vị trực thuộc · 65 UBND cấp xã"),
    ],
)
def test_the_tree_as_at_a_day(
    client: StrictClient, leader: User, march_2024: datetime, day: str, words: str
) -> None:
    client.force_login(leader)
    page = _soup(client, TREE, ngay=day)
    subtitle = page.select_one(".page-head__subtitle")
    assert subtitle is not None
    assert words in " ".join(subtitle.get_text().split())


@pytest.mark.parametrize("day", ["", "31/6/2024", "hôm qua", "2024-13-01"])
def test_a_day_that_is_none_is_today(
    client: StrictClient, leader: User, march_2024: datetime, day: str
) -> None:
    client.force_login(leader)
    assert "Cơ quan tại ngày 27/3/2024" in client.get(TREE, {"ngay": day}).content.decode()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("gia cat", ["UBND tỉnh", "UBND huyện Cao Lộc", "UBND xã Gia Cát"]),
        ("Gia Cát", ["UBND tỉnh", "UBND huyện Cao Lộc", "UBND xã Gia Cát"]),
        ("snv", ["UBND tỉnh", "Sở Nội vụ"]),
        ("ke hoach va dau tu", ["UBND tỉnh", "Sở Kế hoạch và Đầu tư"]),
    ],
)
def test_search_shows_the_way_to_what_matches(
    client: StrictClient, leader: User, march_2024: datetime, words: str, names: list[str]
) -> None:
    client.force_login(leader)
    page = _soup(client, TREE, q=words)
    assert _names(page) == names
    assert "1 cơ quan khớp" in page.get_text()
    assert all(details.has_attr("open") for details in page.select(".tree details"))


def test_a_search_without_a_match_says_so(
    client: StrictClient, leader: User, march_2024: datetime
) -> None:
    client.force_login(leader)
    assert "Không tìm thấy cơ quan nào" in client.get(TREE, {"q": "xyz"}).content.decode()


@pytest.mark.django_db
def test_a_person_sees_his_branch_and_whom_it_answers_to(
    client: StrictClient, march_2024: datetime
) -> None:
    province = make_province()
    client.force_login(make_user(province.districts[0], "head"))
    assert _names(_soup(client, TREE)) == [
        "Ủy ban nhân dân tỉnh Lạng Sơn",
        "Ủy ban nhân dân huyện Cao Lộc",
        "Ủy ban nhân dân xã Gia Cát",
        "Ủy ban nhân dân xã Hợp Thành",
    ]
    assert client.get(province.committee.get_absolute_url()).status_code == 200
    assert client.get(province.communes[0][0].get_absolute_url()).status_code == 200
    assert client.get(province.communes[1][0].get_absolute_url()).status_code == 404
    assert client.get(province.departments[0].get_absolute_url()).status_code == 404


def test_an_agency_with_its_history_and_heirs(
    client: StrictClient, leader: User, march_2024: datetime
) -> None:
    client.force_login(leader)
    old = _named("Sở Nội vụ")

    text = " ".join(_soup(client, old.get_absolute_url()).get_text().split())
    assert "đang hoạt động" in text
    assert "Kế thừa" not in text.split("Cơ quan kế thừa")[0]
    assert "Cơ quan kế thừa 2" in text
    assert "Sở DT&TG một phần 01/3/2025" in text
    assert "Nghị quyết số 04/NQ-HĐND" in text

    later = _soup(client, old.get_absolute_url(), ngay="2025-03-01").get_text()
    assert "đã kết thúc" in later

    new = _named("Sở Nội vụ", date(2025, 3, 1))
    text = " ".join(_soup(client, new.get_absolute_url()).get_text().split())
    assert "chưa thành lập" in text
    assert "Tiền thân 2" in text
    assert "Sở LĐ-TB&XH toàn bộ" in text


def test_an_agency_shows_what_was_below_it_on_the_day(
    client: StrictClient, leader: User, march_2024: datetime
) -> None:
    client.force_login(leader)
    district = _named("UBND huyện Văn Quan")
    before = _soup(client, district.get_absolute_url(), ngay="2024-11-30")
    after = _soup(client, district.get_absolute_url(), ngay="2024-12-01")
    assert len(before.select("#truc-thuoc tbody tr")) == 17
    assert len(after.select("#truc-thuoc tbody tr")) == 15


def test_what_nobody_confirmed_is_marked(
    client: StrictClient, leader: User, march_2024: datetime
) -> None:
    client.force_login(leader)
    page = _soup(client, _named("UBND huyện Cao Lộc").get_absolute_url())
    marked = [
        row.th for row in page.select("#ke-thua tbody tr") if "chưa xác nhận" in row.get_text()
    ]
    assert [th.get_text() for th in marked if th] == ["UBND tỉnh"]


def test_the_page_counts_the_people_of_the_day(
    client: StrictClient, leader: User, march_2024: datetime
) -> None:
    agency = _named("Sở Tư pháp")
    person = make_user(agency, "officer")
    make_user(agency, "head", ended_on=date(2024, 3, 1))
    make_user(agency, "head", started_on=date(2024, 4, 1))
    client.force_login(leader)
    page = _soup(client, agency.get_absolute_url())
    facts = page.select_one(".facts")
    assert facts is not None
    assert "Người dùng tại cơ quan1" in facts.get_text().replace("\n", "").replace(" 1", "1")
    assert person.full_name not in page.get_text()


def test_a_stranger_is_sent_to_sign_in(client: StrictClient, lang_son: None) -> None:
    assert client.get(TREE).status_code == 302
