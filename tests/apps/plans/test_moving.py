from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plans import (
    entry,
    make_assessed,
    make_confirmed,
    make_decided,
    make_measure,
    make_plan,
    make_ready,
    make_submitted_plan,
    opinion,
    signed_decision,
    vouch_for,
)
from tests.factories.procedures import AT
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.plans import actions
from tinhgon.apps.plans.enums import PlanStatus, Verdict
from tinhgon.apps.plans.models import Plan, PlanDecision, PlanItem
from tinhgon.apps.plans.queries.preparing import issuers
from tinhgon.domain.lifecycle import IllegalMove

S, V = PlanStatus, Verdict


def fresh(plan: Plan) -> Plan:
    return Plan.objects.select_related("agency", "round__round").get(pk=plan.pk)


def test_the_way_of_a_plan(province: Province) -> None:
    plan, decision = make_decided(province.departments[0])

    found = fresh(plan)
    assert found.status == S.APPROVED
    assert found.decided_on == decision.document.issued_on
    assert [m.granted_by for m in plan.items.get().measures.all()] == [decision.lines.get()]
    kinds = Event.objects.order_by("number").values_list("kind", flat=True)
    assert [kind for kind in kinds if kind.startswith("plans.")] == [
        "plans.drafted",
        "plans.measure_added",
        "plans.confirmed",
        "plans.assessed",
        "plans.submitted",
        "plans.decision_recorded",
        "plans.decided",
    ]


def test_the_head_confirms_only_what_is_whole(province: Province) -> None:
    plan = make_plan(province.departments[0])
    vouch_for(plan)
    head = make_user(plan.agency, "head")

    with pytest.raises(actions.Refused, match="chưa có nội dung đơn giản hóa"):
        actions.confirm_plan(plan=plan, by=head, at=AT, seen=plan.version)

    item = plan.items.get()
    make_measure(item, reason="")
    plan = fresh(plan)
    with pytest.raises(actions.Refused, match="chưa ghi lý do"):
        actions.confirm_plan(plan=plan, by=head, at=AT, seen=plan.version)


def test_nobody_confirms_what_he_has_not_seen(province: Province) -> None:
    plan = make_ready(province.departments[0])
    seen = plan.version
    item = plan.items.get()
    item.plan = fresh(plan)
    actions.describe_item(
        item=item, proposal="Sửa Điều 5", by=make_user(plan.agency), at=AT, seen=item.version
    )

    with pytest.raises(actions.StaleObject):
        actions.confirm_plan(plan=fresh(plan), by=make_user(plan.agency, "head"), at=AT, seen=seen)
    assert fresh(plan).status == S.DRAFT


def test_a_measure_cannot_change_once_the_plan_is_confirmed(province: Province) -> None:
    plan = make_confirmed(province.departments[0])
    item = PlanItem.objects.select_related("plan").get(plan=plan)

    with pytest.raises(IllegalMove):
        make_measure(item, entry=entry(target="step:2"))


def test_a_measure_that_changes_while_the_head_confirms_is_told_so(province: Province) -> None:
    plan = make_ready(province.departments[0])
    item = PlanItem.objects.select_related("plan").get(plan=plan)  # read before the confirmation
    actions.confirm_plan(plan=plan, by=make_user(plan.agency, "head"), at=AT, seen=plan.version)

    with pytest.raises(actions.StaleObject):
        make_measure(item, entry=entry(target="step:2", value={"amount": "1", "unit": "hour"}))
    assert item.measures.count() == 1


def test_nobody_assesses_the_plan_of_his_own_agency(province: Province) -> None:
    plan = make_confirmed(province.departments[0])
    own = make_user(plan.agency, "coordinator", scope=province.committee)

    for act in (actions.assess_plan, actions.return_plan):
        with pytest.raises(PermissionDenied):
            act(plan=plan, opinion=opinion(plan.agency), by=own, at=AT, seen=plan.version)


def test_a_returned_plan_is_corrected_and_confirmed_anew(province: Province) -> None:
    plan = make_confirmed(province.departments[0])
    office = make_user(province.committee, "coordinator")
    with pytest.raises(actions.Refused):
        actions.return_plan(
            plan=plan, opinion=opinion(province.committee, " "), by=office, at=AT, seen=plan.version
        )

    actions.return_plan(
        plan=plan,
        opinion=opinion(province.committee, "Chưa nêu văn bản phải sửa."),
        by=office,
        at=AT,
        seen=plan.version,
    )

    assert (plan.status, plan.confirmed_at) == (S.RETURNED, None)
    assert plan.reason == "Chưa nêu văn bản phải sửa."
    make_measure(
        PlanItem.objects.select_related("plan").get(plan=plan),
        entry=entry(target="step:2", value={"amount": "1", "unit": "working_day"}),
    )
    plan = fresh(plan)
    actions.confirm_plan(plan=plan, by=make_user(plan.agency, "head"), at=AT, seen=plan.version)
    assert (plan.status, plan.reason) == (S.CONFIRMED, "")


