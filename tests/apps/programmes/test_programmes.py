"""Programmes: their rounds, milestones and targets are what people type, never code."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.calendars.models import CalendarDay
from tinhgon.apps.programmes import actions
from tinhgon.apps.programmes.models import Programme

pytestmark = pytest.mark.django_db

LIST = reverse("programmes:list")
ADD = reverse("programmes:add")


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def coordinator(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def programme(province: Province, coordinator: User, march_2024: datetime) -> Programme:
    return actions.add_programme(
        values=actions.ProgrammeValues(
            name="Đơn giản hóa thủ tục nội bộ",
            agency=province.committee,
            basis="Kế hoạch của tỉnh",
            starts_on=date(2022, 12, 2),
            ends_on=date(2025, 12, 31),
            rounds=[actions.RoundValues("Lần 1"), actions.RoundValues("Lần 2")],
            milestones=[
                actions.MilestoneValues("Thực thi xong", date(2024, 6, 30), round_name="Lần 1"),
                actions.MilestoneValues("Phê duyệt xong", date(2024, 10, 31), round_name="Lần 2"),
            ],
            targets=[
                actions.TargetValues("Tỷ lệ cắt giảm", Decimal(20), "%", round_name="Lần 2"),
            ],
        ),
        by=coordinator,
        at=march_2024,
    )


def _typed(province: Province, **changed: Any) -> dict[str, Any]:
    """Return the form as a browser posts it: one round, one milestone, one target, spare rows."""
    typed: dict[str, Any] = {
        "name": "Rà soát lần 2",
        "agency": province.committee.pk,
        "basis": "Kế hoạch số 01/KH-UBND",
        "starts_on": "01/01/2024",
        "ends_on": "31/12/2024",
        "max_extensions": "2",
        "dot-TOTAL_FORMS": "3",
        "dot-INITIAL_FORMS": "0",
        "dot-0-name": "Lần 2",
        "dot-0-starts_on": "01/4/2024",
        "moc-TOTAL_FORMS": "3",
        "moc-INITIAL_FORMS": "0",
        "moc-0-name": "Rà soát xong",
        "moc-0-due_on": "31/10/2024",
        "moc-0-round_name": "lần 2",
        "chi-tieu-TOTAL_FORMS": "2",
        "chi-tieu-INITIAL_FORMS": "0",
        "chi-tieu-0-metric": "Tỷ lệ cắt giảm chi phí",
        "chi-tieu-0-operator": ">=",
        "chi-tieu-0-value": "20,5",
        "chi-tieu-0-unit": "%",
        "chi-tieu-1-operator": ">=",
    }
    return {**typed, **changed}


def _read(client: StrictClient, url: str) -> dict[str, Any]:
    """Return the fields of the form on the page as a browser would post them unchanged."""
    form = BeautifulSoup(client.get(url).content, "html.parser").select_one("main form")
    assert form is not None
    found: dict[str, Any] = {}
    for tag in form.select("input[name]"):
        if tag.get("type") != "checkbox":
            found[str(tag["name"])] = tag.get("value", "")
        elif tag.has_attr("checked"):
            found[str(tag["name"])] = "on"
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]")
        found[str(select["name"])] = chosen["value"] if chosen else ""
    return found


def test_a_programme_is_added(
    client: StrictClient, province: Province, coordinator: User, march_2024: datetime
) -> None:
    client.force_login(coordinator)
    form = BeautifulSoup(client.get(ADD).content, "html.parser")
    [chosen] = form.select("[name=agency] option[selected]")
    assert chosen["value"] == str(province.committee.pk)

    response = client.post(ADD, _typed(province))

    programme = Programme.objects.get()
    assert response.headers["Location"] == programme.get_absolute_url()
    assert programme.max_extensions == 2
    [milestone] = programme.milestones.all()
    assert milestone.round is not None
    assert (milestone.due_on, milestone.round.name) == (date(2024, 10, 31), "Lần 2")
    [target] = programme.targets.all()
    assert (target.value, target.round) == (Decimal("20.5"), None)
    event = Event.objects.get()
    assert (event.kind, event.actor_ref) == ("programmes.added", coordinator.audit_ref)
    assert {"field": "Mốc", "from": "", "to": "Rà soát xong: 31/10/2024"} in event.changes


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Tên chương trình"),
        ({"starts_on": "31/6/2024"}, "Không có ngày 31/6/2024"),
        ({"ends_on": "01/01/2020"}, "Ngày kết thúc phải sau ngày bắt đầu"),
        ({"max_extensions": "99"}, "Số lần gia hạn"),
        ({"agency": "999999"}, "Cơ quan chủ trì"),
        ({"moc-0-round_name": "Lần 7"}, "Chưa có đợt “Lần 7”"),
        ({"moc-0-due_on": ""}, "Dòng 1, Ngày cuối cùng còn đúng hạn"),
        ({"dot-1-name": "LẦN 2"}, "Có hai đợt trùng tên"),
        ({"dot-0-ends_on": "01/3/2024"}, "Ngày kết thúc phải sau ngày bắt đầu"),
        ({"chi-tieu-0-value": "nhiều"}, "Dòng 1, Giá trị"),
        ({"chi-tieu-0-operator": "~"}, "Dòng 1, So sánh"),
    ],
)
def test_bad_input_is_told_and_nothing_is_stored(
    client: StrictClient,
    province: Province,
    coordinator: User,
    march_2024: datetime,
    typed: dict[str, str],
    message: str,
) -> None:
    client.force_login(coordinator)

    response = client.post(ADD, _typed(province, **typed))

    assert response.status_code == 422
    summaries = BeautifulSoup(response.content, "html.parser").select(".error-summary")
    assert message in " ".join(s.get_text() for s in summaries)
    assert not Programme.objects.exists()


def test_both_days_of_a_milestone_are_shown(
    client: StrictClient, coordinator: User, programme: Programme, march_2024: datetime
) -> None:
    client.force_login(coordinator)

    page = BeautifulSoup(client.get(programme.get_absolute_url()).content, "html.parser")

    [first, second] = page.select("#moc tbody tr")
    words = " ".join(first.get_text().split())
    assert "Chủ nhật, 30/6/2024" in words
    assert "Thứ 6, 28/6/2024" in words
    assert "còn 67 ngày làm việc" in words
    assert "cùng ngày" in second.get_text()
    assert "ít nhất 20%" in page.get_text()


def test_the_working_days_left_follow_the_calendar(
    client: StrictClient, coordinator: User, programme: Programme, march_2024: datetime
) -> None:
    CalendarDay.objects.create(day=date(2024, 4, 18), is_working=False, reason="Giỗ Tổ")
    client.force_login(coordinator)
    assert "còn 66 ngày làm việc" in client.get(programme.get_absolute_url()).content.decode()


def test_a_programme_is_changed_and_keeps_its_rows(
    client: StrictClient, coordinator: User, programme: Programme
) -> None:
    client.force_login(coordinator)
    url = reverse("programmes:change", args=[programme.pk])
    first = programme.rounds.get(name="Lần 1")
    typed = _read(client, url)

    typed |= {"dot-0-name": "Đợt một", "moc-0-round_name": "Đợt một", "moc-1-DELETE": "on"}
    response = client.post(url, typed)

    assert response.headers["Location"] == programme.get_absolute_url()
    first.refresh_from_db()
    assert first.name == "Đợt một"
    assert [m.name for m in programme.milestones.all()] == ["Thực thi xong"]
    assert programme.targets.get().value == Decimal(20)
    event = Event.objects.get(kind="programmes.changed")
    assert [change["field"] for change in event.changes] == ["Đợt", "Mốc"]


def test_two_people_at_once(client: StrictClient, coordinator: User, programme: Programme) -> None:
    client.force_login(coordinator)
    url = reverse("programmes:change", args=[programme.pk])
    typed = _read(client, url)
    client.post(url, {**typed, "name": "Tên lần một"})

    response = client.post(url, {**typed, "name": "Tên lần hai"})

    assert response.status_code == 422
    html = response.content.decode()
    assert "Người khác vừa sửa" in html
    assert "Tên lần một" in html
    assert "Tên lần hai" not in html
    programme.refresh_from_db()
    assert programme.name == "Tên lần một"


def test_the_list_names_the_next_milestone(
    client: StrictClient, coordinator: User, programme: Programme
) -> None:
    client.force_login(coordinator)
    page = BeautifulSoup(client.get(LIST).content, "html.parser")
    [row] = page.select("tbody tr")
    assert "30/6/2024" in row.get_text()
    assert page.select_one(f'a[href="{ADD}"]') is not None


def test_who_has_no_programme_is_told_what_comes(
    client: StrictClient, province: Province, march_2024: datetime
) -> None:
    client.force_login(make_user(province.departments[0], "officer"))
    html = client.get(LIST).content.decode()
    assert "Chưa có chương trình nào" in html
    assert ADD not in html


def test_a_district_sees_the_province_s_programme_and_may_not_change_it(
    client: StrictClient, province: Province, programme: Programme, march_2024: datetime
) -> None:
    person = make_user(province.districts[0], "administrator")
    client.force_login(person)

    page = client.get(programme.get_absolute_url())
    assert page.status_code == 200
    change = reverse("programmes:change", args=[programme.pk])
    assert change not in page.content.decode()
    assert client.get(change).status_code == 403
    assert client.post(change, {}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.change_programme(
            programme=programme,
            values=actions.ProgrammeValues("x", province.districts[0], date(2024, 1, 1)),
            by=person,
            at=march_2024,
            version=programme.version,
        )


def test_a_programme_of_another_branch_does_not_exist(
    client: StrictClient, province: Province, march_2024: datetime
) -> None:
    other = make_user(province.districts[1], "administrator")
    theirs = Programme.objects.create(
        name="Của huyện khác", agency=province.districts[0], starts_on=date(2024, 1, 1)
    )
    client.force_login(other)
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(reverse("programmes:change", args=[theirs.pk])).status_code == 404
    assert "Của huyện khác" not in client.get(LIST).content.decode()


def test_an_officer_may_not_add(
    client: StrictClient, province: Province, march_2024: datetime
) -> None:
    client.force_login(make_user(province.departments[0], "officer"))
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, _typed(province)).status_code == 403


def test_nobody_runs_a_programme_for_an_agency_he_does_not_manage(
    province: Province, march_2024: datetime
) -> None:
    person = make_user(province.districts[0], "administrator")
    values = actions.ProgrammeValues("x", province.committee, date(2024, 1, 1))
    with pytest.raises(PermissionDenied):
        actions.add_programme(values=values, by=person, at=march_2024)


def test_a_round_with_letters_stays(
    client: StrictClient, province: Province, coordinator: User, programme: Programme
) -> None:
    from tinhgon.apps.directives.models import Directive
    from tinhgon.apps.documents.models import Document

    used = programme.rounds.get(name="Lần 1")
    at = datetime(2024, 3, 27, 9, tzinfo=None).astimezone()
    document = Document.objects.create(
        direction="out", owner=province.committee, registered_at=at, registered_by=coordinator
    )
    Directive.objects.create(
        document=document,
        issuer=province.committee,
        round=used,
        created_at=at,
        created_by=coordinator,
    )
    client.force_login(coordinator)
    url = reverse("programmes:change", args=[programme.pk])
    typed = _read(client, url) | {"dot-0-DELETE": "on", "moc-0-round_name": ""}

    response = client.post(url, typed)

    assert response.status_code == 422
    assert "Có văn bản gắn với đợt bị bỏ" in response.content.decode()
    assert programme.rounds.count() == 2
