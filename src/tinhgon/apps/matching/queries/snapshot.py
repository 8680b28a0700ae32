"""
The registry as likeness compares it, kept in the memory of the process.

Every change of a record is in the trail: the number of its last row tells for next to nothing
whether what is kept still holds. What a person may see is asked of the database each time.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
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
    Group,
    Index,
    Likeness,
    Verdict,
    group_alike,
    judge,
)
from tinhgon.domain.procedures import PUBLISHED, name_key

_ASIDE = ("accounts.", "assignments.", "calendars.", "directives.", "matching.", "programmes.")
"""Kinds of changes after which procedures are as alike as before."""
_FRESH_ENOUGH = 600.0
"""How old, in seconds, a hint may be: what it finds is looked up again in the database."""


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


class Snapshot:
    """All living procedures, with what is found by comparing them; each is computed once."""

    def __init__(self, held: dict[int, Held], prints: dict[int, Fingerprint]) -> None:
        self.held = held
        self.prints = prints
        self.shared = {each.canonical for each in held.values()} - {None}
        self._likeness: dict[tuple[int, int], Likeness] = {}

    @cached_property
    def index(self) -> Index:
        return Index(self.prints.values())

    @cached_property
    def groups(self) -> list[Group]:
        """Those with more than one member, the largest first."""
        found = group_alike(self.prints.values(), at_least=Verdict.PROBABLY_SAME)
        return [group for group in found if len(group.members) > 1]

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
        loaded = _load(today)
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


def _load(today: date) -> Snapshot:
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
    return Snapshot(held, prints)


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
