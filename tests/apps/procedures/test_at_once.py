"""Two at the same moment: one goes on, the other is told; nothing is done twice or by half."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.at_once import at_once
from tests.factories import Province, make_user
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.actions import Refused
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, WorkingCopy
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove
from tinhgon.domain.procedures import Move

from .samples import make_draft

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(version: ProcedureVersion) -> ProcedureVersion:
    return ProcedureVersion.objects.select_related("procedure__agency").get(pk=version.pk)


def test_a_proposal_is_confirmed_once(province: Province, head: User, office: User) -> None:
    version = make_version(province.departments[0])
    seen = version.version

    def confirm() -> None:
        actions.move_version(version=fresh(version), move=Move.CONFIRM, by=head, at=AT, seen=seen)

    refused = at_once(confirm, confirm)
    assert [type(e) in {StaleObject, IllegalMove} for e in refused] == [True]
    assert Notice.objects.filter(user=office).count() == 1
    assert not audit.verify().problems


def test_one_confirms_what_another_changes(province: Province, officer: User, head: User) -> None:
    version = make_version(province.departments[0], officer)
    seen = version.version
    record = replace(version.record, result="Văn bản")

    refused = at_once(
        lambda: actions.move_version(
            version=fresh(version), move=Move.CONFIRM, by=head, at=AT, seen=seen
        ),
        lambda: actions.edit_version(
            version=fresh(version), record=record, by=officer, at=AT, seen=seen
        ),
    )
    assert [type(e) in {StaleObject, IllegalMove} for e in refused] == [True]
    kept = fresh(version)
    assert (kept.status == Status.CONFIRMED) != (kept.record.result == "Văn bản")


def test_a_change_is_begun_once(province: Province, officer: User, head: User) -> None:
    version = make_version(province.departments[0], officer, status=Status.PUBLISHED)

    def begin(by: User) -> Any:
        procedure = Procedure.objects.select_related("agency").get(pk=version.procedure_id)
        return actions.draft_change(procedure=procedure, action=Action.AMENDED, by=by, at=AT)

    refused = at_once(lambda: begin(officer), lambda: begin(head))
    assert [type(e) for e in refused] == [Refused]
    assert version.procedure.versions.count() == 2
    assert Event.objects.filter(kind="procedures.drafted").count() == 1


def test_a_code_is_given_once(province: Province, office: User) -> None:
    one, other = (make_version(province.departments[0]).procedure for _ in range(2))

    def give(procedure: Procedure) -> None:
        actions.set_national_code(procedure=procedure, code="1.012345", by=office, at=AT, seen=1)

    refused = at_once(lambda: give(one), lambda: give(other))
    assert [type(e) for e in refused] == [Refused]
    assert Procedure.objects.filter(national_code="1.012345").count() == 1


def test_what_one_types_in_two_windows_is_kept_once(province: Province) -> None:
    version = make_draft(province.departments[0])
    by = make_user(province.departments[0])

    def keep(words: str) -> None:
        actions.keep_typed(
            version=fresh(version), typed={"result": words}, by=by, at=AT, seen=1, seen_at=AT
        )

    assert at_once(lambda: keep("một"), lambda: keep("hai")) == []
    assert WorkingCopy.objects.get().typed["result"] in {"một", "hai"}


def test_an_edit_that_fails_leaves_nothing(
    province: Province, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = make_draft(province.departments[0])
    before = fresh(version)
    record = replace(version.record, result="Văn bản", bases=())

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("tinhgon.apps.procedures.actions.writing.audit.record", fail)
    with pytest.raises(RuntimeError):
        actions.edit_version(version=version, record=record, by=officer, at=AT, seen=1)
    after = fresh(version)
    assert (after.content, after.version) == (before.content, before.version)
    assert after.citations.count() == len(before.record.bases)
