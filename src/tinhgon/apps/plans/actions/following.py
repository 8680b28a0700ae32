"""
When an agency ends, its undecided plans, the texts that it is to change and the recommendations
that nobody has answered go to the successor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from tinhgon.apps.accounts.queries import holding
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.agencies.queries import heirs_of_ended
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.plans.models import LegalChange, Plan, Recommendation
from tinhgon.apps.plans.queries.following import texts_under_way, unanswered, undecided_plans
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import format_number


@dataclass(slots=True)
class Followed:
    """How much went to successors, and whose things nobody takes over as a whole."""

    plans: int = 0
    texts: int = 0
    recommendations: int = 0
    undecided: list[Agency] = field(default_factory=list)


@transaction.atomic
def follow_agencies(
    *, successions: Iterable[Succession], by: audit.Actor, at: datetime
) -> Followed:
    """
    Give what agencies that ended still have to their successors, once.

    A plan that was decided stays with the agency that proposed it: who carries it out is said by
    its texts, its recommendations and by who holds its procedures.
    """
    done = Followed()
    entries: list[audit.Entry] = []
    for predecessor, heir in heirs_of_ended(successions, today=at.date()).items():
        plans = list(undecided_plans().filter(agency=predecessor).order_by("pk"))
        texts = list(texts_under_way().filter(agency=predecessor).order_by("pk"))
        upwards = list(unanswered().filter(agency=predecessor).order_by("pk"))
        if heir is None:
            done.undecided += [predecessor] if plans or texts or upwards else []
            continue
        change = audit.Change("Cơ quan", predecessor.name, heir.name)
        for plan in plans:
            _give(plan, heir, at)
        for text in texts:
            text.change(seen_version=text.version, agency=heir)
        for each in upwards:
            each.change(seen_version=each.version, agency=heir)
        entries += [audit.Entry("plans.transferred", plan, (change,)) for plan in plans]
        entries += [audit.Entry("plans.text_transferred", text, (change,)) for text in texts]
        kind = "plans.recommendation_transferred"
        entries += [audit.Entry(kind, each, (change,)) for each in upwards]
        done.plans += len(plans)
        done.texts += len(texts)
        done.recommendations += len(upwards)
        _tell(heir, plans, texts, at)
        _tell_of_upwards(heir, upwards, at)
    audit.record_all(entries, by=by, at=at)
    return done


def _give(plan: Plan, heir: Agency, at: datetime) -> None:
    """The plan is one more of the heir's in that round."""
    last = Plan.objects.filter(round=plan.round_id, agency=heir).aggregate(n=Max("number"))["n"]
    number = (last or 0) + 1
    plan.change(seen_version=plan.version, agency=heir, number=number, changed_at=at)


def _tell(heir: Agency, plans: list[Plan], texts: list[LegalChange], at: datetime) -> None:
    on = at.date()
    for plan in plans:
        notices.notify(
            users=holding(heir, Permission.REVIEW_PROCEDURES, on=on),
            kind="plans.transferred",
            text=f"{heir.label} tiếp nhận phương án từ cơ quan đã kết thúc hoạt động: {plan}.",
            url=plan.get_absolute_url(),
            at=at,
        )
    for text in texts:
        notices.notify(
            users=holding(heir, Permission.ANSWER, on=on),
            kind="plans.text_transferred",
            text=f"{heir.label} tiếp nhận văn bản phải sửa đổi từ cơ quan đã kết thúc hoạt động: "
            f"{text}.",
            url=text.get_absolute_url(),
            at=at,
        )


def _tell_of_upwards(heir: Agency, upwards: list[Recommendation], at: datetime) -> None:
    """Tell of them together: they are followed in one list."""
    if not upwards:
        return
    notices.notify(
        users=holding(heir, Permission.REVIEW_PROCEDURES, on=at.date()),
        kind="plans.recommendation_transferred",
        text=f"{heir.label} tiếp nhận {format_number(len(upwards))} kiến nghị cấp trên từ cơ quan "
        "đã kết thúc hoạt động.",
        url=f"{reverse('plans:recommendations')}?viec=toi",
        at=at,
    )
