"""
The registry as likeness compares it, kept in the memory of the process.

Every change of a record is in the trail: the number of its last row tells for next to nothing
whether what is kept still holds. What a person may see is asked of the database each time.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tinhgon.apps.audit.models import Chain, Event
from tinhgon.apps.procedures.models import LegalCitation
from tinhgon.apps.procedures.queries.copies import living
from tinhgon.common.batches import BATCH
from tinhgon.domain.likeness import (
    Basis,
    Fingerprint,
    Index,
    Likeness,
    Match,
    Verdict,
    find_like,
    group_alike,
    judge,
)
from tinhgon.domain.procedures import PUBLISHED, name_key

_ASIDE = ("accounts.", "assignments.", "calendars.", "directives.", "matching.", "programmes.")
"""Kinds of changes after which procedures are as alike as before."""
_FRESH_ENOUGH = 600.0
"""How old, in seconds, a hint may be: what it finds is looked up again in the database."""


_MOST_LATER = 150
"""How many procedures may have come or changed before all are compared anew."""
_TWINS = 5


@dataclass(frozen=True, slots=True)
class Held:
    """A procedure by what stands for it today: its published version, else the one under way."""

    procedure: int
    name: str
    field: str
    tier: str
    agency: int
    agency_name: str
    path: str
    is_published: bool
    canonical: int | None


class Base:
    """What comparing all procedures found at one time; of what changes later only that is new."""

    def __init__(self, prints: dict[int, Fingerprint]) -> None:
        self.prints = prints
        self._like: dict[Fingerprint, list[str]] = {}

    @cached_property
    def index(self) -> Index:
        return Index(self.prints.values())

    @cached_property
    def groups(self) -> list[tuple[int, ...]]:
        """The keys of those with more than one member."""
        found = group_alike(self.prints.values(), at_least=Verdict.PROBABLY_SAME)
        return [tuple(map(key_of, group.members)) for group in found if len(group.members) > 1]

    def like(self, one: Fingerprint) -> list[str]:
        """Return the names here that are most like that of one that came later."""
        if one not in self._like:
            self._like[one] = _twins(one, self.index)
        return self._like[one]


class Snapshot:
    """
    All living procedures, with what is found by comparing them; each is computed once.

    `base` may be older: what is in it and has changed since counts as gone and come anew.
    """

    def __init__(
        self,
        held: dict[int, Held],
        prints: dict[int, Fingerprint],
        base: Base | None = None,
    ) -> None:
        self.held = held
        self.prints = prints
        self.shared = {each.canonical for each in held.values()} - {None}
        self._likeness: dict[tuple[int, int], Likeness] = {}
        self.base = base or Base(prints)
        known = self.base.prints
        self.later = [p for key, p in prints.items() if known.get(key) != p]
        if len(self.later) > _MOST_LATER:
            self.base, self.later = Base(prints), []

    @property
    def index(self) -> Index:
        return self.base.index

    @cached_property
    def later_index(self) -> Index:
        return Index(self.later, self.index.weights)

    def find(self, one: Fingerprint, *, limit: int) -> list[Match]:
        """Return what is most like one, be it in the base or come later."""
        found = find_like(one, self.index, at_least=Verdict.PROBABLY_SAME, limit=limit)
        if self.later:
            found += find_like(one, self.later_index, at_least=Verdict.PROBABLY_SAME, limit=limit)
        return sorted(found, key=lambda match: -match.likeness.score)[:limit]

    @cached_property
    def groups(self) -> list[tuple[int, ...]]:
        """The keys of those with more than one member, the largest first."""
        later = {key_of(one) for one in self.later}
        groups = [
            [key for key in group if key in self.prints and key not in later]
            for group in self.base.groups
        ]
        place = {key: group for group in groups for key in group}
        for one in self.later:
            if (key := key_of(one)) in place:
                continue
            twin = next((near for near in self._near(one) if self._is_alike(one, near)), None)
            if twin is not None:
                if twin not in place:
                    place[twin] = [twin]
                    groups.append(place[twin])
                place[twin].append(key)
                place[key] = place[twin]
        found = [tuple(group) for group in groups if len(group) > 1]
        return sorted(found, key=lambda group: -len(group))

    def _near(self, one: Fingerprint) -> Iterator[int]:
        for name in [one.name, *self.base.like(one), *_twins(one, self.later_index)]:
            for key in self.names[name_key(name)]:
                if key != one.key:
                    yield key

    def _is_alike(self, one: Fingerprint, key: int) -> bool:
        """Say whether one is like another as that is now: in the base it may be another still."""
        return key in self.prints and self.likeness(key, key_of(one)).verdict.reaches(
            Verdict.PROBABLY_SAME
        )

    @cached_property
    def names(self) -> dict[str, list[int]]:
        """Key of a name → the procedures that bear it."""
        found: dict[str, list[int]] = defaultdict(list)
        for each in self.held.values():
            found[name_key(each.name)].append(each.procedure)
        return found

    def likeness(self, one: int, other: int) -> Likeness:
        found = self._likeness.get((one, other))
        if found is None:
            found = judge(self.prints[one], self.prints[other], self.index.weights)
            self._likeness[one, other] = found
        return found


def _twins(one: Fingerprint, index: Index) -> list[str]:
    """Return the names most like that of one."""
    found = find_like(one, index, at_least=Verdict.PROBABLY_SAME, limit=_TWINS)
    return [match.item.name for match in found]


def key_of(member: Fingerprint) -> int:
    """Return the key of the procedure that a fingerprint was taken of."""
    key = member.key
    if not isinstance(key, int):
        raise TypeError(f"a procedure expected, not {key!r}")
    return key


@dataclass(slots=True)
class _Kept:
    number: int
    digest: str
    day: date
    loaded_at: float
    snapshot: Snapshot


_lock = threading.Lock()
_kept: list[_Kept] = []


def snapshot(*, today: date) -> Snapshot:
    """Return the registry as it is now; loaded anew only if something changed that matters."""
    number, digest = _end_of_trail()
    with _lock:
        kept = _kept[0] if _kept else None
        if kept and kept.day == today and not _matters(kept, number, digest):
            kept.number, kept.digest = number, digest
            return kept.snapshot
        loaded = _load(today, kept.snapshot.base if kept else None)
        _kept[:] = [_Kept(number, digest, today, time.monotonic(), loaded)]
    return loaded


def recent_snapshot(*, today: date) -> Snapshot:
    """Return the registry as it was not long ago, without asking the database."""
    kept = _kept[0] if _kept else None
    if kept and kept.day == today and time.monotonic() - kept.loaded_at < _FRESH_ENOUGH:
        return kept.snapshot
    return snapshot(today=today)


def forget() -> None:
    """Throw away what is kept: where the database is another than before, as between tests."""
    with _lock:
        _kept.clear()


def _end_of_trail() -> tuple[int, str]:
    chain = Chain.objects.filter(pk=1).first()
    return (chain.number, chain.digest) if chain else (0, "")


def _matters(kept: _Kept, number: int, digest: str) -> bool:
    """Return whether the trail tells of anything since that changes what is compared."""
    if kept.digest == digest:
        return False
    if kept.number >= number:
        return True  # another trail
    changes = Event.objects.filter(number__gt=kept.number, number__lte=number)
    for kinds in _ASIDE:
        changes = changes.exclude(kind__startswith=kinds)
    return changes.exists()


def _load(today: date, base: Base | None) -> Snapshot:
    rows = (
        living(today)
        .filter(procedure__merged_into=None)
        .order_by("procedure", "number")
        .values_list(
            "pk",
            "procedure",
            "name",
            "field__name",
            "tier",
            "holder",
            "holder__name",
            "holder__path",
            "status",
            "procedure__canonical",
        )
    )
    held: dict[int, Held] = {}
    version_of: dict[int, int] = {}
    for version, procedure, name, field, tier, agency, agency_name, path, status, shared in rows:
        is_published = status in PUBLISHED
        there = held.get(procedure)
        if there is None or is_published or not there.is_published:
            held[procedure] = Held(
                procedure,
                name,
                field or "",
                tier,
                agency,
                agency_name,
                path or "/",
                is_published,
                shared,
            )
            version_of[procedure] = version
    bases = _bases(set(version_of.values()), today)
    prints = {
        each.procedure: Fingerprint(
            each.procedure,
            each.name,
            field=each.field,
            level=each.tier,
            agency=each.agency_name,
            bases=tuple(bases.get(version_of[each.procedure], ())),
            source=each.agency,
        )
        for each in held.values()
    }
    return Snapshot(held, prints, base)


def _bases(versions: set[int], today: date) -> dict[int, list[Basis]]:
    cited = LegalCitation.objects.filter(version__in=living(today).values("pk"))
    if len(versions) <= BATCH:
        cited = LegalCitation.objects.filter(version__in=versions)
    found: dict[int, list[Basis]] = defaultdict(list)
    rows = cited.order_by("pk").values_list(
        "version", "document__code", "document__title", "article"
    )
    for version, code, title, article in rows.iterator(chunk_size=5_000):
        if version in versions:
            found[version].append(Basis(code or title, article))
    return found
