"""Two who record at the same moment: one is told, and nothing is written without the other."""

from __future__ import annotations

from datetime import date

import pytest

from tests.at_once import at_once
from tests.factories import make_province, make_user
from tests.factories.procedures import AT, make_record
from tests.factories.publications import abolishing, make_entered, make_submitted, signed
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.enums import DecisionStatus
from tinhgon.apps.publications.models import Decision
from tinhgon.common.models import StaleObject
from tinhgon.domain.lifecycle import IllegalMove

pytestmark = pytest.mark.django_db(transaction=True)


def record(decision: Decision, number: str, **paper: date) -> None:
    fresh = Decision.objects.select_related("document", "issuer", "drafter").get(pk=decision.pk)
    actions.record_signed(
        decision=fresh,
        signed=signed(number, **paper),
        upload=None,
        by=make_user(fresh.drafter, "clerk"),
        at=AT,
        seen=decision.version,
    )


def test_a_decision_is_recorded_once() -> None:
    home = make_province().departments[0]
    keeper = make_user(home, "officer")
    decision = make_submitted(home)

    refused = at_once(*[lambda n=n: record(decision, n) for n in ("45", "46")])

    assert [type(e) in {StaleObject, IllegalMove} for e in refused] == [True]
    assert Decision.objects.filter(status=DecisionStatus.SIGNED.value).count() == 1
    assert Notice.objects.filter(user=keeper, kind="publications.recorded").count() == 1
    assert not audit.verify().problems


def test_two_decisions_on_one_procedure_know_of_each_other() -> None:
    home = make_province().departments[0]
    make_entered(home, on=date(2024, 1, 2), number="1")
    procedure = home.procedures.get()
    first = make_submitted(home, abolished=[procedure])
    second = make_submitted(home, abolished=[procedure])

    refused = at_once(lambda: record(first, "45"), lambda: record(second, "46"))

    [blocked] = refused
    assert isinstance(blocked, actions.Blocked)
    assert Decision.objects.filter(status=DecisionStatus.SIGNED.value).count() == 2


def test_decisions_entered_at_the_same_moment_make_one_history() -> None:
    home = make_province().departments[0]
    make_entered(home, on=date(2023, 1, 2), number="1")
    procedure = home.procedures.get()
    clerk = make_user(home, "clerk")
    record_two = make_record("Tên hai")
    amended = actions.Entered(Action.AMENDED, "Tên hai", record_two, procedure)

    refused = at_once(
        lambda: make_entered(home, [amended], on=date(2024, 1, 2), number="2", by=clerk),
        lambda: make_entered(
            home, [abolishing(procedure)], on=date(2024, 5, 2), number="3", by=clerk
        ),
    )

    assert refused == []
    days = ProcedureVersion.objects.order_by("valid_from").values_list("valid_from", "valid_to")
    assert list(days) == [
        (date(2023, 1, 2), date(2024, 1, 2)),
        (date(2024, 1, 2), date(2024, 5, 2)),
    ]


def test_a_number_is_given_once() -> None:
    home = make_province().departments[0]
    decisions = [make_submitted(home) for _ in range(2)]

    refused = at_once(*[lambda d=d: record(d, "45") for d in decisions])

    assert len(refused) == 1
    assert isinstance(refused[0], actions.Refused | StaleObject)
    assert Decision.objects.exclude(code_key=None).count() == 1
