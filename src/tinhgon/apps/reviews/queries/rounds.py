"""Pages of rounds: the list, one round with its coverage, opening one, adding to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.models import ProcedureVersion, branch
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.enums import OUTCOME_LABELS, Outcome, Status
from tinhgon.apps.reviews.models import Questionnaire, Review, ReviewRound
from tinhgon.domain.access import Permission
from tinhgon.domain.reviewing import CLOSED, DONE

from .people import reviewers_of
from .scope import Scope, left_out, scope_of

PAGE_SIZE = 100
_BEFORE_HEAD = (Status.TO_DO, Status.IN_PROGRESS, Status.RETURNED)


@dataclass(slots=True)
class Coverage:
    """How many reviews are in each status."""

    by: dict[Status, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by.values())

    @property
    def to_do(self) -> int:
        return sum(self.by.get(status, 0) for status in _BEFORE_HEAD)

    @property
    def answered(self) -> int:
        return self.by.get(Status.ANSWERED, 0)

    @property
    def confirmed(self) -> int:
        return self.by.get(Status.CONFIRMED, 0)

    @property
    def checked(self) -> int:
        return self.by.get(Status.CHECKED, 0)

    @property
    def lapsed(self) -> int:
        return self.by.get(Status.LAPSED, 0)

    @property
    def entered(self) -> int:
        return self.by.get(Status.ENTERED, 0)

    @property
    def percent(self) -> int:
        """How many of those still in force were checked or entered as signed, rounded down."""
        reviewed = self.total - self.lapsed
        return 100 * (self.checked + self.entered) // reviewed if reviewed else 100


@dataclass(frozen=True, slots=True)
class RoundLine:
    review_round: ReviewRound
    coverage: Coverage


class ListPage(TypedDict):
    lines: list[RoundLine]
    questionnaires: list[Questionnaire]
    can_open: bool


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """One agency of a round: how far it is, how much came too late or still has not."""

    agency: Agency
    coverage: Coverage
    late: int
    reviewers: list[User]
    assigned: list[str]
    can_assign: bool


@dataclass(frozen=True, slots=True)
class CountedOutcome:
    outcome: Outcome
    words: str
    number: int


class RoundPage(TypedDict):
    review_round: ReviewRound
    scope: Scope | None
    coverage: Coverage
    late: int
    outcomes: list[CountedOutcome]
    page: Page[Agency]
    lines: list[AgencyLine]
    left_out: int
    can_manage: bool
    people: dict[int, list[User]]


@dataclass(frozen=True, slots=True)
class PreviewLine:
    agency: Agency
    number: int
    reviewers: list[User]
    chosen: int | None


class AddPage(TypedDict):
    review_round: ReviewRound
    page: Page[ProcedureVersion]


def list_page(*, user: User) -> ListPage:
    """Return the rounds that the person may see, with how far they are; three queries."""
    rows = list(ReviewRound.objects.visible_to(user).select_related("agency", "round__programme"))
    counts = _coverage(_seen(user).filter(round__in=rows), "round")
    return {
        "lines": [RoundLine(row, counts.get(row.pk, Coverage())) for row in rows],
        "questionnaires": list(Questionnaire.objects.defer("content")),
        "can_open": policies.can_open(user),
    }


def round_page(*, user: User, review_round: ReviewRound, number: str, today: date) -> RoundPage:
    """Return the round with its coverage per agency, of what the person may see; eight queries."""
    seen = _seen(user).filter(round=review_round)
    counts = _coverage(seen, "agency")
    late = _late(seen, review_round, today)
    agencies = Agency.objects.filter(pk__in=list(counts)).order_by("order", "name", "pk")
    page = Paginator(agencies, PAGE_SIZE).get_page(number)
    shown = list(page.object_list)
    people = reviewers_of([agency.pk for agency in shown], on=today)
    assigned = _assigned(seen, [agency.pk for agency in shown])
    can_manage = policies.can_manage(user, review_round.agency)
    scope = scope_of(review_round)
    is_open = review_round.closed_on is None
    return {
        "review_round": review_round,
        "scope": scope,
        "coverage": _sum(counts.values()),
        "late": sum(late.values()),
        "outcomes": _outcomes(seen),
        "page": page,
        "lines": [
            AgencyLine(
                agency,
                counts[agency.pk],
                late.get(agency.pk, 0),
                people.get(agency.pk, []),
                assigned.get(agency.pk, []),
                is_open and policies.can_assign(user, agency),
            )
            for agency in shown
        ],
        "left_out": left_out(review_round, scope, today=today).count()
        if scope and can_manage and is_open
        else 0,
        "can_manage": can_manage,
        "people": people,
    }


def _assigned(rows: QuerySet[Review], agencies: Sequence[int]) -> dict[int, list[str]]:
    """Return agency → the names of those who were given its reviews, in their order."""
    found: dict[int, list[str]] = {}
    given = rows.filter(agency__in=agencies, reviewer__isnull=False)
    pairs = given.values_list("agency", "reviewer__full_name").distinct()
    for agency, name in pairs.order_by("reviewer__full_name"):
        found.setdefault(agency, []).append(name)
    return found


def preview(scope: Scope, *, chosen: Mapping[int, int], today: date) -> list[PreviewLine]:
    """
    Return how many procedures of each agency are in scope, and who may review there.

    `chosen`: key of an agency → who was named to review there so far.
    """
    counts = scope.counts()
    people = reviewers_of(counts, on=today)
    agencies = Agency.objects.filter(pk__in=list(counts)).order_by("order", "name", "pk")
    return [
        PreviewLine(row, counts[row.pk], people.get(row.pk, []), chosen.get(row.pk))
        for row in agencies
    ]


def add_page(*, review_round: ReviewRound, number: str, today: date) -> AddPage:
    """Return the procedures in scope that the round has not, for whoever runs it."""
    scope = scope_of(review_round)
    rows = left_out(review_round, scope, today=today) if scope else ProcedureVersion.objects.none()
    ordered = rows.select_related("holder", "procedure").defer("content", "folded")
    page = Paginator(ordered.order_by("sort_name", "pk"), PAGE_SIZE).get_page(number)
    return {"review_round": review_round, "page": page}


def agencies_of(*, user: User, review_round: ReviewRound) -> dict[int, Agency]:
    """Return by key the agencies of a round whose reviews the person may see."""
    keys = _seen(user).filter(round=review_round).order_by().values("agency")
    return {agency.pk: agency for agency in Agency.objects.filter(pk__in=keys)}


def rounds_to_open(user: User) -> QuerySet[Round]:
    """Return the rounds of programmes that the person runs and that review nothing yet."""
    return (
        Round.objects.filter(
            branch(user, "programme__agency", Permission.MANAGE_ROUNDS), review_round=None
        )
        .select_related("programme__agency")
        .order_by("-programme__starts_on", "order", "pk")
    )


def _seen(user: User) -> QuerySet[Review]:
    return Review.objects.visible_to(user)


def _coverage(rows: QuerySet[Review], by: str) -> dict[int, Coverage]:
    found: dict[int, Coverage] = {}
    for key, status, n in rows.values_list(by, "status").annotate(n=Count("pk")).order_by():
        found.setdefault(key, Coverage()).by[Status(status)] = n
    return found


def _sum(counts: Iterable[Coverage]) -> Coverage:
    total: dict[Status, int] = {}
    for each in counts:
        for status, number in each.by.items():
            total[status] = total.get(status, 0) + number
    return Coverage(total)


def late_condition(review_round: ReviewRound, today: date) -> Q:
    """Return the condition that a review was confirmed, or still is not, after the last day."""
    late = Q(confirmed_at__date__gt=review_round.due_on)
    if today > review_round.due_on:
        closed = sorted(status.value for status in CLOSED)
        late |= Q(confirmed_at=None) & ~Q(status__in=closed)
    return late


def _late(rows: QuerySet[Review], review_round: ReviewRound, today: date) -> Mapping[int, int]:
    late = rows.filter(late_condition(review_round, today))
    return dict(late.values_list("agency").annotate(n=Count("pk")).order_by())


def _outcomes(rows: QuerySet[Review]) -> list[CountedOutcome]:
    done = rows.filter(status__in=[status.value for status in DONE | {Status.ENTERED}])
    counted = dict(done.values_list("outcome").annotate(n=Count("pk")).order_by())
    return [
        CountedOutcome(each, OUTCOME_LABELS[each].lower(), counted.get(each.value, 0))
        for each in Outcome
    ]
