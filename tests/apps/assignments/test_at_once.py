"""Two at the same moment, or a failure half-way: nothing is done twice, nothing by half."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError

from tests.at_once import at_once
from tests.factories import Province, make_user
from tests.factories.assignments import (
    CALENDAR,
    ISSUED_AT,
    PDF,
    VIETNAM,
    issue,
    make_assignment,
    make_directive,
    make_proposal,
    reload,
    submit,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.models import Answer, Assignment, Duty, Reminder
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.directives.actions import include_proposal
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.notices.models import Notice
from tinhgon.common.models import StaleObject
from tinhgon.domain.deadlines import seed_ladder
from tinhgon.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_is_issued_once(province: Province, coordinator: User) -> None:
    make_user(province.districts[0])
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, province.districts)

    refused = at_once(*[lambda: issue(Directive.objects.get(pk=directive.pk), coordinator)] * 2)

    assert [type(e) in {StaleObject, IllegalMove} for e in refused] == [True]
    assert (Duty.objects.count(), Assignment.objects.count()) == (1, 2)
    assert Notice.objects.filter(kind="assignments.issued").count() == 1
    assert not audit.verify().problems


def test_an_assignment_is_answered_once(
    province: Province, coordinator: User, officer: User
) -> None:
    assignment = make_assignment(province.departments[0], coordinator, issuer=province.committee)

    def answer(code: str) -> None:
        actions.submit_proof(
            assignment=reload(assignment),
            document_code=code,
            document_on=ISSUED_AT.date(),
            text="",
            upload=actions.Upload("bao-cao.pdf", "application/pdf", PDF),
            by=officer,
            at=ISSUED_AT,
            version=assignment.version,
        )

    refused = at_once(lambda: answer("12/BC-SNV"), lambda: answer("13/BC-SNV"))

    assert [type(e) in {StaleObject, IllegalMove} for e in refused] == [True]
    assert Answer.objects.count() == 1
    assert not audit.verify().problems


def test_an_answer_is_accepted_or_returned(
    province: Province, coordinator: User, officer: User
) -> None:
    assignment = make_assignment(province.departments[0], coordinator, issuer=province.committee)
    version = submit(assignment, officer).version

    def decide(act: Callable[..., object], **more: str) -> None:
        act(assignment=reload(assignment), by=coordinator, at=ISSUED_AT, version=version, **more)

    refused = at_once(
        lambda: decide(actions.accept_answer),
        lambda: decide(actions.return_answer, reason="Thiếu phụ lục"),
    )

    assert [type(e) in {StaleObject, IllegalMove} for e in refused] == [True]
    answer = Answer.objects.get()
    accepted = reload(assignment).status == "accepted"
    assert answer.accepted is accepted
    assert answer.decision_reason == ("" if accepted else "Thiếu phụ lục")


def test_two_daily_runs_remind_once(province: Province, coordinator: User, officer: User) -> None:
    make_assignment(province.departments[0], coordinator, issuer=province.committee)
    late = datetime(2024, 7, 1, 8, tzinfo=VIETNAM)

    def run() -> None:
        actions.remind(at=late, calendar=CALENDAR, ladder=seed_ladder())

    refused = at_once(run, run)

    assert [e for e in refused if not isinstance(e, IntegrityError)] == []
    assert Reminder.objects.count() >= 1
    told = Notice.objects.filter(kind="assignments.reminded", user=officer)
    assert told.count() == 1


def test_a_proposal_is_changed_before_or_after_the_letter_is_issued(
    province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    proposal = make_proposal(directive, province.districts)

    refused = at_once(
        lambda: issue(Directive.objects.get(pk=directive.pk), coordinator),
        lambda: include_proposal(
            proposal=proposal, included=False, by=coordinator, at=ISSUED_AT, version=1
        ),
    )

    proposal.refresh_from_db()
    assert len(refused) == 1
    assert proposal.included is Duty.objects.exists()


def test_an_answer_that_fails_half_way_leaves_nothing(
    province: Province,
    coordinator: User,
    officer: User,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
) -> None:
    assignment = make_assignment(province.departments[0], coordinator, issuer=province.committee)
    notices = Notice.objects.count()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("tinhgon.apps.assignments.actions.answering._tell", fail)
    with pytest.raises(RuntimeError):
        submit(assignment, officer)
    gc.collect()  # the file goes with the transaction that waited to keep it

    assert reload(assignment).status == "issued"
    assert not Answer.objects.exists()
    assert not StoredFile.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    assert Notice.objects.count() == notices
    assert not audit.verify().problems
