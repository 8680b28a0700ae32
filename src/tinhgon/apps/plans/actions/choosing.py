"""Draft plans narrowed at one stroke to the measures that were chosen, and given back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import PlanMove
from tinhgon.apps.plans.models import LegalChange, Measure, MeasureChoice, Plan, PlanItem
from tinhgon.apps.plans.queries.planning import Work
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused

from ._costs import follow_costs, to_be_of
from ._shared import open_for_edit, recompute
from ._texts import new_text

_MEASURE = ("order", "kind", "target", "value", "content", "reason", "risk", "suggestion_id")
_CHANGE = ("text", "provision", "work", "agency_id")


@transaction.atomic
def apply_choice(
    *,
    work: Work,
    chosen: Collection[int],
    seen: Mapping[int, int],
    by: User,
    at: datetime,
) -> MeasureChoice:
    """
    Take out of the draft plans that `by` may change every measure that is not in `chosen`.

    A procedure of which nothing is chosen leaves its plan. All of it is kept for `undo_choice`.
    `seen`: the version of each plan as it was seen.

    :raises PermissionDenied: if `by` may change none of the plans.
    :raises StaleObject: if a plan, or anything in it, changed since it was seen.
    :raises Refused: if nothing is chosen, or nothing would change.
    """
    plans = {plan.pk: plan for plan in work.editable}
    if not plans:
        raise PermissionDenied
    if not chosen:
        raise Refused("Chọn ít nhất một nội dung. Không áp dụng được lựa chọn rỗng.")
    items = [item for item in work.items.values() if item.plan_id in plans]
    dropped = {item.pk: [m for m in item.measures.all() if m.pk not in chosen] for item in items}
    changed = [item for item in items if dropped[item.pk]]
    if not changed:
        raise Refused("Phương án đã gồm đúng các nội dung được chọn.")
    for pk in sorted({item.plan_id for item in changed}):
        if seen.get(pk) != plans[pk].version:
            raise StaleObject
        open_for_edit(plans[pk], by=by, at=at)
    kept = sum(len(item.measures.all()) - len(dropped[item.pk]) for item in items)
    removed, changes = [], defaultdict[int, list[audit.Change]](list)
    for item in changed:
        changes[item.plan_id] += _words(item, dropped[item.pk])
        removed.append(_take_out(item, dropped[item.pk], by=by, at=at))
    choice = MeasureChoice.objects.create(
        round=work.review_round,
        agency=work.agency,
        kept=kept,
        removed=removed,
        made_at=at,
        made_by=by,
    )
    audit.record_all(
        [
            audit.Entry("plans.choice_applied", plans[pk], tuple(rows))
            for pk, rows in changes.items()
        ],
        by=by,
        at=at,
    )
    return choice


def _words(item: PlanItem, dropped: Sequence[Measure]) -> list[audit.Change]:
    lost = [audit.Change("Nội dung đơn giản hóa", measure.content, "") for measure in dropped]
    if len(dropped) < len(item.measures.all()):
        return lost
    return [audit.Change("Thủ tục", str(item), ""), *lost]


def _take_out(
    item: PlanItem, dropped: Sequence[Measure], *, by: User, at: datetime
) -> dict[str, Any]:
    is_whole = len(dropped) == len(item.measures.all())
    texts = list(item.legal_changes.all())
    kept: dict[str, Any] = {
        "plan": item.plan_id,
        "review": item.review_id,
        "name": str(item),
        "is_whole": is_whole,
        "as_is": item.as_is_id,
        "order": item.order,
        "proposal": item.proposal,
        "texts": [_text(text) for text in texts if text.measure_id is None] if is_whole else [],
        "measures": [
            {
                **{name: getattr(measure, name) for name in _MEASURE},
                "effort": str(measure.effort),
                "texts": [_text(text) for text in texts if text.measure_id == measure.pk],
            }
            for measure in dropped
        ],
    }
    if is_whole:
        item.change(seen_version=item.version)
        followed = follow_costs([(item, to_be_of(item, ()))], by=by, at=at)
        audit.record_all(followed, by=by, at=at)
        item.delete()
        return kept
    Measure.objects.filter(pk__in=[measure.pk for measure in dropped]).delete()
    audit.record_all(recompute(item, by=by, at=at, seen=item.version), by=by, at=at)
    return kept


def _text(text: LegalChange) -> dict[str, Any]:
    due_on = text.due_on.isoformat() if text.due_on else ""
    return {**{name: getattr(text, name) for name in _CHANGE}, "due_on": due_on}


@transaction.atomic
def undo_choice(*, choice: MeasureChoice, by: User, at: datetime, seen: int) -> None:
    """
    Give the draft plans back what a choice took out of them.

    :raises PermissionDenied: if `by` may not change one of the plans.
    :raises IllegalMove: if a plan is no longer a draft.
    :raises StaleObject: if the choice, or a plan at this very moment, changed.
    :raises Refused: if it is undone already, or a procedure went elsewhere meanwhile.
    """
    if choice.undone_at is not None:
        raise Refused("Lần chọn này đã được hoàn tác.")
    rows = Plan.objects.filter(pk__in={each["plan"] for each in choice.removed})
    plans = {plan.pk: plan for plan in rows.select_related("agency", "round__round")}
    if len(plans) < len({each["plan"] for each in choice.removed}):
        raise Refused("Có phương án không còn trong hệ thống, không hoàn tác được.")
    for plan in plans.values():
        policies.check(by, PlanMove.EDIT, plan)
    choice.change(seen_version=seen, undone_at=at, undone_by=by)
    for plan in plans.values():
        open_for_edit(plan, by=by, at=at)
    changes = defaultdict[int, list[audit.Change]](list)
    for each in choice.removed:
        _give_back(plans[each["plan"]], each, by=by, at=at)
        changes[each["plan"]] += [
            audit.Change("Nội dung đơn giản hóa", "", measure["content"])
            for measure in each["measures"]
        ]
    audit.record_all(
        [
            audit.Entry("plans.choice_undone", plans[pk], tuple(rows))
            for pk, rows in changes.items()
        ],
        by=by,
        at=at,
    )


def _give_back(plan: Plan, kept: Mapping[str, Any], *, by: User, at: datetime) -> None:
    item = _item(plan, kept)
    if kept["is_whole"]:
        _write_texts(item, None, kept["texts"])
    for said in kept["measures"]:
        values = {name: said[name] for name in (*_MEASURE, "effort")}
        measure = Measure.objects.create(item=item, **values)
        _write_texts(item, measure, said["texts"])
    audit.record_all(recompute(item, by=by, at=at, seen=item.version), by=by, at=at)


def _item(plan: Plan, kept: Mapping[str, Any]) -> PlanItem:
    if not kept["is_whole"]:
        found = PlanItem.objects.select_related(
            "plan__agency", "review__procedure_version", "as_is"
        )
        item = found.filter(plan=plan, review=kept["review"]).first()
        if item is None:
            raise Refused(f"“{kept['name']}” không còn trong phương án, không hoàn tác được.")
        return item
    try:
        with transaction.atomic():
            item = PlanItem.objects.create(
                plan=plan,
                review_id=kept["review"],
                as_is_id=kept["as_is"],
                order=kept["order"],
                proposal=kept["proposal"],
            )
    except IntegrityError:
        raise Refused(f"“{kept['name']}” đã vào phương án khác, không hoàn tác được.") from None
    return item


def _write_texts(
    item: PlanItem, measure: Measure | None, texts: Sequence[Mapping[str, Any]]
) -> None:
    LegalChange.objects.bulk_create(
        new_text(
            item,
            measure=measure,
            **{name: said[name] for name in _CHANGE},
            due_on=date.fromisoformat(said["due_on"]) if said["due_on"] else None,
        )
        for said in texts
    )
