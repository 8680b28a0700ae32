from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.factories import make_agency, make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import queries
from tinhgon.apps.audit.actions import Change, System, record

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 27, 23, 30, tzinfo=VIETNAM)
URL = "/nhat-ky/"


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def reader(province: Province) -> StrictClient:
    client = StrictClient()
    client.force_login(make_user(province.committee, "administrator"))
    return client


def write(subject: Agency | User, *, days: int = 0, kind: str = "accounts.invited") -> None:
    record(
        kind,
        subject,
        by=System(),
        at=AT + timedelta(days=days),
        changes=[Change("Tên", "Sở Nội vụ", "Sở Thẩm định")],
        reason="Theo quyết định",
    )


def test_shows_who_what_and_from_what_to_what(reader: StrictClient, province: Province) -> None:
    write(province.office)
    page = reader.get(URL).content.decode()

    for words in (
        "23:30 ngày 27/3/2024",
        "Hệ thống",
        "Mời người dùng",
        "Văn phòng Ủy ban nhân dân tỉnh",
        "<del>Sở Nội vụ</del> → <ins>Sở Thẩm định</ins>",
        "Lý do: Theo quyết định",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tham+dinh", True),
        ("q=Thẩm định theo", True),
        ("q=khong-co", False),
        ("kind=accounts.invited", True),
        ("kind=accounts.signed_in", False),
        ("who=system", True),
        ("who=accounts.user:99", False),
        ("since=27/3/2024&until=27/3/2024", True),
        ("since=28/3/2024", False),
        ("until=26/3/2024", False),
    ],
)
def test_narrows_by_what_stands_in_the_address(
    query: str, found: bool, reader: StrictClient, province: Province
) -> None:
    write(province.office)

    assert ("Theo quyết định" in reader.get(f"{URL}?{query}").content.decode()) == found


def test_one_subject_has_its_own_trail(reader: StrictClient, province: Province) -> None:
    write(province.office)
    write(province.departments[0])
    page = reader.get(URL, {"subject": f"agencies.agency:{province.office.pk}"}).content.decode()

    assert "đối tượng: Văn phòng Ủy ban nhân dân tỉnh" in page
    assert "Sở Nội vụ</a>" not in page
    assert [e.subject_name for e in queries.history_of(province.office)] == [str(province.office)]


def test_a_wrong_date_is_told_and_narrows_nothing(reader: StrictClient, province: Province) -> None:
    write(province.office)
    page = reader.get(URL, {"since": "31/6/2024"}).content.decode()

    assert "Không có ngày 31/6/2024" in page
    assert "Theo quyết định" in page


def test_pages_are_found_by_key_both_ways(
    reader: StrictClient, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_PAGE", 2)
    for day in range(5):
        write(province.office, days=day)

    def numbers(query: str = "") -> tuple[list[int], int | None, int | None]:
        context = reader.get(f"{URL}?{query}").context
        return [e.number for e in context["events"]], context["newer"], context["older"]

    assert numbers() == ([5, 4], None, 4)
    assert numbers("before=4") == ([3, 2], 3, 2)
    assert numbers("before=2") == ([1], 1, None)
    assert numbers("after=1") == ([3, 2], 3, 2)
    assert numbers("after=3") == ([5, 4], None, 4)


def test_the_export_holds_exactly_what_is_shown(
    reader: StrictClient, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_BATCH", 2)
    for day in range(5):
        write(province.office, days=day)
    write(province.departments[0], kind="accounts.created")
    response = reader.get(reverse("audit:export"), {"kind": "accounts.invited"})
    text = response.getvalue().decode()
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))

    assert text.startswith("\ufeff")
    assert [row[0] for row in rows] == ["Số", "5", "4", "3", "2", "1"]
    assert rows[1][5] == "Tên: Sở Nội vụ → Sở Thẩm định"


def test_a_cell_is_no_formula(reader: StrictClient) -> None:
    write(make_agency("=HYPERLINK(1)"))
    response = reader.get(reverse("audit:export"))

    assert "'=HYPERLINK(1)" in response.getvalue().decode()


@pytest.mark.parametrize("page", ["audit:list", "audit:export"])
def test_only_whoever_looks_after_the_whole_tree_reads_it(page: str, province: Province) -> None:
    client = StrictClient()
    for agency, role in [(province.districts[0], "administrator"), (province.committee, "leader")]:
        client.force_login(make_user(agency, role))
        assert client.get(reverse(page)).status_code == 403


def test_the_trail_is_no_place_to_post(reader: StrictClient) -> None:
    assert reader.post(URL).status_code == 405
