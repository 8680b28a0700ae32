"""The signed decision on plans: a verdict on every procedure, with the figures of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files import actions as files
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import VERDICT_LABELS, ItemMove, PlanMove, Verdict
from tinhgon.apps.plans.models import Measure, Plan, PlanDecision, PlanDecisionLine, PlanItem
from tinhgon.apps.reviews import actions as reviews
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission
from tinhgon.domain.simplification import COUNTED, ITEM, move_of_plan

from ._costs import after_of
from ._registering import SignedDecision, register_decision
from ._shared import make_move, tell
from .recommending import open_recommendations

_MOVES = {
    Verdict.APPROVED: ItemMove.APPROVE,
    Verdict.PARTLY: ItemMove.APPROVE_IN_PART,
    Verdict.REFUSED: ItemMove.REFUSE,
    Verdict.RECOMMENDED_UP: ItemMove.RECOMMEND_UP,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """The verdict on one procedure. `measures`: those approved, where only some of them are."""

    verdict: Verdict
    reason: str = ""
    measures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """A plan to decide on, as its reader saw it."""

    plan: Plan
    version: int


@transaction.atomic
def record_decision(
    *,
    plans: Sequence[Seen],
    verdicts: Mapping[int, Decided],
    signed: SignedDecision,
    by: User,
    at: datetime,
) -> PlanDecision:
    """
    Record a signed decision on one plan or several; `verdicts` by the key of each item.

    What becomes of a plan is the rule of `simplification.move_of_plan`.

    :raises IllegalMove, PermissionDenied: as `make_move`.
    :raises StaleObject: if a plan, or anything in it, changed since it was seen.
    :raises Refused: if a procedure has no verdict, one that is not approved has no reason, or the
        number is taken.
    """
    for seen in plans:
        policies.check(by, PlanMove.APPROVE, seen.plan)
    policies.check_record_for(by, signed.issuer)
    items = [item for seen in plans for item in _items(seen.plan)]
    if not items:
        raise Refused("Chọn phương án được quyết định.", "plans")
    _check_verdicts(items, verdicts)
    file = files.store_optional(signed.upload, at=at)
    decision, entry = register_decision(signed, file, by=by, at=at)
    for order, item in enumerate(items, 1):
        _decide(decision, order, item, verdicts[item.pk])
    opened = open_recommendations(items, at=at)
    refused = [item.review for item in items if verdicts[item.pk].verdict is Verdict.REFUSED]
    released = reviews.release_reviews([r for r in refused if r.is_held], at=at)
    moves = [
        audit.Entry("plans.decided", seen.plan, _move(seen, verdicts, signed, by=by, at=at))
        for seen in plans
    ]
    for seen in plans:
        _tell(seen.plan, decision.document, by=by, at=at)
    first = audit.Entry("plans.decision_recorded", decision, _lines_words(items, verdicts))
    audit.record_all([first, *moves, entry, *opened, *released], by=by, at=at)
    return decision


def _items(plan: Plan) -> list[PlanItem]:
    items = plan.items.select_related(
        "plan__agency", "review__procedure_version", "review__round__round", "as_is"
    )
    return list(items.prefetch_related("measures", "legal_changes"))


def _check_verdicts(items: Sequence[PlanItem], verdicts: Mapping[int, Decided]) -> None:
    for item in items:
        decided = verdicts.get(item.pk)
        if decided is None or decided.verdict is Verdict.WAITING:
            raise Refused(f"Chọn kết quả đối với “{item}”.", f"verdict_{item.pk}")
        ITEM.transition_for(Verdict(item.verdict), _MOVES[decided.verdict])
        if decided.verdict in (Verdict.PARTLY, Verdict.REFUSED) and not decided.reason.strip():
            raise Refused(f"Ghi lý do đối với “{item}”.", f"reason_{item.pk}")
        if decided.verdict is Verdict.PARTLY:
            _check_partly(item, decided)


def _check_partly(item: PlanItem, decided: Decided) -> None:
    own = {measure.pk for measure in item.measures.all()}
    if not decided.measures or not decided.measures < own:
        raise Refused(
            f"Chọn nội dung được phê duyệt đối với “{item}”: một số, không phải tất cả.",
            f"measures_{item.pk}",
        )


def _decide(decision: PlanDecision, order: int, item: PlanItem, decided: Decided) -> None:
    line = PlanDecisionLine.objects.create(
        decision=decision,
        item=item,
        order=order,
        verdict=decided.verdict.value,
        reason=decided.reason.strip(),
        cost_before=item.cost_before,
        cost_after=_cost_after(item, decided),
    )
    item.change(
        seen_version=item.version,
        verdict=decided.verdict.value,
        is_live=decided.verdict is not Verdict.REFUSED,
    )
    if decided.verdict in COUNTED:
        granted = Measure.objects.filter(item=item)
        if decided.verdict is Verdict.PARTLY:
            granted = granted.filter(pk__in=decided.measures)
        granted.update(granted_by=line)


def _cost_after(item: PlanItem, decided: Decided) -> Decimal | None:
    """Return what the procedure will cost by the decision: what was refused saves nothing."""
    match decided.verdict:
        case Verdict.REFUSED:
            return item.cost_before
        case Verdict.PARTLY:
            return after_of(item, [m for m in item.measures.all() if m.pk in decided.measures])
        case _:
            return item.cost_after


def _move(
    seen: Seen,
    verdicts: Mapping[int, Decided],
    signed: SignedDecision,
    *,
    by: User,
    at: datetime,
) -> tuple[audit.Change, ...]:
    given = {verdicts[pk].verdict for pk in seen.plan.items.values_list("pk", flat=True)}
    move = move_of_plan(given)
    return make_move(seen.plan, move, by=by, at=at, seen=seen.version, decided_on=signed.issued_on)


def _lines_words(
    items: Sequence[PlanItem], verdicts: Mapping[int, Decided]
) -> tuple[audit.Change, ...]:
    return tuple(
        audit.Change(str(item)[:200], "", VERDICT_LABELS[verdicts[item.pk].verdict])
        for item in items
    )


def _tell(plan: Plan, document: Document, *, by: User, at: datetime) -> None:
    users = people.holding_nearest(plan.agency, Permission.REVIEW_PROCEDURES, on=at.date())
    text = f"{plan}: {plan.status_words.lower()} ({document.title})."
    tell(users, kind="plans.decided", text=text, plan=plan, by=by, at=at)
