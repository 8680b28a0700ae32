from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.factories import Province, make_user
from tests.factories.assignments import (
    ISSUED_AT,
    issue,
    make_assignment,
    make_directive,
    make_letter,
    make_proposal,
    reload,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.enums import DirectiveStatus, DueKind, Part
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]

LATER = datetime(2024, 5, 20, 8, tzinfo=ISSUED_AT.tzinfo)


@pytest.fixture
def letter(province: Province, coordinator: User) -> Directive:
    return make_letter(province.committee, coordinator, issued_at=LATER)


@pytest.fixture
def duty(province: Province, coordinator: User) -> Duty:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, [*province.departments, province.districts[0]])
    return issue(directive, coordinator)[0]


def amend(client: Any, duty: Duty, letter: Directive | None, **data: Any) -> Any:
    duty.refresh_from_db()
    return client.post(
        f"/nhiem-vu/nv/{duty.pk}/dieu-chinh/",
        {
            "version": duty.version,
            "letter": letter.pk if letter else "",
            "text": duty.text,
            **data,
        },
    )


def test_a_later_letter_moves_the_day(
    client: Any, duty: Duty, letter: Directive, coordinator: User, officer: User
) -> None:
    client.force_login(coordinator)
    response = amend(client, duty, letter, kind="before", named_on="15/7/2024")
    assert response.status_code == 302
    duty.refresh_from_db()
    assert (duty.due_on, duty.due_text) == (date(2024, 7, 14), "trước ngày 15/7/2024")
    assert duty.changed_by == letter
    assert set(duty.assignments.values_list("due_on", flat=True)) == {date(2024, 7, 14)}
    duty.directive.refresh_from_db()
    assert duty.directive.status == DirectiveStatus.AMENDED
    event = Event.objects.get(kind="assignments.duty_amended")
    assert {"field": "Thời hạn", "from": "30/6/2024", "to": "14/7/2024"} in event.changes
    assert Notice.objects.filter(user=officer, kind="assignments.duty_amended").exists()
    assert "Đã điều chỉnh theo" in client.get(duty.get_absolute_url()).content.decode()


def test_what_is_done_and_what_is_extended_beyond_stays(
    client: Any, duty: Duty, letter: Directive, coordinator: User
) -> None:
    done, extended, other = duty.assignments.order_by("pk")
    Assignment.objects.filter(pk=done.pk).update(
        status=Status.ACCEPTED.value, done_on=date(2024, 6, 1)
    )
    Assignment.objects.filter(pk=extended.pk).update(due_on=date(2024, 8, 1), extensions_granted=1)
    client.force_login(coordinator)
    amend(client, duty, letter, kind="by", named_on="15/7/2024")
    assert reload(done).due_on == date(2024, 6, 30)
    assert reload(extended).due_on == date(2024, 8, 1)
    assert reload(other).due_on == date(2024, 7, 15)


def test_an_earlier_day_reaches_what_was_passed_on(
    client: Any, province: Province, duty: Duty, letter: Directive, coordinator: User
) -> None:
    held = reload(duty.assignments.get(agency=province.districts[0]))
    actions.pass_on(
        assignment=held,
        parts=dict.fromkeys(province.communes[0], Part.LEAD),
        note="",
        due_on=None,
        by=make_user(province.districts[0], "head"),
        at=LATER,
        version=held.version,
    )
    client.force_login(coordinator)
    amend(client, duty, letter, kind="by", named_on="25/6/2024")
    below = Assignment.objects.filter(duty__parent=held)
    assert set(below.values_list("due_on", flat=True)) == {date(2024, 6, 25)}
    assert Duty.objects.get(parent=held).due_on == date(2024, 6, 25)


def test_words_alone(client: Any, duty: Duty, letter: Directive, coordinator: User) -> None:
    client.force_login(coordinator)
    amend(client, duty, letter, text="Rà soát toàn bộ, kể cả thủ tục mới công bố")
    duty.refresh_from_db()
    assert duty.summary == "Rà soát toàn bộ, kể cả thủ tục mới công bố"
    assert "thu tuc moi cong bo" in duty.folded
    assert duty.due_on == date(2024, 6, 30)


@pytest.mark.parametrize("lacking", ["letter", "change", "day", "earlier letter"])
def test_what_an_amendment_needs(
    client: Any, province: Province, duty: Duty, coordinator: User, lacking: str
) -> None:
    earlier = make_letter(
        province.committee, coordinator, issued_at=datetime(2024, 1, 5, tzinfo=LATER.tzinfo)
    )
    letter = make_letter(province.committee, coordinator, issued_at=LATER)
    client.force_login(coordinator)
    data = {"kind": DueKind.BY.value, "named_on": "15/7/2024"}
    response = {
        "letter": lambda: amend(client, duty, None, **data),
        "change": lambda: amend(client, duty, letter),
        "day": lambda: amend(client, duty, letter, kind="by", named_on=""),
        "earlier letter": lambda: amend(client, duty, earlier, **data),
    }[lacking]()
    assert response.status_code == 422
    duty.refresh_from_db()
    assert duty.due_on == date(2024, 6, 30)


