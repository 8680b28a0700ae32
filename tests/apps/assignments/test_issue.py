from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import Province, make_agency, make_user
from tests.factories.assignments import CALENDAR, ISSUED_AT, issue, make_directive, make_proposal
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.actions import include_proposal
from tinhgon.apps.directives.enums import DirectiveStatus, Part
from tinhgon.apps.directives.models import Directive, Recipient
from tinhgon.apps.directives.policies import NotADraft
from tinhgon.apps.notices.models import Notice
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db


def test_every_agency_of_every_proposal_gets_its_own_assignment(
    province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, [*province.departments, *province.districts], text="Rà soát lần 1")
    make_proposal(directive, province.districts, province.departments, text="Rà soát lần 2")
    make_proposal(directive, province.districts, text="Bỏ qua", included=False)
    duties = issue(directive, coordinator)

    assert [duty.text for duty in duties] == ["Rà soát lần 1", "Rà soát lần 2"]
    assert Assignment.objects.count() == 4 + 4
    second = Assignment.objects.filter(duty=duties[1])
    assert second.filter(part=Part.LEAD).count() == 2
    assert second.filter(part=Part.COOPERATING).count() == 2
    assert set(Assignment.objects.values_list("due_on", flat=True)) == {date(2024, 6, 30)}
    assert Recipient.objects.filter(directive=directive).count() == 4
    directive.refresh_from_db()
    assert directive.status == DirectiveStatus.ISSUED
    assert directive.issued_by == coordinator


def test_a_duty_keeps_what_its_proposal_says(province: Province, coordinator: User) -> None:
    directive = make_directive(province.committee, coordinator)
    proposal = make_proposal(directive, province.districts)
    proposal.targets, proposal.item, proposal.block = [{"value": 20}], "2.a", "p7"
    proposal.wants_report, proposal.report_due_on = True, date(2024, 7, 4)
    proposal.save()
    (duty,) = issue(directive, coordinator)
    duty.refresh_from_db()
    for name in (
        "targets",
        "item",
        "block",
        "wants_report",
        "report_due_on",
        "due_text",
        "named_on",
    ):
        assert getattr(duty, name) == getattr(proposal, name), name
    assert duty.proposal == proposal


def test_the_trail_has_one_row_for_the_letter_and_one_for_each_duty(
    province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.districts)
    make_proposal(directive, province.departments)
    issue(directive, coordinator)
    kinds = list(Event.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["directives.issued", "assignments.duty_issued", "assignments.duty_issued"]
    names = Event.objects.filter(kind="assignments.duty_issued").first()
    assert names is not None
    assert names.changes[0] == {"field": "Chủ trì", "from": "", "to": "Sở Nội vụ, Sở Tư pháp"}


def test_each_person_is_told_once_and_only_who_answers(
    province: Province, coordinator: User
) -> None:
    officer = make_user(province.districts[0])
    head = make_user(province.departments[0], "head")
    leader = make_user(province.districts[0], "leader")
    elsewhere = make_user(province.communes[0][0])
    gone = make_user(province.districts[0], ended_on=date(2024, 1, 1))
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.districts)
    make_proposal(directive, [*province.districts, *province.departments])
    issue(directive, coordinator)
    told = list(Notice.objects.values_list("user", flat=True))
    assert sorted(told) == sorted([officer.pk, head.pk])
    assert {leader.pk, elsewhere.pk, gone.pk, coordinator.pk}.isdisjoint(told)


def test_only_with_the_right_on_the_issuers_branch(province: Province, coordinator: User) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.districts)
    for stranger in (
        make_user(province.districts[0], "coordinator"),
        make_user(province.committee, "clerk"),
        make_user(province.committee, "leader"),
    ):
        with pytest.raises(PermissionDenied):
            issue(directive, stranger)
    assert not Duty.objects.exists()


