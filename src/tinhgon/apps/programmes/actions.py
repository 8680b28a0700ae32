from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, ProtectedError, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change
from tinhgon.common.models import StaleObject as StaleObject
from tinhgon.common.models import Versioned
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import fold, format_date

from . import policies
from .enums import Operator
from .models import Milestone, Programme, Round, Target

Row = TypeVar("Row", Round, Milestone, Target)
Setting = TypeVar("Setting", bound=Versioned)
"""What an app above keeps once for a programme, under the field `programme`."""


class RoundInUse(Exception):
    """A letter belongs to a round that was to be removed."""


@dataclass(frozen=True, slots=True)
class RoundValues:
    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class MilestoneValues:
    """`round_name` is that of a round in the same values, or empty."""

    name: str
    due_on: date
    basis: str = ""
    round_name: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class TargetValues:
    """`round_name` is that of a round in the same values, or empty."""

    metric: str
    value: Decimal
    unit: str
    operator: str = Operator.AT_LEAST
    counting_rule: str = ""
    round_name: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class ProgrammeValues:
    """A programme as it is to be; what it had and is not named here goes."""

    name: str
    agency: Agency
    starts_on: date
    ends_on: date | None = None
    basis: str = ""
    max_extensions: int = 1
    rounds: Sequence[RoundValues] = field(default_factory=tuple)
    milestones: Sequence[MilestoneValues] = field(default_factory=tuple)
    targets: Sequence[TargetValues] = field(default_factory=tuple)

    def fields(self) -> dict[str, object]:
        return {
            "name": self.name,
            "agency": self.agency,
            "basis": self.basis,
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "max_extensions": self.max_extensions,
        }


@transaction.atomic
def add_programme(*, values: ProgrammeValues, by: User, at: datetime) -> Programme:
    """
    Enter a programme with its rounds, milestones and targets.

    :raises PermissionDenied: if `by` does not manage programmes at the agency that runs it.
    """
    _check(by, values.agency)
    programme = Programme.objects.create(**values.fields())
    _write_parts(programme, values)
    changes = _changes({}, _words(programme))
    audit.record("programmes.added", programme, by=by, at=at, changes=changes)
    return programme


@transaction.atomic
def change_programme(
    *, programme: Programme, values: ProgrammeValues, by: User, at: datetime, version: int
) -> Programme:
    """
    Make the programme as in `values`; rows of it that are not named there are removed.

    :raises PermissionDenied: if `by` does not manage programmes at its agency, old or new.
    :raises RoundInUse: if a letter belongs to a round that is to go.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    if not policies.can_change(by, programme):
        raise PermissionDenied
    _check(by, values.agency)
    old = _words(programme)
    programme.change(seen_version=version, **values.fields())
    try:
        _write_parts(programme, values)
    except ProtectedError as e:
        raise RoundInUse(
            "Có văn bản gắn với đợt bị bỏ; hãy chuyển văn bản sang đợt khác trước."
        ) from e
    changes = _changes(old, _words(programme))
    audit.record("programmes.changed", programme, by=by, at=at, changes=changes)
    return programme


def _check(by: User, agency: Agency) -> None:
    if not by.access.allows(Permission.MANAGE_PROGRAMMES, agency.path or "/"):
        raise PermissionDenied


def _write_parts(programme: Programme, values: ProgrammeValues) -> None:
    rounds = {row.pk: row for row in programme.rounds.all()}
    milestones = {row.pk: row for row in programme.milestones.all()}
    targets = {row.pk: row for row in programme.targets.all()}
    by_name: dict[str, Round] = {}
    for order, part in enumerate(values.rounds, start=1):
        row = rounds.pop(part.pk or 0, None) or Round(programme=programme)
        row.name, row.order = part.name, order
        row.starts_on, row.ends_on = part.starts_on, part.ends_on
        row.save()
        by_name[fold(part.name)] = row
    for item in values.milestones:
        milestone = milestones.pop(item.pk or 0, None) or Milestone(programme=programme)
        milestone.name, milestone.due_on, milestone.basis = item.name, item.due_on, item.basis
        milestone.round = by_name[fold(item.round_name)] if item.round_name else None
        milestone.save()
    for goal in values.targets:
        target = targets.pop(goal.pk or 0, None) or Target(programme=programme)
        target.metric, target.operator, target.value = goal.metric, goal.operator, goal.value
        target.unit, target.counting_rule = goal.unit, goal.counting_rule
        target.round = by_name[fold(goal.round_name)] if goal.round_name else None
        target.save()
    # What hangs on a round has been moved by now, or goes with it because it was left out too.
    for left in (*milestones.values(), *targets.values(), *rounds.values()):
        left.delete()


def _words(programme: Programme) -> dict[str, str]:
    """Return the programme as the audit trail tells it."""
    rounds = [f"{row.name} ({_span(row.starts_on, row.ends_on)})" for row in programme.rounds.all()]
    milestones = [f"{row.name}: {format_date(row.due_on)}" for row in programme.milestones.all()]
    targets = [
        f"{row.metric} {Operator(row.operator).label} {row.amount}"
        for row in programme.targets.all()
    ]
    return {
        "Tên": programme.name,
        "Cơ quan": programme.agency.name,
        "Căn cứ": programme.basis,
        "Thời gian": _span(programme.starts_on, programme.ends_on),
        "Số lần gia hạn": str(programme.max_extensions),
        "Đợt": "; ".join(rounds),
        "Mốc": "; ".join(milestones),
        "Chỉ tiêu": "; ".join(targets),
    }


def _span(start: date | None, end: date | None) -> str:
    parts = [f"từ {format_date(start)}" if start else "", f"đến {format_date(end)}" if end else ""]
    return " ".join(part for part in parts if part)


def _changes(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    return [
        Change(field, old.get(field, ""), words)
        for field, words in new.items()
        if old.get(field, "") != words
    ]


def hold_setting(rows: QuerySet[Setting], programme: Programme) -> Setting | None:
    """
    Return the setting of this kind that a programme has, if any, for whoever writes one next.

    In the transaction of an action: who sets the first one at the same moment waits here, and is
    told by `write_setting` that he comes second.
    """
    Programme.objects.filter(pk=programme.pk).update(name=F("name"))
    return rows.filter(programme=programme).first()


def write_setting(
    rows: QuerySet[Setting],
    known: Setting | None,
    programme: Programme,
    *,
    seen: int,
    **values: Any,
) -> Setting:
    """
    Write over the setting that `hold_setting` found, or make the first one; `seen` 0 means none.

    :raises StaleObject: if it is not as it was seen.
    """
    if known is not None:
        known.change(seen_version=seen, **values)
        return known
    if seen:
        raise StaleObject
    return rows.create(programme=programme, **values)