def test_only_who_gave_it(
    client: Any, duty: Duty, letter: Directive, officer: User, stranger: User
) -> None:
    client.force_login(officer)
    assert amend(client, duty, letter, text="Khác").status_code == 403
    url = f"/nhiem-vu/nv/{duty.pk}/thu-hoi/"
    assert client.post(url, {"version": duty.version}).status_code == 403


def test_two_at_once(client: Any, duty: Duty, letter: Directive, coordinator: User) -> None:
    client.force_login(coordinator)
    seen = duty.version
    amend(client, duty, letter, kind="by", named_on="15/7/2024")
    response = client.post(
        f"/nhiem-vu/nv/{duty.pk}/dieu-chinh/",
        {"version": seen, "letter": letter.pk, "text": "Chữ khác"},
    )
    assert response.status_code == 422
    assert "Người khác vừa thay đổi" in response.content.decode()


def test_withdrawing_takes_back_what_is_open_down_to_the_communes(
    client: Any, province: Province, duty: Duty, letter: Directive, coordinator: User
) -> None:
    held = reload(duty.assignments.get(agency=province.districts[0]))
    actions.pass_on(
        assignment=held,
        parts=dict.fromkeys(province.communes[0], Part.LEAD),
        note="",
        due_on=None,
        by=make_user(province.districts[0], "head"),
        at=LATER,
        version=held.version,
    )
    done = duty.assignments.exclude(pk=held.pk).order_by("pk")[0]
    Assignment.objects.filter(pk=done.pk).update(
        status=Status.ACCEPTED.value, done_on=date(2024, 6, 1)
    )
    commune = make_user(province.communes[0][0])
    client.force_login(coordinator)
    data = {"version": duty.version, "letter": letter.pk, "reason": "Đã có văn bản mới"}
    assert client.post(f"/nhiem-vu/nv/{duty.pk}/thu-hoi/", data).status_code == 302
    assert reload(done).status == Status.ACCEPTED
    assert reload(held).status == Status.WITHDRAWN
    below = Assignment.objects.filter(duty__parent=held)
    assert set(below.values_list("status", flat=True)) == {Status.WITHDRAWN}
    assert Duty.objects.get(parent=held).withdrawn_at is not None
    assert Notice.objects.filter(user=commune, kind="assignments.duty_withdrawn").exists()
    duty.directive.refresh_from_db()
    assert duty.directive.status == DirectiveStatus.WITHDRAWN
    assert client.post(f"/nhiem-vu/nv/{duty.pk}/thu-hoi/", data).status_code == 422


def test_a_letter_replaces_another_as_a_whole(
    client: Any, province: Province, letter: Directive, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.departments)
    make_proposal(directive, province.districts)
    issue(directive, coordinator)
    client.force_login(coordinator)
    url = f"/nhiem-vu/thay-the/{directive.pk}/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"version": directive.version, "letter": ""}).status_code == 422
    data = {"version": directive.version, "letter": letter.pk}
    assert client.post(url, data).status_code == 302
    directive.refresh_from_db()
    assert directive.status == DirectiveStatus.REPLACED
    states = Assignment.objects.filter(duty__directive=directive).values_list("status", flat=True)
    assert set(states) == {Status.WITHDRAWN}
    assert client.post(url, data).status_code == 422


def test_a_district_changes_what_it_passed_on_without_a_letter(
    client: Any, province: Province, coordinator: User, district_head: User
) -> None:
    held = make_assignment(province.districts[0], coordinator)
    duty = actions.pass_on(
        assignment=held,
        parts=dict.fromkeys(province.communes[0], Part.LEAD),
        note="",
        due_on=date(2024, 6, 20),
        by=district_head,
        at=LATER,
        version=held.version,
    )
    client.force_login(district_head)
    assert amend(client, duty, None, kind="by", named_on="02/7/2024").status_code == 422
    assert amend(client, duty, None, kind="by", named_on="28/6/2024").status_code == 302
    assert set(duty.assignments.values_list("due_on", flat=True)) == {date(2024, 6, 28)}
    client.force_login(coordinator)
    assert amend(client, duty, None, kind="by", named_on="27/6/2024").status_code == 403
