from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT, make_record, make_version
from tests.factories.publications import (
    entered_line,
    make_draft,
    make_entered,
    make_signed,
    make_submitted,
    signed,
)
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import LegalDocument, ProcedureVersion
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision, DecisionLine
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import Move
from tinhgon.domain.publishing import Cause

pytestmark = pytest.mark.django_db
NONE = actions.Submission()


@pytest.fixture
def province() -> Province:
    return make_province()


def submit(decision: Decision, submission: actions.Submission = NONE) -> None:
    decision.refresh_from_db()
    actions.submit_decision(
        decision=decision,
        submission=submission,
        by=decision.created_by,
        at=AT,
        seen=decision.version,
    )


def record(decision: Decision, paper: actions.Signed | None = None, **values: object) -> None:
    actions.record_signed(
        decision=decision,
        signed=paper or signed(),
        by=make_user(decision.drafter, "clerk"),
        **{"upload": None, "at": AT, "seen": decision.version, **values},  # type: ignore[arg-type]
    )


def test_sending_for_signing_fixes_lines_and_versions(province: Province) -> None:
    home = province.departments[0]
    version = make_version(home, status=Status.CHECKED)
    clerk = make_user(home, "clerk")
    decision = make_draft(home, versions=[version])

    submit(decision, actions.Submission("12", date(2024, 7, 5)))

    version.refresh_from_db()
    assert version.status == Status.SUBMITTED.value
    assert decision.lines.get().position == "1"
    letter = Decision.objects.get(pk=decision.pk).submission
    assert letter is not None
    assert (letter.code, letter.issued_on) == ("12/TTr-SNV", date(2024, 7, 5))
    assert Notice.objects.filter(user=clerk, kind="publications.submitted").count() == 1
    kinds = list(Event.objects.order_by("number").values_list("kind", flat=True))[-3:]
    assert kinds == ["publications.submitted", "documents.registered", "procedures.moved"]


def test_what_was_returned_meanwhile_stops_the_submission(province: Province) -> None:
    home = province.departments[0]
    version = make_version(home, status=Status.CHECKED)
    decision = make_draft(home, versions=[version])
    procedures.move_version(
        version=version,
        move=Move.RETURN,
        by=make_user(home, "coordinator"),
        at=AT,
        seen=version.version,
        reason="thiếu căn cứ",
    )

    with pytest.raises(actions.Blocked) as blocked:
        submit(decision)

    assert [problem.cause for problem in blocked.value.problems] == [Cause.NOT_READY]
    assert version.name in str(blocked.value)


def test_a_draft_of_change_in_a_decision_is_not_dropped(province: Province) -> None:
    home = province.departments[0]
    make_entered(home)
    officer, head, office = (make_user(home, r) for r in ("officer", "head", "coordinator"))
    version = procedures.draft_change(
        procedure=home.procedures.get(), action=Action.AMENDED, by=officer, at=AT
    )
    procedures.move_version(version=version, move=Move.CONFIRM, by=head, at=AT, seen=1)
    procedures.check_version(version=version, by=office, at=AT, seen=2)
    make_draft(home, officer, versions=[version])
    procedures.move_version(
        version=version, move=Move.RETURN, by=office, at=AT, seen=3, reason="sửa"
    )

    with pytest.raises(procedures.Refused, match="dự thảo quyết định"):
        procedures.drop_draft(version=version, by=officer, at=AT, seen=version.version)


def test_the_quality_check_is_asked_again(province: Province) -> None:
    home = province.departments[0]
    decision = make_draft(home, versions=[make_version(home, status=Status.CHECKED)])
    LegalDocument.objects.update(ended_on=date(2024, 7, 1))

    with pytest.raises(actions.Blocked) as blocked:
        submit(decision)

    assert [problem.cause for problem in blocked.value.problems] == [Cause.QUALITY]
    assert "hết hiệu lực" in str(blocked.value)


def test_an_empty_draft_is_not_sent(province: Province) -> None:
    with pytest.raises(actions.Blocked, match="chưa có thủ tục nào"):
        submit(make_draft(province.departments[0]))


def test_a_submission_dated_after_today_is_refused(province: Province) -> None:
    home = province.departments[0]
    decision = make_draft(home, versions=[make_version(home, status=Status.CHECKED)])

    with pytest.raises(actions.Blocked, match="tờ trình"):
        submit(decision, actions.Submission("1", AT.date() + timedelta(days=1)))


