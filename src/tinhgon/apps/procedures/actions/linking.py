"""The procedure that many agencies share, and the local copies of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.procedures import policies
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.procedures.queries import copies as queries
from tinhgon.common.refusal import Refused

from .moving import is_counted
from .writing import propose_procedure

_FIELD = "Bản dùng chung"


@transaction.atomic
def link_to_canonical(
    *,
    canonical: Procedure,
    copies: Sequence[tuple[Procedure, int]],
    by: User,
    at: datetime,
    reason: str = "",
) -> None:
    """
    Say that procedures are local copies of `canonical`; with each its version as it was seen.

    There are no chains: what others are copies of is itself no copy. All are linked, or none.

    :raises PermissionDenied: if `by` does not control the procedures of every agency of a copy.
    :raises StaleObject: if one changed since it was seen.
    :raises Refused: if `canonical` is a copy or was set aside, or a copy has copies of its own.
    """
    for copy, _ in copies:
        policies.check_check(by, copy.agency)
        if copy.pk == canonical.pk or not is_counted(copy):
            raise Refused(f"{copy.local_code} không gắn được vào bản chuẩn này.")
    _claim(canonical)
    entries = []
    for copy, seen in copies:
        old = copy.canonical.local_code if copy.canonical else ""
        copy.change(seen_version=seen, canonical=canonical)
        change = audit.Change(_FIELD, old, canonical.local_code)
        entries.append(audit.Entry("procedures.linked", copy, (change,), reason.strip()))
    shared = Procedure.objects.filter(canonical__in=[copy.pk for copy, _ in copies]).first()
    if shared is not None and shared.canonical is not None:
        code = shared.canonical.local_code
        raise Refused(f"{code} đang là bản chuẩn của thủ tục khác. Tách các bản đó ra trước.")
    audit.record_all(entries, by=by, at=at)


@transaction.atomic
def unlink_from_canonical(*, procedure: Procedure, by: User, at: datetime, seen: int) -> None:
    """
    Let a local copy go its own way.

    :raises PermissionDenied: if `by` does not control the procedures of its agency.
    :raises StaleObject: if it changed since it was seen.
    :raises Refused: if it is no local copy.
    """
    policies.check_check(by, procedure.agency)
    if procedure.canonical is None:
        raise Refused("Thủ tục này không gắn với bản dùng chung nào.")
    change = audit.Change(_FIELD, procedure.canonical.local_code, "")
    procedure.change(seen_version=seen, canonical=None)
    audit.record("procedures.linked", procedure, by=by, at=at, changes=[change])


@transaction.atomic
def make_local_copies(
    *, canonical: Procedure, agencies: Iterable[Agency], by: User, at: datetime
) -> list[ProcedureVersion]:
    """
    Draft a local copy with the same content for each agency that has none yet.

    The national code stays with the canonical procedure.

    :raises PermissionDenied: if `by` may not inventory procedures of one of the agencies.
    :raises Refused: if the procedure is itself a copy, was set aside, or has no content to copy.
    """
    wanted = list(agencies)
    for agency in wanted:
        policies.check_propose(by, agency)
    version = queries.current_version(canonical, on=at.date())
    if version is None:
        raise Refused("Thủ tục này không còn bản nào để sao.")
    _claim(canonical)
    having = {canonical.agency_id}
    having |= set(canonical.local_copies.order_by().values_list("agency", flat=True))
    record = replace(version.record, national_code="")
    made = []
    for agency in wanted:
        if agency.pk in having:
            continue
        having.add(agency.pk)
        copy = propose_procedure(record=record, agency=agency, by=by, at=at, finished=False)
        procedure = copy.procedure
        procedure.change(seen_version=procedure.version, canonical=canonical)
        made.append(copy)
    change = audit.Change(_FIELD, "", canonical.local_code)
    audit.record_all(
        [audit.Entry("procedures.linked", copy.procedure, (change,)) for copy in made],
        by=by,
        at=at,
    )
    return made


def _claim(canonical: Procedure) -> None:
    """Hold on to what others are to be copies of: nobody makes a copy of it meanwhile."""
    rows = Procedure.objects.filter(pk=canonical.pk, canonical=None, merged_into=None)
    if not rows.update(version=F("version") + 1):
        raise Refused(
            f"{canonical.local_code} là bản của địa phương hoặc đã gộp. "
            "Chọn thủ tục dùng chung làm bản chuẩn."
        )
    canonical.refresh_from_db(fields=["version"])
