"""Bringing a published list in, to compare inventories with it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.actions import FileRefused as FileRefused
from tinhgon.apps.files.enums import LETTERS
from tinhgon.apps.matching import policies
from tinhgon.apps.matching.models import GapVerdict, ReferenceItem, ReferenceList
from tinhgon.common.batches import BATCH
from tinhgon.common.refusal import Refused
from tinhgon.common.uploads import Upload
from tinhgon.domain.catalogue import Catalogue, Row, read_catalogue
from tinhgon.domain.officialdoc import read
from tinhgon.domain.procedures import Action
from tinhgon.domain.vntext import format_date

MOST_ITEMS = 5_000
_LONGEST_NAME = 1_000
_LONGEST_BASIS = 20_000


def receive_reference(
    *,
    upload: Upload,
    name: str,
    tier: str,
    fields: Sequence[str],
    by: User,
    at: datetime,
) -> ReferenceList:
    """
    Read a decision or list into a reference list; what it abolishes is no part of it.

    Nothing is stored unless all of it is.

    :raises PermissionDenied: if `by` does not control procedures.
    :raises Unreadable: if the file cannot be read as a document; the message says what to do.
    :raises FileRefused: if the file may not be stored.
    :raises Refused: if no list was found in it, it has too many rows, or was brought in before.
    """
    policies.check_receive(by)
    catalogue = read_catalogue(read(upload.data, upload.name))
    rows = [row for row in catalogue.rows if row.action is not Action.ABOLISHED and row.name]
    if not rows:
        raise Refused("Không tìm thấy danh mục thủ tục nào trong tệp này.", "file")
    if len(rows) > MOST_ITEMS:
        raise Refused("Danh mục quá 5.000 thủ tục. Tách tệp thành nhiều danh mục.", "file")
    source = source_of(catalogue) or upload.name
    digest = hashlib.sha256(upload.data).hexdigest()
    with transaction.atomic():
        if ReferenceList.objects.filter(digest=digest).exists():
            raise Refused("Tệp này đã nạp rồi.", "file")
        stored = files.store_file(
            data=upload.data,
            name=upload.name,
            content_type=upload.content_type,
            at=at,
            allowed=LETTERS,
        )
        made = _create(
            name=(name.strip() or source)[:300],
            source=source[:300],
            tier=tier,
            fields=list(fields),
            file=stored,
            digest=digest,
            created_at=at,
            created_by=by,
        )
        ReferenceItem.objects.bulk_create(
            (_item(made, order, row) for order, row in enumerate(rows, start=1)),
            batch_size=BATCH,
        )
        change = audit.Change("Số thủ tục", "", str(len(rows)))
        audit.record("matching.list_received", made, by=by, at=at, changes=[change])
    return made


@transaction.atomic
def change_reference(
    *,
    reference: ReferenceList,
    name: str,
    tier: str,
    fields: Sequence[str],
    by: User,
    at: datetime,
    seen: int,
) -> None:
    """
    Change what a list is called and for whom it is meant; its rows stay as they were read.

    :raises PermissionDenied: if `by` does not control procedures.
    :raises StaleObject: if somebody else changed it since.
    """
    policies.check_receive(by)
    old = _meant_for(reference)
    reference.change(
        seen_version=seen, name=name.strip() or reference.source, tier=tier, fields=list(fields)
    )
    new = _meant_for(reference)
    changes = [audit.Change(key, old[key], new[key]) for key in new if old[key] != new[key]]
    audit.record("matching.list_changed", reference, by=by, at=at, changes=changes)


def _meant_for(reference: ReferenceList) -> dict[str, str]:
    return {
        "Tên gọi": reference.name,
        "Dùng cho cấp": reference.get_tier_display(),
        "Chỉ dùng cho lĩnh vực": "; ".join(reference.fields),
    }


@transaction.atomic
def remove_reference(*, reference: ReferenceList, by: User, at: datetime, seen: int) -> None:
    """
    Remove a list with its rows; the file that it was read from stays.

    :raises PermissionDenied: if `by` does not control procedures.
    :raises StaleObject: if somebody else changed it since.
    :raises Refused: if an agency has ruled on one of its rows.
    """
    policies.check_receive(by)
    reference.change(seen_version=seen)
    ruled = GapVerdict.objects.filter(item__reference=reference).count()
    if ruled:
        raise Refused(f"Đã có {ruled} kết luận theo danh mục này, nên giữ lại để tra cứu.")
    size = reference.items.count()
    change = audit.Change("Số thủ tục", str(size), "")
    audit.record("matching.list_removed", reference, by=by, at=at, changes=[change])
    reference.delete()


def source_of(catalogue: Catalogue) -> str:
    """Return the decision in words: "Quyết định số 123/QĐ-BNV ngày 01/7/2024 của Bộ Nội vụ"."""
    head = catalogue.decision
    words = []
    if head.code:
        words.append(f"{(head.doc_type or 'Quyết định').capitalize()} số {head.code}")
        if head.date:
            words.append(f"ngày {format_date(head.date)}")
        if head.agency:
            words.append(f"của {head.agency}")
    return " ".join(words)


def _create(**values: object) -> ReferenceList:
    try:
        with transaction.atomic():
            return ReferenceList.objects.create(**values)
    except IntegrityError:
        raise Refused("Tệp này đã nạp rồi.", "file") from None


def _item(reference: ReferenceList, order: int, row: Row) -> ReferenceItem:
    return ReferenceItem(
        reference=reference,
        order=order,
        position=row.position[:60],
        name=" ".join(row.name.split())[:_LONGEST_NAME],
        tier=row.level.value if row.level else reference.tier,
        field=(row.field or "")[:150],
        agencies=list(row.agencies),
        legal_basis=(row.legal_basis or "")[:_LONGEST_BASIS],
        code=(row.code or "")[:30],
    )
