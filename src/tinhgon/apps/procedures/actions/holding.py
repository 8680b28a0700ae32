"""When an agency ends, the procedures that it held go to its successor, and their pages say so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from tinhgon.apps.accounts import queries as people
from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.agencies.queries import heirs_of_ended
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.procedures.entries import PROCEDURE
from tinhgon.apps.procedures.models import Procedure, Tenure
from tinhgon.apps.search import actions as search
from tinhgon.common.batches import batches
from tinhgon.domain.access import Permission


@dataclass(slots=True)
class HandedOver:
    """What went to whom, and whose procedures nobody takes over as a whole: a person chooses."""

    counts: dict[Agency, int] = field(default_factory=dict)  # by the heir
    undecided: list[Agency] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@transaction.atomic
def hand_over_procedures(
    *, successions: Iterable[Succession], by: audit.Actor, at: datetime
) -> HandedOver:
    """
    Give the procedures of agencies that ended to the successor, once.

    Versions keep the agency that led when they were made; `Tenure` says who held them when.
    """
    given = list(successions)
    basis = {each.predecessor_id: each for each in given}
    done = HandedOver()
    entries: list[audit.Entry] = []
    moved: list[int] = []
    for predecessor, heir in heirs_of_ended(given, today=at.date()).items():
        held = list(Procedure.objects.filter(agency=predecessor).order_by("pk"))
        if held and heir is None:
            done.undecided.append(predecessor)
        elif held and heir is not None:
            _move(held, heir, basis[predecessor.pk])
            moved += [procedure.pk for procedure in held]
            done.counts[heir] = done.counts.get(heir, 0) + len(held)
            change = audit.Change("Cơ quan giữ thủ tục", predecessor.name, heir.name)
            entries += [audit.Entry("procedures.transferred", each, (change,)) for each in held]
    search.index(PROCEDURE, moved)
    _tell(done, on=at.date(), at=at)
    audit.record_all(entries, by=by, at=at)
    return done


def _move(held: list[Procedure], heir: Agency, succession: Succession) -> None:
    for some in batches([procedure.pk for procedure in held]):
        Tenure.objects.filter(procedure__in=some, ended_on=None).update(ended_on=succession.on)
        Procedure.objects.filter(pk__in=some).update(agency=heir, version=F("version") + 1)
        Tenure.objects.bulk_create(
            Tenure(
                procedure_id=pk,
                agency=heir,
                started_on=succession.on,
                basis=succession.basis[:300],
            )
            for pk in some
        )


def _tell(done: HandedOver, *, on: date, at: datetime) -> None:
    url = reverse("procedures:list")
    for heir, count in done.counts.items():
        notices.notify(
            users=people.holding(heir, Permission.PROPOSE_PROCEDURE, on=on),
            kind="procedures.transferred",
            text=f"{heir.label} tiếp nhận {count} thủ tục của cơ quan đã kết thúc hoạt động.",
            url=f"{url}?co-quan={heir.pk}",
            at=at,
        )
