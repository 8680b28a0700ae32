"""The working-day calendar: what the office enters decides every deadline."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event
from tinhgon.apps.calendars import actions, queries
from tinhgon.apps.calendars.models import CalendarDay

pytestmark = pytest.mark.django_db

LIST = reverse("calendars:list")
ADD = reverse("calendars:add")
TYPED = {"day": "04/5/2024", "kind": "work", "reason": "Làm bù ngày 29/4", "source": "CV 1570"}


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def admin(province: Province) -> User:
    return make_user(province.committee, "administrator")


@pytest.fixture
def labour_day(province: Province) -> CalendarDay:
    return CalendarDay.objects.create(
        day=date(2024, 5, 1), is_working=False, reason="Quốc tế Lao động"
    )


def _change(entry: CalendarDay, **typed: Any) -> dict[str, Any]:
    return {"day": "01/5/2024", "kind": "off", "reason": "1/5", "version": entry.version, **typed}


def test_the_official_days_are_loaded_once(march_2024: datetime) -> None:
    loaded = actions.load_calendar(by=System(), at=march_2024)

    calendar = queries.calendar()
    assert loaded == CalendarDay.objects.count() > 40
    assert not calendar.is_working_day(date(2024, 4, 29))
    assert calendar.is_working_day(date(2024, 5, 4))
    assert calendar.is_working_day(date(2026, 1, 10))
    assert actions.load_calendar(by=System(), at=march_2024) == 0
    assert Event.objects.get().kind == "calendars.loaded"


def test_loading_never_touches_a_year_that_somebody_entered(
    labour_day: CalendarDay, march_2024: datetime
) -> None:
    actions.load_calendar(by=System(), at=march_2024)

    assert list(CalendarDay.objects.filter(day__year=2024)) == [labour_day]
    assert CalendarDay.objects.filter(day__year=2025).exists()


def test_the_year_is_shown_month_by_month(
    client: StrictClient, admin: User, labour_day: CalendarDay, march_2024: datetime
) -> None:
    client.force_login(admin)

    page = BeautifulSoup(client.get(LIST, {"nam": "2024"}).content, "html.parser")

    months = page.select("table.month")
    assert len(months) == 12
    assert [td.get_text() for td in months[4].select("td.is-holiday")] == ["1, Quốc tế Lao động"]
    assert "22 ngày làm việc" in months[4].get_text()
    assert months[1].select("td")[3].get_text() == "1"  # 1/2/2024 is a Thursday


@pytest.mark.parametrize("year", ["", "abc", "0", "99999", "1999"])
def test_a_year_that_is_none_shows_this_one(
    client: StrictClient, admin: User, march_2024: datetime, year: str
) -> None:
    client.force_login(admin)
    html = client.get(LIST, {"nam": year}).content.decode()
    assert "Lịch làm việc năm 2024" in html
    assert "chưa có ngày nghỉ nào" in html


def test_a_swapped_day_is_added(client: StrictClient, admin: User, march_2024: datetime) -> None:
    client.force_login(admin)

    response = client.post(ADD, TYPED)

    assert response.headers["Location"] == f"{LIST}?nam=2024"
    assert queries.calendar().is_working_day(date(2024, 5, 4))
    event = Event.objects.get()
    assert (event.kind, event.actor_ref) == ("calendars.added", admin.audit_ref)
    assert {"field": "Loại", "from": "", "to": "Ngày làm việc"} in event.changes


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"day": "31/6/2024"}, "Không có ngày 31/6/2024"),
        ({"day": "hôm qua"}, "Ghi ngày theo dạng"),
        ({"day": "03/5/2024"}, "vốn là ngày làm việc"),
        ({"kind": "off"}, "vốn là ngày nghỉ"),
        ({"reason": ""}, "Lý do"),
        ({"kind": "half"}, "Loại"),
    ],
)
def test_bad_input_is_told(
    client: StrictClient, admin: User, march_2024: datetime, typed: dict[str, str], message: str
) -> None:
    client.force_login(admin)

    response = client.post(ADD, {**TYPED, **typed})

    assert response.status_code == 422
    summary = BeautifulSoup(response.content, "html.parser").select_one(".error-summary")
    assert summary is not None
    assert message in summary.get_text()
    assert not CalendarDay.objects.exists()


def test_a_day_is_entered_once(
    client: StrictClient, admin: User, labour_day: CalendarDay, march_2024: datetime
) -> None:
    client.force_login(admin)
    typed = {"day": "01/5/2024", "kind": "off", "reason": "Lễ"}

    response = client.post(ADD, typed)

    assert response.status_code == 422
    assert "Ngày 01/5/2024 đã có trong lịch" in response.content.decode()


def test_an_entry_is_changed(
    client: StrictClient, admin: User, labour_day: CalendarDay, march_2024: datetime
) -> None:
    client.force_login(admin)
    url = reverse("calendars:change", args=[labour_day.pk])
    assert "Quốc tế Lao động" in client.get(url).content.decode()

    response = client.post(url, _change(labour_day, reason="Ngày Quốc tế Lao động"))

    assert response.status_code == 302
    labour_day.refresh_from_db()
    assert (labour_day.reason, labour_day.version) == ("Ngày Quốc tế Lao động", 2)
    assert Event.objects.get().changes == [
        {"field": "Lý do", "from": "Quốc tế Lao động", "to": "Ngày Quốc tế Lao động"}
    ]


def test_two_people_at_once(
    client: StrictClient, admin: User, labour_day: CalendarDay, march_2024: datetime
) -> None:
    client.force_login(admin)
    url = reverse("calendars:change", args=[labour_day.pk])
    client.post(url, _change(labour_day, reason="Lần một"))

    response = client.post(url, _change(labour_day, reason="Lần hai"))
    html = response.content.decode()

    assert response.status_code == 422
    assert "Người khác vừa sửa" in html
    assert "Lần một" in html
    assert "Lần hai" not in html


def test_an_entry_is_removed(
    client: StrictClient, admin: User, labour_day: CalendarDay, march_2024: datetime
) -> None:
    client.force_login(admin)
    url = reverse("calendars:remove", args=[labour_day.pk])

    stale = client.post(url, {"version": labour_day.version + 1})
    assert stale.headers["Location"] == reverse("calendars:change", args=[labour_day.pk])
    assert CalendarDay.objects.exists()

    client.post(url, {"version": labour_day.version})
    assert not CalendarDay.objects.exists()
    assert Event.objects.get().kind == "calendars.removed"


def test_moving_an_entry_onto_another_is_refused(
    client: StrictClient, admin: User, labour_day: CalendarDay, march_2024: datetime
) -> None:
    client.force_login(admin)
    CalendarDay.objects.create(day=date(2024, 4, 30), is_working=False, reason="Giải phóng")
    url = reverse("calendars:change", args=[labour_day.pk])

    response = client.post(url, _change(labour_day, day="30/4/2024"))

    assert response.status_code == 422
    assert "đã có trong lịch" in response.content.decode()


def test_who_does_not_manage_the_calendar_only_reads_it(
    client: StrictClient, province: Province, labour_day: CalendarDay, march_2024: datetime
) -> None:
    officer = make_user(province.departments[0], "officer")
    client.force_login(officer)

    assert (
        reverse("calendars:change", args=[labour_day.pk]) not in client.get(LIST).content.decode()
    )
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, TYPED).status_code == 403
    assert client.get(reverse("calendars:change", args=[labour_day.pk])).status_code == 403
    assert client.post(reverse("calendars:remove", args=[labour_day.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.remove_day(day=labour_day, by=officer, at=march_2024, version=1)


def test_an_administrator_of_a_district_does_not_change_the_province_s_calendar(
    client: StrictClient, province: Province, march_2024: datetime
) -> None:
    client.force_login(make_user(province.districts[0], "administrator"))
    assert client.post(ADD, TYPED).status_code == 403


def test_a_day_that_is_not_there_is_404(
    client: StrictClient, admin: User, march_2024: datetime
) -> None:
    client.force_login(admin)
    assert client.get(reverse("calendars:change", args=[999])).status_code == 404


def test_the_calendar_is_one_query(labour_day: CalendarDay, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert not queries.calendar().is_working_day(date(2024, 5, 1))
