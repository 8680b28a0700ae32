"""When an agency ends, what it asked and what it was asked goes on with another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.agencies.queries import heirs_of_ended
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.difficulties.entries import DIFFICULTY as ENTRY
from tinhgon.apps.difficulties.enums import Move, Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.difficulties.queries.following import held_by_ended, unfinished
from tinhgon.apps.difficulties.queries.routing import office_or_top
from tinhgon.apps.search import actions as search
from tinhgon.domain.access import Permission

from ._shared import Step, add_step, tell


@dataclass(slots=True)
class Followed:
    """How many went on with others, and whose difficulties nobody takes over as a whole."""

    count: int = 0
    undecided: list[Agency] = field(default_factory=list)


@transaction.atomic
def follow_agencies(
    *, successions: Iterable[Succession], by: audit.Actor, at: datetime
) -> Followed:
    """
    Give the unfinished difficulties of agencies that ended to who goes on with them, once.

    The difficulty of an ended agency is its successor's. What an ended agency had in hand goes to
    its successor of the same level; where that level is no more, to the Office of the province.
    """
    done = Followed()
    heirs = heirs_of_ended(successions, today=at.date())
    entries: list[audit.Entry] = []
    for predecessor, heir in heirs.items():
        rows = list(unfinished().filter(agency=predecessor))
        if heir is None:
            done.undecided += [predecessor] if rows else []
            continue
        for row in rows:
            holder = heir if row.holder_id == predecessor.pk else row.holder
            entries.append(_give(row, heir, holder, at))
            tell(heir, _RAISE, row, "tiếp nhận từ cơ quan đã kết thúc.", by=None, at=at)
    entries += [_hand_on(row, heirs.get(row.holder), at) for row in held_by_ended(on=at.date())]
    done.count = len(entries)
    audit.record_all(entries, by=by, at=at)
    return done


_RAISE, _ANSWER = Permission.RAISE_DIFFICULTY, Permission.ANSWER_DIFFICULTY


def _hand_on(row: Difficulty, heir: Agency | None, at: datetime) -> audit.Entry:
    ended = row.holder
    if heir is None or heir.level != ended.level:
        heir = office_or_top(ended, on=at.date())
    entry = _give(row, row.agency, heir, at)
    if Status(row.status) is not Status.ANSWERED:
        tell(heir, _ANSWER, row, f"tiếp nhận từ {ended.label}.", by=None, at=at)
    return entry


def _give(row: Difficulty, agency: Agency, holder: Agency, at: datetime) -> audit.Entry:
    changes = [
        audit.Change(name, old.name, new.name)
        for name, old, new in (
            ("Cơ quan có vướng mắc", row.agency, agency),
            ("Cơ quan xử lý", row.holder, holder),
        )
        if old.pk != new.pk
    ]
    station = row.holder if row.agency_id == agency.pk else row.agency
    row.change(seen_version=row.version, agency=agency, holder=holder, changed_at=at)
    add_step(row, Move.TRANSFER.value, Step(station, holder), by=None, at=at)
    search.index(ENTRY, [row.pk])
    return audit.Entry("difficulties.transferred", row, tuple(changes))
