"""Rounds: opened with their procedures, added to, given to people, closed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.accounts.queries import holding
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews import policies
from tinhgon.apps.reviews.models import Questionnaire, Review, ReviewRound
from tinhgon.apps.reviews.queries.people import reviewers_of
from tinhgon.apps.reviews.queries.scope import Scope, left_out, scope_of
from tinhgon.common.batches import batches
from tinhgon.common.refusal import Refused
from tinhgon.domain.access import Permission
from tinhgon.domain.reviewing import CLOSED
from tinhgon.domain.vntext import format_date

_BATCH = 1_000
_NOBODY = "cơ quan tự phân công"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a round is to be opened. `reviewers`: key of an agency → who reviews there."""

    round: Round
    questionnaire: Questionnaire
    scope: Scope
    due_on: date
    check_due_on: date | None = None
    basis: str = ""
    hourly_norm: str = ""
    reviewers: Mapping[int, int] = field(default_factory=dict)


@transaction.atomic
def open_round(*, plan: Plan, by: User, at: datetime) -> ReviewRound:
    """
    Open a round with a review for each procedure in scope, and tell the agencies.

    :raises PermissionDenied: if `by` does not run rounds for the programme's agency.
    :raises Refused: if nothing is in scope, the days are in disorder, the scope reaches beyond the
        agency, the round was opened already, or somebody named cannot review there.
    """
    agency = plan.round.programme.agency
    policies.check_manage(by, agency)
    _check_plan(plan, agency, at.date())
    review_round = _create(plan, agency, by=by, at=at)
    versions = plan.scope.versions().values_list("procedure", "pk", "holder")
    reviews = _add(review_round, versions, plan.reviewers, at=at)
    if not reviews:
        raise Refused("Không có thủ tục nào trong phạm vi đã chọn.", "agency")
    _tell_agencies(review_round, reviews, at)
    changes = [
        audit.Change("Phạm vi", "", plan.scope.words),
        audit.Change("Số thủ tục", "", str(len(reviews))),
    ]
    audit.record("reviews.opened", review_round, by=by, at=at, changes=changes)
    return review_round


_OPENED = "Đợt này đã mở rà soát."


def _create(plan: Plan, agency: Agency, *, by: User, at: datetime) -> ReviewRound:
    try:
        with transaction.atomic():
            return ReviewRound.objects.create(
                round=plan.round,
                agency=agency,
                questionnaire=plan.questionnaire,
                scope=plan.scope.to_json(),
                hourly_norm=plan.hourly_norm,
                basis=plan.basis.strip(),
                opened_on=at.date(),
                due_on=plan.due_on,
                check_due_on=plan.check_due_on,
                created_at=at,
                created_by=by,
            )
    except IntegrityError:  # somebody, or a second click, opened it at this very moment
        raise Refused(_OPENED, "round") from None


def _check_plan(plan: Plan, agency: Agency, today: date) -> None:
    if ReviewRound.objects.filter(round=plan.round).exists():
        raise Refused(_OPENED, "round")
    if not plan.scope.path.startswith(agency.path or "/"):
        raise Refused(f"Chọn phạm vi thuộc {agency.name}.", "agency")
    if plan.due_on < today:
        raise Refused("Thời hạn không thể trước hôm nay.", "due_on")
    if plan.check_due_on and plan.check_due_on < plan.due_on:
        raise Refused("Văn phòng kiểm tra sau khi các cơ quan rà soát xong.", "check_due_on")
    known = reviewers_of(plan.reviewers, on=today)
    for key, reviewer in plan.reviewers.items():
        if reviewer not in {user.pk for user in known.get(key, ())}:
            raise Refused("Có người không thuộc cơ quan được giao rà soát. Chọn lại.")


@transaction.atomic
def add_procedures(
    *, review_round: ReviewRound, procedures: Collection[int], by: User, at: datetime
) -> int:
    """
    Add procedures that came into force or into scope since, and return how many.

    :raises PermissionDenied: if `by` does not run the round.
    :raises Refused: if the round is over, or one of them is not in scope or there already.
    """
    policies.check_manage(by, review_round.agency)
    _check_open(review_round)
    scope = scope_of(review_round)
    if scope is None or not procedures:
        raise Refused("Chọn ít nhất một thủ tục.", "procedures")
    rows = left_out(review_round, scope, today=at.date())
    found = [
        row
        for batch in batches(sorted(procedures))
        for row in rows.filter(procedure__in=batch).values_list("procedure", "pk", "holder")
    ]
    if len(found) < len(set(procedures)):
        raise Refused(_NOT_LEFT_OUT)
    try:
        with transaction.atomic():
            # In one order, so that two who add the same wait for one another only once.
            reviews = _add(review_round, sorted(found), {}, at=at, late=True)
    except IntegrityError:  # somebody, or a second click, added one at this very moment
        raise Refused(_NOT_LEFT_OUT) from None
    _tell_agencies(review_round, reviews, at)
    change = audit.Change("Số thủ tục", "", str(len(reviews)))
    audit.record("reviews.added", review_round, by=by, at=at, changes=[change])
    return len(reviews)