def test_what_is_recalled_may_change_again(province: Province) -> None:
    home = province.departments[0]
    decision = make_submitted(home)

    actions.recall_decision(
        decision=decision, reason="sửa", by=decision.created_by, at=AT, seen=decision.version
    )

    line = decision.lines.get()
    assert decision.status == DecisionStatus.DRAFT.value
    assert line.version is not None
    assert line.version.status == Status.CHECKED.value
    assert line.position == ""


def test_a_signed_decision_publishes(province: Province) -> None:
    home = province.departments[0]
    keeper = make_user(home, "officer")
    decision = make_submitted(home)
    paper = signed("45", date(2024, 7, 8), effective_on=date(2024, 7, 20))

    record(decision, paper, submission=actions.Submission("7", date(2024, 7, 1)))

    decision = Decision.objects.select_related("document", "submission").get(pk=decision.pk)
    version = ProcedureVersion.objects.get()
    assert decision.status == DecisionStatus.SIGNED.value
    assert decision.document.title == "Quyết định số 45/QĐ-UBND ngày 08/7/2024"
    assert decision.submission is not None
    assert decision.submission.number == "7"
    assert version.status == Status.PUBLISHED.value
    assert (version.valid_from, version.valid_to) == (date(2024, 7, 20), None)
    assert not version.holds_on(date(2024, 7, 19))
    assert Notice.objects.filter(user=keeper, kind="publications.recorded").count() == 1
    assert Event.objects.filter(kind="procedures.moved").last() is not None


def test_without_a_day_of_its_own_it_holds_from_signing(province: Province) -> None:
    make_signed(province.departments[0], paper=signed(issued_on=date(2024, 7, 8)))

    assert ProcedureVersion.objects.get().valid_from == date(2024, 7, 8)


def test_nothing_is_published_before_the_decision_is_signed(province: Province) -> None:
    make_submitted(province.departments[0])

    assert not ProcedureVersion.objects.exclude(valid_from=None).exists()


def test_abolishing_ends_what_was_in_force(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 1, 2))
    make_signed(home, abolished=[home.procedures.get()], paper=signed(issued_on=date(2024, 7, 8)))

    version = ProcedureVersion.objects.get()
    assert (version.valid_from, version.valid_to) == (date(2024, 1, 2), date(2024, 7, 8))


def test_replacing_ends_the_others(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, 2, on=date(2024, 1, 2))
    old = list(home.procedures.order_by("pk"))
    decision = make_draft(home, versions=[make_version(home, status=Status.CHECKED)])
    line = decision.lines.get()
    actions.change_line(
        line=line,
        action=Action.REPLACED,
        replaced=old,
        by=decision.created_by,
        at=AT,
        seen=line.decision.version,
    )
    submit(decision)
    record(decision, signed(issued_on=date(2024, 7, 8)))

    ended = ProcedureVersion.objects.filter(procedure__in=old)
    assert set(ended.values_list("valid_to", flat=True)) == {date(2024, 7, 8)}
    new = ProcedureVersion.objects.get(procedure=line.procedure)
    assert (new.valid_from, new.action) == (date(2024, 7, 8), Action.REPLACED.value)


def test_it_cannot_be_dated_before_its_own_proposals(province: Province) -> None:
    decision = make_submitted(province.departments[0])

    with pytest.raises(actions.Blocked) as blocked:
        record(decision, signed(issued_on=date(2024, 7, 7)))

    assert [problem.cause for problem in blocked.value.problems] == [Cause.BEFORE_PROPOSAL]


def test_it_cannot_be_dated_before_its_submission(province: Province) -> None:
    decision = make_submitted(province.departments[0])
    letter = actions.Submission("1", date(2024, 7, 9))

    with pytest.raises(actions.Blocked, match="tờ trình"):
        record(decision, signed(), submission=letter, at=AT + timedelta(days=5))


def test_it_cannot_be_dated_after_today(province: Province) -> None:
    decision = make_submitted(province.departments[0])

    with pytest.raises(actions.Blocked, match="sau hôm nay"):
        record(decision, signed(issued_on=date(2024, 7, 9)))


def test_it_cannot_take_effect_before_it_is_signed(province: Province) -> None:
    decision = make_submitted(province.departments[0])

    with pytest.raises(actions.Blocked, match="trước ngày ký"):
        record(decision, signed(effective_on=date(2024, 7, 7)))


