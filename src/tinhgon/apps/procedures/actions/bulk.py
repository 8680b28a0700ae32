"""
The inventory of many procedures at one stroke: what `propose_procedure`, `edit_version` and
`draft_change` do for one, in a number of statements that does not grow with each row.

Each returns what to record, so that a caller who makes several records them together, last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import (
    CONTENT,
    Field,
    FormFile,
    LegalCitation,
    Procedure,
    ProcedureVersion,
)
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import BATCH, batches
from tinhgon.common.bulk import insert
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import Move, Record, difference

from ._writing import cite_all, columns, field_named
from .entering import last_numbers, new_procedures
from .writing import check_name, in_words

Index = Callable[[str, Iterable[int]], None]
"""`search.index`, or `search.index_later` where a caller writes thousands."""
_REWRITTEN = sorted(CONTENT - {"field_id"} | {"folded", "agency", "fault_count", "changed_at"})


@dataclass(frozen=True, slots=True)
class Proposed:
    """A procedure that was not in the inventory yet."""

    record: Record
    agency: Agency


@dataclass(frozen=True, slots=True)
class Changed:
    """
    New content: of the draft `base`, or beside the published version `base`.

    `seen` is the row version of `base` that the content was compared with. `procedure__agency` of
    it is loaded.
    """

    record: Record
    base: ProcedureVersion
    seen: int


@dataclass(slots=True)
class Written:
    """The versions in the order of the rows, and what is to be recorded of them."""

    versions: list[ProcedureVersion] = field(default_factory=list)
    entries: list[audit.Entry] = field(default_factory=list)


@transaction.atomic
def propose_all(
    rows: Sequence[Proposed],
    *,
    by: User,
    at: datetime,
    finished: bool = True,
    index: Index = search.index,
) -> Written:
    """
    Enter procedures as proposals of their agencies, or as drafts where not `finished`.

    :raises PermissionDenied: if `by` may not inventory procedures of one of the agencies.
    :raises Refused: if one has no name, or one that is too long.
    """
    for agency in {row.agency.pk: row.agency for row in rows}.values():
        policies.check_propose(by, agency)
    procedures = new_procedures([row.agency for row in rows], by=by, at=at)
    status = Status.PROPOSED if finished else Status.DRAFT
    pairs = [(procedure, row.record) for procedure, row in zip(procedures, rows, strict=True)]
    made = _add_versions(pairs, Action.NEW, status, {}, by=by, at=at)
    index(PROCEDURE, [procedure.pk for procedure in procedures])
    return Written(made, [audit.Entry("procedures.proposed", version) for version in made])


@transaction.atomic
def edit_all(
    rows: Sequence[Changed], *, by: User, at: datetime, index: Index = search.index
) -> Written:
    """
    Write new content of drafts.

    :raises IllegalMove: if one is no draft that may be edited.
    :raises PermissionDenied: if `by` may not edit one.
    :raises StaleObject: if one changed since it was seen.
    :raises Refused: if one has no name, or one that is too long.
    """
    for row in rows:
        policies.check(by, Move.EDIT, row.base)
        check_name(row.record)
    entries = [_entry("procedures.edited", row.base, row) for row in rows]
    _take_all([(row.base, row.seen) for row in rows])
    fields = _Fields()
    for row in rows:
        procedure = row.base.procedure
        values = columns(
            row.record,
            procedure=procedure,
            agency=procedure.agency,
            at=at,
            field=fields.named(row.record.field),
        )
        for name, value in values.items():
            setattr(row.base, name, value)
        row.base.__dict__.pop("record", None)
    versions = [row.base for row in rows]
    ProcedureVersion.objects.bulk_create(
        versions,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=_REWRITTEN,
    )
    for batch in batches(versions):
        LegalCitation.objects.filter(version__in=batch).delete()
        FormFile.objects.filter(version__in=batch).delete()
    cite_all((row.base, row.record) for row in rows)
    index(PROCEDURE, [version.procedure_id for version in versions])
    return Written(versions, entries)


@transaction.atomic
def draft_all(
    rows: Sequence[Changed], *, by: User, at: datetime, index: Index = search.index
) -> Written:
    """
    Start a draft with new content beside the published version of each procedure.

    :raises PermissionDenied: if `by` may not.
    :raises StaleObject: if one changed since it was seen, or has a draft by now.
    :raises Refused: if one has no name, or one that is too long.
    """
    for row in rows:
        policies.check_propose(by, row.base.procedure.agency)
        check_name(row.record)
    _check_seen([(row.base, row.seen) for row in rows])
    procedures = [row.base.procedure for row in rows]
    try:
        with transaction.atomic():
            made = _add_versions(
                [(row.base.procedure, row.record) for row in rows],
                Action.AMENDED,
                Status.DRAFT,
                last_numbers(procedures),
                by=by,
                at=at,
            )
    except IntegrityError:
        raise StaleObject from None
    index(PROCEDURE, [procedure.pk for procedure in procedures])
    entries = [_entry("procedures.drafted", v, row) for v, row in zip(made, rows, strict=True)]
    return Written(made, entries)


@transaction.atomic
def withdraw_all(rows: Sequence[tuple[ProcedureVersion, int]], *, by: User) -> list[audit.Entry]:
    """
    Take back versions that were just entered and that nobody touched since they had the row
    version beside them; their procedures too, where nothing else is left of these.

    :raises IllegalMove, PermissionDenied: as `edit_all`.
    :raises StaleObject: if one was changed or moved since.
    :raises Refused: if something else hangs on one of them.
    """
    for version, _ in rows:
        policies.check(by, Move.EDIT, version)
    entries = [audit.Entry("procedures.dropped", version) for version, _ in rows]
    _take_all(rows)
    procedures = sorted({version.procedure_id for version, _ in rows})
    try:
        with transaction.atomic():
            for batch in batches([version.pk for version, _ in rows]):
                ProcedureVersion.objects.filter(pk__in=batch).delete()
            for batch in batches(procedures):
                Procedure.objects.filter(pk__in=batch, versions=None).delete()
    except ProtectedError:
        raise Refused(
            "Có thủ tục đã được dùng ở nơi khác (dự thảo quyết định, bản dùng chung). "
            "Đưa ra khỏi đó trước."
        ) from None
    search.index(PROCEDURE, procedures)
    return entries


class _Fields:
    """Fields by name, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, Field | None] = {}

    def named(self, name: str) -> Field | None:
        if name not in self._known:
            self._known[name] = field_named(name)
        return self._known[name]


