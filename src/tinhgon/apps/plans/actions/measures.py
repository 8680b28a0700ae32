"""The measures on one procedure, and what they make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans.enums import RISK_LABELS, MeasureKind
from tinhgon.apps.plans.models import Measure, PlanItem
from tinhgon.common.refusal import Refused
from tinhgon.domain.simplification import KIND_WORDS, find_conflicts, measure_words
from tinhgon.domain.simplification import Measure as MeasureValue
from tinhgon.domain.vntext import format_number

from ._shared import open_for_edit, recompute

LONGEST_CONTENT = 2_000
MOST_EFFORT = Decimal(99_999)


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """
    What the officer enters: kind, target and value as domain.simplification has them.

    `content` empty: the software words it. `effort` is days of work, `risk` from 1 to 5.
    """

    kind: MeasureKind
    target: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    content: str = ""
    reason: str = ""
    effort: Decimal = Decimal(1)
    risk: int = 1

    @property
    def as_value(self) -> MeasureValue:
        return MeasureValue(self.kind, self.target, self.value)


@transaction.atomic
def add_measure(
    *, item: PlanItem, entry: MeasureEntry, by: User, at: datetime, seen: int
) -> Measure:
    """
    Add a measure; what the procedure becomes is computed at once.

    :raises IllegalMove, PermissionDenied: as `open_for_edit`.
    :raises StaleObject: if the item changed since `seen` was seen.
    :raises Refused: if the measure cannot be applied to the procedure at all. One that only stands
        in the way of another is taken and shown as a conflict.
    """
    open_for_edit(item.plan, by=by, at=at)
    values = _checked(item, entry)
    last = item.measures.aggregate(n=Max("order"))["n"] or 0
    measure = Measure.objects.create(item=item, order=last + 1, **values)
    followed = recompute(item, by=by, at=at, seen=seen)
    change = audit.Change(KIND_WORDS[entry.kind], "", measure.content)
    first = audit.Entry("plans.measure_added", item, (change,))
    audit.record_all([first, *followed], by=by, at=at)
    return measure


@transaction.atomic
def change_measure(
    *, measure: Measure, entry: MeasureEntry, by: User, at: datetime, seen: int
) -> None:
    """
    Change a measure; `seen` is the version of its item.

    :raises IllegalMove, PermissionDenied, StaleObject, Refused: as `add_measure`.
    """
    item = measure.item
    open_for_edit(item.plan, by=by, at=at)
    values = _checked(item, entry)
    changes = _changes(item, measure, entry.as_value, values)
    for name, value in values.items():
        setattr(measure, name, value)
    measure.save(update_fields=list(values))
    entries = recompute(item, by=by, at=at, seen=seen)
    if changes:
        entries.insert(0, audit.Entry("plans.measure_changed", item, tuple(changes)))
    audit.record_all(entries, by=by, at=at)


@transaction.atomic
def remove_measure(*, measure: Measure, by: User, at: datetime, seen: int) -> None:
    """
    Remove a measure with the changes of law that it alone needed; `seen` is that of its item.

    :raises IllegalMove, PermissionDenied, StaleObject: as `add_measure`.
    """
    item = measure.item
    open_for_edit(item.plan, by=by, at=at)
    change = audit.Change(KIND_WORDS[MeasureKind(measure.kind)], measure.content, "")
    lost = [audit.Change("Văn bản phải sửa", str(c), "") for c in measure.legal_changes.all()]
    measure.delete()
    followed = recompute(item, by=by, at=at, seen=seen)
    first = audit.Entry("plans.measure_removed", item, (change, *lost))
    audit.record_all([first, *followed], by=by, at=at)


def _checked(item: PlanItem, entry: MeasureEntry) -> dict[str, Any]:
    measure = entry.as_value
    if faults := find_conflicts(item.as_is_record, [measure]):
        raise Refused(faults[0].text, "value")
    if entry.risk not in RISK_LABELS:
        raise Refused("Chọn mức rủi ro từ 1 đến 5.", "risk")
    if not 0 <= entry.effort <= MOST_EFFORT:
        raise Refused(f"Công sức tính từ 0 đến {format_number(MOST_EFFORT)} ngày công.", "effort")
    content = entry.content.strip() or measure_words(item.as_is_record, measure)
    if max(len(content), len(entry.reason.strip())) > LONGEST_CONTENT:
        raise Refused(f"Nội dung, lý do không dài quá {LONGEST_CONTENT} ký tự.", "content")
    return {
        "kind": entry.kind.value,
        "target": entry.target,
        "value": dict(entry.value),
        "content": content,
        "reason": entry.reason.strip(),
        "effort": entry.effort,
        "risk": entry.risk,
    }


def _changes(
    item: PlanItem, measure: Measure, new: MeasureValue, values: Mapping[str, Any]
) -> list[audit.Change]:
    old_kind, new_kind = (KIND_WORDS[MeasureKind(k)] for k in (measure.kind, values["kind"]))
    rows = [
        ("Loại", old_kind, new_kind),
        ("Tác động", *(measure_words(item.as_is_record, each) for each in (measure.as_value, new))),
        ("Nội dung đơn giản hóa", measure.content, values["content"]),
        ("Lý do", measure.reason, values["reason"]),
        ("Công sức (ngày công)", format_number(measure.effort), format_number(values["effort"])),
        ("Rủi ro", RISK_LABELS[measure.risk], RISK_LABELS[values["risk"]]),
    ]
    return [audit.Change(*row) for row in rows if row[1] != row[2]]
