"""When an agency ends, its open assignments go to its successor, and both pages say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from tinhgon.apps.agencies.models import Agency, Succession
from tinhgon.apps.agencies.queries import heirs_of_ended
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.entries import DUTY
from tinhgon.apps.assignments.enums import STATUS_LABELS, ExtensionStatus, Status
from tinhgon.apps.assignments.models import Answer, Assignment, Duty, Extension
from tinhgon.apps.assignments.queries import people
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Actor, Change, Entry
from tinhgon.apps.directives.entries import DIRECTIVE as LETTER
from tinhgon.apps.directives.models import Recipient
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.search import actions as search
from tinhgon.domain.assigning import OPEN, Move, transition_for

_OPEN = [status.value for status in OPEN]

# What was answered or returned stays so; everything else the successor takes note of anew.
_STATUS_AFTER = {Status.SUBMITTED: Status.SUBMITTED, Status.RETURNED: Status.RETURNED}


@dataclass(slots=True)
class Transfer:
    """What went to whom, and whose work nobody takes over as a whole: a person has to choose."""

    inherited: list[Assignment] = field(default_factory=list)
    undecided: list[Agency] = field(default_factory=list)


@transaction.atomic
def transfer_assignments(*, successions: Iterable[Succession], by: Actor, at: datetime) -> Transfer:
    """
    Give the open assignments of agencies that ended to the successor, once.

    Who that is says `agencies.queries.heirs_of_ended`.
    """
    found = Transfer()
    entries: list[Entry] = []
    for predecessor, heir in heirs_of_ended(successions, today=at.date()).items():
        olds = list(_open_of(predecessor))
        if olds and heir is None:
            found.undecided.append(predecessor)
        elif heir is not None:
            for old in olds:
                new = _transfer(old, heir, at=at)
                found.inherited.append(new)
                entries += _entries(old, new)
    _tell(found.inherited, at=at)
    _index(found.inherited)
    audit.record_all(entries, by=by, at=at)
    return found


def _open_of(agency: Agency) -> Iterable[Assignment]:
    return (
        Assignment.objects.filter(agency=agency, status__in=_OPEN)
        .select_related("duty__issuer", "duty__directive", "agency")
        .order_by("pk")
    )


def _transfer(old: Assignment, heir: Agency, *, at: datetime) -> Assignment:
    was = Status(old.status)
    old.change(
        seen_version=old.version,
        status=transition_for(was, Move.TRANSFER).to.value,
        decided_at=at,
    )
    new = Assignment.objects.create(
        duty=old.duty,
        agency=heir,
        part=old.part,
        status=_STATUS_AFTER.get(was, Status.ISSUED).value,
        due_on=old.due_on,
        percent=old.percent,
        done_on=old.done_on,
        extensions_granted=old.extensions_granted,
        inherited_from=old,
    )
    # What waits for a decision, and what was passed on, is the successor's from now on.
    Answer.objects.filter(assignment=old, accepted=None).update(assignment=new)
    Extension.objects.filter(assignment=old, status=ExtensionStatus.ASKED).update(assignment=new)
    Duty.objects.filter(parent=old).update(parent=new, issuer=heir, version=F("version") + 1)
    Recipient.objects.get_or_create(directive=old.duty.directive, agency=heir)
    return new


def _index(inherited: list[Assignment]) -> None:
    """What was passed on changes who gave it."""
    passed_on = Duty.objects.filter(parent__in=inherited).values_list("pk", flat=True)
    search.index(LETTER, [each.duty.directive_id for each in inherited])
    search.index(DUTY, [*(each.duty_id for each in inherited), *passed_on])


def _entries(old: Assignment, new: Assignment) -> list[Entry]:
    handed = Change("Cơ quan thực hiện", old.agency.name, new.agency.name)
    status = Change("Trạng thái", "", STATUS_LABELS[Status(new.status)])
    return [
        Entry("assignments.transferred", old, (handed,)),
        Entry("assignments.inherited", new, (handed, status)),
    ]


def _tell(inherited: list[Assignment], *, at: datetime) -> None:
    """One line for the people of each heir, and for those who gave the work."""
    by_heir: dict[Agency, list[Assignment]] = defaultdict(list)
    for assignment in inherited:
        by_heir[assignment.agency].append(assignment)
    url = reverse("assignments:list")
    for heir, assignments in by_heir.items():
        notices.notify(
            users=people.answering_for([heir], on=at.date()),
            kind="assignments.inherited",
            text=f"{heir.label} tiếp nhận {len(assignments)} nhiệm vụ "
            "của cơ quan đã kết thúc hoạt động.",
            url=f"{url}?co-quan={heir.pk}",
            at=at,
        )
    givers = {assignment.duty.issuer.pk: assignment.duty for assignment in inherited}
    for duty in givers.values():
        notices.notify(
            users=people.deciding_for(
                duty.issuer, policies.deciding_permissions(duty), on=at.date()
            ),
            kind="assignments.inherited",
            text="Nhiệm vụ của cơ quan đã kết thúc hoạt động đã chuyển sang cơ quan kế thừa.",
            url=url,
            at=at,
        )
