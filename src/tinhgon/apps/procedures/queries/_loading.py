from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.db.models import Q

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED, Finding, Record, check


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
    return check(_with_ends(version), on=on, same_name=_same_name(version, on=on))


def decided_on(version: ProcedureVersion) -> date | None:
    """Return the day on which the decision that published the version was signed, if known."""
    decided: date | None = (
        ProcedureVersion.objects.filter(pk=version.pk)
        .values_list("decision_line__decision__document__issued_on", flat=True)
        .get()
    )
    return decided


def _with_ends(version: ProcedureVersion) -> Record:
    """Return the record with the last days of its legal documents, as the index knows them."""
    ends = dict(version.citations.values_list("order", "document__ended_on"))
    bases = tuple(
        replace(basis, ended_on=ends.get(order) or basis.ended_on)
        for order, basis in enumerate(version.record.bases)
    )
    return replace(version.record, bases=bases)


def _same_name(version: ProcedureVersion, *, on: date) -> tuple[str, ...]:
    others = (
        ProcedureVersion.objects.filter(
            name_key=version.name_key,
            tier=version.tier,
            procedure__agency=version.procedure.agency_id,
        )
        .filter(
            Q(status__in=UNPUBLISHED)
            | Q(Q(valid_to=None) | Q(valid_to__gt=on), status__in=PUBLISHED)
        )
        .exclude(procedure=version.procedure_id)
        .select_related("procedure")
    )
    return tuple(
        f"{other.procedure.local_code} ({other.get_status_display().lower()})"
        for other in others[:5]
    )
