from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import (
    LegalCitation,
    LegalDocument,
    Procedure,
    ProcedureVersion,
)
from tinhgon.common.batches import batches
from tinhgon.domain.procedures import (
    PUBLISHED,
    UNPUBLISHED,
    Finding,
    Record,
    check,
    legal_key,
    name_key,
)

_SHOWN = 5  # others of the same name that are listed


def get_visible_procedure(*, user: User, pk: int) -> Procedure:
    """
    Return the procedure, if the person may see it.

    :raises Procedure.DoesNotExist: also when it exists but is hidden from the person.
    """
    return Procedure.objects.visible_to(user).select_related("agency", "canonical").get(pk=pk)


def get_visible_version(*, user: User, pk: int, number: int) -> ProcedureVersion:
    """
    Return a version of a procedure by its number, if the person may see it.

    :raises ProcedureVersion.DoesNotExist: also when it exists but is hidden from the person.
    """
    return (
        ProcedureVersion.objects.visible_to(user)
        .select_related("procedure__agency", "agency", "field")
        .get(procedure=pk, number=number)
    )


def findings(version: ProcedureVersion, *, on: date) -> tuple[Finding, ...]:
    """Return what the quality check says of a version that is to be published on a day."""
    return findings_of([version], on=on)[version.pk]


def findings_of(
    versions: Sequence[ProcedureVersion], *, on: date
) -> dict[int, tuple[Finding, ...]]:
    """Return what the quality check says of each version, by its key; `procedure` is loaded."""
    ends = _ends(versions)
    named = _same_names({version.name_key for version in versions}, on=on)
    return {
        version.pk: check(
            _with_ends(version.record, ends.get(version.pk, {})),
            on=on,
            same_name=_others(version, version.tier, named.get(version.name_key, ())),
        )
        for version in versions
    }


def findings_if(version: ProcedureVersion, record: Record, *, on: date) -> tuple[Finding, ...]:
    """Return what the quality check would say of a version if it had this record."""
    places = {order: legal_key(basis) for order, basis in enumerate(record.bases)}
    ended = LegalDocument.objects.filter(key__in=set(places.values())).exclude(ended_on=None)
    days = {document.key: document.ended_on for document in ended}
    ends = {order: day for order, key in places.items() if (day := days.get(key))}
    key = name_key(record.name)
    named = _same_names({key}, on=on).get(key, ())
    return check(_with_ends(record, ends), on=on, same_name=_others(version, record.tier, named))


def decided_on(version: ProcedureVersion) -> date | None:
    """Return the day on which the decision that published the version was signed, if known."""
    decided: date | None = (
        ProcedureVersion.objects.filter(pk=version.pk)
        .values_list("decision_line__decision__document__issued_on", flat=True)
        .get()
    )
    return decided


def record_as_law_stands(version: ProcedureVersion) -> Record:
    """Return the record of a version with the last days of its legal documents, as now known."""
    return _with_ends(version.record, _ends([version]).get(version.pk, {}))


def _ends(versions: Sequence[ProcedureVersion]) -> dict[int, dict[int, date]]:
    """Return version → place of a legal basis → the day on which its document ended."""
    found: dict[int, dict[int, date]] = defaultdict(dict)
    for batch in batches([version.pk for version in versions]):
        ended = LegalCitation.objects.filter(version__in=batch).exclude(document__ended_on=None)
        for version, order, day in ended.order_by().values_list(
            "version", "order", "document__ended_on"
        ):
            if day is not None:
                found[version][order] = day
    return found


def _with_ends(record: Record, ends: Mapping[int, date]) -> Record:
    """Return the record with the last days of its legal documents, as the index knows them."""
    if not ends:
        return record
    bases = tuple(
        replace(basis, ended_on=ends.get(order) or basis.ended_on)
        for order, basis in enumerate(record.bases)
    )
    return replace(record, bases=bases)


def _same_names(keys: Iterable[str], *, on: date) -> dict[str, list[ProcedureVersion]]:
    """Return key of a name → versions with it that are drafts, or in force on the day or later."""
    found: dict[str, list[ProcedureVersion]] = defaultdict(list)
    lasting = Q(Q(valid_to=None) | Q(valid_to__gt=on), status__in=PUBLISHED)
    for batch in batches(sorted(keys)):
        rows = (
            ProcedureVersion.objects.filter(name_key__in=batch)
            .filter(Q(status__in=UNPUBLISHED) | lasting)
            .select_related("procedure")
            .only("name_key", "tier", "status", "procedure__agency")
            .order_by("pk")
        )
        for row in rows:
            found[row.name_key].append(row)
    return found


def _others(
    version: ProcedureVersion, tier: str, named: Sequence[ProcedureVersion]
) -> tuple[str, ...]:
    """Return those of another procedure of the same agency and level, in words."""
    return tuple(
        f"{other.procedure.local_code} ({other.get_status_display().lower()})"
        for other in named
        if other.procedure_id != version.procedure_id
        and other.tier == tier
        and other.procedure.agency_id == version.procedure.agency_id
    )[:_SHOWN]
