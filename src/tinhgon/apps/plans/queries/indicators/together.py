"""
Several rounds counted together, each procedure once: all of it in one statement.

What one plan at most says of a procedure is summed by the database. Where several do, the statement
returns what each says: only `domain.simplification` knows what of it would be counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, F, Value, When

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.simplification import PlannedAgain, Stage, growth_of_one

from .items import days, with_done_on, with_figures
from .scope import Scope
from .sums import day, moment


class Course(NamedTuple):
    """How a plan for a procedure went, or alike ones."""

    created_at: datetime
    decided_on: date | None
    is_counted: bool
    is_cut: bool
    done_on: date | None


class Alike(NamedTuple):
    """
    Procedures of one agency, together; money in ten-thousandths of a đồng.

    `cost` is before any plan, of the `assessed` ones. `course` is that of one plan for each, None
    where they have none, or several. What approved plans say differs from the cost sheets of
    `differing` ones by now.
    """

    agency: int
    course: Course | None
    listed: int
    assessed: int
    cost: int
    saved: int
    differing: int


class Overlap(NamedTuple):
    """What one of several plans says of a procedure; `cost` is that before any of them."""

    procedure: int
    agency: int
    round: int
    course: Course
    cost: int | None
    before: int | None
    after: int | None


class Grown(NamedTuple):
    """By how much a procedure with several plans changes what is counted of its agency."""

    agency: int
    stage: Stage
    on: date
    cut: int
    simplified: int
    saved: int
    before: int


def together(user: User, scope: Scope) -> tuple[list[Alike], list[Overlap]]:
    """
    Return what the person sees of the procedures in scope; one query.

    Each stands with the agency of its last review, if he sees that one: whoever had the procedure
    before no longer answers for it. Its cost is the first that is known.
    """
    alike: list[Alike] = []
    overlaps: list[Overlap] = []
    statement, parameters = _statement(user, scope)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for row in cursor:
            _take(row, alike, overlaps)
    return alike, overlaps


def _take(row: Sequence[Any], alike: list[Alike], overlaps: list[Overlap]) -> None:
    is_overlap, procedure, agency, review_round, created_at, decided, counted, cut, done = row[:9]
    course = None
    if created_at is not None:
        course = Course(moment(created_at), day(decided), bool(counted), bool(cut), day(done))
    if is_overlap and course:
        amounts = (None if each is None else int(each) for each in row[9:12])
        overlaps.append(Overlap(procedure, agency, review_round, course, *amounts))
    else:
        alike.append(Alike(agency, course, *(int(each or 0) for each in row[9:])))


def grown(overlaps: Sequence[Overlap], scope: Scope) -> Iterator[Grown]:
    """Yield how what is counted changed with each plan, until the day of the scope."""
    place = {each.pk: number for number, each in enumerate(scope.rounds)}
    rows: dict[int, list[Overlap]] = defaultdict(list)
    for each in overlaps:
        rows[each.procedure].append(each)
    for plans in rows.values():
        plans.sort(key=lambda each: place[each.round])
        again = [_again(each, scope, place[each.round]) for each in plans]
        for step in growth_of_one(plans[0].cost, again):
            yield Grown(plans[0].agency, *step)


def _again(plan: Overlap, scope: Scope, place: int) -> PlannedAgain:
    reached = dict(days(plan.course, scope.on))
    return PlannedAgain(
        plan.course.is_cut,
        plan.before,
        plan.after,
        scope.rounds[place].opened_on,
        reached.get(Stage.PLANNED),
        reached.get(Stage.APPROVED),
        reached.get(Stage.CARRIED_OUT),
    )


def _statement(user: User, scope: Scope) -> tuple[str, Sequence[Any]]:
    rounds = [each.pk for each in scope.rounds]
    reviews = Review.objects.filter(round__in=rounds)
    items = PlanItem.objects.live().filter(plan__round__in=rounds)
    if not scope.is_seen_whole:
        seen = Review.objects.filter(scope.reviews_seen_by(user)).values("procedure")
        reviews = reviews.filter(procedure__in=seen)
        items = items.filter(review__procedure__in=seen)
    holder = Case(When(scope.reviews_seen_by(user), then=F("agency")), default=Value(_UNSEEN))
    told = reviews.order_by().annotate(
        holder=F("agency") if scope.is_seen_whole else holder, now=F("cost_sheet__cost_now")
    )
    of_items, item_values = (
        with_done_on(with_figures(items)).order_by().values(*_COLUMNS).query.sql_with_params()
    )
    of_reviews, review_values = told.values(
        "pk", "procedure", "round", "holder", "now"
    ).query.sql_with_params()
    statement = _STATEMENT.format(
        items=of_items,
        reviews=of_reviews,
        holder=_first_of("holder", reversed(rounds)),
        cost=_first_of("cost", rounds),
    )
    return statement, (*item_values, *review_values)


def _first_of(column: str, rounds: Any) -> str:
    """Return the value of the first of the rounds in which a procedure has any."""
    cases = [f"MAX(CASE WHEN round = {int(each)} THEN {column} END)" for each in rounds]
    return f"COALESCE({', '.join(cases)})"


_UNSEEN = 0
_COLUMNS = (
    "review",
    "review__procedure",
    "plan__round",
    "plan__created_at",
    "plan__decided_on",
    "is_counted",
    "is_cut",
    "done_on",
    "before",
    "after",
    "review__cost_sheet__cost_now",
    "review__cost_sheet__cost_after",
)
_EXACT = "CAST(ROUND({} * 10000) AS BIGINT)"
_STATEMENT = f"""
WITH item AS MATERIALIZED ({{items}}),
reviewed AS (
    SELECT each_review.procedure, each_review.round, holder, item.*,
        CASE WHEN item.review IS NULL THEN now ELSE before END AS cost
    FROM ({{reviews}}) AS each_review LEFT JOIN item ON item.review = each_review.pk
),
one AS MATERIALIZED (
    SELECT
        reviewed.procedure, {{holder}} AS holder, {{cost}} AS cost, COUNT(review) AS plans,
        MAX(plan__created_at) AS created_at, MAX(plan__decided_on) AS decided_on,
        MAX(CASE WHEN is_counted THEN 1 ELSE 0 END) AS is_counted,
        MAX(CASE WHEN is_cut THEN 1 ELSE 0 END) AS is_cut, MAX(done_on) AS done_on,
        SUM({_EXACT.format("before")} - {_EXACT.format("after")}) AS saved,
        MAX(CASE WHEN is_counted AND (
            before <> review__cost_sheet__cost_now OR after <> review__cost_sheet__cost_after
        ) THEN 1 ELSE 0 END) AS differs
    FROM reviewed
    GROUP BY reviewed.procedure
)
SELECT
    1, one.procedure, holder, plan__round, plan__created_at, plan__decided_on,
    CASE WHEN item.is_counted THEN 1 ELSE 0 END, CASE WHEN item.is_cut THEN 1 ELSE 0 END,
    item.done_on,
    {_EXACT.format("one.cost")}, {_EXACT.format("before")}, {_EXACT.format("after")}, 0, 0
FROM one JOIN item ON item.review__procedure = one.procedure
WHERE holder <> {_UNSEEN} AND plans > 1
UNION ALL
SELECT
    0, NULL, holder, plans, created_at, decided_on, is_counted, is_cut, done_on,
    COUNT(*), COUNT(cost), SUM({_EXACT.format("cost")}), SUM(saved), SUM(differs)
FROM one
WHERE holder <> {_UNSEEN} AND plans < 2
GROUP BY holder, plans, created_at, decided_on, is_counted, is_cut, done_on
UNION ALL
SELECT
    0, NULL, holder, 2, NULL, NULL, NULL, NULL, NULL,
    COUNT(*), COUNT(cost), SUM({_EXACT.format("cost")}), 0, SUM(differs)
FROM one
WHERE holder <> {_UNSEEN} AND plans > 1
GROUP BY holder
"""  # noqa: S608 -- names of ours
