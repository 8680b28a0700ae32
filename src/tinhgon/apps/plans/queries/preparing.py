"""What forms of plans start from: procedures to choose, the assessment drafted, who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency, paths_above
from tinhgon.apps.plans.enums import PlanStatus, Verdict
from tinhgon.apps.plans.models import Plan, PlanItem
from tinhgon.apps.procedures.models import branch
from tinhgon.apps.reviews.enums import Outcome
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.domain.access import Permission
from tinhgon.domain.reviewing import DONE
from tinhgon.domain.vntext import fold

from .costs import costs_of_items, sum_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """An agency in a round of which so many reviewed procedures are in no plan yet."""

    review_round: ReviewRound
    agency: Agency
    procedures: int


class ChoicesPage(TypedDict):
    page: Page[Any]
    choices: list[Choice]
    words: str


def choices_page(*, user: User, words: str, number: str) -> ChoicesPage:
    """Return what the person may draft plans of, the newest round first; agencies by name."""
    rows = _to_draft(user)
    for word in fold(words).split():
        rows = rows.filter(agency__folded_name__contains=word)
    groups = (
        rows.values("round", "agency")
        .annotate(procedures=Count("pk"))
        .order_by("-round__opened_on", "-round", "agency__order", "agency__name", "agency")
    )
    page = Paginator(groups, PAGE_SIZE).get_page(number)
    shown = list(page.object_list)
    rounds = ReviewRound.objects.select_related("round").in_bulk([row["round"] for row in shown])
    agencies = Agency.objects.in_bulk([row["agency"] for row in shown])
    return {
        "page": page,
        "choices": [
            Choice(rounds[row["round"]], agencies[row["agency"]], row["procedures"])
            for row in shown
        ],
        "words": words,
    }


def to_draft(*, user: User, review_round: int, agency: int) -> list[Review]:
    """Return the reviews of a round and an agency that the person may put into a new plan."""
    return list(_named(_to_draft(user).filter(round=review_round, agency=agency)))


def candidates(*, review_round: ReviewRound, agency: Agency) -> list[Review]:
    """Return the reviews that found something to simplify and are in no plan that goes on."""
    return list(_named(_open().filter(round=review_round, agency=agency)))


def _to_draft(user: User) -> QuerySet[Review]:
    """A round that is over is drafted for no more, but for what was refused or withdrawn in it."""
    own = branch(user, "agency", Permission.REVIEW_PROCEDURES)
    before = PlanItem.objects.filter(review=OuterRef("pk"))
    return _open().filter(Q(round__closed_on=None) | Exists(before), own)


def _open() -> QuerySet[Review]:
    done = [status.value for status in DONE]
    planned = PlanItem.objects.live().filter(review=OuterRef("pk"))
    rows = Review.objects.filter(~Exists(planned), status__in=done)
    return rows.exclude(outcome__in=["", Outcome.KEEP.value])


def _named(rows: QuerySet[Review]) -> QuerySet[Review]:
    """Read what the choice shows, `was_refused` beside it: a plan for it was not approved."""
    refused = PlanItem.objects.filter(review=OuterRef("pk"), verdict=Verdict.REFUSED.value)
    return (
        rows.select_related("round__round", "agency", "procedure_version")
        .defer("answers", "asides", "procedure_version__content", "procedure_version__folded")
        .annotate(was_refused=Exists(refused))
        .order_by("procedure_version__sort_name", "pk")
    )


def draft_opinion(plan: Plan) -> str:
    """Return the first words of an assessment: what the plan holds, and what it still lacks."""
    items = list(
        plan.items.select_related("review__procedure_version").prefetch_related(
            "measures", "legal_changes"
        )
    )
    cut = sum(bool(item.ending) for item in items)
    total = sum_of(costs_of_items(items).values())
    first = f"Phương án gồm {len(items):02} thủ tục, trong đó cắt giảm {cut:02}, "
    lines = [first + f"đơn giản hóa {len(items) - cut:02}."]
    if total:
        lines.append(
            f"Chi phí tuân thủ trước: {total.before_words} đồng/năm; sau: {total.after_words} "
            f"đồng/năm; tiết kiệm {total.saved_words} đồng/năm, tỷ lệ {total.ratio_words}."
        )
    else:
        lines.append("Chưa tính chi phí tuân thủ của các thủ tục trong phương án.")
    lines += [f"- “{item}”: {text}" for item in items for text in _remarks(item)]
    return "\n".join(lines)


def _remarks(item: PlanItem) -> list[str]:
    remarks = []
    changes = list(item.legal_changes.all())
    if not changes and not item.proposal:
        remarks.append("chưa nêu văn bản phải sửa đổi, bãi bỏ.")
    if any(change.due_on is None for change in changes):
        remarks.append("có văn bản phải sửa chưa ghi thời hạn hoàn thành.")
    return [*remarks, *(note[0].lower() + note[1:] for note in item.notes)]


def assessing_agency(*, user: User, plan: Plan) -> Agency:
    """Return the agency in whose name the person assesses the plan: where he sits."""
    wanted = Permission.ASSESS_PLAN
    held = [p for p in user.current_positions if wanted in p.role.permissions]
    reach = [p.agency for p in held if (plan.agency.path or "/").startswith(p.reach)]
    return reach[0] if reach else plan.round.agency


def issuers(plan: Plan) -> list[Agency]:
    """Return who may sign the decision: those above the agency, the highest first."""
    above = Agency.objects.filter(path__in=paths_above(plan.agency.path or "/"))
    own = [plan.round.agency] if plan.round.agency_id != plan.agency_id else []
    found = {agency.pk: agency for agency in [*own, *above.order_by("path")]}
    return list(found.values()) or [plan.agency]


def items_of(plan: Plan) -> list[PlanItem]:
    """Return the procedures of a plan with their measures."""
    items = plan.items.select_related("review__procedure_version").prefetch_related("measures")
    return list(items)


def awaiting_decision(*, user: User) -> list[Plan]:
    """Return the plans that were submitted and on which the person may record a decision."""
    found = Plan.objects.filter(branch(user, "agency", Permission.RECORD_PLAN_DECISION))
    return list(
        found.filter(status=PlanStatus.SUBMITTED.value)
        .select_related("agency", "round__round", "round__agency", "submission")
        .order_by("round__opened_on", "agency__order", "pk")
    )


def common_issuers(plans: Sequence[Plan]) -> list[Agency]:
    """Return who may sign one decision on all these plans: those above every agency."""
    above = [set(paths_above(plan.agency.path or "/")) for plan in plans]
    return list(Agency.objects.filter(path__in=set.intersection(*above)).order_by("path"))


def items_of_all(plans: Sequence[Plan]) -> list[PlanItem]:
    """Return the procedures of several plans with their measures, plan by plan."""
    items = PlanItem.objects.filter(plan__in=plans).select_related(
        "plan__agency", "review__procedure_version"
    )
    order = {plan.pk: place for place, plan in enumerate(plans)}
    found = items.prefetch_related("measures").order_by("order", "pk")
    return sorted(found, key=lambda item: order[item.plan_id])
