"""What was read of a decision, set right by people before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.intake import policies
from tinhgon.apps.intake.enums import BatchKind, BatchMove
from tinhgon.apps.intake.imports import judge_rows
from tinhgon.apps.intake.models import Batch, BatchRow
from tinhgon.apps.procedures.enums import ACTION_LABELS, Action, Tier
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import from_json, to_json

from ._shared import make_move

_WRITTEN = (
    "record",
    "name",
    "agency",
    "action",
    "position",
    "wanted_code",
    "abolishes",
    "verdict",
    "choice",
    "errors",
    "target",
    "base",
    "seen",
    "reasons",
    "ends",
    "key",
    "is_outdated",
)


@transaction.atomic
def correct_heading(
    *, batch: Batch, values: Mapping[str, Any], by: User, at: datetime, seen: int
) -> None:
    """
    Set right what the decision says of itself: number, symbol, day, signer, effective day, issuer.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    _only_decisions(batch)
    old = batch.heading
    make_move(batch, BatchMove.CHOOSE, by=by, seen=seen, heading={**old, **values})
    changes = [
        audit.Change(_LABELS[name], str(old.get(name) or ""), str(value or ""))
        for name, value in values.items()
        if value != old.get(name)
    ]
    audit.record("intake.corrected", batch, by=by, at=at, changes=changes)


@transaction.atomic
def correct_row(
    *,
    row: BatchRow,
    action: Action,
    name: str,
    tier: Tier,
    agency: Agency | None,
    code: str,
    position: str,
    national_code: str | None = None,
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Set right what a row of a decision says, and compare it anew.

    `code`: the procedure that it is about, empty to find it by its name. `national_code`: what the
    document should have printed, empty for none, None to leave it.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    batch = row.batch
    _only_decisions(batch)
    if agency is not None:
        policies.check_receive(by, BatchKind.DECISION, agency)
    make_move(batch, BatchMove.CHOOSE, by=by, seen=seen)
    if row.record:
        record = replace(from_json(row.record), name=name, tier=tier)
        if national_code is not None:
            record = replace(record, national_code=national_code)
        row.record = to_json(record)
    if code:
        row.abolishes = None
    row.name, row.action, row.position = name, action.value, position
    row.agency, row.wanted_code, row.is_outdated = agency, code, False
    judge_rows(batch, [row], on=at.date())
    row.save(update_fields=_WRITTEN)
    audit.record("intake.corrected", batch, by=by, at=at, reason=f"{row.place}: {name}"[:500])


@transaction.atomic
def fill_missing(
    *,
    batch: Batch,
    agency: Agency | None,
    action: Action | None,
    by: User,
    at: datetime,
    seen: int,
) -> int:
    """
    Say who holds the rows of which the decision does not tell it, and what it does to those of
    which it does not tell that; return how many rows there were.

    :raises IllegalMove, PermissionDenied, StaleObject: as `make_move`.
    """
    _only_decisions(batch)
    if agency is not None:
        policies.check_receive(by, BatchKind.DECISION, agency)
    make_move(batch, BatchMove.CHOOSE, by=by, seen=seen)
    missing = Q(agency=None) if agency else Q(pk__in=[])
    missing |= Q(action="") if action else Q(pk__in=[])
    rows = list(batch.rows.filter(missing, record__isnull=False))
    for row in rows:
        row.agency = row.agency or agency
        row.action = row.action or (action.value if action else "")
    judge_rows(batch, rows, on=at.date())
    BatchRow.objects.bulk_update(rows, _WRITTEN, batch_size=100)
    said = [agency.name if agency else "", ACTION_LABELS[action] if action else ""]
    change = audit.Change("Các dòng chưa rõ", "", f"{'; '.join(filter(None, said))}: {len(rows)}")
    audit.record("intake.corrected", batch, by=by, at=at, changes=[change])
    return len(rows)


_LABELS = {
    "number": "Số",
    "symbol": "Ký hiệu",
    "subject": "Trích yếu",
    "issued_on": "Ngày ký",
    "effective_on": "Ngày có hiệu lực",
    "issuer": "Cơ quan ban hành",
    "signer_name": "Người ký",
    "signer_title": "Chức vụ người ký",
    "signer_authority": "Thẩm quyền ký",
}


def _only_decisions(batch: Batch) -> None:
    if batch.kind != BatchKind.DECISION:
        raise Refused("Dòng của bảng tính sửa trong tệp rồi nhập lại.")
