"""Agencies to choose among, and who issued what a document says of its issuer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency

from ._naming import resolve


def choosable(paths: tuple[str, ...], *, own: Collection[int]) -> list[Agency]:
    """Return the agencies of today at or below the paths, with their parents, one's own first."""
    rows = Agency.objects.within(paths).filter(ended_on=None)
    found = list(rows.select_related("parent").order_by("level", "order", "name"))
    return sorted(found, key=lambda agency: agency.pk not in own)


def long_name(agency: Agency) -> str:
    """Return the name of an agency to choose; of a commune, whose names repeat, with its parent."""
    above = f" ({agency.parent.label})" if agency.level == Level.COMMUNE and agency.parent else ""
    return f"{agency.name}{above}"


def root_of(agency: Agency) -> Agency:
    """Return the agency at the top of the tree in which an agency stands."""
    top = int((agency.path or "/").strip("/").split("/")[0] or agency.pk)
    return agency if top == agency.pk else Agency.objects.get(pk=top)


def issuer_named(name: str, *, root: Agency, on: date) -> Agency | None:
    """Return the one agency of a day that a document names as its issuer; None if it tells none."""
    found = resolve([name], on=on, issuer=root).found if name else []
    return found[0][0] if len(found) == 1 else None
