"""Which versions a list shows: one condition for each question of its address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
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
    in_force,
    published_with_words,
    with_words,
)
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED
from tinhgon.domain.vntext import fold

from .asked import Asked

_PIPELINE = [status.value for status in UNPUBLISHED]
_PUBLISHED_MODES = {Mode.IN_FORCE, Mode.ENDED}
_ASIDE = [status.value for status in Status if status not in PUBLISHED | UNPUBLISHED]


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Whose versions are asked for, resolved before the versions are looked for.

    `own`: the condition of the person's branch, None where that is the whole tree. `asked`: the
    agencies asked for with all below them, None for every agency. Conditions that let everything
    through are left out, and agencies stand as keys: no database guesses well what a path covers.
    """

    own: Q | None
    asked: frozenset[int] | None
    agency: Agency | None
    agency_text: str = ""  # what stands in the input for it
    on: date | None = None  # held by them on this day, where it is not today
    published: Q = field(default_factory=Q)  # what was published and has the words asked for


def scope(*, user: User, asked: Asked, today: date) -> Scope:
    """
    Return whose versions the address asks for; two queries, two more where it names an agency, and
    else one where it has words.
    """
    meant = agencies.meant(asked.agency) if asked.agency else None
    paths = user.access.paths(Permission.SEE)
    below = meant.agency.path or "-" if meant else ""
    tree = Agency.objects.aggregate(
        all=Count("pk"),
        own=Count("pk", filter=_at(paths)),
        asked=Count("pk", filter=_at([below])),
    )
    wanted = None
    if asked.agency and not (meant and tree["asked"] == tree["all"]):
        those = Agency.objects.filter(_at([below])) if meant else agencies.named(asked.agency)
        wanted = frozenset(those.values_list("pk", flat=True))
    then = asked.day if asked.mode is Mode.IN_FORCE and asked.day != today else None
    return Scope(
        own=None if tree["own"] == tree["all"] else branch(user, "holder"),
        asked=wanted,
        agency=meant.agency if meant else None,
        agency_text=meant.written if meant else asked.agency,
        on=then,
        published=(published_with_words if wanted is None else with_words)(asked.words),
    )


def _at(paths: Iterable[str]) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition


def matching(*, within: Scope, asked: Asked, today: date) -> QuerySet[ProcedureVersion]:
    """
    Return the versions asked for, in no order.

    The list, its export and what is done to all that match are made of it.
    """
    day = asked.day or today
    found = ProcedureVersion.objects.filter(_in_mode(asked.mode, own=within.own, day=day))
    if within.asked is not None:
        then = within.on if asked.mode is Mode.IN_FORCE else None
        found = found.filter(_held_by(within.asked, then))
    for condition in _conditions(within, asked, day):
        found = found.filter(condition)
    return found


def parts(
    found: QuerySet[ProcedureVersion], *, within: Scope, asked: Asked, today: date
) -> list[QuerySet[ProcedureVersion]]:
    """Return `found` in parts that are fast to count, none with a row of another."""
    if asked.mode is not Mode.IN_FORCE or within.asked is not None:
        return [found]
    return [found.filter(valid_to=None), found.filter(valid_to__gt=asked.day or today)]


def _in_mode(mode: Mode, *, own: Q | None, day: date) -> Q:
    """
    Return what the mode shows: what is in force or was, to everybody; the rest, of one's branch.
    """
    match mode:
        case Mode.IN_FORCE:
            return in_force(day)
        case Mode.ENDED:
            # "IN (false)", because no index knows what to do with "NOT is_superseded".
            return Q(is_superseded__in=[False], valid_to__lte=day)
        case Mode.PIPELINE:
            shown = Q(status__in=_PIPELINE)
        case Mode.ASIDE:
            shown = Q(status__in=_ASIDE)
        case _:
            shown = Q()
    return shown & own if own is not None else shown


def _held_by(those: frozenset[int], then: date | None) -> Q:
    """Return what these agencies hold, or held on the day `then`."""
    if then is None:
        return Q(holder__in=those)
    held = held_on(then).filter(agency__in=those)
    return Q(procedure__in=held.values("procedure"))


def held_on(day: date) -> QuerySet[Tenure]:
    return Tenure.objects.filter(
        Q(started_on=None) | Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gt=day)
    )


def _conditions(within: Scope, asked: Asked, day: date) -> Iterator[Q]:
    if asked.mode in _PUBLISHED_MODES:
        yield within.published
    else:
        yield with_words(asked.words)
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
            lasting = Q(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__isnull=False)
            alive = Q(status__in=_PIPELINE) | lasting
            twins = ProcedureVersion.objects.filter(
                alive,
                name_key=OuterRef("name_key"),
                tier=OuterRef("tier"),
                holder=OuterRef("holder"),
            ).exclude(procedure=OuterRef("procedure"))
            return Q(Exists(twins))