_NOT_LEFT_OUT = "Có thủ tục không thuộc phạm vi hoặc đã có trong đợt. Chọn lại."


def _add(
    review_round: ReviewRound,
    versions: Iterable[tuple[int, int, int]],
    reviewers: Mapping[int, int],
    *,
    at: datetime,
    late: bool = False,
) -> list[Review]:
    reviews = [
        Review(
            round=review_round,
            procedure_id=procedure,
            procedure_version_id=version,
            agency_id=agency,
            reviewer_id=reviewers.get(agency),
            is_late_addition=late,
            created_at=at,
            changed_at=at,
        )
        for procedure, version, agency in versions
    ]
    return Review.objects.bulk_create(reviews, batch_size=_BATCH)


def _tell_agencies(review_round: ReviewRound, reviews: Sequence[Review], at: datetime) -> None:
    """Tell who was named, else those who review at the agency; once each."""
    numbers = Counter(review.agency_id for review in reviews)
    people = User.objects.in_bulk({row.reviewer_id for row in reviews if row.reviewer_id})
    named = {row.agency_id: people[row.reviewer_id] for row in reviews if row.reviewer_id}
    sitting = reviewers_of([key for key in numbers if key not in named], on=at.date())
    told: dict[int, list[User]] = defaultdict(list)
    for agency, number in numbers.items():
        reviewer = named.get(agency)
        told[number] += [reviewer] if reviewer else sitting.get(agency, [])
    until = format_date(review_round.due_on)
    for number, users in told.items():
        notices.notify(
            users=users,
            kind="reviews.round",
            text=f"{review_round}: rà soát {number} thủ tục, chậm nhất ngày {until}.",
            url=review_round.get_absolute_url(),
            at=at,
        )


@transaction.atomic
def assign(
    *,
    review_round: ReviewRound,
    agency: Agency,
    reviewer: User | None,
    by: User,
    at: datetime,
    reviews: Collection[int] | None = None,
) -> int:
    """
    Say who reviews at an agency, all of what is not done yet or only `reviews`; None: nobody.

    :raises PermissionDenied: if `by` has no say there.
    :raises Refused: if the round is over, or the person does not review at that agency.
    """
    policies.check_assign(by, agency)
    _check_open(review_round)
    if reviewer is not None:
        sitting = holding(agency, Permission.REVIEW_PROCEDURES, on=at.date())
        if reviewer.pk not in {user.pk for user in sitting}:
            raise Refused("Người này không rà soát thủ tục của cơ quan. Chọn lại.", "reviewer")
    rows = Review.objects.filter(round=review_round, agency=agency).exclude(
        status__in=[status.value for status in CLOSED]
    )
    if reviews is not None:
        rows = rows.filter(pk__in=list(reviews)[:_BATCH])
    before = _names(rows)
    number = rows.update(reviewer=reviewer, changed_at=at)
    name = reviewer.full_name if reviewer else _NOBODY
    if reviewer is not None and reviewer.pk != by.pk and number:
        notices.notify(
            users=[reviewer],
            kind="reviews.assigned",
            text=f"{review_round}: được giao rà soát {number} thủ tục của {agency.label}.",
            url=review_round.get_absolute_url(),
            at=at,
        )
    changes = [
        audit.Change("Cơ quan", "", agency.name),
        audit.Change("Người rà soát", before, name),
        audit.Change("Số thủ tục", "", str(number)),
    ]
    audit.record("reviews.assigned", review_round, by=by, at=at, changes=changes)
    return number


def _names(rows: QuerySet[Review]) -> str:
    """Return who reviewed so far, in words, one name each."""
    names = rows.order_by("reviewer__folded_name", "reviewer").values_list("reviewer__full_name")
    return "; ".join(name or _NOBODY for (name,) in names.distinct())


@transaction.atomic
def close_round(*, review_round: ReviewRound, by: User, at: datetime, seen: int) -> None:
    """
    End the round: agencies write no more; what waits for the Office may still be checked.

    :raises PermissionDenied: if `by` does not run it.
    :raises Refused: if it is over already.
    :raises StaleObject: if it changed since `seen` was seen.
    """
    policies.check_manage(by, review_round.agency)
    _check_open(review_round)
    review_round.change(seen_version=seen, closed_on=at.date())
    audit.record("reviews.closed", review_round, by=by, at=at)


@transaction.atomic
def reopen_round(*, review_round: ReviewRound, by: User, at: datetime, seen: int) -> None:
    """
    Let the agencies write again.

    :raises PermissionDenied, Refused, StaleObject: as `close_round`.
    """
    policies.check_manage(by, review_round.agency)
    if review_round.closed_on is None:
        raise Refused("Đợt rà soát này chưa kết thúc.")
    review_round.change(seen_version=seen, closed_on=None)
    audit.record("reviews.reopened", review_round, by=by, at=at)


def _check_open(review_round: ReviewRound) -> None:
    if review_round.closed_on is not None:
        raise Refused("Đợt rà soát này đã kết thúc.")
