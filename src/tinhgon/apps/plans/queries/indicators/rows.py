"""The procedures behind a figure: each with what it adds, so that the rows add up to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans.models import PlanItem
from tinhgon.apps.plans.queries.texts import Standing
from tinhgon.apps.reviews.models import Review
from tinhgon.domain.simplification import COUNTED, Listed, Planned, Stage, count

from .asked import STAGES, UNASSESSED, Asked
from .cases import cases_of_procedures
from .items import with_figures
from .meter import STAGE_WORDS
from .scope import Scope, rounds_of, scope_of
from .tree import branches_on

PAGE_SIZE = 50
_NOTHING = Decimal(0)
_COUNTED = sorted(verdict.value for verdict in COUNTED)


@dataclass(frozen=True, slots=True)
class Row:
    """
    A procedure, and what it adds at the stage asked for.

    `counts` says as what, "" where it does not count; `saved` is None then. `item` is the key of
    the newest that plans it.
    """

    review: Review
    item: int | None
    before: Decimal | None
    saved: Decimal | None
    counts: str
    standing: Standing


class RowsPage(TypedDict):
    asked: Asked
    on: date
    scope: Scope
    title: str
    agency: str
    page: Page[Review]
    rows: list[Row]
    before: Decimal
    """Of the rows on this page, as far as it is known; `saved` likewise."""
    saved: Decimal
    unreviewed: int
    """Counted in the figure, too, but reviewed in no round: the registry shows them."""
    registry_url: str


def rows_page(*, user: User, asked: Asked, today: date) -> RowsPage | None:
    """Return the procedures behind the figure that the address names; None where none is seen."""
    scope = scope_of(user, rounds_of(user), asked, today)
    if scope is None:
        return None
    keys, agency = _agencies(user, scope, asked)
    reviews = _reviews(user, scope, asked)
    if keys is not None:
        reviews = reviews.filter(agency__in=keys)
    shown = reviews.select_related("agency", "procedure_version").defer(
        "answers", "asides", "procedure_version__content", "procedure_version__folded"
    )
    page = Paginator(shown.order_by("procedure_version__sort_name", "pk"), PAGE_SIZE).get_page(
        asked.page
    )
    stage = STAGES.get(asked.group, asked.stage)
    rows = _rows(user, scope, list(page.object_list), stage)
    return {
        "asked": asked,
        "on": scope.on,
        "scope": scope,
        "title": _title(asked),
        "agency": agency,
        "page": page,
        "rows": rows,
        "before": sum((row.before or _NOTHING for row in rows), _NOTHING),
        "saved": sum((row.saved or _NOTHING for row in rows), _NOTHING),
        "unreviewed": _unreviewed(user, scope, asked, keys),
        "registry_url": _registry_url(scope, asked),
    }


def _title(asked: Asked) -> str:
    if asked.group == UNASSESSED:
        return "Thủ tục chưa tính chi phí tuân thủ"
    if asked.group:
        return f"Thủ tục {STAGE_WORDS[STAGES[asked.group]]}"
    return "Thủ tục trong phạm vi"


def _registry_url(scope: Scope, asked: Asked) -> str:
    """Return where the registry shows what was in force when the first round began."""
    query = {"ngay": scope.rounds[0].opened_on.isoformat(), "co-quan": asked.agency or ""}
    return f"{reverse('procedures:list')}?{urlencode(query)}"


def _agencies(user: User, scope: Scope, asked: Asked) -> tuple[list[int] | None, str]:
    """Return the agencies that are meant, None for all, and how the first of them is called."""
    if asked.agency is None:
        return None, ""
    for root in branches_on(user, scope.on):
        if branch := root.find(asked.agency):
            return ([branch.agency] if asked.own else list(branch.keys())), branch.label
    return [], ""


def _unreviewed(user: User, scope: Scope, asked: Asked, keys: list[int] | None) -> int:
    rows = scope.unreviewed_seen_by(user)
    if rows is None or asked.group not in {"", UNASSESSED}:
        return 0
    if keys is not None:
        rows = rows.filter(holder__in=keys)
    return rows.values("procedure").distinct().count()


def _reviews(user: User, scope: Scope, asked: Asked) -> QuerySet[Review]:
    """Return the last review in scope of each procedure of the group."""
    reviews = Review.objects.filter(scope.reviews_seen_by(user))
    if scope.is_cumulative:
        reviews = reviews.filter(~Exists(_later(scope)))
    if asked.group == UNASSESSED:
        return reviews.filter(~Exists(_assessed(scope)))
    if asked.group:
        items = _items(scope).filter(review__procedure=OuterRef("procedure"))
        return reviews.filter(Exists(_reached(items, STAGES[asked.group], scope.on)))
    return reviews


def _later(scope: Scope) -> QuerySet[Review]:
    """Return the reviews of the same procedure in a later round of the scope."""
    opened, number = OuterRef("round__opened_on"), OuterRef("round")
    after = Q(round__opened_on__gt=opened) | Q(round__opened_on=opened, round__gt=number)
    return _of_procedure(scope).filter(after)


def _of_procedure(scope: Scope) -> QuerySet[Review]:
    rounds = [each.pk for each in scope.rounds]
    return Review.objects.filter(procedure=OuterRef("procedure"), round__in=rounds)


def _assessed(scope: Scope) -> QuerySet[Review]:
    """Return the reviews of the same procedure whose cost is known, by a sheet or a decision."""
    known = with_figures(_items(scope)).filter(review=OuterRef("pk"), before__isnull=False)
    return _of_procedure(scope).filter(Q(cost_sheet__isnull=False) | Exists(known))


def _items(scope: Scope) -> QuerySet[PlanItem]:
    rounds = [each.pk for each in scope.rounds]
    return PlanItem.objects.live().filter(plan__round__in=rounds)


def _reached(items: Any, stage: Stage, on: date) -> Any:
    match stage:
        case Stage.PLANNED:
            night = datetime.combine(on + timedelta(days=1), time.min)
            begun = Q(plan__created_at__lt=timezone.make_aware(night))
            return items.filter(begun | Q(plan__decided_on__lte=on))
        case Stage.APPROVED:
            return items.filter(verdict__in=_COUNTED, plan__decided_on__lte=on)
        case Stage.CARRIED_OUT:
            return items.carried_out_on(on)


def _rows(user: User, scope: Scope, reviews: Sequence[Review], stage: Stage) -> list[Row]:
    procedures = [review.procedure_id for review in reviews]
    cases = cases_of_procedures(user, scope, procedures)
    listed = {each.procedure: each for each in cases.listed}
    planned: dict[int, list[Planned[int]]] = defaultdict(list)
    for each in cases.planned:
        planned[each.procedure].append(each)
    return [
        _row(review, cases.items.get(key), listed[key], planned[key], stage, scope.on)
        for review in reviews
        if (key := review.procedure_id) in listed
    ]


def _row(
    review: Review,
    item: int | None,
    listed: Listed[int],
    planned: Sequence[Planned[int]],
    stage: Stage,
    on: date,
) -> Row:
    adds = count([listed], planned, on=on, stage=stage)
    return Row(
        review=review,
        item=item,
        before=listed.before,
        saved=adds.saved if adds.k2.part else None,
        counts="cắt giảm" if adds.cut else "đơn giản hóa" if adds.simplified else "",
        standing=_standing(planned, on),
    )


def _standing(planned: Sequence[Planned[int]], on: date) -> Standing:
    """Return how far the procedure has come in any round: approved is not carried out."""
    reached = [s for s in Stage if any(each.counts(s, on) for each in planned)]
    if not reached:
        return Standing("none", "chưa có phương án")
    return Standing(_KINDS[reached[-1]], STAGE_WORDS[reached[-1]])


_KINDS = {Stage.PLANNED: "waiting", Stage.APPROVED: "ontime", Stage.CARRIED_OUT: "done"}