@pytest.mark.parametrize("number", ["45", "045", " 45 "])
def test_no_two_decisions_bear_the_same_number_and_day(province: Province, number: str) -> None:
    home = province.departments[0]
    make_signed(home, paper=signed("45"))
    decision = make_submitted(home)

    with pytest.raises(actions.Refused, match="Đã ghi Quyết định số 45/QĐ-UBND"):
        record(decision, signed(number))
    with pytest.raises(actions.Refused, match="Đã ghi Quyết định số 45/QĐ-UBND"):
        make_entered(home, on=date(2024, 7, 8), number=number)


def test_the_same_number_of_another_year_or_issuer_is_another_one(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2023, 7, 8), number="45")
    make_entered(province.districts[0], on=date(2024, 7, 8), number="45")
    make_signed(home, paper=signed("45", date(2024, 7, 8), symbol="QĐ-CTUBND"))
    make_entered(home, on=date(2024, 7, 8), number="46")

    assert Decision.objects.filter(status=DecisionStatus.SIGNED.value).count() == 4


@pytest.mark.parametrize("number", ["", "  "])
def test_a_signed_decision_has_a_number(province: Province, number: str) -> None:
    paper = actions.Signed(number=number, issued_on=date(2024, 7, 8), signer_name="A")

    with pytest.raises(actions.Refused, match="số của quyết định"):
        record(make_submitted(province.departments[0]), paper)


def test_of_two_people_who_record_at_once_one_is_told(province: Province) -> None:
    decision = make_submitted(province.departments[0])
    other = Decision.objects.get(pk=decision.pk)
    record(other, signed("45"))

    with pytest.raises(StaleObject):
        record(decision, signed("46"))

    assert Decision.objects.get().document.number == "45"


def test_two_decisions_on_one_procedure_and_day_are_refused(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 1, 2))
    procedure = home.procedures.get()
    first = make_submitted(home, abolished=[procedure], effective_on=date(2024, 8, 1))
    second = make_submitted(home, abolished=[procedure], effective_on=date(2024, 8, 1))
    record(first, signed(effective_on=date(2024, 8, 1)))

    with pytest.raises(actions.Blocked, match="đã hết hiệu lực từ ngày 01/8/2024") as blocked:
        record(second, signed(effective_on=date(2024, 8, 1)))

    assert [problem.cause for problem in blocked.value.problems] == [Cause.NOT_IN_FORCE]


def test_an_amendment_and_an_abolition_on_one_day_are_refused(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 1, 2))
    procedure = home.procedures.get()
    abolition = make_submitted(home, abolished=[procedure])
    amended = entered_line(
        home, procedure=procedure, action=Action.AMENDED, record=make_record("Tên mới")
    )
    make_entered(home, [amended], on=date(2024, 7, 8))

    with pytest.raises(actions.Blocked) as blocked:
        record(abolition, signed(issued_on=date(2024, 7, 8)))

    assert Cause.SAME_DAY in [problem.cause for problem in blocked.value.problems]


def test_procedures_that_replace_one_another_in_a_circle_are_refused(province: Province) -> None:
    home = province.departments[0]
    first = make_version(home, status=Status.CHECKED)
    second = make_version(home, status=Status.CHECKED)
    make_signed(home, versions=[first], paper=signed(issued_on=date(2024, 7, 8)))
    decision = make_draft(home, versions=[second], effective_on=date(2024, 8, 1))
    line = decision.lines.get()
    actions.change_line(
        line=line,
        action=Action.REPLACED,
        replaced=[first.procedure],
        by=decision.created_by,
        at=AT,
        seen=line.decision.version,
    )
    submit(decision)
    record(decision, signed(issued_on=date(2024, 7, 8), effective_on=date(2024, 8, 1)))

    later = AT + timedelta(days=40)
    officer = make_user(home, "officer")
    # The first comes back by a decision entered afterwards, then takes the place of the second.
    again = entered_line(
        home, procedure=first.procedure, action=Action.NEW, record=make_record("Trở lại")
    )
    make_entered(home, [again], on=date(2024, 7, 8), effective_on=date(2024, 8, 5), number="900")
    change = procedures.draft_change(
        procedure=first.procedure, action=Action.REPLACED, by=officer, at=later
    )
    ProcedureVersion.objects.filter(pk=change.pk).update(status=Status.CHECKED.value)
    change.refresh_from_db()
    circle = make_draft(home, officer, versions=[change], at=later)
    line = circle.lines.get()
    actions.change_line(
        line=line,
        action=Action.REPLACED,
        replaced=[second.procedure],
        by=officer,
        at=later,
        seen=line.decision.version,
    )
    circle.refresh_from_db()

    with pytest.raises(actions.Blocked, match="thành vòng"):
        actions.submit_decision(
            decision=circle, submission=NONE, by=officer, at=later, seen=circle.version
        )