def test_what_was_assessed_was_seen(province: Province) -> None:
    plan = make_confirmed(province.departments[0])
    seen = plan.version
    actions.reopen_plan(plan=plan, by=make_user(plan.agency, "head"), at=AT, seen=seen)
    actions.confirm_plan(plan=plan, by=make_user(plan.agency, "head"), at=AT, seen=plan.version)

    with pytest.raises(actions.StaleObject):
        actions.assess_plan(
            plan=plan,
            opinion=opinion(province.committee),
            by=make_user(province.committee, "coordinator"),
            at=AT,
            seen=seen,
        )


def test_a_plan_is_submitted_with_its_letter(province: Province) -> None:
    plan = make_assessed(province.departments[0])

    actions.submit_plan(
        plan=plan,
        letter=actions.Letter("7", AT.date()),
        by=make_user(plan.agency, "head"),
        at=AT,
        seen=plan.version,
    )

    assert plan.status == S.SUBMITTED
    assert plan.submission is not None
    assert plan.submission.number == "7"


ROLES = ["officer", "head", "coordinator", "clerk", "leader", "administrator"]
MoveOf = Callable[[Plan, Any], object]
MOVES: dict[str, tuple[Callable[[Any], Plan], MoveOf, set[str]]] = {
    "confirm": (
        make_ready,
        lambda p, u: actions.confirm_plan(plan=p, by=u, at=AT, seen=p.version),
        {"head"},
    ),
    "reopen": (
        make_confirmed,
        lambda p, u: actions.reopen_plan(plan=p, by=u, at=AT, seen=p.version),
        {"head"},
    ),
    "assess": (
        make_confirmed,
        lambda p, u: actions.assess_plan(
            plan=p, opinion=opinion(p.round.agency), by=u, at=AT, seen=p.version
        ),
        {"coordinator"},
    ),
    "submit": (
        make_assessed,
        lambda p, u: actions.submit_plan(
            plan=p, letter=actions.Letter(), by=u, at=AT, seen=p.version
        ),
        {"head"},
    ),
    "withdraw": (
        make_ready,
        lambda p, u: actions.withdraw_plan(plan=p, reason="Chờ", by=u, at=AT, seen=p.version),
        {"head"},
    ),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("move", MOVES)
def test_who_makes_which_move(province: Province, move: str, role: str) -> None:
    make, act, allowed = MOVES[move]
    plan = make(province.departments[0])
    user = make_user(province.committee, role)

    if role in allowed:
        act(plan, user)
        assert fresh(plan).version == plan.version
    else:
        with pytest.raises(PermissionDenied):
            act(plan, user)


def decide(plan: Plan, verdicts: list[actions.Decided], **values: Any) -> PlanDecision:
    above = values.pop("issuer", plan.agency.parent)
    return actions.record_decision(
        plans=[actions.Seen(plan, values.pop("seen", plan.version))],
        verdicts=dict(zip(plan.items.values_list("pk", flat=True), verdicts, strict=False)),
        signed=signed_decision(above, **values),
        by=make_user(above, "clerk"),
        at=AT,
    )


def verdict(value: Verdict, *measures: int) -> actions.Decided:
    return actions.Decided(value, "Chưa phù hợp", frozenset(measures))


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([V.APPROVED, V.APPROVED], S.APPROVED),
        ([V.APPROVED, V.RECOMMENDED_UP], S.APPROVED),
        ([V.APPROVED, V.REFUSED], S.APPROVED_IN_PART),
        ([V.RECOMMENDED_UP, V.REFUSED], S.APPROVED_IN_PART),
        ([V.REFUSED, V.REFUSED], S.REFUSED),
    ],
)
def test_what_the_decision_makes_of_the_plan(
    province: Province, given: list[Verdict], status: PlanStatus
) -> None:
    plan = make_submitted_plan(province.departments[0], 2)

    decide(plan, [verdict(each) for each in given])

    assert fresh(plan).status == status
    assert [item.verdict for item in plan.items.all()] == given


