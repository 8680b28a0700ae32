from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT, make_version
from tests.factories.publications import make_draft, make_entered, make_signed, make_submitted
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.enums import DecisionStatus, Grouping
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return make_province()


def test_a_draft_has_room_for_number_and_day(province: Province) -> None:
    home = province.departments[0]
    decision = make_draft(home, effective_on=date(2024, 8, 1))

    document = decision.document
    assert (document.number, document.issued_on, document.symbol) == ("", None, "QĐ-UBND")
    assert document.owner == province.committee
    assert Event.objects.get(kind="publications.drafted").subject_name == str(decision)


@pytest.mark.parametrize("subject", ["", "  .", "x" * 1_001])
def test_a_draft_needs_a_subject_of_sound_length(province: Province, subject: str) -> None:
    with pytest.raises(actions.Refused) as refused:
        make_draft(province.departments[0], subject=subject)

    assert refused.value.field == "subject"


def test_only_an_agency_above_issues(province: Province) -> None:
    home, abroad = province.departments

    with pytest.raises(actions.Refused, match="cấp trên"):
        make_draft(home, issuer=abroad)


@pytest.mark.parametrize("role", ["clerk", "leader", "administrator"])
def test_who_may_not_draft_does_not(province: Province, role: str) -> None:
    home = province.departments[0]

    with pytest.raises(PermissionDenied):
        make_draft(home, make_user(home, role))


def test_nobody_drafts_for_another_agency(province: Province) -> None:
    home, abroad = province.departments

    with pytest.raises(PermissionDenied):
        make_draft(home, make_user(abroad, "officer"))


def test_a_change_of_the_heading_is_told_in_words(province: Province) -> None:
    home = province.departments[0]
    decision = make_draft(home)

    actions.edit_decision(
        decision=decision,
        heading=actions.Heading(
            subject="công bố thủ tục mới.",
            effective_on=date(2024, 8, 1),
            grouping=Grouping.FIELD,
            bases=["Căn cứ Luật A;", "", "Căn cứ Nghị định B."],
            deputy_signs=True,
        ),
        by=decision.created_by,
        at=AT,
        seen=decision.version,
    )

    decision.refresh_from_db()
    assert decision.document.subject == "công bố thủ tục mới"
    assert decision.bases == ["Căn cứ Luật A", "Căn cứ Nghị định B"]
    changes = Event.objects.get(kind="publications.edited").changes
    assert {"field": "Ngày có hiệu lực", "from": "kể từ ngày ký", "to": "01/8/2024"} in changes


def test_a_heading_that_stays_leaves_no_trace(province: Province) -> None:
    decision = make_draft(province.departments[0])
    heading = actions.Heading(subject=decision.document.subject)

    actions.edit_decision(
        decision=decision, heading=heading, by=decision.created_by, at=AT, seen=decision.version
    )

    assert not Event.objects.filter(kind="publications.edited").exists()


def test_of_two_who_edit_at_once_one_is_told(province: Province) -> None:
    decision = make_draft(province.departments[0])
    heading = actions.Heading(subject="công bố khác")
    common: dict[str, Any] = {"heading": heading, "by": decision.created_by, "at": AT, "seen": 1}
    actions.edit_decision(decision=Decision.objects.get(pk=decision.pk), **common)

    with pytest.raises(StaleObject):
        actions.edit_decision(decision=decision, **common)


def test_checked_versions_go_in_with_what_their_drafter_wants_of_them(province: Province) -> None:
    home = province.departments[0]
    versions = [make_version(home, status=Status.CHECKED) for _ in range(3)]

    decision = make_draft(home, versions=versions)

    lines = decision.lines.all()
    assert [line.version for line in lines] == versions
    assert [line.order for line in lines] == [1, 2, 3]
    assert {line.action for line in lines} == {Action.NEW.value}


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.CONFIRMED])
def test_what_the_office_did_not_check_stays_out(province: Province, status: Status) -> None:
    home = province.departments[0]
    version = make_version(home, status=status)

    with pytest.raises(actions.Refused, match="chưa kiểm soát xong"):
        make_draft(home, versions=[version])


def test_what_belongs_to_another_branch_stays_out(province: Province) -> None:
    home, abroad = province.departments
    version = make_version(abroad, status=Status.CHECKED)

    with pytest.raises(PermissionDenied):
        make_draft(home, versions=[version])


def test_the_office_of_the_province_gathers_what_all_have(province: Province) -> None:
    home, abroad = province.departments
    office = make_user(province.office, "coordinator", scope=province.committee)
    versions = [make_version(agency, status=Status.CHECKED) for agency in (home, abroad)]

    decision = make_draft(province.office, office, versions=versions)

    assert decision.lines.count() == 2


def test_a_seat_outside_the_branch_of_the_role_is_no_drafter(
    client: StrictClient, province: Province
) -> None:
    """It would be refused once all was filled in."""
    home, district = province.departments[0], province.districts[0]
    client.force_login(make_user(home, "officer", scope=district))

    page = client.get(reverse("publications:draft"))

    assert list(page.context["form"].fields["drafter"].queryset) == [district]


def test_a_version_stands_in_one_decision_only(province: Province) -> None:
    home = province.departments[0]
    version = make_version(home, status=Status.CHECKED)
    make_draft(home, versions=[version])

    with pytest.raises(actions.Refused, match="một quyết định khác"):
        make_draft(home, versions=[version])


