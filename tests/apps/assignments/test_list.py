from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from tests.factories import Province, make_user
from tests.factories.assignments import (
    issue,
    make_assignment,
    make_directive,
    make_programme,
    make_proposal,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import Status, View
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.programmes.models import Programme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


def rows(client: Any, query: str = "") -> list[str]:
    page = BeautifulSoup(client.get(f"/nhiem-vu/?{query}").content, "html.parser")
    return [" ".join(tr.get_text(" ").split()) for tr in page.select("table.ledger tbody tr")]


@pytest.fixture
def some_work(province: Province, coordinator: User) -> list[Assignment]:
    agencies = [*province.departments, *province.districts]
    days = [date(2024, 6, 10), date(2024, 6, 25), date(2024, 10, 31), None]
    texts = ["Thẩm định phương án", "Hoá đơn điện tử", "Rà soát lần 2", "Đôn đốc các xã"]
    return [
        make_assignment(agency, coordinator, due_on=day, text=text)
        for agency, day, text in zip(agencies, days, texts, strict=True)
    ]


@pytest.mark.usefixtures("some_work")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 4),
        ("q=tham+dinh", 1),
        ("q=hóa đơn", 1),
        ("q=SO NOI VU", 1),
        ("q=khong co gi", 0),
        ("trang-thai=qua-han", 1),
        ("trang-thai=sap-den-han", 1),
        ("trang-thai=chua-nhan", 4),
        ("trang-thai=xong", 0),
        ("trang-thai=la-lung", 4),
        ("tu=20/6/2024&den=2024-12-31", 2),
        ("tu=31/6/2024", 4),
        ("vai-tro=cooperating", 0),
        ("co-quan=abc", 0),
        ("co-quan=tu+phap", 1),
        ("co-quan=Sở Nội vụ", 1),
        ("co-quan=so", 2),
        ("page=99", 4),
        ("sort=-agency", 4),
        ("sort=drop", 4),
    ],
)
def test_filters_in_the_address(client: Any, coordinator: User, query: str, found: int) -> None:
    client.force_login(coordinator)
    assert len(rows(client, query)) == found


def test_by_agency_programme_and_letter(
    client: Any, province: Province, coordinator: User, some_work: list[Assignment]
) -> None:
    programme = make_programme(province.committee)
    mine = make_assignment(province.office, coordinator, programme=programme)
    client.force_login(coordinator)
    assert len(rows(client, f"co-quan={province.districts[0].pk}")) == 1
    assert len(rows(client, f"co-quan={province.committee.pk}")) == 5
    assert len(rows(client, f"chuong-trinh={programme.pk}")) == 1
    assert len(rows(client, f"van-ban={mine.duty.directive.pk}")) == 1


@pytest.mark.usefixtures("some_work")
def test_order(client: Any, coordinator: User) -> None:
    client.force_login(coordinator)
    by_day = rows(client)
    assert "Thẩm định" in by_day[0]
    assert "Đôn đốc" in by_day[-1]
    backwards = rows(client, "sort=-due_on")
    assert "Rà soát lần 2" in backwards[0]
    assert "Đôn đốc" in backwards[-1]


def test_an_agency_sees_its_own(client: Any, officer: User, some_work: list[Assignment]) -> None:
    client.force_login(officer)
    assert len(rows(client)) == 1


@pytest.mark.usefixtures("some_work")
@pytest.mark.parametrize("query", ["", "q=tham+dinh", "trang-thai=sap-den-han", "sort=-due_on"])
def test_the_workbook_holds_exactly_what_is_shown(
    client: Any, coordinator: User, query: str
) -> None:
    client.force_login(coordinator)
    content = client.get(f"/nhiem-vu/xuat/?{query}").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    table = sheet.to_python()
    assert table[0][1] == "Cơ quan thực hiện"
    shown = rows(client, query)
    assert len(table) - 1 == len(shown)
    for cells, line in zip(table[1:], shown, strict=True):
        assert str(cells[1]) in line
        assert str(cells[3]) in line


def test_the_workbook_keeps_days_as_days_and_text_as_text(
    client: Any, province: Province, coordinator: User
) -> None:
    make_assignment(province.departments[0], coordinator, text='=HYPERLINK("x")')
    client.force_login(coordinator)
    content = client.get("/nhiem-vu/xuat/").content
    row = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1]
    assert row[3] == '=HYPERLINK("x")'
    assert row[8] == date(2024, 6, 30)
    assert row[9] == date(2024, 6, 28)


def test_every_view_has_its_condition(client: Any, coordinator: User) -> None:
    client.force_login(coordinator)
    for view in View:
        assert client.get(f"/nhiem-vu/?trang-thai={view.value}").status_code == 200


def test_figures_of_a_duty_open_as_many_rows_as_they_say(
    client: Any, province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, [*province.departments, *province.districts], due_on=date(2024, 6, 1))
    (duty,) = issue(directive, coordinator)
    first, second, *_ = duty.assignments.order_by("pk")
    _set(first, status=Status.ACCEPTED.value, done_on=date(2024, 6, 3))
    _set(second, status=Status.SUBMITTED.value, done_on=date(2024, 5, 30))
    client.force_login(coordinator)
    page = BeautifulSoup(client.get(duty.get_absolute_url()).content, "html.parser")
    chips = page.select(".chips a")
    assert len(chips) > 3
    for chip in chips:
        count = int(chip.select_one(".count").get_text())  # type: ignore[union-attr]
        opened = BeautifulSoup(client.get(chip["href"]).content, "html.parser")
        assert len(opened.select("#answers tbody tr")) == count, chip.get_text()


def _set(assignment: Assignment, **values: Any) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(**values)


def test_a_withdrawn_duty_has_no_deadline(
    client: Any, province: Province, coordinator: User
) -> None:
    assignment = make_assignment(province.departments[0], coordinator, due_on=date(2024, 6, 1))
    _set(assignment, status=Status.WITHDRAWN.value)
    client.force_login(coordinator)
    assert "đã thu hồi" in rows(client)[0]
    assert rows(client, "trang-thai=qua-han") == []
    assert Duty.objects.count() == 1


def test_keys_stand_in_the_page_as_they_are(
    client: Any, province: Province, coordinator: User
) -> None:
    """A key of five digits is no number for people: "12.345" would find nothing."""
    programme = make_programme(province.committee)
    Programme.objects.filter(pk=programme.pk).update(id=12345)
    assignment = make_assignment(province.departments[0], coordinator)
    _set(assignment, version=6789)
    client.force_login(coordinator)
    assert '<option value="12345"' in client.get("/nhiem-vu/").content.decode()
    client.force_login(make_user(province.departments[0]))
    assert 'name="version" value="6789"' in client.get("/nhiem-vu/cua-toi/").content.decode()
