"""When an agency ends, its procedures go to the successor, once, and the pages say so."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.search.queries import search

pytestmark = pytest.mark.django_db

ENDS = date(2024, 3, 1)
PAGE = reverse("procedures:succession")


def succeed(old: Agency, new: Agency, kind: SuccessionKind = SuccessionKind.WHOLE) -> Succession:
    old.ended_on = ENDS
    old.save(update_fields=["ended_on"])
    return Succession.objects.create(
        predecessor=old, successor=new, on=ENDS, kind=kind, basis="Nghị quyết số 34/NQ-HĐND"
    )


@pytest.fixture
def version(province: Province) -> ProcedureVersion:
    return make_version(province.departments[0], status=Status.PUBLISHED)


def test_the_heir_holds_what_the_ended_agency_held(
    province: Province, version: ProcedureVersion, office: User, march_2024: datetime
) -> None:
    old, new = province.departments
    heir_officer = make_user(new, "officer")
    succession = succeed(old, new)

    done = actions.hand_over_procedures(successions=[succession], by=office, at=march_2024)

    version.procedure.refresh_from_db()
    assert done.counts == {new: 1}
    assert version.procedure.agency == new
    held = version.procedure.tenures.values_list("agency", "started_on", "ended_on", "basis")
    assert list(held) == [
        (old.pk, None, ENDS, ""),
        (new.pk, ENDS, None, "Nghị quyết số 34/NQ-HĐND"),
    ]
    version.refresh_from_db()
    assert version.agency == old  # who led when it was made
    event = Event.objects.get(kind="procedures.transferred")
    assert event.changes == [{"field": "Cơ quan giữ thủ tục", "from": old.name, "to": new.name}]
    assert Notice.objects.filter(user=heir_officer, kind="procedures.transferred").count() == 1


def test_the_search_finds_it_for_the_heir(
    province: Province, office: User, march_2024: datetime
) -> None:
    draft = make_version(province.departments[0], name="Cấp lại thẻ công chức")
    heir_officer = make_user(province.departments[1], "officer")
    succession = succeed(*province.departments)
    today = march_2024.date()
    assert not search(user=heir_officer, words="thẻ công chức", today=today).hits

    actions.hand_over_procedures(successions=[succession], by=office, at=march_2024)

    found = search(user=heir_officer, words="thẻ công chức", today=today).hits
    assert [hit.url for hit in found] == [draft.procedure.get_absolute_url()]


def test_a_second_run_hands_over_nothing(
    province: Province, version: ProcedureVersion, office: User, march_2024: datetime
) -> None:
    succession = succeed(*province.departments)
    actions.hand_over_procedures(successions=[succession], by=office, at=march_2024)

    again = actions.hand_over_procedures(successions=[succession], by=office, at=march_2024)

    assert again.total == 0
    assert version.procedure.tenures.count() == 2


def test_between_several_heirs_of_parts_a_person_chooses(
    client: StrictClient,
    province: Province,
    version: ProcedureVersion,
    office: User,
    march_2024: datetime,
) -> None:
    old, other = province.departments
    parts = [succeed(old, heir, SuccessionKind.PART) for heir in (other, province.office)]

    undecided = actions.hand_over_procedures(successions=parts, by=office, at=march_2024)
    client.force_login(office)
    page = client.get(PAGE)
    response = client.post(reverse("procedures:hand_over"), {"succession": parts[0].pk})

    assert undecided.undecided == [old]
    assert other.name in page.content.decode()
    assert response.status_code == 302
    version.procedure.refresh_from_db()
    assert version.procedure.agency == other


def test_the_daily_run_hands_over_by_itself(
    province: Province, version: ProcedureVersion, march_2024: datetime
) -> None:
    succeed(*province.departments)

    call_command("remind")

    version.procedure.refresh_from_db()
    assert version.procedure.agency == province.departments[1]


def test_nobody_hands_over_what_lies_outside_of_his_branch(
    client: StrictClient, province: Province, version: ProcedureVersion, march_2024: datetime
) -> None:
    succession = succeed(*province.departments)
    client.force_login(make_user(province.districts[0], "coordinator"))

    client.post(reverse("procedures:hand_over"), {"succession": succession.pk})

    version.procedure.refresh_from_db()
    assert version.procedure.agency == province.departments[0]
    assert version.procedure.agency.name not in client.get(PAGE).content.decode()


def test_what_lives_is_not_handed_over(
    province: Province, version: ProcedureVersion, office: User, march_2024: datetime
) -> None:
    old, new = province.departments
    succession = Succession.objects.create(predecessor=old, successor=new, on=date(2025, 3, 1))

    done = actions.hand_over_procedures(successions=[succession], by=office, at=march_2024)

    assert done.total == 0