def test_a_version_taken_out_may_go_into_another_decision(province: Province) -> None:
    home = province.departments[0]
    version = make_version(home, status=Status.CHECKED)
    decision = make_draft(home, versions=[version])

    actions.remove_lines(
        decision=decision,
        lines=list(decision.lines.all()),
        by=decision.created_by,
        at=AT,
        seen=decision.version,
    )

    assert make_draft(home, versions=[version]).lines.count() == 1


def test_a_discarded_draft_lets_its_versions_go(province: Province) -> None:
    home = province.departments[0]
    version = make_version(home, status=Status.CHECKED)
    decision = make_draft(home, versions=[version])

    actions.discard_decision(
        decision=decision, reason="trùng", by=decision.created_by, at=AT, seen=decision.version
    )

    assert Decision.objects.get(pk=decision.pk).status == DecisionStatus.DISCARDED.value
    assert make_draft(home, versions=[version]).lines.count() == 1


def test_lines_keep_the_order_in_which_they_are_put(province: Province) -> None:
    home = province.departments[0]
    versions = [make_version(home, status=Status.CHECKED) for _ in range(3)]
    decision = make_draft(home, versions=versions)
    a, b, c = decision.lines.values_list("pk", flat=True)

    actions.reorder_lines(
        decision=decision, order=[c, a, b], by=decision.created_by, at=AT, seen=decision.version
    )

    assert list(decision.lines.values_list("pk", flat=True)) == [c, a, b]


def test_an_order_that_misses_a_line_is_refused(province: Province) -> None:
    home = province.departments[0]
    versions = [make_version(home, status=Status.CHECKED) for _ in range(2)]
    decision = make_draft(home, versions=versions)
    first = decision.lines.values_list("pk", flat=True)[0]

    with pytest.raises(actions.Refused, match="Tải lại trang"):
        actions.reorder_lines(
            decision=decision, order=[first], by=decision.created_by, at=AT, seen=decision.version
        )


def test_what_is_in_force_may_be_abolished(province: Province) -> None:
    home = province.departments[0]
    make_entered(home)
    procedure = home.procedures.get()

    decision = make_draft(home, abolished=[procedure])

    line = decision.lines.get()
    assert (line.action, line.version) == (Action.ABOLISHED.value, None)
    assert line.printed_name == procedure.versions.get().name


def test_what_is_not_in_force_on_the_day_cannot_be_abolished(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 6, 1))
    procedure = home.procedures.get()

    with pytest.raises(actions.Refused, match="Không có hiệu lực"):
        make_draft(home, abolished=[procedure], effective_on=date(2024, 5, 1))


def test_what_never_was_published_cannot_be_abolished(province: Province) -> None:
    home = province.departments[0]
    version = make_version(home, status=Status.CHECKED)

    with pytest.raises(actions.Refused, match="Không có hiệu lực"):
        make_draft(home, abolished=[version.procedure])


def test_a_procedure_has_one_line(province: Province) -> None:
    home = province.departments[0]
    make_entered(home)
    procedure = home.procedures.get()
    decision = make_draft(home, abolished=[procedure])

    with pytest.raises(actions.Refused, match="Đã có trong quyết định"):
        actions.add_abolitions(
            decision=decision,
            procedures=[procedure],
            by=decision.created_by,
            at=AT,
            seen=decision.version,
        )


def test_a_line_takes_the_place_of_others(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, 2)
    old = list(home.procedures.order_by("pk"))
    version = make_version(home, status=Status.CHECKED)
    decision = make_draft(home, versions=[version])
    line = decision.lines.get()

    actions.change_line(
        line=line,
        action=Action.REPLACED,
        replaced=old,
        by=decision.created_by,
        at=AT,
        seen=line.decision.version,
    )

    line.refresh_from_db()
    assert line.action == Action.REPLACED.value
    assert {ending.procedure for ending in line.endings.all()} == set(old)


def test_nothing_takes_its_own_place(province: Province) -> None:
    home = province.departments[0]
    version = make_version(home, status=Status.CHECKED)
    decision = make_draft(home, versions=[version])
    line = decision.lines.get()

    with pytest.raises(actions.Refused, match="chính nó"):
        actions.change_line(
            line=line,
            action=Action.REPLACED,
            replaced=[version.procedure],
            by=decision.created_by,
            at=AT,
            seen=line.decision.version,
        )


@pytest.mark.parametrize("make", [make_submitted, make_signed])
def test_what_was_sent_for_signing_does_not_change(province: Province, make: object) -> None:
    home = province.departments[0]
    officer = make_user(home, "officer")
    decision = make(home, officer)  # type: ignore[operator]
    version = make_version(home, status=Status.CHECKED)
    common: dict[str, Any] = {
        "decision": decision,
        "by": officer,
        "at": AT,
        "seen": decision.version,
    }

    with pytest.raises(IllegalMove):
        actions.add_versions(versions=[version], **common)
    with pytest.raises(IllegalMove):
        actions.remove_lines(lines=list(decision.lines.all()), **common)
    with pytest.raises(IllegalMove):
        actions.reorder_lines(order=list(decision.lines.values_list("pk", flat=True)), **common)
    with pytest.raises(IllegalMove):
        actions.edit_decision(heading=actions.Heading(subject="khác"), **common)
    with pytest.raises(IllegalMove):
        actions.discard_decision(reason="", **common)
    assert DecisionLine.objects.filter(decision=decision).count() == 1