def test_part_of_the_measures_is_granted(province: Province) -> None:
    plan = make_ready(province.departments[0])
    item = PlanItem.objects.select_related("plan").get(plan=plan)
    second = make_measure(item, entry=entry(target="step:2", value={"amount": "1", "unit": "hour"}))
    plan = fresh(plan)
    actions.confirm_plan(plan=plan, by=make_user(plan.agency, "head"), at=AT, seen=plan.version)
    office = make_user(province.committee, "coordinator")
    actions.assess_plan(
        plan=plan, opinion=opinion(province.committee), by=office, at=AT, seen=plan.version
    )
    actions.submit_plan(
        plan=plan,
        letter=actions.Letter(),
        by=make_user(plan.agency, "head"),
        at=AT,
        seen=plan.version,
    )

    with pytest.raises(actions.Refused, match="một số, không phải tất cả"):
        decide(plan, [verdict(V.PARTLY, *item.measures.values_list("pk", flat=True))])
    decision = decide(plan, [verdict(V.PARTLY, second.pk)])

    granted = item.measures.filter(granted_by__isnull=False)
    assert list(granted) == [second]
    assert decision.lines.get().verdict == V.PARTLY
    assert fresh(plan).status == S.APPROVED_IN_PART


def test_every_procedure_needs_a_verdict_and_a_refusal_its_reason(province: Province) -> None:
    plan = make_submitted_plan(province.departments[0], 2)

    with pytest.raises(actions.Refused, match="Chọn kết quả"):
        decide(plan, [verdict(V.APPROVED)])
    with pytest.raises(actions.Refused, match="Ghi lý do"):
        decide(plan, [verdict(V.APPROVED), actions.Decided(V.REFUSED)])
    assert not PlanDecision.objects.exists()


def test_nobody_records_the_decision_of_an_agency_above_him(province: Province) -> None:
    plan = make_submitted_plan(province.departments[0])
    clerk = make_user(plan.agency, "clerk")

    with pytest.raises(PermissionDenied):
        actions.record_decision(
            plans=[actions.Seen(plan, plan.version)],
            verdicts={plan.items.get().pk: verdict(V.APPROVED)},
            signed=signed_decision(province.committee),
            by=clerk,
            at=AT,
        )
    assert plan.agency not in issuers(plan)


def test_no_two_decisions_bear_the_same_number(province: Province) -> None:
    one, two = (make_submitted_plan(agency) for agency in province.departments)
    decide(one, [verdict(V.APPROVED)], number="077")

    with pytest.raises(actions.Refused, match="Đã ghi"):
        decide(two, [verdict(V.APPROVED)], number="77")
    assert fresh(two).status == S.SUBMITTED


def test_a_plan_returned_at_the_last_moment_is_not_decided(province: Province) -> None:
    plan = make_submitted_plan(province.departments[0])
    stale = fresh(plan)
    actions.return_plan(
        plan=plan,
        opinion=opinion(province.committee, "Bổ sung chi phí."),
        by=make_user(province.committee, "coordinator"),
        at=AT,
        seen=plan.version,
    )

    with pytest.raises(actions.StaleObject):
        decide(stale, [verdict(V.APPROVED)])
    assert not PlanDecision.objects.exists()
    assert plan.items.get().verdict == V.WAITING


def test_one_decision_on_the_plans_of_two_agencies(province: Province) -> None:
    plans = [make_submitted_plan(agency) for agency in province.departments]

    decision = actions.record_decision(
        plans=[actions.Seen(plan, plan.version) for plan in plans],
        verdicts={p.items.get().pk: verdict(V.APPROVED) for p in plans},
        signed=signed_decision(province.committee),
        by=make_user(province.committee, "clerk"),
        at=AT,
    )

    assert decision.lines.count() == 2
    assert {fresh(plan).status for plan in plans} == {S.APPROVED}


def test_those_whose_turn_it_is_are_told(province: Province) -> None:
    officer = make_user(province.departments[0], "officer")
    office = make_user(province.committee, "coordinator")
    clerk = make_user(province.committee, "clerk")

    make_decided(province.departments[0])

    assert list(Notice.objects.filter(user=office).values_list("kind", flat=True).distinct())
    assert Notice.objects.filter(user=clerk, kind="plans.submitted").count() == 1
    assert Notice.objects.filter(user=officer, kind="plans.decided").count() == 1


def test_a_withdrawn_plan_is_taken_up_again(province: Province) -> None:
    plan = make_confirmed(province.departments[0])
    head = make_user(plan.agency, "head")
    actions.withdraw_plan(plan=plan, reason="Chờ văn bản mới", by=head, at=AT, seen=plan.version)
    actions.resume_plan(plan=plan, by=head, at=AT, seen=plan.version)

    assert (plan.status, plan.items.get().measures.count()) == (S.DRAFT, 1)
