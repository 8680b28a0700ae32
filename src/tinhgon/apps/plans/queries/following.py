"""What agencies that end leave behind: plans that nobody decided on, texts that are under way."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tinhgon.apps.agencies.models import Succession
from tinhgon.apps.agencies.queries import due_successions as due
from tinhgon.apps.plans.enums import Verdict
from tinhgon.apps.plans.models import UNDER_WAY, LegalChange, Plan, PlanItem, Recommendation
from tinhgon.domain.simplification import DECIDED

_DECIDED = sorted(status.value for status in DECIDED)


def undecided_plans() -> QuerySet[Plan]:
    return Plan.objects.exclude(status__in=_DECIDED).select_related("agency", "round__round")


def texts_under_way() -> QuerySet[LegalChange]:
    return LegalChange.objects.filter(status__in=UNDER_WAY)


def unanswered() -> QuerySet[Recommendation]:
    return Recommendation.objects.unanswered().select_related("item__review__procedure_version")


def undecided_reviews() -> list[int]:
    """
    Return the keys of the reviews that stand in plans on which nobody has decided, or whose plan
    was refused: they may be planned again.
    """
    rows = PlanItem.objects.filter(review__agency__ended_on__isnull=False)
    undecided = rows.filter(plan__in=undecided_plans(), plan__agency__ended_on__isnull=False)
    live = PlanItem.objects.live().filter(review=OuterRef("review"))
    refused = rows.filter(~Exists(live), verdict=Verdict.REFUSED.value)
    return list(
        {*undecided.values_list("review", flat=True), *refused.values_list("review", flat=True)}
    )


def decided_reviews() -> list[int]:
    """Return the keys of the reviews whose plan was decided on, but for what was refused in it."""
    rows = PlanItem.objects.filter(plan__status__in=_DECIDED, plan__agency__ended_on__isnull=False)
    return list(rows.live().values_list("review", flat=True))


def due_successions(*, today: date) -> list[Succession]:
    """Return the successions in effect whose predecessor has a plan, a text, a recommendation."""
    found = [
        *due(held=undecided_plans(), today=today),
        *due(held=texts_under_way(), today=today),
        *due(held=unanswered(), today=today),
    ]
    return list({each.pk: each for each in found}.values())
