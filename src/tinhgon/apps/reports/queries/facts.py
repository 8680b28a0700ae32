"""What the records say of every procedure of a branch on a day: all that a report is made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import states_on
from tinhgon.apps.inventories.models import FoundProcedure
from tinhgon.apps.plans.models import LegalChange, Measure, PlanDecisionLine
from tinhgon.apps.plans.queries.indicators.cases import Cases, cases_of
from tinhgon.apps.plans.queries.indicators.scope import Scope, whole_of
from tinhgon.apps.procedures.models import ProcedureVersion, Tenure
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reviews.enums import OUTCOME_LABELS, Outcome
from tinhgon.apps.reviews.enums import Status as ReviewStatus
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.procedures import PUBLISHED, Kind
from tinhgon.domain.reporting import Counts, Fact, Proof, Reviewed
from tinhgon.domain.reviewing import VOUCHED
from tinhgon.domain.simplification import (
    COUNTED,
    Listed,
    MeasureKind,
    Planned,
    Stage,
    Verdict,
    count,
)
from tinhgon.domain.vntext import format_date

_PUBLISHED = sorted(status.value for status in PUBLISHED)
_COUNTED = sorted(verdict.value for verdict in COUNTED)
_REVIEWED = sorted(status.value for status in (*VOUCHED, ReviewStatus.ENTERED))


def facts_of(*, programme: Programme, agency: Agency, on: date) -> list[Fact]:
    """
    Return a fact of each procedure that an agency of the branch held on the day.

    Those in force, and those that ended since the programme began, so that what it abolished is
    told. Sorted as lists are, by name. Eleven queries for any number of procedures.
    """
    scope = whole_of(programme, on)
    versions = _versions(programme, on)
    holders = _holders(versions, on)
    names = _names(on)
    inside = set(
        Agency.objects.filter(path__startswith=agency.path or "/").values_list("pk", flat=True)
    )
    told = _Told(scope)
    return [
        _fact(row, holder, names.get(holder, ""), told)
        for row in versions
        if (holder := holders[row["procedure"]]) in inside
    ]


def counted_versions(programme: Programme, on: date) -> QuerySet[ProcedureVersion]:
    """Return the versions of which a report tells: in force on the day, or since the programme."""
    rows = ProcedureVersion.objects.filter(status__in=_PUBLISHED, valid_from__lte=on)
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=programme.starts_on))


def tenures_on(on: date) -> QuerySet[Tenure]:
    begun = Q(started_on=None) | Q(started_on__lte=on)
    return Tenure.objects.filter(begun, Q(ended_on=None) | Q(ended_on__gt=on)).order_by()


def _versions(programme: Programme, on: date) -> list[Mapping[str, Any]]:
    """Return the last version of each procedure that had come into force by the day."""
    line = "decision_line__decision"
    rows = (
        counted_versions(programme, on)
        .order_by("sort_name", "procedure", "valid_from", "number")
        .values(
            "procedure",
            "name",
            "agency",
            "tier",
            "kind",
            "field__name",
            "valid_from",
            "valid_to",
            "number",
            line,
            f"{line}__document__number",
            f"{line}__document__symbol",
            f"{line}__issued_on",
        )
    )
    newest: dict[int, Mapping[str, Any]] = {}
    for row in rows:
        known = newest.get(row["procedure"])
        if known is None or _age(known) < _age(row):
            newest[row["procedure"]] = {**row, "is_in_force": _holds(row, on)}
    return list(newest.values())


def _age(row: Mapping[str, Any]) -> tuple[date, int]:
    return row["valid_from"], row["number"]


def _holds(row: Mapping[str, Any], on: date) -> bool:
    return row["valid_to"] is None or row["valid_to"] > on


def _holders(versions: Iterable[Mapping[str, Any]], on: date) -> dict[int, int]:
    """Return who held each procedure on the day; where nobody says so, who led its version."""
    held = {row["procedure"]: row["agency"] for row in versions}
    found = tenures_on(on).values_list("procedure", "agency")
    return held | {procedure: agency for procedure, agency in found if procedure in held}


def _names(on: date) -> dict[int, str]:
    return {state.agency_id: state.name for state in states_on(on)}


@dataclass(slots=True)
class _Plans:
    """What decided plans make of one procedure."""

    approved: Proof | None = None
    kinds: set[str] = field(default_factory=set)
    measures: list[str] = field(default_factory=list)
    texts: list[Proof] = field(default_factory=list)
    open_texts: list[str] = field(default_factory=list)
    is_recommended: bool = False


class _Told:
    """What inventories, rounds and plans say, by procedure; eight queries."""

    def __init__(self, scope: Scope) -> None:
        self.on = scope.on
        self.cases: Cases = cases_of(None, scope, lambda _: Q())
        self.listed = {each.procedure: each for each in self.cases.listed}
        self.unreviewed = _unreviewed(scope)
        self.planned: dict[int, list[Planned[int]]] = defaultdict(list)
        for each in self.cases.planned:
            self.planned[each.procedure].append(each)
        self.reviews = _reviews(scope)
        self.plans = _plans(scope)
        self.supplementary = _supplementary(scope)


def _unreviewed(scope: Scope) -> set[int]:
    rows = scope.unreviewed()
    return set() if rows is None else set(rows.values_list("procedure", flat=True))


def _supplementary(scope: Scope) -> set[int]:
    rows = FoundProcedure.objects.filter(reply__inventory__programme=scope.programme)
    return set(rows.values_list("procedure", flat=True))


def _reviews(scope: Scope) -> dict[int, tuple[Reviewed, ...]]:
    """Return what each round that reviews a procedure said of it by the day."""
    rounds = {each.pk: (place, each.round.name) for place, each in enumerate(scope.rounds, 1)}
    rows = Review.objects.filter(round__in=list(rounds)).order_by("procedure", "round__opened_on")
    found: dict[int, tuple[Reviewed, ...]] = defaultdict(tuple)
    names = ("procedure", "round", "status", "outcome", "confirmed_at", "answered_at")
    for procedure, number, status, outcome, confirmed_at, answered_at in rows.values_list(*names):
        place, name = rounds[number]
        at = confirmed_at or answered_at
        day = timezone.localtime(at).date() if at and status in _REVIEWED else None
        is_done = bool(outcome) and day is not None and day <= scope.on
        words = OUTCOME_LABELS[Outcome(outcome)] if is_done else ""
        found[procedure] += (Reviewed(number, name, place, words, day if is_done else None),)
    return found


def _plans(scope: Scope) -> dict[int, _Plans]:
    found: dict[int, _Plans] = defaultdict(_Plans)
    of_item: dict[int, _Plans] = {}
    for row in _decided(scope):
        plans = of_item[row["item"]] = found[row["item__review__procedure"]]
        document = "decision__document"
        plans.approved = Proof(
            _code(row, document),
            row[f"{document}__issued_on"],
            reverse("plans:decision", args=[row["decision"]]),
        )
        plans.kinds.add(row["item__ending"])
        plans.is_recommended = row["verdict"] == Verdict.RECOMMENDED_UP.value
    _add_measures(of_item)
    _add_texts(of_item, scope.on)
    return found


def _decided(scope: Scope) -> Iterable[Mapping[str, Any]]:
    """Return the lines of decisions that approve something, oldest first."""
    rows = PlanDecisionLine.objects.filter(
        item__plan__round__in=[each.pk for each in scope.rounds],
        verdict__in=_COUNTED,
        item__verdict__in=_COUNTED,
        item__plan__decided_on__lte=scope.on,
    )
    return rows.order_by("decision__document__issued_on", "pk").values(
        "item",
        "item__review__procedure",
        "item__ending",
        "verdict",
        "decision",
        "decision__document__number",
        "decision__document__symbol",
        "decision__document__issued_on",
    )


def _add_measures(of_item: Mapping[int, _Plans]) -> None:
    rows = Measure.objects.filter(granted_by__verdict__in=_COUNTED).order_by("item", "order", "pk")
    for item, kind, content in rows.values_list("item", "kind", "content"):
        if plans := of_item.get(item):
            plans.kinds.add(kind)
            plans.measures.append(content.strip())


def _add_texts(of_item: Mapping[int, _Plans], on: date) -> None:
    rows = LegalChange.objects.to_carry_out().exclude(status="dropped").order_by("due_on", "pk")
    names = ("pk", "item", "text", "provision", "due_on", "in_force_on")
    document = ("document__number", "document__symbol", "document__issued_on")
    for row in rows.values(*names, *document):
        plans = of_item.get(row["item"])
        if plans is None:
            continue
        if row["in_force_on"] and row["in_force_on"] <= on:
            url = reverse("plans:text", args=[row["pk"]])
            plans.texts.append(Proof(_code(row, "document"), row["document__issued_on"], url))
        else:
            due = f" (hạn {format_date(row['due_on'])})" if row["due_on"] else ""
            plans.open_texts.append(f"{row['provision']} {row['text']}".strip() + due)


def _code(row: Mapping[str, Any], prefix: str) -> str:
    number, symbol = row[f"{prefix}__number"], row[f"{prefix}__symbol"]
    return "/".join(part for part in (number, symbol) if part)


def _fact(row: Mapping[str, Any], holder: int, agency_name: str, told: _Told) -> Fact:
    key: int = row["procedure"]
    listed = told.listed.get(key)
    planned = told.planned.get(key, [])
    plans = told.plans.get(key) or _Plans()
    approved = count([listed], planned, on=told.on) if listed else None
    done = count([listed], planned, on=told.on, stage=Stage.CARRIED_OUT) if listed else None
    is_counted = bool(approved and approved.k2.part)
    is_done = bool(done and done.k2.part)
    return Fact(
        procedure=key,
        name=row["name"],
        agency=holder,
        agency_name=agency_name,
        level=row["tier"],
        is_between=row["kind"] == Kind.BETWEEN.value,
        field=row["field__name"] or "",
        published=_published(row),
        is_in_force=row["is_in_force"],
        is_supplementary=key in told.supplementary,
        is_listed=listed is not None or key in told.unreviewed,
        reviews=told.reviews.get(key, ()),
        is_planned=_is_planned(listed, planned, told.on),
        approved=plans.approved if is_counted else None,
        counts=_counts(plans, is_cut=bool(approved and approved.cut)) if is_counted else None,
        measures="; ".join(plans.measures) if is_counted else "",
        before=listed.before if listed else None,
        saved=approved.saved if approved else Decimal(0),
        carried_out=tuple(plans.texts) if is_counted else (),
        is_carried_out=is_done,
        open_reason=_open_reason(plans) if is_counted and not is_done else "",
    )


def _is_planned(listed: Listed[int] | None, planned: list[Planned[int]], on: date) -> bool:
    return listed is not None and any(each.counts(Stage.PLANNED, on) for each in planned)


def _published(row: Mapping[str, Any]) -> Proof:
    """Return the decision that brought the version; one that was entered without any has none."""
    line = "decision_line__decision"
    if row[line] is None:
        return Proof("", row["valid_from"])
    return Proof(
        _code(row, f"{line}__document"),
        row[f"{line}__issued_on"],
        reverse("publications:detail", args=[row[line]]),
    )


def _counts(plans: _Plans, *, is_cut: bool) -> Counts:
    if not is_cut:
        return Counts.SIMPLIFIED
    return Counts.MERGED if MeasureKind.MERGE.value in plans.kinds else Counts.ABOLISHED


def _open_reason(plans: _Plans) -> str:
    if plans.open_texts:
        start = "Chờ cấp trên" if plans.is_recommended else "Chưa ban hành"
        return f"{start}: {'; '.join(plans.open_texts)}"
    return "Văn bản đã có hiệu lực, chờ công bố lại thủ tục"
