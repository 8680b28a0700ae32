"""The agencies that have a row: how they are called and where they stand in the tree of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import tree_on
from tinhgon.domain.access import Permission
from tinhgon.domain.vntext import sort_key

_RANK = {Level.CENTRAL: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}


@dataclass(frozen=True, slots=True)
class Place:
    """An agency; `note` says why it is not in the tree of the day."""

    agency: int
    label: str
    level: Level
    path: tuple[int, ...]
    order: tuple[int, int, tuple[object, ...] | str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """Those of which something is counted, by key."""

    known: dict[int, Place]
    district_of: dict[int, int] = field(default_factory=dict)
    """Commune → its district, where that has a row or could have one."""

    @property
    def below(self) -> Counter[int]:
        """Return how many communes stand behind each district."""
        return Counter(self.district_of.values())

    def of(self, level: Level | None, branch: int | None) -> list[Place]:
        """Return those of a level and of a branch."""
        return [
            place
            for place in self.known.values()
            if level in {None, place.level} and (branch is None or branch in place.path)
        ]

    def rows(self, level: Level | None, branch: int | None) -> list[Place]:
        """Return those that have a row: a commune stands behind its district until opened."""
        if level or branch:
            return self.of(level, branch)
        shown = {self.district_of.get(key, key) for key in self.known}
        return [self.known[key] for key in shown if key in self.known]


def places_on(user: User, day: date, counted: Collection[int]) -> Places:
    """
    Return the agencies of which something is counted, and those of their districts that the person
    answers for: behind another nothing of his is hidden. One query or two.
    """
    nodes = {node.agency.pk: node for root in tree_on(day, user=user) for node in root.walk()}
    known = {
        key: _place(node.agency, node.label)
        for key, node in nodes.items()
        if key in counted or _is_own_district(user, node.agency)
    }
    gone = [key for key in counted if key not in nodes]
    for agency in Agency.objects.filter(pk__in=gone) if gone else ():
        known[agency.pk] = _place(agency, agency.label, "không có trong bộ máy tại ngày này")
    districts = {key for key, place in known.items() if place.level is Level.DISTRICT}
    district_of = {
        key: district
        for key, place in known.items()
        if place.level is Level.COMMUNE
        and (district := next((step for step in place.path if step in districts), None))
    }
    wanted = {*counted, *district_of.values()}
    return Places({k: place for k, place in known.items() if k in wanted}, district_of)


def _is_own_district(user: User, agency: Agency) -> bool:
    return agency.level == Level.DISTRICT and user.access.allows(Permission.SEE, agency.path or "/")


def _place(agency: Agency, label: str, note: str = "") -> Place:
    path = tuple(int(step) for step in (agency.path or "").strip("/").split("/") if step)
    level = Level(agency.level)
    return Place(
        agency.pk, label, level, path, (_RANK[level], agency.order, sort_key(agency.name)), note
    )


def levels_of(found: Iterable[Place]) -> list[Level]:
    return sorted({place.level for place in found}, key=_RANK.__getitem__)
