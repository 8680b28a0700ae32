"""A shared procedure and its local copies: who has one, and in what it differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Q, QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency, AgencyQuerySet
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion, VersionQuerySet
from tinhgon.common.batches import batches
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import PUBLISHED, UNPUBLISHED, PartChange, difference

from .page import PartPieces, in_pieces

MOST_COPIES = 200
_LEFT_OUT = frozenset({"lead", "national_code"})  # another lead is what makes it a local copy


def living(on: date) -> VersionQuerySet:
    """Return the versions that are in force, will be, or are under way."""
    return VersionQuerySet(ProcedureVersion).filter(
        Q(status__in=UNPUBLISHED)
        | Q(Q(valid_to=None) | Q(valid_to__gt=on), status__in=PUBLISHED, is_superseded=False)
    )


def current_versions(
    procedures: Iterable[int], *, on: date, user: User | None = None
) -> dict[int, ProcedureVersion]:
    """
    Return procedure → what stands for it today: the published version, else the one under way.

    With `user` only versions that he may see.
    """
    found: dict[int, ProcedureVersion] = {}
    for batch in batches(sorted(set(procedures))):
        rows = living(on).filter(procedure__in=batch)
        if user is not None:
            rows = rows.visible_to(user)
        for row in rows.select_related("procedure__agency", "field").order_by("number"):
            there = found.get(row.procedure_id)
            if there is None or there.status in UNPUBLISHED:
                found[row.procedure_id] = row
    return found


def current_version(procedure: Procedure, *, on: date) -> ProcedureVersion | None:
    return current_versions([procedure.pk], on=on).get(procedure.pk)


def deviation(canonical: ProcedureVersion, copy: ProcedureVersion) -> tuple[PartChange, ...]:
    """Return in what a local copy differs from the procedure that it is a copy of."""
    parts = difference(canonical.record, copy.record)
    return tuple(part for part in parts if part.part not in _LEFT_OUT)


@dataclass(frozen=True, slots=True)
class Copy:
    version: ProcedureVersion
    parts: tuple[PartChange, ...]
    may_unlink: bool

    @property
    def pieces(self) -> list[PartPieces]:
        """What differs, with the words marked."""
        return [in_pieces(part) for part in self.parts]

    @property
    def words(self) -> str:
        """What differs, as a list of parts."""
        return ", ".join(part.label.lower() for part in self.parts)


class CopiesPage(TypedDict):
    procedure: Procedure
    version: ProcedureVersion
    canonical: ProcedureVersion  # the one that the copies are compared with
    copies: list[Copy]
    hidden_count: int  # copies that the person may not see, or beyond what is shown
    agencies: list[Agency]  # which have none yet, and for which the person may propose one


def copies_page(*, user: User, procedure: Procedure, today: date) -> CopiesPage | None:
    """
    Return a shared procedure with its copies; for a copy, the one it is of, with itself alone.

    None where nothing that the person may see stands for the shared procedure today.
    """
    shared = procedure.canonical or procedure
    keys = [procedure.pk] if procedure.canonical else _copies_of(shared)
    versions = current_versions([shared.pk, *keys[:MOST_COPIES]], on=today, user=user)
    canonical = versions.pop(shared.pk, None)
    if canonical is None:
        return None
    rows = sorted(versions.values(), key=lambda v: (v.procedure.agency.order, v.pk))
    return {
        "procedure": procedure,
        "version": versions.get(procedure.pk, canonical),
        "canonical": canonical,
        "copies": [
            Copy(row, deviation(canonical, row), _controls(user, row.procedure)) for row in rows
        ],
        "hidden_count": len(keys) - len(rows),
        "agencies": _without(user, shared, on=today) if procedure.canonical is None else [],
    }


class Shared(TypedDict):
    """What the page of a procedure says of sharing."""

    canonical: ProcedureVersion | None  # the one that this is a copy of
    words: str  # in what it differs
    copy_count: int
    may_copy: bool


def sharing(*, user: User, version: ProcedureVersion, today: date) -> Shared:
    """Return in what a copy differs from the shared procedure, or how many copies there are."""
    procedure = version.procedure
    may_copy = bool(user.access.paths(Permission.PROPOSE_PROCEDURE))
    if procedure.canonical_id is None:
        count = procedure.local_copies.count()
        return {"canonical": None, "words": "", "copy_count": count, "may_copy": may_copy}
    found = current_versions([procedure.canonical_id], on=today, user=user)
    canonical = found.get(procedure.canonical_id)
    parts = deviation(canonical, version) if canonical else ()
    return {
        "canonical": canonical,
        "words": ", ".join(part.label.lower() for part in parts),
        "copy_count": 0,
        "may_copy": False,
    }


def _controls(user: User, procedure: Procedure) -> bool:
    return user.access.allows(Permission.CHECK_PROCEDURE, procedure.agency.path or "/")


def _copies_of(shared: Procedure) -> list[int]:
    return list(shared.local_copies.order_by("pk").values_list("pk", flat=True))


def _without(user: User, shared: Procedure, *, on: date) -> list[Agency]:
    found = agencies_without(user, shared, on=on).select_related("parent")
    return list(found.order_by("-level", "order", "name"))


def agencies_without(user: User, shared: Procedure, *, on: date) -> QuerySet[Agency]:
    """Return the agencies for which the person may draft a local copy."""
    paths = user.access.paths(Permission.PROPOSE_PROCEDURE)
    having = Procedure.objects.filter(canonical=shared).values("agency")
    return (
        AgencyQuerySet(Agency)
        .within(paths)
        .existing_on(on)
        .exclude(pk__in=having)
        .exclude(pk=shared.agency_id)
    )