def test_it_cannot_be_issued_twice(province: Province, coordinator: User) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.districts)
    seen_by_another = Directive.objects.get(pk=directive.pk)
    issue(directive, coordinator)
    with pytest.raises(IllegalMove):
        issue(Directive.objects.get(pk=directive.pk), coordinator)
    with pytest.raises(StaleObject):
        issue(seen_by_another, coordinator)
    assert Duty.objects.count() == 1
    assert seen_by_another.status == DirectiveStatus.DRAFT


@pytest.mark.parametrize("lacking", ["lead", "text", "everything", "agency that ended"])
def test_what_is_not_ready_is_named_and_nothing_is_written(
    province: Province, coordinator: User, lacking: str
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.departments)
    ended = make_agency("Sở Cũ", parent=province.committee, ended_on=date(2024, 3, 1))
    expected = {
        "lead": "Nhiệm vụ 2: chưa có cơ quan chủ trì.",
        "text": "Nhiệm vụ 2: chưa có nội dung.",
        "everything": "Chưa chọn nhiệm vụ nào để giao.",
        "agency that ended": "Sở Cũ",
    }[lacking]
    if lacking == "lead":
        make_proposal(directive, [], province.districts)
    elif lacking == "text":
        make_proposal(directive, province.districts, text=" ")
    elif lacking == "everything":
        directive.proposals.update(included=False)
    else:
        make_proposal(directive, [ended])
    with pytest.raises(actions.NotReady, match=expected):
        issue(directive, coordinator)
    assert not Duty.objects.exists()
    assert not Notice.objects.exists()
    assert not Event.objects.exists()


def _queries_for(province: Province, by: User, agencies: list[Agency]) -> int:
    directive = make_directive(province.committee, by)
    for _ in range(2):
        make_proposal(directive, agencies)
    at = datetime(2024, 3, 26, 16, tzinfo=ISSUED_AT.tzinfo)
    with CaptureQueriesContext(connection) as ctx:
        actions.issue_directive(
            directive=directive, by=by, at=at, version=directive.version, calendar=CALENDAR
        )
    return len([q for q in ctx.captured_queries if not _is_insert_of_rows(q["sql"])])


def _is_insert_of_rows(sql: str) -> bool:
    """SQLite takes so many parameters a statement: rows beyond go into the next one."""
    return sql.startswith("INSERT") and ("assignment" in sql or "recipient" in sql)


def test_the_number_of_queries_does_not_grow_with_the_agencies(
    province: Province, coordinator: User
) -> None:
    few = [make_agency(parent=province.committee) for _ in range(3)]
    many = [make_agency(parent=province.committee) for _ in range(60)]
    for agency in few + many:
        make_user(agency)
    _queries_for(province, coordinator, few)  # who the person is, is asked once
    assert _queries_for(province, coordinator, few) == _queries_for(province, coordinator, many)


def test_nobody_issues_what_he_has_not_seen(province: Province, coordinator: User) -> None:
    directive = make_directive(province.committee, coordinator)
    proposal = make_proposal(directive, province.districts)
    include_proposal(proposal=proposal, included=True, by=coordinator, at=ISSUED_AT, version=1)

    with pytest.raises(StaleObject):
        issue(directive, coordinator)
    directive.refresh_from_db()
    issue(directive, coordinator)
    with pytest.raises(NotADraft):
        include_proposal(proposal=proposal, included=False, by=coordinator, at=ISSUED_AT, version=2)


def test_a_failure_half_way_gives_nothing(
    province: Province, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_user(province.districts[0])
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.districts)
    events = Event.objects.count()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("tinhgon.apps.audit.actions.Event.objects.bulk_create", fail)
    with pytest.raises(RuntimeError):
        issue(directive, coordinator)

    for model in (Duty, Assignment, Recipient, Notice):
        assert not model.objects.exists()
    assert Event.objects.count() == events
    directive.refresh_from_db()
    assert directive.status == DirectiveStatus.DRAFT
