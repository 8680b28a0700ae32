from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories import Province, make_agency, make_user
from tests.factories.assignments import ISSUED_AT, make_assignment, reload, upload
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import SuccessionKind
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.enums import Status
from tinhgon.apps.assignments.models import Answer, Assignment
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]

MERGER = date(2024, 6, 1)
AT = datetime(2024, 6, 20, 9, tzinfo=ISSUED_AT.tzinfo)


def end(agency: Agency, *heirs: Agency, kind: SuccessionKind = SuccessionKind.WHOLE) -> None:
    agency.ended_on = MERGER
    agency.save(update_fields=["ended_on"])
    for heir in heirs:
        Succession.objects.create(predecessor=agency, successor=heir, on=MERGER, kind=kind)


def transfer() -> actions.Transfer:
    return actions.transfer_assignments(
        successions=Succession.objects.select_related("predecessor", "successor"),
        by=System(),
        at=AT,
    )


@pytest.fixture
def heir(province: Province) -> Agency:
    return make_agency("Sở Nội vụ mới", parent=province.committee, started_on=MERGER)


def test_open_work_goes_to_the_heir_and_both_pages_say_so(
    client: Any, province: Province, coordinator: User, heir: Agency
) -> None:
    officer = make_user(heir)
    old = make_assignment(province.departments[0], coordinator)
    Assignment.objects.filter(pk=old.pk).update(percent=40, extensions_granted=1)
    end(province.departments[0], heir)
    moved = transfer()
    (new,) = moved.inherited
    assert (new.agency, new.status, new.percent) == (heir, Status.ISSUED, 40)
    assert (new.due_on, new.extensions_granted) == (old.due_on, 1)
    assert reload(old).status == Status.TRANSFERRED
    client.force_login(coordinator)
    assert "Sở Nội vụ mới" in client.get(old.get_absolute_url()).content.decode()
    assert "Tiếp nhận từ" in client.get(new.get_absolute_url()).content.decode()
    assert Notice.objects.filter(user=officer, kind="assignments.inherited").count() == 1
    assert Notice.objects.filter(user=coordinator, kind="assignments.inherited").exists()
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"assignments.transferred", "assignments.inherited"} <= kinds
    assert transfer().inherited == []


def test_what_is_done_stays(province: Province, coordinator: User, heir: Agency) -> None:
    old = make_assignment(province.departments[0], coordinator)
    Assignment.objects.filter(pk=old.pk).update(
        status=Status.ACCEPTED.value, done_on=date(2024, 5, 1)
    )
    end(province.departments[0], heir)
    assert transfer().inherited == []
    assert reload(old).status == Status.ACCEPTED


def test_an_answer_that_waits_goes_along(
    client: Any, province: Province, coordinator: User, officer: User, heir: Agency
) -> None:
    old = make_assignment(province.departments[0], coordinator)
    client.force_login(officer)
    data = {
        "version": old.version,
        "document_code": "12/BC-SNV",
        "document_on": "31/5/2024",
        "file": upload(),
    }
    client.post(f"/nhiem-vu/{old.pk}/bao-cao/", data)
    end(province.departments[0], heir)
    (new,) = transfer().inherited
    assert (new.status, new.done_on) == (Status.SUBMITTED, date(2024, 5, 31))
    assert Answer.objects.get().assignment == new
    client.force_login(coordinator)
    client.post(f"/nhiem-vu/{new.pk}/duyet/", {"version": new.version})
    assert reload(new).status == Status.ACCEPTED


def test_two_merged_departments_bring_two_shares(
    province: Province, coordinator: User, heir: Agency
) -> None:
    from tests.factories.assignments import issue, make_directive, make_proposal

    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.departments)
    issue(directive, coordinator)
    for agency in province.departments:
        end(agency, heir)
    assert len(transfer().inherited) == 2
    assert Assignment.objects.filter(agency=heir).count() == 2


def test_what_was_passed_on_follows(
    province: Province, coordinator: User, district_head: User
) -> None:
    from tinhgon.apps.directives.enums import Part

    held = make_assignment(province.districts[0], coordinator)
    duty = actions.pass_on(
        assignment=held,
        parts=dict.fromkeys(province.communes[0], Part.LEAD),
        note="",
        due_on=None,
        by=district_head,
        at=ISSUED_AT,
        version=held.version,
    )
    end(province.districts[0], province.districts[1])
    (new,) = transfer().inherited
    duty.refresh_from_db()
    assert (duty.parent, duty.issuer) == (new, province.districts[1])


def test_of_several_heirs_a_person_chooses(
    client: Any, province: Province, coordinator: User, heir: Agency
) -> None:
    other = make_agency("Sở Khác", parent=province.committee, started_on=MERGER)
    old = make_assignment(province.departments[0], coordinator)
    end(province.departments[0], heir, other, kind=SuccessionKind.PART)
    assert transfer().undecided == [province.departments[0]]
    assert reload(old).status == Status.ISSUED
    client.force_login(coordinator)
    page = client.get("/nhiem-vu/ke-thua/").content.decode()
    assert "Sở Nội vụ mới" in page
    assert "Sở Khác" in page
    chosen = Succession.objects.get(successor=other)
    client.post("/nhiem-vu/ke-thua/chuyen/", {"succession": chosen.pk})
    assert Assignment.objects.get(agency=other).inherited_from == old


def test_not_before_the_day_and_not_while_it_exists(
    province: Province, coordinator: User, heir: Agency
) -> None:
    old = make_assignment(province.departments[0], coordinator)
    Succession.objects.create(
        predecessor=province.departments[0], successor=heir, on=date(2024, 7, 1)
    )
    assert transfer().inherited == []
    assert reload(old).status == Status.ISSUED


def test_only_who_gives_work_moves_it(client: Any, province: Province, officer: User) -> None:
    client.force_login(officer)
    assert client.get("/nhiem-vu/ke-thua/").status_code == 403
    assert client.post("/nhiem-vu/ke-thua/chuyen/", {"succession": 1}).status_code == 403


def test_the_daily_run_moves_what_has_one_heir_and_names_what_has_several(
    province: Province, coordinator: User, heir: Agency, capsys: pytest.CaptureFixture[str]
) -> None:
    moved = make_assignment(province.departments[0], coordinator)
    kept = make_assignment(province.departments[1], coordinator)
    end(province.departments[0], heir)
    second = make_agency("Sở Nội chính", parent=province.committee, started_on=MERGER)
    end(province.departments[1], heir, second, kind=SuccessionKind.PART)

    call_command("remind")

    assert reload(moved).status == Status.TRANSFERRED
    assert reload(kept).status == Status.ISSUED
    assert "Sở Tư pháp: nhiều cơ quan kế thừa" in capsys.readouterr().out
    call_command("remind")
    assert Assignment.objects.filter(agency=heir).count() == 1
