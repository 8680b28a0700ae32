"""What of plans waits for a person: late texts, and recommendations to send or to ask about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, Count, DateField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, RowNumber

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.models import LegalChange, Recommendation
from tinhgon.domain.access import Permission

from . import recommendations, texts

SHOWN = 5
_TEXT, _UP = "text", "up"


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A late text, read as far as a short list needs it."""

    change: LegalChange
    agency: Agency


@dataclass(frozen=True, slots=True)
class WaitingUp:
    """A recommendation, read as far as a short list needs it; `since` is when it began to wait."""

    recommendation: Recommendation
    procedure: str
    agency: Agency
    since: date | None


@dataclass(slots=True)
class Waiting:
    """The first rows of both short lists, and how many there are in all."""

    texts: list[WaitingText] = field(default_factory=list)
    texts_count: int = 0
    upwards: list[WaitingUp] = field(default_factory=list)
    upwards_count: int = 0


def waiting(user: User, *, today: date) -> Waiting:
    """Return what waits for the person, the latest first, in one query."""
    parts: list[Any] = []
    if user.access.paths(Permission.ANSWER):
        parts.append(_texts(user, today))
    rights = (Permission.REVIEW_PROCEDURES, Permission.RECORD_PLAN_DECISION)
    if any(user.access.paths(right) for right in rights):
        parts.append(_upwards(user, today))
    found = Waiting()
    if not parts:
        return found
    rows: Any = parts[0].union(parts[1], all=True) if len(parts) > 1 else parts[0]
    for row in sorted(rows, key=lambda row: (row["what"], row["place"])):
        agency = Agency(name=row["agency_name"], short_name=row["agency_short"])
        if row["what"] == _TEXT:
            found.texts_count = row["in_all"]
            found.texts.append(WaitingText(_change(row), agency))
        else:
            found.upwards_count = row["in_all"]
            recommendation = Recommendation(
                pk=row["key"], status=row["state"], answer_by=row["until"]
            )
            since = row["until"] or row["since"]
            found.upwards.append(WaitingUp(recommendation, row["name"], agency, since))
    return found


def _change(row: dict[str, Any]) -> LegalChange:
    return LegalChange(
        pk=row["key"],
        text=row["name"],
        provision=row["where"],
        status=row["state"],
        due_on=row["until"],
        in_force_on=row["since"],
    )


def _texts(user: User, today: date) -> Any:
    rows = texts.rows_of(user=user, asked=texts.LATE_OWN, today=today)
    return _first(
        rows,
        F("due_on").asc(nulls_last=True),
        what=Value(_TEXT, CharField()),
        name=Cast("text", CharField(max_length=1_000)),
        where=F("provision"),
        until=F("due_on"),
        since=F("in_force_on"),
        agency_name=F("agency__name"),
        agency_short=F("agency__short_name"),
    )


def _upwards(user: User, today: date) -> Any:
    asked = recommendations.TO_DO_OWN
    rows = recommendations.rows_of(user=user, asked=asked, today=today)
    return _first(
        rows,
        F("answer_by").asc(nulls_last=True),
        what=Value(_UP, CharField()),
        name=Cast("item__review__procedure_version__name", CharField(max_length=1_000)),
        where=Value("", CharField()),
        until=F("answer_by"),
        since=Cast("item__plan__decided_on", DateField()),
        agency_name=F("agency__name"),
        agency_short=F("agency__short_name"),
    )


def _first(rows: QuerySet[Any], first: Any, **columns: Any) -> Any:
    """Return the first rows as values, each with its place and how many there are in all."""
    ranked = rows.order_by().annotate(
        place=Window(RowNumber(), order_by=[first, "pk"]),
        in_all=Window(Count("pk")),
    )
    named = ranked.filter(place__lte=SHOWN).annotate(key=F("pk"), state=F("status"), **columns)
    return named.values("key", "state", "place", "in_all", *columns)
