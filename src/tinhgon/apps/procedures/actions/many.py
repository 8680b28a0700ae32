"""One change to many versions that a person chose in a list, after he saw what it would do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.enums import STATUS_LABELS, Status, Task
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries import many
from tinhgon.apps.procedures.queries.many import Judged, Preview, Wanted
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import batches
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import VERSION, Move

from ._telling import tell_all
from .bulk import Changed, edit_all
from .linking import link_to_canonical


@transaction.atomic
def change_many(*, wanted: Wanted, seen: Mapping[int, int], by: User, at: datetime) -> Preview:
    """
    Make the change to every version that allows it; return which those are, and why not the others.

    `seen`: version → the row version that the person saw. All is written, or nothing.

    :raises StaleObject: if one that would change was changed since it was seen.
    :raises Refused: if there are too many, a reason is missing, or nothing would change.
    """
    if len(seen) > many.MOST_AT_ONCE:
        raise Refused("Chọn nhiều quá. Lọc bớt rồi làm từng phần.")
    if wanted.task in many.WITH_REASON and not wanted.reason.strip():
        raise Refused("Ghi rõ lý do để người soạn biết cần sửa gì.", "reason")
    versions = many.load(user=by, pks=seen)
    found = many.preview(user=by, wanted=wanted, versions=versions, on=at.date())
    if not found.will:
        raise Refused("Không có thủ tục nào thay đổi được.")
    if any(each.version.version != seen[each.version.pk] for each in found.will):
        raise StaleObject
    _write(found.will, wanted, by=by, at=at)
    return found


def _write(rows: Sequence[Judged], wanted: Wanted, *, by: User, at: datetime) -> None:
    match wanted.task:
        case Task.SET:
            changed = [
                Changed(row.record, row.version, row.version.version) for row in rows if row.record
            ]
            audit.record_all(edit_all(changed, by=by, at=at).entries, by=by, at=at)
        case Task.LINK:
            assert wanted.canonical is not None  # noqa: S101 — judged before
            procedures = [row.version.procedure for row in rows]
            link_to_canonical(
                canonical=wanted.canonical,
                copies=[(procedure, procedure.version) for procedure in procedures],
                by=by,
                at=at,
                reason=wanted.reason,
            )
        case task:
            versions = [row.version for row in rows]
            _move_all(versions, many.MOVES[task], by=by, at=at, reason=wanted.reason.strip())


def _move_all(
    versions: Sequence[ProcedureVersion], move: Move, *, by: User, at: datetime, reason: str
) -> None:
    """As `make_move` does for one; who may was judged, for each, in this transaction."""
    alike: dict[tuple[Status, int], list[ProcedureVersion]] = defaultdict(list)
    for version in versions:
        alike[Status(version.status), version.version].append(version)
    entries = []
    for (old, seen), rows in alike.items():
        new = VERSION.transition_for(old, move).to
        values = {"status": new.value, "reason": reason, "changed_at": at, "version": seen + 1}
        for batch in batches(rows):
            found = ProcedureVersion.objects.filter(
                pk__in=[row.pk for row in batch], version=seen, status=old.value
            )
            if found.update(**values) != len(batch):
                raise StaleObject
        change = audit.Change("Trạng thái", STATUS_LABELS[old], STATUS_LABELS[new])
        for row in rows:
            for name, value in values.items():
                setattr(row, name, value)
            entries.append(audit.Entry("procedures.moved", row, (change,), reason))
    tell_all(versions, move, by=by, at=at, reason=reason)
    search.index(PROCEDURE, [version.procedure_id for version in versions])
    audit.record_all(entries, by=by, at=at)
