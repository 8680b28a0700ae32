"""Many agencies in one list: in groups of one kind, as letters name them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency

T = TypeVar("T")

_LEVELS = [Level.CENTRAL, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]
_KINDS = list(Kind)
_OUTSIDE = "Cơ quan ngoài tỉnh"


def by_kind(
    items: Iterable[T], agency_of: Callable[[T], Agency | None]
) -> list[tuple[str, list[T]]]:
    """
    Return the items under what their agencies are, from the province down; their order stays.

    What is of no agency of ours comes last.
    """
    groups: dict[tuple[int, int], list[T]] = {}
    titles = {}
    for item in items:
        agency = agency_of(item)
        rank = _rank(agency)
        groups.setdefault(rank, []).append(item)
        titles[rank] = _title(agency)
    return [(titles[rank], groups[rank]) for rank in sorted(groups)]


def _rank(agency: Agency | None) -> tuple[int, int]:
    if agency is None:
        return (len(_LEVELS), 0)
    return (_LEVELS.index(Level(agency.level)), _KINDS.index(Kind(agency.kind)))


def _title(agency: Agency | None) -> str:
    if agency is None:
        return _OUTSIDE
    kind, level = Kind(agency.kind), Level(agency.level)
    if (kind, level) == (Kind.DEPARTMENT, Level.PROVINCE):
        return kind.label
    return f"{kind.label} {level.label[:1].lower()}{level.label[1:]}"
