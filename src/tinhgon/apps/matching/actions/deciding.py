"""What becomes of the items that an inventory seems to lack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.matching import policies
from tinhgon.apps.matching.enums import GapRuling
from tinhgon.apps.matching.models import GapVerdict, ReferenceItem
from tinhgon.apps.procedures import actions as procedures
from tinhgon.apps.procedures.enums import Tier
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import Record, read_bases

MOST_AT_ONCE = 200
_RULED_ON = "Đã có người xử lý một thủ tục vừa chọn. Đã hiện danh sách mới nhất."


@transaction.atomic
def accept_gaps(
    *, items: Sequence[ReferenceItem], agency: Agency, by: User, at: datetime
) -> list[GapVerdict]:
    """
    Draft a procedure of the agency for each item, with what the list says of it.

    The trail of each draft says from which list and position it came.

    :raises PermissionDenied: if `by` may not inventory procedures of the agency.
    :raises Refused: if nothing or too much is chosen, or somebody has ruled on one of them.
    """
    policies.check_decide(by, agency)
    _check_number(items)
    made = []
    entries = []
    for item in items:
        record = record_of(item, agency)
        version = procedures.propose_procedure(
            record=record, agency=agency, by=by, at=at, finished=False
        )
        made.append(
            GapVerdict(
                item=item,
                agency=agency,
                ruling=GapRuling.ACCEPTED.value,
                version=version,
                at=at,
                by=by,
            )
        )
        change = audit.Change("Nguồn", "", source_words(item))
        entries.append(audit.Entry("matching.gap_accepted", version, (change,)))
    _write(made)
    audit.record_all(entries, by=by, at=at)
    return made


@transaction.atomic
def dismiss_gaps(
    *, items: Sequence[ReferenceItem], agency: Agency, reason: str, by: User, at: datetime
) -> None:
    """
    Say that items are no procedures of the agency, or that it has them already.

    :raises PermissionDenied, Refused: as `accept_gaps`; also without a reason.
    """
    policies.check_decide(by, agency)
    _check_number(items)
    if not reason.strip():
        raise Refused("Ghi rõ vì sao các thủ tục này không phải còn sót.", "reason")
    _write(
        [
            GapVerdict(
                item=item,
                agency=agency,
                ruling=GapRuling.DISMISSED.value,
                reason=reason.strip(),
                at=at,
                by=by,
            )
            for item in items
        ]
    )
    change = audit.Change("Cơ quan", "", agency.name)
    audit.record_all(
        [audit.Entry("matching.gap_dismissed", item, (change,), reason.strip()) for item in items],
        by=by,
        at=at,
    )


@transaction.atomic
def reopen_gap(*, verdict: GapVerdict, by: User, at: datetime) -> None:
    """
    Take a dismissal back.

    :raises PermissionDenied: if `by` may not inventory procedures of the agency.
    :raises Refused: if a draft was made of the item: that is dropped on its own page.
    :raises StaleObject: if somebody took it back meanwhile.
    """
    policies.check_decide(by, verdict.agency)
    if verdict.ruling == GapRuling.ACCEPTED:
        raise Refused("Thủ tục này đã đưa vào danh mục. Bỏ bản đang soạn trên trang của nó.")
    if not GapVerdict.objects.filter(pk=verdict.pk).delete()[0]:
        raise StaleObject
    change = audit.Change("Cơ quan", verdict.agency.name, "")
    audit.record("matching.gap_reopened", verdict.item, by=by, at=at, changes=[change])


def record_of(item: ReferenceItem, agency: Agency) -> Record:
    """Return what the list says of an item; the national code is not taken over unseen."""
    return Record(
        name=item.name,
        tier=Tier(item.tier) if item.tier else Tier.PROVINCE,
        field=item.field,
        lead=agency.name,
        bases=tuple(basis for line in item.legal_basis.splitlines() for basis in read_bases(line)),
    )


def source_words(item: ReferenceItem) -> str:
    """Return the list and the position: "Quyết định số 123/QĐ-BNV, số thứ tự A.1"."""
    reference = item.reference
    position = f", số thứ tự {item.position}" if item.position else ""
    return f"{reference.source}{position}"


def _check_number(items: Sequence[ReferenceItem]) -> None:
    if not items:
        raise Refused("Chọn ít nhất một thủ tục.")
    if len(items) > MOST_AT_ONCE:
        raise Refused("Mỗi lần chọn không quá 200 thủ tục.")


def _write(verdicts: Sequence[GapVerdict]) -> None:
    try:
        with transaction.atomic():
            GapVerdict.objects.bulk_create(verdicts)
    except IntegrityError:
        raise Refused(_RULED_ON) from None
