"""Rows whose preview is no longer true: somebody changed the registry meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.intake.enums import BatchKind, Choice
from tinhgon.apps.intake.imports import Comparer, judge_rows
from tinhgon.apps.intake.models import Batch, BatchRow
from tinhgon.apps.intake.queries import living_names
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import UNPUBLISHED

_COMPARED = (
    "name",
    "key",
    "agency",
    "verdict",
    "choice",
    "errors",
    "target",
    "base",
    "seen",
    "reasons",
    "is_outdated",
    "ends",
)


def outdated_rows(batch: Batch, *, on: date) -> set[int]:
    """Return the keys of chosen rows that would now do something else than was previewed."""
    return _changed_bases(batch) | _names_taken(batch, on=on)


def compare_again(batch: Batch, rows: Sequence[int], by: User, *, on: date) -> None:
    """Give the rows the verdict that is true now, and mark them, so that a person looks again."""
    comparer = Comparer(batch, by, on=on)
    for part in batches(sorted(rows), size=250):
        found = list(batch.rows.filter(pk__in=part).order_by("order"))
        if batch.kind == BatchKind.DECISION:
            judge_rows(batch, found, on=on)
        else:
            fresh = comparer.compare([(row.line, row.cells) for row in found], first=0)
            for row, new in zip(found, fresh, strict=True):
                for name in _COMPARED:
                    setattr(row, name, getattr(new, name))
        for row in found:
            row.is_outdated = True
        BatchRow.objects.bulk_update(found, _COMPARED, batch_size=100)


def _changed_bases(batch: Batch) -> set[int]:
    """The version itself changed, another took its place, or a draft was begun beside it."""
    drafts = ProcedureVersion.objects.filter(
        procedure=OuterRef("target"), status__in=UNPUBLISHED
    ).exclude(pk=OuterRef("base"))
    changed = Q(base=None) | ~Q(base__version=F("seen")) | Q(base__is_superseded=True)
    if batch.kind == BatchKind.SHEET:
        changed |= Q(Exists(drafts))
    rows = batch.rows.filter(choice=Choice.UPDATE.value).filter(changed)
    return set(rows.values_list("pk", flat=True))


def _names_taken(batch: Batch, *, on: date) -> set[int]:
    """Somebody entered a procedure of the very name meanwhile."""
    asked: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    rows = batch.rows.filter(choice=Choice.ADD.value)
    for pk, key in rows.values_list("pk", "key"):
        agency, _, rest = key.partition(":")
        tier, _, name = rest.partition(":")
        if agency.isdecimal():
            asked[int(agency), tier, name].append(pk)
    return {pk for name in living_names(asked.keys(), on) for pk in asked[name]}
