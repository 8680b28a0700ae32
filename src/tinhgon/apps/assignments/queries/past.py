"""
How assignments stood on a day that is over, by the days in their records and by the trail.

What neither tells any more (a last day that a later letter moved) is named as such, and today's
figure never stands in for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate

from tinhgon.apps.assignments.enums import AnswerKind, ExtensionStatus, Status
from tinhgon.apps.assignments.models import Answer, Assignment, Duty, Extension, ProgressNote
from tinhgon.apps.audit.queries import Moment
from tinhgon.domain.assigning import DONE

from . import filters
from .cells import Facts

_AMENDED = ("assignments.duty_amended",)
_FULFILLED = ("assignments.fulfilled",)
_PAPERS = (AnswerKind.RECORD.value, AnswerKind.NIL.value)


_PROOF_ON = Coalesce("document_on", TruncDate("at"))
_DAY_DONE = Case(  # as deadlines.day_done; a test holds the two together
    When(
        proof_on__gt=F("assignment__due_on"),
        proof_on__lte=F("assignment__duty__report_due_on"),
        then=F("assignment__due_on"),
    ),
    default=F("proof_on"),
)


@dataclass(frozen=True, slots=True)
class Past:
    """
    What was given by the end of a day, and not withdrawn or handed on by then.

    `done` says which was answered, `due` and `done_on` by when and when; `untold` of which the
    records do not say any more how it stood.
    """

    moment: Moment
    rows: QuerySet[Assignment]

    @property
    def done(self) -> Q:
        """
        By the day of the answer that stands now, but for what was answered or decided since: of
        that, by the answers that were waiting when the day ended.
        """
        night = self.moment.night
        touched = Answer.objects.filter(Q(at__gte=night) | Q(decided_at__gte=night))
        fulfilled = self.moment.moved_since("assignments.assignment", _FULFILLED, of="assignment")
        # A paper that closed work later had closed nothing yet.
        waiting = Answer.objects.filter(
            ~(Q(kind__in=_PAPERS) & Q(fulfilled)), at__lt=night, decided_at__gte=night
        )
        return Q(done_on__isnull=False) & ~_answered_by(touched) | _answered_by(waiting)

    @property
    def due(self) -> Case:
        extended = Extension.objects.filter(
            status=ExtensionStatus.GRANTED.value, decided_at__gte=self.moment.night
        ).order_by("decided_at")
        return Case(
            When(pk__in=extended.values("assignment"), then=_first(extended, F("old_due_on"))),
            default=F("due_on"),
        )

    @property
    def done_on(self) -> Case:
        night = self.moment.night
        refused_since = Answer.objects.filter(at__lt=night, accepted=False, decided_at__gte=night)
        refused_since = refused_since.order_by("-at")
        return Case(
            When(
                pk__in=refused_since.values("assignment"),
                then=_first(refused_since.annotate(proof_on=_PROOF_ON), _DAY_DONE),
            ),
            default=F("done_on"),
            output_field=DateField(),
        )

    @property
    def untold(self) -> Q:
        amended = Duty.objects.filter(amended_since(self.moment)).values("pk")
        concerned = Duty.objects.filter(Q(pk__in=amended) | Q(parent__duty__in=amended))
        return Q(duty__in=concerned.values("pk"))


def past(found: QuerySet[Assignment], moment: Moment) -> Past:
    """Return what of these was an agency's to do when the day ended."""
    return Past(
        moment, there(found, moment).filter(~filters.GONE | Q(decided_at__gte=moment.night))
    )


def there(found: QuerySet[Assignment], moment: Moment) -> QuerySet[Assignment]:
    """Return what was given by the end of the day, taken back since or not."""
    # By keys: each join would be made for every row.
    given = Duty.objects.filter(issued_at__lt=moment.night)
    handed_on_since = Assignment.objects.filter(
        status=Status.TRANSFERRED.value, decided_at__gte=moment.night
    )
    return found.filter(
        ~Q(inherited_from__in=handed_on_since.values("pk")),
        duty__in=given.values("pk"),
    )


def facts_on(found: QuerySet[Assignment], moment: Moment) -> Any:
    """Return what was given by the end of the day, each with PAST_FACTS."""
    night, told = moment.night, Past(moment, there(found, moment))
    own = {"assignment": OuterRef("pk")}
    notes = ProgressNote.objects.filter(**own, at__lt=night).order_by("-at", "-pk")
    accepted = Answer.objects.filter(**own, accepted=True, decided_at__lt=night)
    refused = Answer.objects.filter(**own, accepted=False, decided_at__lt=night)
    noted_since = ProgressNote.objects.filter(
        assignment=OuterRef("assignment"), at__lt=night, at__gte=OuterRef("decided_at")
    )
    return told.rows.annotate(
        was_status=Case(
            When(filters.GONE & Q(decided_at__lt=night), then=F("status")),
            When(Exists(accepted), then=_is(Status.ACCEPTED)),
            When(told.done, then=_is(Status.SUBMITTED)),
            When(Exists(refused.exclude(Exists(noted_since))), then=_is(Status.RETURNED)),
            When(Exists(notes), then=_is(Status.IN_PROGRESS)),
            When(acknowledged_at__lt=night, then=_is(Status.ACKNOWLEDGED)),
            default=_is(Status.ISSUED),
            output_field=CharField(),
        ),
        was_due_on=told.due,
        was_done_on=told.done_on,
        was_percent=Coalesce(
            Subquery(notes.values("percent")[:1]), F("inherited_from__percent"), Value(0)
        ),
        was_nil=Exists(accepted.filter(kind=AnswerKind.NIL.value)),
        was_untold=ExpressionWrapper(told.untold, BooleanField()),
    )


PAST_FACTS = ("was_status", "was_due_on", "was_done_on", "was_percent", "was_nil", "was_untold")


def settled(read: Facts) -> Facts:
    """Return PAST_FACTS as read, less the day of an answer that had come to nothing by then."""
    gone = read.status in {Status.WITHDRAWN.value, Status.TRANSFERRED.value}
    return read._replace(
        done_on=read.done_on if read.status in DONE else None,
        untold=bool(read.untold) and not gone,
    )


def duties_of(moment: Moment) -> Q:
    """Return which duties were given by the end of the day and not withdrawn."""
    kept = Q(withdrawn_at=None) | Q(withdrawn_at__gte=moment.night)
    return kept & Q(issued_at__lt=moment.night)


def amended_since(moment: Moment) -> Exists:
    """Return whether a duty was amended after the day, so that nobody knows its last day then."""
    return moment.moved_since("assignments.duty", _AMENDED)


def _answered_by(answers: QuerySet[Answer]) -> Q:
    """What waited when an agency ended went over to its successor: it was of both."""
    heirs = Assignment.objects.exclude(inherited_from=None)
    handed_on = answers.filter(assignment__in=heirs.values("pk"))
    return Q(pk__in=answers.values("assignment")) | Q(
        pk__in=handed_on.values("assignment__inherited_from")
    )


def _is(status: Status) -> Value:
    return Value(status.value)


def _first(rows: QuerySet[Any], value: Any) -> Subquery:
    own = rows.filter(assignment=OuterRef("pk")).annotate(told=value)
    return Subquery(own.values("told")[:1], output_field=DateField())