def _add_versions(
    rows: Sequence[tuple[Procedure, Record]],
    action: Action,
    status: Status,
    numbers: dict[int, int],
    *,
    by: User,
    at: datetime,
) -> list[ProcedureVersion]:
    fields = _Fields()
    for _, record in rows:
        check_name(record)
    versions = (
        ProcedureVersion(
            procedure=procedure,
            number=numbers.get(procedure.pk, 0) + 1,
            status=status.value,
            action=action.value,
            created_at=at,
            created_by=by,
            **columns(
                record,
                procedure=procedure,
                agency=procedure.agency,
                at=at,
                field=fields.named(record.field),
            ),
        )
        for procedure, record in rows
    )
    made = insert(versions)
    cite_all((version, record) for version, (_, record) in zip(made, rows, strict=True))
    return made


def _entry(kind: str, subject: ProcedureVersion, row: Changed) -> audit.Entry:
    return audit.Entry(kind, subject, tuple(in_words(difference(row.base.record, row.record))))


def _take_all(rows: Iterable[tuple[ProcedureVersion, int]]) -> None:
    """
    Count every row version up, as `Versioned.change` does for one.

    :raises StaleObject: if one is not as it was seen; nothing is to be kept of the others then.
    """
    alike: dict[tuple[str, int], list[ProcedureVersion]] = defaultdict(list)
    for version, seen in rows:
        alike[version.status, seen].append(version)
    for (status, seen), versions in alike.items():
        for batch in batches(versions):
            found = ProcedureVersion.objects.filter(
                pk__in=[version.pk for version in batch], version=seen, status=status
            )
            if found.update(version=seen + 1) != len(batch):
                raise StaleObject
            for version in batch:
                version.version = seen + 1


def _check_seen(rows: Iterable[tuple[ProcedureVersion, int]]) -> None:
    alike: dict[int, list[int]] = defaultdict(list)
    for version, seen in rows:
        alike[seen].append(version.pk)
    for seen, pks in alike.items():
        for batch in batches(pks):
            found = ProcedureVersion.objects.filter(pk__in=batch, version=seen)
            if found.count() != len(batch):
                raise StaleObject
