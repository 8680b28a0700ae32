"""Which agencies a period asks, and to whom each reports: as the tree stood on the last day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import Node, tree_on

_KINDS = {
    Level.PROVINCE: {Kind.DEPARTMENT, Kind.OFFICE},
    Level.DISTRICT: {Kind.COMMITTEE},
    Level.COMMUNE: {Kind.COMMITTEE},
}


@dataclass(frozen=True, slots=True)
class Expected:
    """An agency that is asked, and the one above it that receives its report."""

    agency: Agency
    receiver: Agency


def expected_agencies(
    asker: Agency,
    levels: Collection[Level],
    on: date,
    *,
    only: Collection[int] | None = None,
) -> list[Expected]:
    """
    Return the agencies of these levels below `asker` on the day; one query.

    Each reports to the nearest agency above it that is asked too: a commune to its district, or to
    `asker` where there is no district. `only`: just these agencies, with those below them.
    """
    root = next(
        (node for top in tree_on(on) for node in top.walk() if node.agency.pk == asker.pk), None
    )
    if root is None:
        return []
    return list(_below(root, asker, set(levels), only, is_in=only is None or asker.pk in only))


def _below(
    node: Node, receiver: Agency, levels: set[Level], only: Collection[int] | None, *, is_in: bool
) -> Iterator[Expected]:
    for child in node.children:
        agency = child.agency
        inside = is_in or (only is not None and agency.pk in only)
        level = Level(agency.level)
        asked = inside and level in levels and agency.kind in _KINDS.get(level, set())
        if asked:
            yield Expected(agency, receiver)
        yield from _below(child, agency if asked else receiver, levels, only, is_in=inside)