def test_newer_content_published_meanwhile_is_told(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 1, 2))
    procedure = home.procedures.get()
    officer, head, office = (make_user(home, r) for r in ("officer", "head", "coordinator"))
    version = procedures.draft_change(procedure=procedure, action=Action.AMENDED, by=officer, at=AT)
    procedures.move_version(version=version, move=Move.CONFIRM, by=head, at=AT, seen=1)
    procedures.check_version(version=version, by=office, at=AT, seen=2)
    decision = make_submitted(home, officer, versions=[version])
    amended = entered_line(
        home, procedure=procedure, action=Action.AMENDED, record=make_record("Tên mới")
    )
    make_entered(home, [amended], on=date(2024, 5, 1), number="77")

    with pytest.raises(actions.Blocked, match="Quyết định số 77/QĐ-UBND ngày 01/5/2024") as blocked:
        record(decision)

    assert [problem.cause for problem in blocked.value.problems] == [Cause.SUPERSEDED]


def test_what_a_later_decision_built_upon_is_not_abolished_under_it(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 1, 2))
    procedure = home.procedures.get()
    decision = make_submitted(home, abolished=[procedure])
    amended = entered_line(
        home, procedure=procedure, action=Action.AMENDED, record=make_record("Tên mới")
    )
    make_entered(home, [amended], on=date(2024, 7, 8), effective_on=date(2024, 8, 1), number="78")

    with pytest.raises(actions.Blocked, match="Quyết định số 78/QĐ-UBND") as blocked:
        record(decision)

    assert [problem.cause for problem in blocked.value.problems] == [Cause.DISTURBS]


@pytest.mark.parametrize("role", ["officer", "head", "leader", "administrator"])
def test_who_may_not_record_does_not(province: Province, role: str) -> None:
    home = province.departments[0]
    decision = make_submitted(home)

    with pytest.raises(PermissionDenied):
        actions.record_signed(
            decision=decision,
            signed=signed(),
            upload=None,
            by=make_user(home, role),
            at=AT,
            seen=decision.version,
        )


def test_the_clerk_of_another_agency_does_not_record(province: Province) -> None:
    home, abroad = province.departments
    decision = make_submitted(home)

    with pytest.raises(PermissionDenied):
        actions.record_signed(
            decision=decision,
            signed=signed(),
            upload=None,
            by=make_user(abroad, "clerk"),
            at=AT,
            seen=decision.version,
        )


def test_a_draft_is_not_recorded(province: Province) -> None:
    home = province.departments[0]
    decision = make_draft(home, versions=[make_version(home, status=Status.CHECKED)])

    with pytest.raises(IllegalMove):
        record(decision)


def test_a_file_that_cannot_be_kept_is_refused(province: Province) -> None:
    decision = make_submitted(province.departments[0])
    upload = actions.Upload("qd.pdf", "application/pdf", b"not a pdf")

    with pytest.raises(actions.Refused, match=r"qd\.pdf") as refused:
        record(decision, upload=upload)

    assert refused.value.field == "file"


def test_a_file_stays_with_the_document(province: Province) -> None:
    decision = make_submitted(province.departments[0])

    record(decision, upload=actions.Upload("qd.pdf", "application/pdf", b"%PDF-1.7 nothing"))

    assert Decision.objects.get().document.file is not None


def test_a_decision_of_two_hundred_lines_takes_few_statements(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, 100)
    old = list(home.procedures.all())
    officer = make_user(home, "officer")
    [model] = [make_version(home, officer, status=Status.CHECKED)]
    versions = [model, *(make_version(home, officer, status=Status.CHECKED) for _ in range(9))]
    decision = make_draft(home, officer, versions=versions, abolished=old)
    assert DecisionLine.objects.filter(decision=decision).count() == 110

    with CaptureQueriesContext(connection) as sent:
        submit(decision)
    with CaptureQueriesContext(connection) as recorded:
        record(decision)

    assert len(sent) < 60
    assert len(recorded) < 70
