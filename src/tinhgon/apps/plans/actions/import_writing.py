"""A signed decision on plans written at one stroke as plans that were decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import (
    STATUS_LABELS,
    ImportMove,
    MeasureKind,
    PlanStatus,
    RowChoice,
    Verdict,
)
from tinhgon.apps.plans.models import (
    LegalChange,
    Measure,
    Plan,
    PlanDecision,
    PlanDecisionLine,
    PlanImport,
    PlanImportRow,
    PlanItem,
    StatedCosts,
)
from tinhgon.apps.plans.queries.import_standing import standing_of
from tinhgon.apps.plans.queries.imports import has_reviews, obstacles
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import actions as reviews
from tinhgon.apps.reviews.enums import Outcome
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.bulk import insert
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission
from tinhgon.domain.simplification import COUNTED, ENDING, PLAN, move_of_plan

from ._registering import SignedDecision, register_decision
from ._shared import tell
from ._texts import new_text
from .importing import move_import
from .recommending import open_recommendations

_OUTCOMES = {MeasureKind.ABOLISH.value: Outcome.ABOLISH, MeasureKind.MERGE.value: Outcome.MERGE}


@dataclass(slots=True)
class _Made:
    """One procedure on its way from the decision into a plan."""

    row: PlanImportRow
    ending: MeasureKind | None
    review: Review
    plan: Plan
    item: PlanItem | None = None
    line: PlanDecisionLine | None = None


@transaction.atomic
def write_import(*, plan_import: PlanImport, by: User, at: datetime, seen: int) -> PlanDecision:
    """
    Record the decision, with a decided plan for each agency that holds a procedure of it.

    Measures are the text of the decision: nothing is computed from them, and its costs are kept as
    stated. Everything is written, or nothing.

    :raises IllegalMove, PermissionDenied: as `move_import`; also if a procedure is held by an
        agency whose decisions `by` may not enter.
    :raises StaleObject: if it changed since `seen` was seen, or the registry at this very moment.
    :raises Refused: if something is undecided or missing, the decision is recorded already, or a
        procedure came into a plan or a review of the round since the preview.
    """
    standing = standing_of(plan_import, today=at.date(), by=by)
    moved = move_import(
        plan_import, ImportMove.WRITE, by=by, seen=seen, written_at=at, written_by=by
    )
    if found := obstacles(plan_import, standing, today=at.date()):
        raise Refused(" ".join(found))
    rows = _rows(plan_import)
    for agency in {row.version.holder for row in rows if row.version}:
        policies.check_import_for(by, agency)
    signed = _signed(plan_import)
    decision, entry = register_decision(signed, plan_import.file, by=by, at=at, is_imported=True)
    review_round = _review_round(plan_import, signed.issued_on, by=by, at=at)
    made = _plans(rows, review_round, decision, by=by, at=at)
    _write_items(made, decision)
    PlanImportRow.objects.bulk_update(rows, ["item", "made_review"], batch_size=100)
    plan_import.change(seen_version=plan_import.version, decision=decision)
    plans = list({each.plan.pk: each.plan for each in made}.values())
    for plan in plans:
        _tell(plan, decision, by=by, at=at)
    first = audit.Entry(
        "plans.import_written",
        plan_import,
        (*moved, audit.Change("Số thủ tục đã ghi", "", str(len(made)))),
    )
    entries = [audit.Entry("plans.imported", plan, (), str(decision)) for plan in plans]
    recorded = audit.Entry("plans.decision_recorded", decision)
    opened = open_recommendations([each.item for each in made if each.item], at=at)
    audit.record_all([first, recorded, *entries, *opened, entry], by=by, at=at)
    return decision


def _rows(plan_import: PlanImport) -> list[PlanImportRow]:
    rows = plan_import.rows.filter(choice=RowChoice.TAKE.value).order_by("order")
    return list(rows.select_related("procedure__agency", "version__holder", "version__procedure"))


def _signed(plan_import: PlanImport) -> SignedDecision:
    said, issuer = plan_import.heading, plan_import.issuer
    if issuer is None:
        raise Refused("Chưa rõ cơ quan ban hành quyết định: sửa phần đầu quyết định.", "issuer")
    return SignedDecision(
        issuer=issuer,
        subject=said["subject"],
        number=said["number"],
        issued_on=date.fromisoformat(said["issued_on"]),
        symbol=said.get("symbol", ""),
        signer_name=said["signer_name"],
        signer_title=said.get("signer_title", ""),
        signer_authority=said.get("signer_authority", ""),
    )


def _review_round(plan_import: PlanImport, on: date, *, by: User, at: datetime) -> ReviewRound:
    if has_reviews(plan_import.round):
        return plan_import.round.review_round
    made = reviews.enter_round(programme_round=plan_import.round, on=on, by=by, at=at)
    plan_import.change(seen_version=plan_import.version, entered_round=True)
    return made


def entered(
    version: ProcedureVersion, agency: Agency, ending: str, decision: PlanDecision
) -> reviews.Entered:
    """Return what a decision tells of the review of a procedure that it ends, or amends ("")."""
    return reviews.Entered(
        version=version,
        agency=agency,
        outcome=_OUTCOMES.get(ending, Outcome.AMEND),
        reason=f"Theo {decision}.",
    )


def _ending(row: PlanImportRow) -> MeasureKind | None:
    """Return by which measure the procedure ends: of what was approved in part, an approved one."""
    measures = row.said["measures"]
    if row.verdict == Verdict.PARTLY.value:
        measures = [measure for measure in measures if _is_granted(row, measure)]
    kinds = [MeasureKind(measure["kind"]) for measure in measures]
    return next((kind for kind in kinds if kind in ENDING), None)


def _plans(
    rows: Sequence[PlanImportRow],
    review_round: ReviewRound,
    decision: PlanDecision,
    *,
    by: User,
    at: datetime,
) -> list[_Made]:
    endings = {row.pk: _ending(row) for row in rows}
    told = [
        entered(row.version, row.version.holder, endings[row.pk] or "", decision)
        for row in rows
        if row.version
    ]
    found = reviews.enter_reviews(review_round=review_round, rows=told, by=by, at=at)
    verdicts: dict[int, set[Verdict]] = defaultdict(set)
    for row, (review, _) in zip(rows, found, strict=True):
        verdicts[review.agency.pk].add(Verdict(row.verdict))
    plans: dict[int, Plan] = {}
    made = []
    for row, (review, is_new) in zip(rows, found, strict=True):
        agency = review.agency
        if agency.pk not in plans:
            policies.check_import_for(by, agency)  # a review begun elsewhere stays there
            plans[agency.pk] = _plan(
                review_round, agency, decision, verdicts[agency.pk], by=by, at=at
            )
        row.made_review = is_new
        made.append(_Made(row, endings[row.pk], review, plans[agency.pk]))
    return made


def _is_granted(row: PlanImportRow, measure: Mapping[str, Any]) -> bool:
    return Verdict(row.verdict) in COUNTED and measure.get("granted", True)


def _plan(
    review_round: ReviewRound,
    agency: Agency,
    decision: PlanDecision,
    verdicts: Collection[Verdict],
    *,
    by: User,
    at: datetime,
) -> Plan:
    """Make the plan of an agency, as the decision on its procedures leaves it."""
    status = PLAN.transition_for(PlanStatus.SUBMITTED, move_of_plan(verdicts)).to
    last = Plan.objects.filter(round=review_round, agency=agency).aggregate(n=Max("number"))["n"]
    try:
        with transaction.atomic():
            return Plan.objects.create(
                round=review_round,
                agency=agency,
                number=(last or 0) + 1,
                status=status.value,
                is_imported=True,
                created_at=at,
                created_by=by,
                changed_at=at,
                decided_on=decision.document.issued_on,
            )
    except IntegrityError:
        raise StaleObject from None


def _write_items(made: Sequence[_Made], decision: PlanDecision) -> None:
    orders: dict[int, int] = defaultdict(int)
    for each in made:
        orders[each.plan.pk] += 1
        each.item = PlanItem(
            plan=each.plan,
            review=each.review,
            as_is=each.review.procedure_version,
            order=orders[each.plan.pk],
            ending=each.ending.value if each.ending else "",
            proposal=each.row.said["implementation"],
            verdict=each.row.verdict,
            is_live=each.row.verdict != Verdict.REFUSED.value,
        )
    try:
        with transaction.atomic():
            insert([each.item for each in made if each.item])
    except IntegrityError:
        raise StaleObject from None  # the review went into another plan at this very moment
    for order, each in enumerate(made, start=1):
        each.row.item = each.item
        each.line = PlanDecisionLine(
            decision=decision,
            item=each.item,
            order=order,
            verdict=each.row.verdict,
            reason=each.row.verdict_reason,
        )
    insert([each.line for each in made if each.line])
    insert([measure for each in made for measure in _measures(each)])
    insert([change for each in made for change in _legal_changes(each)])
    insert([costs for each in made for costs in _stated(each)])


def _measures(each: _Made) -> list[Measure]:
    """Return the measures as the decision words them: they act on no part of the record."""
    return [
        Measure(
            item=each.item,
            order=order,
            kind=said["kind"],
            content=said["content"],
            reason=said["reason"],
            granted_by=each.line if _is_granted(each.row, said) else None,
        )
        for order, said in enumerate(each.row.said["measures"], start=1)
    ]


def _legal_changes(each: _Made) -> list[LegalChange]:
    if each.item is None:
        return []
    return [
        new_text(
            each.item,
            text=said["text"],
            provision=said["provision"],
            work=said["work"],
            agency_id=said.get("agency") or each.plan.agency_id,
            due_on=date.fromisoformat(said["due_on"]) if said.get("due_on") else None,
        )
        for said in each.row.texts
    ]


def _stated(each: _Made) -> list[StatedCosts]:
    costs: Mapping[str, str] = each.row.said["costs"]
    if not costs:
        return []
    return [StatedCosts(item=each.item, **{n: Decimal(value) for n, value in costs.items()})]


def _tell(plan: Plan, decision: PlanDecision, *, by: User, at: datetime) -> None:
    users = people.holding_nearest(plan.agency, Permission.REVIEW_PROCEDURES, on=at.date())
    words = STATUS_LABELS[PlanStatus(plan.status)].lower()
    goes_on = "" if plan.status == PlanStatus.REFUSED.value else ", theo dõi thực thi từ nay"
    text = f"{plan}: {words} ({decision.document.title}){goes_on}."
    tell(users, kind="plans.decided", text=text, plan=plan, by=by, at=at)
