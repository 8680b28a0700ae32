"""What a procedure of a plan counts as: cut or simplified, its cost before and after, its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Protocol

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
from django.db.models.functions import Coalesce, Greatest, NullIf
from django.utils import timezone

from tinhgon.apps.plans.enums import LegalChangeStatus, Verdict
from tinhgon.apps.plans.models import UNDER_WAY, LegalChange, Measure, PlanItem, ended_on
from tinhgon.domain.simplification import COUNTED, ENDING, GRANTED, Stage

_COUNTED = sorted(verdict.value for verdict in COUNTED)
_GRANTED = sorted(verdict.value for verdict in GRANTED)
_ENDING = sorted(kind.value for kind in ENDING)
_NEVER = Value(date.max, output_field=DateField())


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


def with_done_on(items: Any) -> Any:
    """
    Annotate `done_on`: the first day on which all of it holds, None where something is missing.

    It is the day of `simplification.carrying_out`: when the amended version, or the end of the
    procedure, and the last of the texts came into force. No procedure ends before its versions
    begin, so that the amended one tells the day. It may be a day to come.
    """
    texts = LegalChange.objects.filter(item=OuterRef("pk")).needed()
    texts = texts.exclude(status=LegalChangeStatus.DROPPED.value).order_by()
    under_way = When(status__in=UNDER_WAY, then=_NEVER)
    in_force = Case(under_way, default=F("in_force_on"), output_field=DateField())
    last = Subquery(texts.values("item").annotate(last=Max(in_force)).values("last"))
    changed = Coalesce(F("amendment__valid_from"), ended_on(), _NEVER)
    done = NullIf(Greatest(Coalesce(last, Value(date.min)), changed), _NEVER)
    granted = When(verdict__in=_GRANTED, then=done)
    return items.annotate(done_on=Case(granted, output_field=DateField()))


class Reached(Protocol):
    """What tells since when an item, or several alike, are at a stage."""

    @property
    def created_at(self) -> datetime: ...
    @property
    def decided_on(self) -> date | None: ...
    @property
    def is_counted(self) -> bool: ...
    @property
    def done_on(self) -> date | None: ...


def days(of: Reached, on: date) -> Iterator[tuple[Stage, date]]:
    """Yield since when an item is at each stage that it reached until `on`."""
    reached = planned_on(of.created_at, of.decided_on)
    if reached <= on:
        yield Stage.PLANNED, reached
    if of.is_counted and of.decided_on and of.decided_on <= on:
        yield Stage.APPROVED, of.decided_on
    if of.done_on and of.done_on <= on:
        yield Stage.CARRIED_OUT, of.done_on


def planned_on(created_at: datetime, decided_on: date | None) -> date:
    """Return since when a plan is there: one entered after its decision, since that."""
    created = timezone.localtime(created_at).date()
    return min(created, decided_on) if decided_on else created
