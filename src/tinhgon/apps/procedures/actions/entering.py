"""
Versions that were published before anybody entered them here, many at once. Only the app of
decisions calls these, within its own actions and after its own policy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from django.db import IntegrityError, transaction
from django.db.models import Max

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Field, Procedure, ProcedureVersion, Tenure
from tinhgon.common.batches import batches
from tinhgon.common.bulk import insert
from tinhgon.common.refusal import Refused
from tinhgon.domain.procedures import Record

from ._writing import cite_all, columns, field_named
from .coding import give_codes


@dataclass(frozen=True, slots=True)
class Published:
    """Content that a signed decision published: of a known procedure, or of a new one."""

    record: Record
    action: Action
    agency: Agency
    procedure: Procedure | None = None
    code: str = ""
    """The national code that the decision prints, empty where none."""


def enter_published(rows: Sequence[Published], *, by: User, at: datetime) -> list[ProcedureVersion]:
    """
    Enter the versions, with procedures of their own where they have none yet, in the same order.

    They are published, but in force on no day until the decision writes from when to when.

    :raises StaleObject, Refused: as `give_codes`.
    """
    give_codes([(row.procedure, row.code) for row in rows if row.code])
    new = [row for row in rows if row.procedure is None]
    try:
        with transaction.atomic():
            wanted = new_procedures(
                [row.agency for row in new], codes=[row.code for row in new], by=by, at=at
            )
    except IntegrityError:
        raise Refused("Một mã số quốc gia vừa được gắn cho thủ tục khác. Thử lại.") from None
    made = iter(wanted)
    procedures = [row.procedure or next(made) for row in rows]
    numbers = last_numbers(procedures)
    fields: dict[str, Field | None] = {}
    versions = []
    for row, procedure in zip(rows, procedures, strict=True):
        name = row.record.field
        if name not in fields:
            fields[name] = field_named(name)
        numbers[procedure.pk] = numbers.get(procedure.pk, 0) + 1
        versions.append(
            ProcedureVersion(
                procedure=procedure,
                number=numbers[procedure.pk],
                status=Status.PUBLISHED.value,
                action=row.action.value,
                created_at=at,
                created_by=by,
                **columns(
                    row.record, procedure=procedure, agency=row.agency, at=at, field=fields[name]
                ),
            )
        )
    entered = insert(versions)
    cite_all((version, row.record) for version, row in zip(entered, rows, strict=True))
    return entered


def withdraw_published(versions: Iterable[ProcedureVersion]) -> None:
    """
    Take back what `enter_published` made, and the procedures that have no version left.

    :raises ProtectedError: if something else hangs on one of them.
    """
    pks = [version.pk for version in versions]
    procedures = {version.procedure_id for version in versions}
    for batch in batches(pks):
        ProcedureVersion.objects.filter(pk__in=batch).delete()
    for batch in batches(sorted(procedures)):
        Procedure.objects.filter(pk__in=batch, versions=None).delete()


def new_procedures(
    agencies: Iterable[Agency], *, codes: Iterable[str] = (), by: User, at: datetime
) -> list[Procedure]:
    """Make a procedure for each of the agencies, which holds it from its first day."""
    wanted = [
        Procedure(agency=agency, national_code=code or None, created_at=at, created_by=by)
        for agency, code in zip_longest(agencies, codes)
    ]
    made = insert(wanted)
    insert(Tenure(procedure_id=each.pk, agency_id=each.agency_id) for each in made)
    return made


def last_numbers(procedures: Sequence[Procedure]) -> dict[int, int]:
    pks = [procedure.pk for procedure in procedures]
    found: dict[int, int] = {}
    for batch in batches(pks):
        versions = ProcedureVersion.objects.filter(procedure__in=batch).order_by()
        found |= dict(versions.values_list("procedure").annotate(last=Max("number")))
    return found
