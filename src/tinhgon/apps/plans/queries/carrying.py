"""How far the approved procedures of plans are carried out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Count, Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import Verdict
from tinhgon.apps.plans.models import LegalChange, Measure, Plan, PlanItem, Recommendation
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import UNPUBLISHED
from tinhgon.domain.simplification import CarryingOut, carrying_out
from tinhgon.domain.vntext import format_date, format_number

from .recommendations import standing as recommendation_standing
from .texts import Standing, as_value


@dataclass(frozen=True, slots=True)
class ItemCarrying:
    """One approved procedure of a plan: how far it is, and the version that carries it out."""

    item: PlanItem
    carrying: CarryingOut
    standing: Standing


def carrying_of(items: Iterable[PlanItem], *, today: date) -> dict[int, CarryingOut]:
    """
    Return how far each item is carried out, by the domain's rule, without a query: they come
    `with_endings`, with their amendment, and with measures and texts prefetched.
    """
    return {
        item.pk: _carrying(item, item.measures.all(), item.legal_changes.all(), today)
        for item in items
    }


def _carrying(
    item: PlanItem, measures: Iterable[Measure], texts: Iterable[LegalChange], today: date
) -> CarryingOut:
    granted = {measure.pk for measure in measures if measure.granted_by_id}
    changes = [
        as_value(change)
        for change in texts
        if change.measure_id is None or change.measure_id in granted
    ]
    return carrying_out(
        Verdict(item.verdict),
        changes,
        on=today,
        amended_on=item.amendment.valid_from if item.amendment else None,
        abolished_on=vars(item)["ended_on"],
    )


def carrying_standing(carrying: CarryingOut) -> Standing:
    """Return how far a procedure is carried out, in words."""
    if carrying.done_on:
        late = f", chậm {format_number(carrying.days_late)} ngày" if carrying.days_late else ""
        kind = "donelate" if late else "done"
        return Standing(kind, f"Đã thực thi ngày {format_date(carrying.done_on)}{late}")
    if carrying.awaits_procedure:
        rest = "văn bản đã có hiệu lực, chờ công bố lại thủ tục"
    else:
        rest = f"còn {format_number(carrying.texts_open)} văn bản chưa có hiệu lực"
    if carrying.days_late:
        days = format_number(carrying.days_late)
        return Standing("late", f"Quá hạn thực thi {days} ngày: {rest}")
    return Standing("waiting", f"Chưa thực thi: {rest}")


class PlanCarrying(TypedDict):
    granted: list[ItemCarrying]
    carried_out: int
    recommended: int  # whose answer is still to come
    upwards: list[tuple[Recommendation, Standing]]


def plan_carrying(*, items: Sequence[PlanItem], today: date) -> PlanCarrying:
    """Return how far each approved procedure of a plan is, of items as `carrying_of` has them."""
    known = carrying_of(items, today=today)
    granted = [
        ItemCarrying(item, known[item.pk], carrying_standing(known[item.pk]))
        for item in items
        if known[item.pk].is_due
    ]
    upwards = [r for item in items if (r := getattr(item, "recommendation", None))]
    return {
        "granted": granted,
        "carried_out": sum(line.carrying.is_done for line in granted),
        "recommended": sum(item.verdict == Verdict.RECOMMENDED_UP.value for item in items),
        "upwards": [(each, recommendation_standing(each, today)) for each in upwards],
    }


class ItemCarryingPart(TypedDict):
    standing: Standing | None
    amendment: ProcedureVersion | None
    may_draft: bool
    may_link: list[ProcedureVersion]


def item_carrying(
    *,
    user: User,
    item: PlanItem,
    measures: Iterable[Measure],
    texts: Iterable[LegalChange],
    today: date,
) -> ItemCarryingPart:
    """
    Return how far one procedure is carried out, and what can be done in the registry for it.

    The item is as `get_visible_item` returns it, with its measures and texts beside it.
    """
    carrying = _carrying(item, measures, texts, today)
    if not carrying.is_due:
        return {"standing": None, "amendment": None, "may_draft": False, "may_link": []}
    reviewed = item.review.procedure_version
    later = list(
        ProcedureVersion.objects.filter(procedure=reviewed.procedure_id, number__gt=reviewed.number)
        .filter(Q(plan_item=None) | Q(plan_item=item.pk))
        .defer("content")
        .order_by("-number")
    )
    amendment = next((each for each in later if each.pk == item.amendment_id), None)
    may = policies.may_amend(user, item) and amendment is None and not carrying.is_done
    open_draft = any(each.status in UNPUBLISHED for each in later)
    return {
        "standing": carrying_standing(carrying),
        "amendment": amendment,
        "may_draft": may and not item.ending and not open_draft,
        "may_link": later if may else [],
    }


def later_version(item: PlanItem, number: int) -> ProcedureVersion:
    """
    Return a version of the procedure of the item, by its number.

    :raises Refused: if there is none.
    """
    procedure = item.review.procedure_version.procedure_id
    version = ProcedureVersion.objects.filter(procedure=procedure, number=number).first()
    if version is None:
        raise Refused("Thủ tục này không có phiên bản đó.")
    return version


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the approved procedures of a plan: how many there are, how many are carried out."""

    approved: int
    done: int

    @property
    def words(self) -> str:
        return f"{format_number(self.done)}/{format_number(self.approved)}"


def progress_of(plans: Collection[Plan], *, today: date) -> Mapping[int, Progress]:
    """Return the progress by plan, for those with anything approved; in two queries."""
    rows = PlanItem.objects.filter(plan__in=plans).order_by()
    approved = dict(rows.granted().values_list("plan").annotate(n=Count("pk")))
    if not approved:
        return {}
    done = dict(rows.carried_out_on(today).values_list("plan").annotate(n=Count("pk")))
    return {pk: Progress(number, done.get(pk, 0)) for pk, number in approved.items()}
