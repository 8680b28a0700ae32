"""The codes of agencies in the exchange: given, ended, taken from a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.exchange import policies
from tinhgon.apps.exchange.imports import OrganValues
from tinhgon.apps.exchange.models import OrganId
from tinhgon.common.refusal import Refused
from tinhgon.domain.exchange import ORGAN_ID
from tinhgon.domain.vntext import format_date


@transaction.atomic
def add_organ_id(*, values: OrganValues, by: User, at: datetime) -> OrganId:
    """
    Give an agency a code; the one that it had ends on that day.

    :raises PermissionDenied: if `by` does not manage the agencies of the province.
    :raises Refused: if it is no code, or another agency has it.
    """
    policies.check_manage_organs(by)
    row, entries = _given(values)
    audit.record_all(entries, by=by, at=at)
    return row


@transaction.atomic
def import_organ_ids(*, rows: Sequence[OrganValues], by: User, at: datetime) -> int:
    """
    Take codes from a list, all or none; what is known already is left. Return how many were new.

    :raises PermissionDenied, Refused: as `add_organ_id`.
    """
    policies.check_manage_organs(by)
    entries: list[audit.Entry] = []
    added = 0
    for values in rows:
        if OrganId.objects.filter(agency=values.agency, code=values.code, ended_on=None).exists():
            continue
        entries += _given(values)[1]
        added += 1
    audit.record_all(entries, by=by, at=at)
    return added


@transaction.atomic
def end_organ_id(
    *, organ: OrganId, ended_on: date, by: User, at: datetime, version: int
) -> OrganId:
    """
    End a code; `ended_on` is the first day on which it is no more.

    :raises PermissionDenied: as `add_organ_id`.
    :raises Refused: if it has ended, or would before it began.
    :raises StaleObject: if it changed since the user saw `version` of it.
    """
    policies.check_manage_organs(by)
    if organ.ended_on is not None:
        raise Refused("Mã này đã kết thúc.")
    if ended_on <= organ.started_on:
        raise Refused(
            f"Ngày kết thúc phải sau ngày bắt đầu {format_date(organ.started_on)}.", "ended_on"
        )
    organ.change(seen_version=version, ended_on=ended_on)
    audit.record_all([_ended(organ)], by=by, at=at)
    return organ


def _given(values: OrganValues) -> tuple[OrganId, list[audit.Entry]]:
    if not ORGAN_ID.fullmatch(values.code):
        raise Refused(f"“{values.code}” không đúng dạng mã định danh, ví dụ H37.02.010.", "code")
    taken = OrganId.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=values.started_on), code=values.code
    ).exclude(agency=values.agency)
    if other := taken.select_related("agency").first():
        raise Refused(f"Mã {values.code} đang là của {other.agency}.", "code")
    entries = []
    for row in OrganId.objects.filter(agency=values.agency, ended_on=None):
        if row.code == values.code:
            raise Refused(f"{values.agency} đã có mã này.", "code")
        if values.started_on <= row.started_on:
            raise Refused(
                f"Mã {row.code} có từ ngày {format_date(row.started_on)}; mã mới phải từ sau đó.",
                "started_on",
            )
        row.change(seen_version=row.version, ended_on=values.started_on)
        entries.append(_ended(row))
    try:
        with transaction.atomic():
            row = OrganId.objects.create(
                agency=values.agency,
                code=values.code,
                started_on=values.started_on,
                basis=values.basis,
            )
    except IntegrityError as e:
        raise Refused(f"Mã {values.code} vừa được người khác ghi.", "code") from e
    changes = (
        audit.Change("Mã định danh", "", row.code),
        audit.Change("Từ ngày", "", format_date(row.started_on)),
        audit.Change("Căn cứ", "", row.basis),
    )
    return row, [*entries, audit.Entry("exchange.organ_added", row, changes)]


def _ended(row: OrganId) -> audit.Entry:
    day = format_date(row.ended_on) if row.ended_on else ""
    return audit.Entry("exchange.organ_ended", row, (audit.Change("Đến trước ngày", "", day),))
