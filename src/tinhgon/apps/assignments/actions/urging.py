from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.models import Assignment, UrgedLine, Urging
from tinhgon.apps.assignments.queries import people
from tinhgon.apps.assignments.queries.issuing import named
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Change, Entry
from tinhgon.apps.notices import actions as notices
from tinhgon.common.refusal import Refused
from tinhgon.domain.deadlines import Timeliness, timeliness
from tinhgon.domain.vntext import format_date
from tinhgon.domain.workdays import WorkCalendar

# More lines than one letter can carry: whoever has so many writes to each branch apart.
MOST_LINES = 1_000
_BATCH = 500


@transaction.atomic
def urge(
    *,
    issuer: Agency,
    assignments: Sequence[Assignment],
    finish_on: date,
    deputy_signs: bool,
    text: str,
    by: User,
    at: datetime,
    calendar: WorkCalendar,
) -> Urging:
    """
    Draft a letter that urges the agencies that are late, and tell their people.

    :param assignments: as `queries.late.chosen` returns them, with agency and duty loaded.
    :raises PermissionDenied: if `by` may not urge in the issuer's name.
    :raises Refused: if nothing of it is late, there is too much of it, or the new day has passed.
    """
    policies.check_urge(by, issuer)
    today = at.date()
    if finish_on < today:
        raise Refused(f"Ngày {format_date(finish_on)} đã qua.", "finish_on")
    late = _late(assignments, today=today, calendar=calendar)
    if not late:
        raise Refused("Chọn ít nhất một việc đang quá hạn.")
    if len(late) > MOST_LINES:
        raise Refused(f"Một công văn nêu nhiều nhất {MOST_LINES} việc. Lọc bớt rồi chọn lại.")
    urging = Urging.objects.create(
        issuer=issuer,
        drafter=_drafter(by, issuer),
        by=by,
        at=at,
        finish_on=finish_on,
        deputy_signs=deputy_signs,
        text=text.strip(),
    )
    for line in late:
        line.urging = urging
    UrgedLine.objects.bulk_create(late, batch_size=_BATCH)
    _tell(urging, late)
    audit.record_all(_entries(urging, late), by=by, at=at)
    return urging


def _late(
    assignments: Sequence[Assignment], *, today: date, calendar: WorkCalendar
) -> list[UrgedLine]:
    found = []
    for assignment in assignments:
        standing = timeliness(assignment.due_on, assignment.done_on, today, calendar)
        if assignment.due_on and standing.kind is Timeliness.OVERDUE:
            found.append(
                UrgedLine(
                    assignment=assignment,
                    due_on=assignment.due_on,
                    days_late=standing.days,
                    working_days_late=standing.working_days,
                )
            )
    return found


def _drafter(by: User, issuer: Agency) -> Agency:
    """Return where the person sits who drafts it in the issuer's name."""
    for position in by.current_positions:
        if issuer in {position.scope, position.agency}:
            return position.agency
    return issuer


def _agencies(late: Sequence[UrgedLine]) -> list[Agency]:
    found = {line.assignment.agency.pk: line.assignment.agency for line in late}
    return list(found.values())


def _tell(urging: Urging, late: Sequence[UrgedLine]) -> None:
    agencies = _agencies(late)
    users = people.answering_for(agencies, on=urging.at.date())
    notices.notify(
        users=[user for user in users if user.pk != urging.by.pk],
        kind="assignments.urged",
        text=(
            f"{urging.issuer.label} đôn đốc việc quá hạn, "
            f"yêu cầu hoàn thành chậm nhất ngày {format_date(urging.finish_on)}."
        ),
        url=reverse("assignments:late"),
        at=urging.at,
    )


def _entries(urging: Urging, late: Sequence[UrgedLine]) -> list[Entry]:
    finish = Change("Yêu cầu hoàn thành chậm nhất", "", format_date(urging.finish_on))
    whom = Change("Cơ quan được đôn đốc", "", named(_agencies(late)))
    whole = Entry("assignments.urging_drafted", urging, (whom, finish), urging.text)
    return [
        whole,
        *(
            Entry(
                "assignments.urged",
                line.assignment,
                (Change("Quá hạn", "", f"{line.days_late} ngày"), finish),
            )
            for line in late
        ),
    ]
