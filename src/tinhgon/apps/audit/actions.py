from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from django.db import models, transaction
from django.db.models import F

from tinhgon.common import request_id
from tinhgon.common.bulk import insert
from tinhgon.domain.vntext import fold

from .models import Chain, Event
from .models import ref as ref

S = TypeVar("S", bound=StrEnum)


class Actor(Protocol):
    """Whoever acts: a user, or the system itself."""

    @property
    def audit_ref(self) -> str: ...

    @property
    def audit_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class System:
    """The system acting by itself, for work that a clock starts."""

    audit_ref: str = "system"
    audit_name: str = "Hệ thống"


@dataclass(frozen=True, slots=True)
class Change:
    """One field from → to, in words a person reads: names, not ids."""

    field: str
    old: str
    new: str

    def to_json(self) -> dict[str, str]:
        return {"field": self.field, "from": self.old, "to": self.new}


def state_changes(labels: Mapping[S, str], old: S, new: S) -> tuple[Change, ...]:
    """Return a change of state in the words of its table, none where the state stays."""
    return () if new is old else (Change("Trạng thái", labels[old], labels[new]),)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded about one subject."""

    kind: str
    subject: models.Model
    changes: tuple[Change, ...] = ()
    reason: str = ""


def record(
    kind: str,
    subject: models.Model,
    *,
    by: Actor,
    at: datetime,
    changes: Iterable[Change] = (),
    reason: str = "",
) -> None:
    """Append one event; call it last, within the transaction of the change itself."""
    record_all([Entry(kind, subject, tuple(changes), reason)], by=by, at=at)


def record_all(entries: Iterable[Entry], *, by: Actor, at: datetime) -> None:
    """
    Append events in order, in the transaction of the change.

    The update of the chain's row makes writers wait for one another until commit, on SQLite and
    PostgreSQL alike; that is why it comes last in an action.
    """
    todo = list(entries)
    if not todo:
        return
    with transaction.atomic():
        if not Chain.objects.filter(pk=1).update(number=F("number") + len(todo)):
            Chain.objects.create(pk=1, number=len(todo))
        chain = Chain.objects.get(pk=1)
        number, digest = chain.number - len(todo), chain.digest
        events = []
        for entry in todo:
            number += 1
            event = Event(
                number=number,
                at=at,
                actor=by.audit_name[:200],
                actor_ref=by.audit_ref,
                kind=entry.kind,
                subject_ref=ref(entry.subject),
                subject_name=str(entry.subject)[:500],
                changes=[change.to_json() for change in entry.changes],
                reason=entry.reason,
                request_id=request_id.current(),
                folded=_folded(entry, by),
            )
            event.digest = digest = event.digest_after(digest)
            events.append(event)
        insert(events)
        Chain.objects.filter(pk=1).update(digest=digest)


def _folded(entry: Entry, by: Actor) -> str:
    words = [by.audit_name, str(entry.subject), entry.reason]
    for change in entry.changes:
        words += [change.field, change.old, change.new]
    return fold(" ".join(words))[:4000]
