"""What becomes of the rows that were previewed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.intake.enums import (
    CHOICE_LABELS,
    VERDICT_LABELS,
    BatchKind,
    BatchMove,
    Choice,
    Verdict,
)
from tinhgon.apps.intake.models import Batch
from tinhgon.common.batches import batches
from tinhgon.common.refusal import Refused
from tinhgon.domain.intake import allowed

from ._shared import make_move


@transaction.atomic
def choose_rows(
    *, batch: Batch, choices: Mapping[int, Choice], by: User, at: datetime, seen: int
) -> None:
    """
    Say what becomes of rows, each by its key.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    :raises Refused: if the verdict of a row does not allow what was chosen for it.
    """
    make_move(batch, BatchMove.CHOOSE, by=by, seen=seen)
    by_choice: dict[Choice, list[int]] = defaultdict(list)
    verdicts: dict[int, str] = {}
    for part in batches(list(choices)):
        verdicts |= dict(batch.rows.filter(pk__in=part).values_list("pk", "verdict"))
    for pk, choice in choices.items():
        _check(batch, verdicts.get(pk), choice)
        by_choice[choice].append(pk)
    for choice, pks in by_choice.items():
        for part in batches(pks):
            batch.rows.filter(pk__in=part).update(choice=choice.value)
    changes = [
        audit.Change(CHOICE_LABELS[choice], "", f"{len(pks)} dòng")
        for choice, pks in by_choice.items()
    ]
    audit.record("intake.chosen", batch, by=by, at=at, changes=changes)


@transaction.atomic
def choose_verdict(
    *, batch: Batch, verdict: Verdict, choice: Choice, by: User, at: datetime, seen: int
) -> int:
    """
    Say what becomes of all rows with a verdict; return how many there are.

    :raises IllegalMove, PermissionDenied, StaleObject, Refused: as `choose_rows`.
    """
    make_move(batch, BatchMove.CHOOSE, by=by, seen=seen)
    _check(batch, verdict.value, choice)
    count = batch.rows.filter(verdict=verdict.value).update(choice=choice.value)
    change = audit.Change(VERDICT_LABELS[verdict], "", f"{CHOICE_LABELS[choice]}: {count} dòng")
    audit.record("intake.chosen", batch, by=by, at=at, changes=[change])
    return count


def _check(batch: Batch, verdict: str | None, choice: Choice) -> None:
    if verdict is None:
        raise Refused("Có dòng không thuộc đợt nhập này. Tải lại trang rồi chọn lại.")
    if choice not in allowed(Verdict(verdict), BatchKind(batch.kind)):
        words = CHOICE_LABELS[choice].lower()
        raise Refused(f"Dòng “{VERDICT_LABELS[Verdict(verdict)].lower()}” không {words} được.")
