"""What a procedure of a plan counts as: cut or simplified, its cost before and after, its days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from tinhgon.apps.plans.enums import LegalChangeStatus, PlanStatus, Verdict
from tinhgon.apps.plans.models import LegalChange, Measure, PlanItem, carried_out
from tinhgon.domain.simplification import COUNTED, ENDING, Planned, Stage

_COUNTED = sorted(verdict.value for verdict in COUNTED)
_ENDING = sorted(kind.value for kind in ENDING)


def live(items: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Return those that count as planned: neither refused nor in a plan that was withdrawn."""
    rows = items.exclude(verdict=Verdict.REFUSED.value)
    return rows.exclude(plan__status=PlanStatus.WITHDRAWN.value)


def with_figures(items: QuerySet[PlanItem]) -> Any:
    """
    Annotate `is_counted` (approved), `is_cut`, `before` and `after` (đồng a year).

    What was decided keeps the figures of its decision, and what the head confirmed those of that
    day, whatever becomes of the cost sheet; without any, what an imported decision states. Of a
    procedure that was approved in part only what was approved makes it cut.
    """
    ending = Measure.objects.filter(item=OuterRef("pk"), kind__in=_ENDING, granted_by__isnull=False)
    partly = Q(verdict=Verdict.PARTLY.value)
    # No verdict is given twice to one procedure: see simplification.ITEM.
    decided = FilteredRelation("decision_lines", condition=Q(decision_lines__verdict=F("verdict")))
    stated = Q(stated_costs__before__isnull=False, stated_costs__after__isnull=False)
    return items.annotate(
        decided=decided,
        is_counted=ExpressionWrapper(Q(verdict__in=_COUNTED), BooleanField()),
        is_cut=ExpressionWrapper(
            (partly & Exists(ending)) | (~partly & ~Q(ending="")), BooleanField()
        ),
        before=Coalesce(
            F("decided__cost_before"),
            F("cost_before"),
            F("review__cost_sheet__cost_now"),
            Case(When(stated, then=F("stated_costs__before"))),
        ),
        after=Coalesce(
            F("decided__cost_after"),
            F("recommendation__cost_after"),
            F("cost_after"),
            F("review__cost_sheet__cost_after"),
            Case(When(stated, then=F("stated_costs__after"))),
        ),
    )


def with_done_on(items: Any, day: date) -> Any:
    """
    Annotate `done_on`: the first day on which all of it holds, None where not all does on `day`.

    It is the day of `simplification.carrying_out`: when the amended version, or the end of the
    procedure, and the last of the texts came into force. No procedure ends before its versions
    begin, so that the amended one tells the day wherever it is in force.
    """
    texts = LegalChange.objects.filter(item=OuterRef("pk")).needed()
    texts = texts.exclude(status=LegalChangeStatus.DROPPED.value).order_by()
    in_force = texts.values("item").annotate(last=Max("in_force_on")).values("last")
    amended = Case(When(amendment__valid_from__lte=day, then=F("amendment__valid_from")))
    last = Greatest(
        Coalesce(amended, "ended_on", output_field=DateField()),
        Coalesce(Subquery(in_force), Value(date.min)),
        output_field=DateField(),
    )
    return items.with_endings().annotate(done_on=Case(When(carried_out(day), then=last)))


def days(row: Mapping[str, Any]) -> Iterator[tuple[Stage, date]]:
    """Yield since when values of an item, or of alike ones, are at each stage that they reached."""
    decided: date | None = row["plan__decided_on"]
    yield Stage.PLANNED, planned_on(row["plan__created_at"], decided)
    if decided and row["is_counted"]:
        yield Stage.APPROVED, decided
    if row["done_on"]:
        yield Stage.CARRIED_OUT, row["done_on"]


def planned_on(created_at: datetime, decided_on: date | None) -> date:
    """Return since when a plan is there: one entered after its decision, since that."""
    created = timezone.localtime(created_at).date()
    return min(created, decided_on) if decided_on else created


def as_planned(row: Mapping[str, Any], procedure: int, number: int, begun_on: date) -> Planned[int]:
    """Return values of an item, with figures and `done_on`, as the domain counts them."""
    reached = dict(days(row))
    return Planned(
        procedure,
        number,
        row["is_cut"],
        row["before"],
        row["after"],
        begun_on=begun_on,
        planned_on=reached[Stage.PLANNED],
        approved_on=reached.get(Stage.APPROVED),
        carried_out_on=reached.get(Stage.CARRIED_OUT),
    )
