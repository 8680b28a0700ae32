"""What the planner works on: procedures of a round, measures of draft plans, what they save."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import MeasureKind, PlanMove
from tinhgon.apps.plans.models import LegalChange, Measure, MeasureChoice, Plan, PlanItem
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.costing import Change, cost, derive_again
from tinhgon.domain.simplification import (
    EDITABLE_PLAN,
    ENDING,
    KIND_WORDS,
    Candidate,
    CountingRule,
    NumberRule,
    Problem,
    Subject,
    Wish,
    apply,
)

from .indicators.items import with_figures

_NOTHING = Decimal(0)
_EDITABLE = sorted(status.value for status in EDITABLE_PLAN)
_ENDING = {kind.value for kind in ENDING}


class Savings:
    """What any set of measures on a procedure saves in a year together, reckoned once each."""

    def __init__(self, items: Mapping[str, PlanItem], sheets: Mapping[int, CostSheet]) -> None:
        self._items = items
        self._sheets = sheets
        self._known: dict[tuple[str, frozenset[str]], Decimal] = {}

    def __call__(self, procedure: str, keys: frozenset[str]) -> Decimal:
        """Return đồng a year; nothing where the cost of the procedure was not assessed."""
        found = self._known.get((procedure, keys))
        if found is None:
            found = self._known[procedure, keys] = self._reckon(procedure, keys)
        return found

    def _reckon(self, procedure: str, keys: frozenset[str]) -> Decimal:
        item = self._items[procedure]
        sheet = self._sheets.get(item.review_id)
        measures = list(item.measures.all())
        if sheet is None or not keys:
            return _NOTHING
        if len(keys) == len(measures):  # what the sheet says, with what was typed into it
            return sheet.cost_now - sheet.cost_after
        taken = [each.as_value for each in measures if str(each.pk) in keys]
        to_be = apply(item.as_is_record, taken)
        change = Change(item.as_is_record, to_be.record, to_be.kept)
        if to_be.ending:
            change = replace(change, why=KIND_WORDS[to_be.ending])
        return sheet.cost_now - cost(derive_again(sheet.sides, change)).year


@dataclass(frozen=True, slots=True)
class Work:
    """
    A round on the branch of an agency. `items` are those of draft plans, by the key of the
    procedure; `fixed` counts procedures whose plans are decided or on their way and stay as they
    are. `undated` are measures without a day by which their texts are changed.
    """

    review_round: ReviewRound
    agency: Agency
    plans: Sequence[Plan]
    items: Mapping[str, PlanItem]
    subjects: Sequence[Subject]
    candidates: Sequence[Candidate]
    conflicts: tuple[frozenset[str], ...]
    savings: Savings
    fixed: int
    unassessed: int
    undated: int
    names: Mapping[str, str] = field(default_factory=dict)
    """Key of an agency → its name."""
    agencies: Sequence[Agency] = ()
    """Where else the person may plan in the round."""

    @property
    def measures(self) -> list[Measure]:
        return [measure for item in self.items.values() for measure in item.measures.all()]

    @property
    def editable(self) -> list[Plan]:
        """The plans that the person may change."""
        return [plan for plan in self.plans if vars(plan)["may_edit"]]

    def problem(self, wish: Wish) -> Problem:
        """Return the question, with the conflicts between measures as exclusions."""
        exclusions = (*wish.exclusions, *self.conflicts)
        asked = replace(wish, exclusions=exclusions)
        return Problem(self.subjects, self.candidates, self.savings, asked)


def load_work(
    *,
    user: User,
    review_round: ReviewRound,
    agency: Agency,
    rule: CountingRule,
    today: date,
    agencies: Sequence[Agency] = (),
) -> Work:
    """Return what the planner works on for the person: what he sees of the round there."""
    inside = Q(agency__path__startswith=agency.path or "/")
    reviews = Review.objects.visible_to(user).filter(inside, round=review_round)
    items = _items(user, review_round, agency)
    sheets = {
        sheet.review_id: sheet
        for sheet in CostSheet.objects.filter(review__in=[i.review_id for i in items.values()])
    }
    fixed = _fixed(user, review_round, agency)
    subjects, unassessed, names = _subjects(reviews, fixed, rule)
    plans = list({item.plan_id: item.plan for item in items.values()}.values())
    for plan in plans:
        vars(plan)["may_edit"] = policies.can(user, PlanMove.EDIT, plan)
    days = _days(items, today)
    return Work(
        review_round=review_round,
        agency=agency,
        plans=plans,
        items=items,
        subjects=subjects,
        candidates=[
            Candidate(
                key=str(measure.pk),
                procedure=procedure,
                effort=measure.effort,
                risk=measure.risk,
                days=days.get(measure.pk, 0),
                ends=measure.kind in _ENDING,
            )
            for procedure, item in items.items()
            for measure in item.measures.all()
        ],
        conflicts=_conflicts(items),
        savings=Savings(items, sheets),
        fixed=len(fixed),
        unassessed=unassessed,
        undated=sum(m.pk not in days for i in items.values() for m in i.measures.all()),
        names=names,
        agencies=agencies,
    )


def _items(user: User, review_round: ReviewRound, agency: Agency) -> dict[str, PlanItem]:
    rows = (
        PlanItem.objects.visible_to(user)
        .filter(
            plan__round=review_round,
            plan__status__in=_EDITABLE,
            plan__agency__path__startswith=agency.path or "/",
        )
        .select_related("plan__agency", "plan__round__round", "review__procedure_version", "as_is")
        .prefetch_related("measures")
        .order_by("plan__agency__name", "plan", "order")
    )
    return {str(item.review.procedure_id): item for item in rows}


def _fixed(user: User, review_round: ReviewRound, agency: Agency) -> dict[int, dict[str, Any]]:
    """Return procedure → what a plan that can no longer be changed makes of it."""
    rows = (
        PlanItem.objects.visible_to(user)
        .live()
        .filter(plan__round=review_round, plan__agency__path__startswith=agency.path or "/")
    )
    rows = with_figures(rows.exclude(plan__status__in=_EDITABLE))
    names = ("review__procedure", "is_cut", "before", "after")
    return {row["review__procedure"]: row for row in rows.values(*names)}


def _subjects(
    reviews: Any, fixed: Mapping[int, Mapping[str, Any]], rule: CountingRule
) -> tuple[list[Subject], int, dict[str, str]]:
    subjects, unassessed, names = [], 0, {}
    rows = reviews.order_by().values_list(
        "procedure", "agency", "agency__name", "cost_sheet__cost_now"
    )
    for procedure, holder, name, now in rows:
        planned = fixed.get(procedure)
        before = planned["before"] if planned and planned["before"] is not None else now
        unassessed += before is None
        names[str(holder)] = name
        known = planned is not None and planned["before"] is not None
        subjects.append(
            Subject(
                key=str(procedure),
                agency=str(holder),
                before=before or _NOTHING,
                counted=planned is not None and (rule.number is NumberRule.K2 or planned["is_cut"]),
                saved=planned["before"] - planned["after"] if planned and known else _NOTHING,
            )
        )
    return subjects, unassessed, names


def _conflicts(items: Mapping[str, PlanItem]) -> tuple[frozenset[str], ...]:
    pairs = {
        frozenset({str(row["measure"]), str(row["other"])})
        for item in items.values()
        for row in item.conflicts
        if row["other"] is not None
    }
    return tuple(sorted(pairs, key=sorted))


def _days(items: Mapping[str, PlanItem], today: date) -> dict[int, int]:
    """Return measure → days until the last text that it needs is changed, as far as planned."""
    rows = LegalChange.objects.filter(item__in=[i.pk for i in items.values()]).exclude(due_on=None)
    measures = {i.pk: [m.pk for m in i.measures.all()] for i in items.values()}
    found: dict[int, int] = {}
    for item, measure, due_on in rows.values_list("item", "measure", "due_on"):
        left = max((due_on - today).days, 0) if due_on else 0
        for pk in [measure] if measure else measures[item]:
            found[pk] = max(found.get(pk, 0), left)
    return found


def get_visible_review_round(*, user: User, pk: int) -> ReviewRound:
    """
    Return the round, if the person may see it.

    :raises ReviewRound.DoesNotExist: also when it exists but is hidden from the person.
    """
    rows = ReviewRound.objects.visible_to(user)
    return rows.select_related(
        "agency", "round__programme__agency", "round__programme__counting_setting"
    ).get(pk=pk)


def planning_agencies(user: User, review_round: ReviewRound) -> list[Agency]:
    """Return the agencies for which the person may plan in a round, the widest first."""
    seen = Review.objects.visible_to(user).filter(round=review_round).order_by()
    rows = Agency.objects.filter(pk__in=seen.values("agency")).order_by("path")
    found = {agency.pk: agency for agency in rows}
    if policies.sees_all_of(user, review_round.agency):
        found = {review_round.agency_id: review_round.agency, **found}
    return list(found.values())


def choices_of(
    *, user: User, review_round: ReviewRound, agency: Agency
) -> Collection[MeasureChoice]:
    """Return the choices made there, the newest first."""
    rows = MeasureChoice.objects.visible_to(user).filter(
        round=review_round, agency__path__startswith=agency.path or "/"
    )
    return list(rows.select_related("made_by", "agency", "undone_by")[:5])


def kind_words(measure: Measure) -> str:
    return KIND_WORDS[MeasureKind(measure.kind)]


def get_visible_choice(*, user: User, pk: int) -> MeasureChoice:
    """
    Return the choice, if the person may see it.

    :raises MeasureChoice.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        MeasureChoice.objects.visible_to(user).select_related("agency", "round__round").get(pk=pk)
    )
