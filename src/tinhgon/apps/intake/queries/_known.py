"""The procedures that rows are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q, QuerySet

from tinhgon.apps.procedures.enums import STATUS_LABELS, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.common.batches import batches
from tinhgon.domain.intake import Known, Target
from tinhgon.domain.likeness import Fingerprint
from tinhgon.domain.procedures import EDITABLE, PUBLISHED, UNPUBLISHED

_MOST_NAMES = 5_000  # of one agency that are looked through for a twin
_NB = "NB-"


def load_known(
    *,
    local_codes: Collection[str],
    national_codes: Collection[str],
    names: Collection[tuple[int, str, str]],
    on: date,
    published_first: bool = False,
) -> tuple[Known[int], dict[int, ProcedureVersion]]:
    """
    Return what the rows may be about, and procedure → the version that its row is compared with.

    `names` are (agency, tier, key of the name). Ended procedures are found by their code only.
    """
    by_local = {code: pk for code in local_codes if (pk := _key_of(code)) is not None}
    by_national = _national(national_codes)
    by_name = living_names(names, on)
    wanted = {*by_local.values(), *by_national.values(), *(k for s in by_name.values() for k in s)}
    versions = current_versions(wanted, published_first=published_first)
    targets = {pk: _target(version) for pk, version in versions.items()}
    known = Known(
        {code.upper(): targets[pk] for code, pk in by_local.items() if pk in targets},
        {code: targets[pk] for code, pk in by_national.items() if pk in targets},
        {
            name: [targets[pk] for pk in sorted(pks) if pk in targets]
            for name, pks in by_name.items()
        },
    )
    return known, versions


def current_versions(
    procedures: Iterable[int], *, published_first: bool = False
) -> dict[int, ProcedureVersion]:
    """
    Return procedure → its draft, else its newest published version; none where it has neither.

    `published_first`: the other way round, for what decisions say.
    """
    sooner = UNPUBLISHED if published_first else PUBLISHED
    found: dict[int, ProcedureVersion] = {}
    for batch in batches(sorted(set(procedures))):
        rows = (
            ProcedureVersion.objects.filter(procedure__in=batch)
            .filter(Q(status__in=UNPUBLISHED) | Q(status__in=PUBLISHED, is_superseded=False))
            .select_related("procedure__agency")
            .order_by("number")
        )
        for row in rows:
            there = found.get(row.procedure_id)
            if there is None or there.status in sooner:
                found[row.procedure_id] = row
    return found


def names_of_agencies(agencies: Collection[int], *, on: date) -> dict[int, list[Fingerprint]]:
    """Return agency → its procedures, as likeness compares them; keyed by procedure."""
    found: dict[int, list[Fingerprint]] = {}
    for agency in agencies:
        rows = _living(on).filter(holder=agency).order_by("-pk")
        found[agency] = [
            Fingerprint(procedure, name, field=field or "", level=tier)
            for procedure, name, field, tier in rows.values_list(
                "procedure", "name", "field__name", "tier"
            )[:_MOST_NAMES]
        ]
    return found


def _living(on: date) -> QuerySet[ProcedureVersion]:
    return ProcedureVersion.objects.filter(
        Q(status__in=UNPUBLISHED)
        | Q(Q(valid_to=None) | Q(valid_to__gt=on), status__in=PUBLISHED, is_superseded=False)
    )


def _national(codes: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batches(sorted(codes)):
        rows = Procedure.objects.filter(national_code__in=batch)
        found |= {code: pk for code, pk in rows.values_list("national_code", "pk") if code}
    return found


def living_names(
    names: Collection[tuple[int, str, str]], on: date
) -> dict[tuple[int, str, str], set[int]]:
    """Return (agency, tier, key of the name) → the procedures of today that bear it."""
    found: dict[tuple[int, str, str], set[int]] = defaultdict(set)
    agencies = {agency for agency, _, _ in names}
    for batch in batches(sorted({key for _, _, key in names})):
        rows = _living(on).filter(name_key__in=batch, holder__in=agencies)
        for procedure, agency, tier, key in rows.order_by().values_list(
            "procedure", "holder", "tier", "name_key"
        ):
            if (agency, tier, key) in names:
                found[agency, tier, key].add(procedure)
    return found


def _key_of(code: str) -> int | None:
    digits = code.upper().removeprefix(_NB)
    known = code.upper().startswith(_NB) and digits.isascii() and digits.isdecimal()
    return int(digits) if known and len(digits) < 16 else None


def _target(version: ProcedureVersion) -> Target[int]:
    status = Status(version.status)
    closed = ""
    if status in UNPUBLISHED - EDITABLE:
        closed = f"Thủ tục đang ở bước “{STATUS_LABELS[status]}”, chưa sửa được nội dung."
    return Target(version.procedure_id, version.procedure.agency_id, version.record, closed)
