"""What the form of a procedure needs to know."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency, AgencyQuerySet
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.procedures.models import ProcedureVersion, WorkingCopy
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import UNPUBLISHED


def draft_of(*, user: User, pk: int) -> ProcedureVersion:
    """
    Return the unpublished version of a procedure.

    :raises ProcedureVersion.DoesNotExist: if there is none that the person may see.
    """
    return (
        ProcedureVersion.objects.visible_to(user)
        .select_related("procedure__agency", "agency", "field", "created_by")
        .get(procedure=pk, status__in=UNPUBLISHED)
    )


def own_working_copy(*, user: User, version: ProcedureVersion) -> WorkingCopy | None:
    """Return what the person has typed into the version and not yet saved."""
    return WorkingCopy.objects.filter(version=version, user=user).first()


def changed_by_others(*, version: ProcedureVersion, user: User, seen_at: datetime) -> list[Event]:
    """Return what other people did to a version since it was seen, in order."""
    if version.changed_at <= seen_at:
        return []
    return [e for e in audit.changes_since(version, seen_at) if e.actor_ref != user.audit_ref]


def files_named(keys: list[int]) -> dict[int, StoredFile]:
    """Return stored files by their keys."""
    return StoredFile.objects.in_bulk(keys) if keys else {}


def proposing_agencies(user: User, *, on: date) -> QuerySet[Agency]:
    """Return the agencies of the day whose procedures the person may inventory."""
    paths = user.access.paths(Permission.PROPOSE_PROCEDURE)
    return AgencyQuerySet(Agency).within(paths).existing_on(on)
