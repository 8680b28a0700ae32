"""What the daily run does: who owes an answer is reminded, nothing is left at ended agencies."""

from __future__ import annotations

from datetime import date, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from tests.conftest import VIETNAM
from tests.factories.agencies import make_agency
from tests.factories.assignments import make_calendar
from tests.factories.difficulties import make_answered, make_difficulty, make_sent
from tests.factories.people import make_user
from tinhgon.apps.agencies.enums import Kind, Level, SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.difficulties.enums import Status
from tinhgon.apps.difficulties.models import Difficulty, DifficultyReminder
from tinhgon.apps.notices.models import Notice

from .conftest import People

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2024, 6, 28, 8, tzinfo=VIETNAM)  # the last day in time of what the factory makes


@pytest.fixture(autouse=True)
def _calendar(db: None) -> None:
    make_calendar()


def run(at: datetime, *args: str) -> str:
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("remind", *args, stdout=out)
    return out.getvalue()


def of_kind(kind: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("user__full_name", flat=True))


def test_who_owes_the_answer_is_reminded_once_a_rung(people: People) -> None:
    make_sent(people.commune)
    make_difficulty(people.commune)
    make_answered(people.commune)

    assert "1 vướng mắc đến mốc" in run(FRIDAY, "--dry-run")
    assert "1 vướng mắc" in run(FRIDAY)
    assert "0 vướng mắc" in run(FRIDAY.replace(hour=15))

    told = set(of_kind("difficulties.due"))
    assert {people.district_officer.full_name, people.district_head.full_name} <= told
    assert people.coordinator.full_name not in told
    assert people.commune_officer.full_name not in told


def test_one_level_up_hears_of_what_stays_late(people: People) -> None:
    make_sent(people.commune)

    run(datetime(2024, 7, 8, 8, tzinfo=VIETNAM))

    assert people.coordinator.full_name in of_kind("difficulties.late")


def test_above_the_office_its_own_head_hears(people: People) -> None:
    make_sent(people.department)

    run(datetime(2024, 7, 8, 8, tzinfo=VIETNAM))

    assert set(of_kind("difficulties.late")) == {people.office_head.full_name}


def test_whom_it_is_passed_to_is_reminded_anew(people: People) -> None:
    difficulty = make_sent(people.commune)
    run(FRIDAY)
    Difficulty.objects.filter(pk=difficulty.pk).update(holder=people.office)

    run(FRIDAY)

    holders = DifficultyReminder.objects.values_list("holder", flat=True)
    assert set(holders) == {people.district.pk, people.office.pk}


def test_nobody_is_reminded_on_a_day_off(people: People) -> None:
    make_sent(people.commune)

    run(datetime(2024, 6, 30, 8, tzinfo=VIETNAM))

    assert not DifficultyReminder.objects.exists()


def end(agency: Agency, *heirs: Agency, kind: SuccessionKind = SuccessionKind.WHOLE) -> None:
    Agency.objects.filter(pk=agency.pk).update(ended_on=date(2024, 7, 1))
    agency.states.update(ended_on=date(2024, 7, 1))
    for heir in heirs:
        Succession.objects.create(
            predecessor=agency, successor=heir, on=date(2024, 7, 1), kind=kind
        )


def test_the_difficulties_of_an_ended_agency_are_its_successors(people: People) -> None:
    heir = make_agency(
        "Ủy ban nhân dân xã Đồng Đăng",
        parent=people.district,
        level=Level.COMMUNE,
        kind=Kind.COMMITTEE,
    )
    officer = make_user(heir)
    draft, sent = make_difficulty(people.commune), make_sent(people.commune)
    end(people.commune, heir)

    assert "Đã chuyển 2 vướng mắc" in run(datetime(2024, 7, 1, 8, tzinfo=VIETNAM))
    assert "vướng mắc cho" not in run(datetime(2024, 7, 2, 8, tzinfo=VIETNAM))

    draft.refresh_from_db()
    sent.refresh_from_db()
    assert (draft.agency, draft.holder) == (heir, heir)
    assert (sent.agency, sent.holder) == (heir, people.district)
    assert officer.full_name in of_kind("difficulties.moved")
    last = sent.steps.order_by("number").last()
    assert last is not None
    assert (last.move, last.agency, last.by) == ("transfer", heir, None)


def test_where_the_district_is_no_more_the_office_goes_on(people: People) -> None:
    """Its successors are communes, which cannot answer in its place."""
    difficulty = make_sent(people.commune)
    end(people.district, *people.province.communes[0], kind=SuccessionKind.PART)
    people.commune.states.update(parent=people.province.committee)

    run(datetime(2024, 7, 1, 8, tzinfo=VIETNAM))

    difficulty.refresh_from_db()
    assert (difficulty.status, difficulty.holder) == (Status.PASSED_UP, people.office)
    assert people.coordinator.full_name in of_kind("difficulties.moved")


def test_where_several_take_over_a_part_a_person_has_to_choose(people: People) -> None:
    difficulty = make_sent(people.department)
    end(people.department, people.office, people.province.departments[1], kind=SuccessionKind.PART)

    out = run(datetime(2024, 7, 1, 8, tzinfo=VIETNAM))

    difficulty.refresh_from_db()
    assert difficulty.agency == people.department
    assert "nhiều cơ quan kế thừa một phần" in out
