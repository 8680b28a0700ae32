"""Which versions a list shows: one condition for each question of its address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import Fault, Mode, Status
from tinhgon.apps.procedures.models import (
    Field,
    LegalCitation,
    ProcedureVersion,
    Tenure,
    branch,
)
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED
from tinhgon.domain.vntext import fold

from .asked import Asked

_ASIDE = [status.value for status in Status if status not in PUBLISHED | UNPUBLISHED]


def matching(
    *, user: User, asked: Asked, within: Agency | None, today: date
) -> QuerySet[ProcedureVersion]:
    """
    Return the versions asked for, in no order; `within` is the one agency that `asked` means.

    The list, its export and what is done to all that match are made of it.
    """
    day = asked.day or today
    found = in_mode(ProcedureVersion.objects.all(), asked.mode, user=user, day=day)
    if asked.agency:
        below = _below(within) if within else agencies.named(asked.agency)
        then = asked.mode is Mode.IN_FORCE and day != today
        found = found.filter(_held_by(below, day if then else None))
    for condition in _conditions(asked, day):
        found = found.filter(condition)
    return found


def in_mode(
    found: QuerySet[ProcedureVersion], mode: Mode, *, user: User, day: date
) -> QuerySet[ProcedureVersion]:
    """
    Return what the mode shows: what is in force or was, to everybody; the rest, of one's branch.
    """
    match mode:
        case Mode.IN_FORCE:
            return ProcedureVersion.objects.in_force_on(day) & found
        case Mode.ENDED:
            return found.filter(status__in=PUBLISHED, valid_to__lte=day, is_superseded=False)
        case Mode.PIPELINE:
            own = Q(status__in=[status.value for status in UNPUBLISHED])
        case Mode.ASIDE:
            own = Q(status__in=_ASIDE)
        case _:
            own = Q()
    return found.filter(own, branch(user, "procedure__agency"))


def _below(agency: Agency) -> QuerySet[Agency]:
    return Agency.objects.filter(path__startswith=agency.path or "-")


def _held_by(those: QuerySet[Agency], day: date | None) -> Q:
    """Return what these agencies hold, or held on `day`."""
    if day is None:
        return Q(procedure__agency__in=those)
    held = held_on(day).filter(agency__in=those)
    return Q(procedure__in=held.values("procedure"))


def held_on(day: date) -> QuerySet[Tenure]:
    return Tenure.objects.filter(
        Q(started_on=None) | Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gt=day)
    )


def _conditions(asked: Asked, day: date) -> Iterator[Q]:
    for word in fold(asked.words).split():
        yield Q(folded__contains=word)
    for name, value in (
        ("tier", asked.tier),
        ("kind", asked.kind),
        ("status", asked.status),
        ("action", asked.action),
        ("rule_owner", asked.rule_owner),
        ("is_interconnected", asked.interconnected),
    ):
        if value is not None:
            yield Q(**{name: value})
    if asked.field:
        named = Q()
        for word in fold(asked.field).split():
            named &= Q(folded_name__contains=word)
        yield Q(field__in=Field.objects.filter(named))
    if asked.decision:
        yield _decided(asked.decision)
    if asked.changed_since:
        yield Q(changed_at__gte=timezone.make_aware(datetime.combine(asked.changed_since, time())))
    if asked.fault:
        yield _faulty(asked.fault, day)


def _decided(code: str) -> Q:
    """Return what the decision "45/QĐ-UBND" brings; its number alone will do."""
    number, _, symbol = code.partition("/")
    document = "decision_line__decision__document"
    found = Q(**{f"{document}__number": number.strip()})
    for word in fold(symbol).split():
        found &= Q(**{f"{document}__folded__contains": word})
    return found


def _faulty(fault: Fault, day: date) -> Q:
    match fault:
        case Fault.CONTENT:
            return Q(fault_count__gt=0)
        case Fault.BASIS:
            ended = LegalCitation.objects.filter(
                version=OuterRef("pk"), document__ended_on__lte=day
            )
            return Q(Exists(ended))
        case Fault.NAME:
            alive = Q(status__in=UNPUBLISHED) | Q(
                Q(valid_to=None) | Q(valid_to__gt=day), status__in=PUBLISHED
            )
            twins = ProcedureVersion.objects.filter(
                alive,
                name_key=OuterRef("name_key"),
                tier=OuterRef("tier"),
                procedure__agency=OuterRef("procedure__agency"),
            ).exclude(procedure=OuterRef("procedure"))
            return Q(Exists(twins))
