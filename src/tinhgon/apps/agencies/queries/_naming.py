from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q

from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency, AgencyState
from tinhgon.domain.agencynames import (
    Group,
    GroupKind,
    Match,
    NameIndex,
    meaning,
    name_key,
    split_place,
)
from tinhgon.domain.vntext import format_date

from ._succession import successors_on

_SUGGESTIONS = 3
_LEVELS = {GroupKind.DISTRICTS: Level.DISTRICT, GroupKind.COMMUNES: Level.COMMUNE}
_LEVEL_WORDS = {Level.DISTRICT: "cấp huyện", Level.COMMUNE: "cấp xã"}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that stands for no agency below the issuer on that day; never guessed."""

    name: str
    reason: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(slots=True)
class Resolution:
    """Agencies with the name each goes back to, as it was given; and the names that gave none."""

    found: list[tuple[Agency, str]] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)


def resolve(names: Iterable[str], *, on: date, issuer: Agency) -> Resolution:
    """
    Return which agencies a letter of `issuer` means by these names on `on`.

    Groups ("các sở, ban, ngành") are the agencies of that day below the committee that issues, or
    for which the issuer writes. One query, and some more only to say why a name is not known.
    """
    tree = _Tree(on, issuer)
    resolution = Resolution()
    for name in dict.fromkeys(names):
        agencies, unknown = tree.find(name)
        resolution.found += [(agency, name) for agency in dict.fromkeys(agencies)]
        resolution.unknown += unknown
    return resolution


class _Tree:
    """The agencies of one day, as a letter's issuer sees them."""

    def __init__(self, on: date, issuer: Agency) -> None:
        self._on = on
        self._root = f"/{(issuer.path or '/').strip('/').split('/')[0]}/"
        rows = AgencyState.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=on),
            Q(agency__ended_on=None) | Q(agency__ended_on__gt=on),
            started_on__lte=on,
            agency__path__startswith=self._root,
        )
        rows = rows.select_related("agency").order_by("agency__order", "agency__name")
        self._states = {row.agency_id: row for row in rows}
        self._children: dict[int | None, list[AgencyState]] = {}
        for state in self._states.values():
            self._children.setdefault(state.parent_id, []).append(state)
        self._base = self._committee_of(issuer)
        self._place = self._province()
        self._index = self._indexed([self._base.pk, *self._below(self._base.pk)])
        self._gone: NameIndex[Agency] | None = None

    def find(self, phrase: str) -> tuple[list[Agency], list[Unknown]]:
        meant = meaning(phrase)
        if meant.unclear:
            return [], [Unknown(phrase, meant.unclear)]
        if not self._states:
            day = format_date(self._on)
            return [], [Unknown(phrase, f"Danh mục cơ quan chưa có dữ liệu cho ngày {day}.")]
        found: list[Agency] = []
        unknown: list[Unknown] = []
        for group in meant.groups:
            members, problem = self._members(group, phrase)
            found += members
            unknown += problem
        for name in meant.names:
            agency = self._named(name)
            found += [agency] if agency else []
            unknown += [] if agency else [self._why(name)]
        dropped: set[Agency] = set()
        for name in meant.without:
            agency = self._named(name)
            dropped |= {agency} if agency else set()
            unknown += [] if agency else [self._why(name)]
        return [agency for agency in found if agency not in dropped], unknown

    def _committee_of(self, issuer: Agency) -> Agency:
        """The Office and the departments write to those whom their committee leads."""
        at: int | None = issuer.pk
        while at in self._states and self._states[at].agency.kind != Kind.COMMITTEE:
            at = self._states[at].parent_id
        return self._states[at].agency if at in self._states else issuer

    def _province(self) -> str:
        roots = self._children.get(None, [])
        return roots[0].name.partition(" tỉnh ")[2] if roots else ""

    def _below(self, pk: int) -> list[int]:
        found: list[int] = []
        for child in self._children.get(pk, []):
            found += [child.agency_id, *self._below(child.agency_id)]
        return found

    def _indexed(self, keys: Iterable[int]) -> NameIndex[Agency]:
        index: NameIndex[Agency] = NameIndex(place=self._place)
        for key in keys:
            if key in self._states:
                _enter(index, self._states[key].agency, self._states[key])
        return index

    def _members(self, group: Group, phrase: str) -> tuple[list[Agency], list[Unknown]]:
        base = self._base
        if group.within:
            place = self._named(group.within)
            if place is None:
                return [], [self._why(group.within)]
            base = place
        found = self._group(group, base.pk)
        return (found, []) if found else ([], [Unknown(phrase, self._why_empty(group))])

    def _group(self, group: Group, base: int) -> list[Agency]:
        if group.kind is GroupKind.DEPARTMENTS:
            return self._direct(base, Kind.DEPARTMENT, Kind.OFFICE)
        if group.kind is GroupKind.UNITS:
            return self._direct(base, Kind.UNIT)
        if group.kind is GroupKind.LOCALITIES:
            return self._at(base, Level.DISTRICT) or self._at(base, Level.COMMUNE)
        found = self._at(base, _LEVELS[group.kind])
        if group.types:
            types = "|".join(sorted(group.types))
            own = re.compile(rf"uy ban nhan dan (?:{types}) ")
            found = [a for a in found if own.match(name_key(self._states[a.pk].name))]
        return found

    def _direct(self, base: int, *kinds: Kind) -> list[Agency]:
        return [s.agency for s in self._children.get(base, []) if s.agency.kind in kinds]

    def _at(self, base: int, level: Level) -> list[Agency]:
        agencies = [self._states[pk].agency for pk in self._below(base)]
        return [a for a in agencies if a.level == level and a.kind == Kind.COMMITTEE]

    def _named(self, name: str) -> Agency | None:
        for match in (self._index.find(name), self._index.find_begun(name)):
            if match.candidates:
                return match.only or self._by_place(name, match)
        own, place = split_place(name)
        if place:
            return self._by_place(name, self._index.find(own))
        return self._index.find_near(name).only

    def _by_place(self, name: str, match: Match[Agency]) -> Agency | None:
        """Where two have one name, the district behind it decides."""
        _, place = split_place(name)
        district = self._index.find(place).only if place else None
        if district is None:
            return None
        inside = set(self._below(district.pk))
        found = [agency for agency in match.candidates if agency.pk in inside]
        return found[0] if len(found) == 1 else None

    def _why_empty(self, group: Group) -> str:
        level = _LEVELS.get(group.kind)
        if level is None or group.types or group.within:
            return "Không có cơ quan nào thuộc nhóm này."
        rows = Agency.objects.filter(
            path__startswith=self._root, level=level, ended_on__lte=self._on
        )
        last = rows.aggregate(last=Max("ended_on"))["last"]
        words = _LEVEL_WORDS[level]
        if last is None or self._at_root(level):
            return f"Cơ quan ban hành không có cơ quan {words} trực thuộc."
        return f"Từ ngày {format_date(last)} không còn cơ quan {words}."

    def _at_root(self, level: Level) -> bool:
        return any(state.agency.level == level for state in self._states.values())

    def _why(self, name: str) -> Unknown:
        found = self._index.find(name).candidates or self._index.find_begun(name).candidates
        if found:
            return Unknown(name, f"Có {len(found)} cơ quan như vậy.", self._labels(found))
        elsewhere = self._indexed(self._states).find(name).only
        if elsewhere:
            return Unknown(name, f"{elsewhere.label} không phải cấp dưới của {self._base.label}.")
        gone = self._gone_index().find(name).candidates
        ended = [a for a in gone if a.ended_on and a.ended_on <= self._on]
        if ended:
            last = max(ended, key=lambda a: a.started_on)
            heirs = [heir.agency for heir in successors_on(last, self._on)]
            reason = f"{last.label} kết thúc từ ngày {format_date(last.ended_on or self._on)}."
            return Unknown(name, reason, self._labels(heirs))
        if gone:
            first = min(gone, key=lambda a: a.started_on)
            reason = f"{first.label} chỉ có từ ngày {format_date(first.started_on)}."
            return Unknown(name, reason, self._labels(self._index.suggest(name)))
        return Unknown(name, "", self._labels(self._index.suggest(name)))

    def _gone_index(self) -> NameIndex[Agency]:
        if self._gone is None:
            self._gone = NameIndex(place=self._place)
            rows = AgencyState.objects.filter(agency__path__startswith=self._root)
            for row in rows.exclude(agency__in=self._states).select_related("agency"):
                _enter(self._gone, row.agency, row)
        return self._gone

    def _labels(self, agencies: Iterable[Agency]) -> tuple[str, ...]:
        """Return names that can be typed back: with the district where another has the same."""
        labels = []
        for agency in list(agencies)[:_SUGGESTIONS]:
            state = self._states.get(agency.pk)
            label = (state.short_name or state.name) if state else agency.label
            above = self._states.get(state.parent_id or 0) if state else None
            if above and agency.level == Level.COMMUNE and above.agency.level == Level.DISTRICT:
                place = (above.short_name or above.name).removeprefix("UBND ")
                label = f"{label}, {place.removeprefix('Ủy ban nhân dân ')}"
            labels.append(label)
        return tuple(labels)


def _enter(index: NameIndex[Agency], agency: Agency, state: AgencyState) -> None:
    symbol = "" if agency.kind == Kind.COMMITTEE else state.symbol
    index.add(agency, names=[state.name, state.short_name], symbol=symbol)
