"""When an agency ends, its undecided plans and the texts it is to change go to the successor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tinhgon.apps.accounts.queries import holding
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.agencies.queries import heirs_of_ended
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.plans.models import LegalChange, Plan
from tinhgon.apps.plans.queries.following import texts_under_way, undecided_plans
from tinhgon.domain.access import Permission


@dataclass(slots=True)
class Followed:
    """How much went to successors, and whose plans and texts nobody takes over as a whole."""

    plans: int = 0
    texts: int = 0
    undecided: list[Agency] = field(default_factory=list)


@transaction.atomic
def follow_agencies(
    *, successions: Iterable[Succession], by: audit.Actor, at: datetime
) -> Followed:
    """
    Give what agencies that ended still have to their successors, once.

    A plan that was decided stays with the agency that proposed it: who carries it out is said by
    its texts and by who holds its procedures.
    """
    done = Followed()
    entries: list[audit.Entry] = []
    for predecessor, heir in heirs_of_ended(successions, today=at.date()).items():
        plans = list(undecided_plans().filter(agency=predecessor).order_by("pk"))
        texts = list(texts_under_way().filter(agency=predecessor).order_by("pk"))
        if heir is None:
            done.undecided += [predecessor] if plans or texts else []
            continue
        change = audit.Change("Cơ quan", predecessor.name, heir.name)
        for plan in plans:
            _give(plan, heir, at)
        for text in texts:
            text.change(seen_version=text.version, agency=heir)
        entries += [audit.Entry("plans.transferred", plan, (change,)) for plan in plans]
        entries += [audit.Entry("plans.text_transferred", text, (change,)) for text in texts]
        done.plans += len(plans)
        done.texts += len(texts)
        _tell(heir, plans, texts, at)
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
