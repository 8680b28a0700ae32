from __future__ import annotations

from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup

from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.assignments import make_programme
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.programmes.models import Milestone

from .standings import make_letter_of

pytestmark = pytest.mark.django_db
URL = "/nhiem-vu/lich/"


@pytest.fixture(autouse=True)
def _letter(province: Province, coordinator: User) -> None:
    make_letter_of(province.committee, coordinator, province.departments)


def _rows(client: StrictClient, query: str = "") -> dict[str, str]:
    response = client.get(URL + query)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    return {
        row.th.get_text(" ", strip=True): row.get_text(" ", strip=True)
        for row in soup.select("tbody tr")
        if row.th
    }


def test_a_month_shows_each_day_with_what_falls_due(
    client: StrictClient, coordinator: User, june_2024: datetime
) -> None:
    client.force_login(coordinator)
    rows = _rows(client)
    assert list(rows) == [
        "T2 10/6/2024",
        "T4 19/6/2024",
        "T5 20/6/2024 (hôm nay)",
        "CN 30/6/2024 ngày làm việc cuối: T6 28/6/2024",
    ]
    assert "2 việc 2 quá hạn" in rows["T2 10/6/2024"]
    assert "2 sắp đến hạn" in rows["T5 20/6/2024 (hôm nay)"]


def test_by_working_days_a_day_off_counts_before(
    client: StrictClient, coordinator: User, june_2024: datetime
) -> None:
    client.force_login(coordinator)
    rows = _rows(client, "?theo=lam-viec")
    assert "2 việc" in rows["T6 28/6/2024 gồm hạn đến hết CN 30/6/2024"]
    assert not any("CN 30/6/2024" in row.split(" gồm")[0] for row in rows)


def test_the_chart_has_a_bar_and_a_link_for_each_day(
    client: StrictClient, coordinator: User, june_2024: datetime
) -> None:
    client.force_login(coordinator)
    soup = BeautifulSoup(client.get(URL).content, "html.parser")
    assert [a.get_text(strip=True) for a in soup.select("svg a")] == ["2", "2", "2", "2"]
    assert len(soup.select("svg.deadlines > rect[stroke]")) == 4
    assert len(soup.select("svg .off")) == 10


def test_milestones_of_the_programme_stand_on_it(
    client: StrictClient, province: Province, coordinator: User, june_2024: datetime
) -> None:
    programme = make_programme(province.committee)
    Duty.objects.update(programme=programme)
    Milestone.objects.create(
        programme=programme, name="Kết thúc rà soát lần 1", due_on=date(2024, 6, 25)
    )
    client.force_login(coordinator)
    rows = _rows(client, f"?chuong-trinh={programme.pk}")
    assert "Kết thúc rà soát lần 1" in rows["T3 25/6/2024"]
    assert len(rows) == 5
    assert _rows(client, "?chuong-trinh=999999") == {
        "T5 20/6/2024 (hôm nay)": "T5 20/6/2024 (hôm nay)"
    }


@pytest.mark.parametrize(
    "query", ["?thang=2024-10", "?thang=abc", "?thang=2024-13", "?thang=9999-12"]
)
def test_other_months_open_too(
    query: str, client: StrictClient, coordinator: User, june_2024: datetime
) -> None:
    client.force_login(coordinator)
    page = client.get(URL + query)
    assert page.status_code == 200
    assert ("T5 31/10/2024" in page.content.decode()) == (query == "?thang=2024-10")


def test_a_branch_sees_its_own_deadlines(
    client: StrictClient, officer: User, commune_officer: User, june_2024: datetime
) -> None:
    client.force_login(officer)
    assert "1 việc" in _rows(client)["T2 10/6/2024"]
    client.force_login(commune_officer)
    assert "Không có việc nào đến hạn" in client.get(URL).content.decode()
