from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Prefetch

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import MeasureKind, PlanMove, Verdict
from tinhgon.apps.plans.models import LegalChange, Measure, PlanDecisionLine, PlanItem
from tinhgon.apps.procedures.queries.page import PartPieces, in_pieces
from tinhgon.domain.procedures import Record, Total, difference, swimlane, total_time
from tinhgon.domain.simplification import KIND_WORDS, targets

from .again import Again, again
from .costs import Costs, Stated, costs_of_items, stated_of
from .renewing import Renewal, renewal_of
from .suggested import accepted_later


@dataclass(frozen=True, slots=True)
class Side:
    """The procedure as it is or will be: its drawing and the time that its steps take."""

    drawing: str
    steps: int
    papers: int
    time: str

    @classmethod
    def of(cls, record: Record) -> Side:
        total: Total | None = total_time(record.steps)
        drawing = (swimlane(record.steps) if record.steps else None) or ""
        time = total.words if total else ""
        return cls(drawing, len(record.steps), len(record.papers), time)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    measure: Measure
    kind: str
    conflict: str
    legal_changes: list[LegalChange]


class ItemPage(TypedDict):
    item: PlanItem
    lines: list[MeasureLine]
    legal_changes: list[LegalChange]
    costs: Costs | None
    stated: Stated | None
    as_is: Side
    to_be: Side | None
    parts: list[PartPieces]
    kinds: list[tuple[str, str]]
    can_edit: bool
    suggested: list[tuple[str, str]]
    decided: list[PlanDecisionLine]
    others: list[PlanItem]
    again: Again | None
    renewal: Renewal | None
    history: list[Event]


def item_page(*, user: User, item: PlanItem, today: date) -> ItemPage:
    """Return one procedure of a plan: measures, what they make of it, texts to change."""
    measures = list(item.measures.all())
    changes = list(item.legal_changes.select_related("agency", "document"))
    conflicts = {row["measure"]: row["text"] for row in item.conflicts}
    as_is, to_be = item.as_is_record, item.to_be_record
    can_edit = policies.can(user, PlanMove.EDIT, item.plan)
    others = _others(user, item)
    goes_on = item.verdict != Verdict.REFUSED.value or any(each.is_live for each in others)
    is_imported = item.plan.is_imported  # then its decision states what nothing computes
    return {
        "item": item,
        "lines": [
            MeasureLine(
                measure,
                KIND_WORDS[MeasureKind(measure.kind)],
                conflicts.get(measure.pk, ""),
                [change for change in changes if change.measure_id == measure.pk],
            )
            for measure in measures
        ],
        "legal_changes": changes,
        "costs": None if is_imported else costs_of_items([item]).get(item.pk),
        "stated": stated_of([item.pk]).get(item.pk) if is_imported else None,
        "as_is": Side.of(as_is),
        "to_be": Side.of(to_be) if to_be else None,
        "parts": [in_pieces(part) for part in difference(as_is, to_be)] if to_be else [],
        "kinds": [(kind.value, KIND_WORDS[kind]) for kind in MeasureKind if targets(as_is, kind)],
        "can_edit": can_edit,
        "suggested": [
            (KIND_WORDS[MeasureKind(each.measure)], each.words)
            for each in (accepted_later([item]) if can_edit else [])
        ],
        "decided": list(item.decision_lines.select_related("decision__document")),
        "others": others,
        "again": None if goes_on else again(user=user, item=item, today=today),
        "renewal": renewal_of(item, measures, changes) if can_edit else None,
        "history": audit.history_of(item),
    }


def _others(user: User, item: PlanItem) -> list[PlanItem]:
    """Return where else the review stood or stands: refused, withdrawn, or going on."""
    rows = PlanItem.objects.visible_to(user).filter(review=item.review_id).exclude(pk=item.pk)
    lines = PlanDecisionLine.objects.select_related("decision__document")
    return list(
        rows.select_related("plan__agency", "plan__round__round")
        .prefetch_related(Prefetch("decision_lines", lines))
        .defer("to_be")
        .order_by("pk")
    )
