"""
What is counted in each part of the work, as at a day: rows, and when each of them is done.

Today is told by the columns that the lists go by. A day in the past is told by the days that
stand in the records and, where a row may have been moved since, by the trail: what neither tells
is named as such and counts as nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.assignments.queries import filters
from tinhgon.apps.assignments.queries.past import past
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.inventories.models import InventoryReply
from tinhgon.apps.plans.enums import PlanStatus
from tinhgon.apps.plans.models import LegalChange, Plan, PlanItem, carried_out
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.apps.reviews.enums import STATUS_LABELS as REVIEW_LABELS
from tinhgon.apps.reviews.enums import Status as ReviewStatus
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.monitoring import Area
from tinhgon.domain.procedures import REPLIED
from tinhgon.domain.reporting import SENT
from tinhgon.domain.reviewing import VOUCHED

_REPLIED = sorted(status.value for status in REPLIED)
_SENT = sorted(status.value for status in SENT)
_VOUCHED = sorted(status.value for status in VOUCHED)
_NO_DAY = Cast(Value(None), DateField())
_NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Source:
    """
    Rows that are asked of agencies by a day; `agency` and `name` are the ways to both.

    `done` says which are done, `due` and `done_on` by when and when; `untold` of which the records
    do not say any more how they stood.
    """

    area: Area
    on: date
    rows: QuerySet[Any]
    agency: str
    name: str
    done: Q
    due: Any = _NO_DAY
    done_on: Any = _NO_DAY
    untold: Q | None = None


def sources(programme: Programme, agencies: QuerySet[Agency], moment: Moment) -> list[Source]:
    """Return all that is followed of a programme, at these agencies."""
    keys = agencies.order_by().values("pk")
    return [
        _published(keys, moment),
        _assignments(programme, keys, moment),
        _reports(programme, keys, moment),
        _inventories(programme, keys, moment),
        _reviews(programme, keys, moment),
        _plans(programme, keys, moment),
        _carrying(programme, keys, moment),
    ]


def _published(keys: Any, moment: Moment) -> Source:
    """The registry belongs to no programme. Who held a procedure on a past day, its tenures say."""
    rows, holder = ProcedureVersion.objects.in_force_on(moment.on), "holder"
    if moment.is_past:
        tenure, holder = "procedure__tenures", "procedure__tenures__agency"
        rows = rows.filter(
            Q((f"{tenure}__started_on", None)) | Q((f"{tenure}__started_on__lte", moment.on)),
            Q((f"{tenure}__ended_on", None)) | Q((f"{tenure}__ended_on__gt", moment.on)),
            Q((f"{holder}__in", keys)),
        )
    else:
        rows = rows.filter(holder__in=keys)
    return Source(Area.PUBLISHED, moment.on, rows, holder, "name", ~_NOTHING)


def _assignments(programme: Programme, keys: Any, moment: Moment) -> Source:
    duties = Duty.objects.filter(programme=programme).values("pk")
    found = Assignment.objects.filter(duty__in=duties, agency__in=keys)
    names = ("agency", "duty__summary")
    if not moment.is_past:
        return Source(
            Area.ASSIGNMENTS,
            moment.on,
            found.exclude(filters.GONE),
            *names,
            done=filters.ANSWERED,
            due=F("due_on"),
            done_on=F("done_on"),
        )
    told = past(found, moment)
    return Source(
        Area.ASSIGNMENTS,
        moment.on,
        told.rows,
        *names,
        done=told.done,
        due=told.due,
        done_on=told.done_on,
        untold=told.untold,
    )


def _reports(programme: Programme, keys: Any, moment: Moment) -> Source:
    """What was taken back or returned counts as not sent, until it is sent anew."""
    rows = Report.objects.filter(
        period__programme=programme, period__opened_on__lte=moment.on, agency__in=keys
    ).exclude(receiver=None)
    done = Q(status__in=_SENT, sent_at__lt=moment.night)
    untold = None
    if moment.is_past:
        changed = ReportPeriod.objects.filter(
            moment.moved_since("reports.reportperiod", ["reports.period_changed"])
        )
        moved = Q(moment.moved_since("reports.report", _SENDING))
        untold = Q(period__in=changed.values("pk"))
        untold |= ~done & Q(first_sent_at__lt=moment.night) & moved
    return Source(
        Area.REPORTS,
        moment.on,
        rows,
        "agency",
        "period__name",
        done=done,
        due=F("due_on"),
        done_on=TruncDate("first_sent_at"),
        untold=untold,
    )


_SENDING = ("reports.sent", "reports.nil", "reports.recalled", "reports.returned")
_ANSWERED = ("inventories.answered", "inventories.nil")
_REPLY = "inventories.inventoryreply"


def _inventories(programme: Programme, keys: Any, moment: Moment) -> Source:
    rows = InventoryReply.objects.filter(
        inventory__programme=programme, inventory__opened_on__lte=moment.on, agency__in=keys
    )
    done = Q(status__in=_REPLIED, answered_at__lt=moment.night)
    moved = Q(moment.moved_since(_REPLY, (*_ANSWERED, "inventories.returned")))
    untold = ~done & Q(moment.moved_before(_REPLY, _ANSWERED)) & moved
    return Source(
        Area.INVENTORIES,
        moment.on,
        rows,
        "agency",
        "inventory__name",
        done=done,
        due=F("inventory__due_on"),
        done_on=TruncDate("answered_at"),
        untold=untold if moment.is_past else None,
    )


_REVIEW, _MOVED = "reviews.review", ("reviews.moved",)
_ELSEWHERE = ("reviews.entered", "reviews.transferred")


def _reviews(programme: Programme, keys: Any, moment: Moment) -> Source:
    """A review that lapsed is asked of nobody; one that an old decision tells is done."""
    rows = Review.objects.filter(
        round__round__programme=programme,
        round__opened_on__lte=moment.on,
        created_at__lt=moment.night,
        agency__in=keys,
    )
    lapsed = Q(status=ReviewStatus.LAPSED.value)
    done = Q(status__in=_VOUCHED, confirmed_at__lt=moment.night) | Q(
        status=ReviewStatus.ENTERED.value
    )
    untold = None
    if moment.is_past:
        moved = Q(moment.moved_since(_REVIEW, _MOVED))
        words = REVIEW_LABELS[ReviewStatus.CONFIRMED]
        confirmed = Q(moment.moved_before(_REVIEW, _MOVED, words))
        elsewhere = Q(moment.moved_since(_REVIEW, _ELSEWHERE))
        untold = elsewhere | moved & (lapsed | ~done & confirmed)
        rows = rows.filter(~lapsed | moved)
    else:
        rows = rows.exclude(lapsed)
    return Source(
        Area.REVIEWS,
        moment.on,
        rows,
        "agency",
        "procedure_version__name",
        done=done,
        due=F("round__due_on"),
        done_on=TruncDate("confirmed_at"),
        untold=untold,
    )


_PLAN_MOVES = ("plans.withdrawn", "plans.resumed", "plans.transferred")


def _plans(programme: Programme, keys: Any, moment: Moment) -> Source:
    """No plan has a last day of its own: only the decision on it is counted."""
    rows = Plan.objects.filter(
        round__round__programme=programme, created_at__lt=moment.night, agency__in=keys
    )
    withdrawn = Q(status=PlanStatus.WITHDRAWN.value)
    untold = None
    if moment.is_past:
        untold = Q(moment.moved_since("plans.plan", _PLAN_MOVES))
        rows = rows.filter(~withdrawn | untold)
    else:
        rows = rows.exclude(withdrawn)
    return Source(
        Area.PLANS,
        moment.on,
        rows,
        "agency",
        "round__round__name",
        done=Q(decided_on__lte=moment.on),
        done_on=F("decided_on"),
        untold=untold,
    )


def _carrying(programme: Programme, keys: Any, moment: Moment) -> Source:
    """Approved procedures, due when the first of their texts that is not law yet is."""
    answered = Q(recommendation=None) | Q(recommendation__answer=None)
    rows = PlanItem.objects.granted().filter(
        answered | Q(recommendation__answer__issued_on__lte=moment.on),
        plan__round__round__programme=programme,
        plan__decided_on__lte=moment.on,
        plan__agency__in=keys,
    )
    texts = LegalChange.objects.filter(item=OuterRef("pk")).needed().order_by()
    undone = texts.open_on(moment.on)
    return Source(
        Area.CARRYING,
        moment.on,
        rows,
        "plan__agency",
        "review__procedure_version__name",
        done=carried_out(moment.on),
        due=Coalesce(_of_item(undone, Min("due_on")), _of_item(texts, Max("due_on"))),
        done_on=_of_item(texts, Max("in_force_on")),
    )


def _of_item(texts: QuerySet[LegalChange], value: Any) -> Subquery:
    told = texts.values("item").annotate(told=value).values("told")
    return Subquery(told, output_field=DateField())
