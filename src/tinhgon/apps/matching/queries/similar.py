"""What is like a name that somebody is typing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries.copies import current_versions
from tinhgon.domain.likeness import Fingerprint, Likeness
from tinhgon.domain.procedures import name_key

from .groups import percent
from .snapshot import Snapshot, recent_snapshot

_SHORTEST = 8  # letters from which on a name says something
_SHOWN = 5
_LOOKED_AT = 12  # some of what is found may be hidden from the person


@dataclass(frozen=True, slots=True)
class Similar:
    version: ProcedureVersion
    likeness: Likeness
    more_count: int  # others of the same name

    @property
    def percent(self) -> int:
        return percent(self.likeness)


def similar_page(*, user: User, name: str, procedure: int | None, today: date) -> list[Similar]:
    """Return the procedures most like a name, the nearest first; `procedure` is the one named."""
    if len(name.strip()) < _SHORTEST:
        return []
    known = recent_snapshot(today=today)
    matches = known.find(Fingerprint(procedure, name), limit=_LOOKED_AT)
    wanted = {key: m for m in matches for key in _bearers(known, m.item, procedure)}
    versions = current_versions(wanted, on=today, user=user)
    found: dict[int, Similar] = {}
    for match in matches:
        seen = [versions[k] for k in _bearers(known, match.item, procedure) if k in versions]
        if seen:
            found[id(match)] = Similar(seen[0], match.likeness, len(seen) - 1)
    return list(found.values())[:_SHOWN]


def _bearers(known: Snapshot, item: Fingerprint, procedure: int | None) -> list[int]:
    """Return those that bear the name of what was found: one may be hidden, another not."""
    return [key for key in known.names[name_key(item.name)] if key != procedure][:_LOOKED_AT]
