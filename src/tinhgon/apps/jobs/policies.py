"""A job is its asker's; who administers the whole system sees it, and may stop or repeat it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from tinhgon.apps.accounts.models import User
from tinhgon.domain.access import Move as Deed
from tinhgon.domain.access import Page
from tinhgon.domain.background import JOB, Move, Status
from tinhgon.domain.lifecycle import IllegalMove

from .kinds import kinds
from .models import Job, sees_all

PAGES = [
    Page("jobs:list", "Việc chạy nền"),
    Page("jobs:detail", "Một việc chạy nền", own=True),
    Page("jobs:file", "Tệp kết quả của việc chạy nền", own=True),
]
MOVES = [
    Deed("jobs:cancel", "Hủy việc chạy nền", own=True),
    Deed("jobs:repeat", "Chạy lại việc chạy nền", own=True),
]


def check(user: User, move: Move, job: Job) -> None:
    """
    Check that the person may make the move.

    :raises PermissionDenied: if the job is somebody else's.
    :raises IllegalMove: if its state does not allow it.
    """
    if job.asked_by_id != user.pk and not sees_all(user):
        raise PermissionDenied
    JOB.transition_for(Status(job.status), move)


def can(user: User, move: Move, job: Job) -> bool:
    try:
        check(user, move, job)
    except (PermissionDenied, IllegalMove):
        return False
    return True


def check_fetch(user: User, job: Job) -> None:
    """
    Check that the person may have the file: only who asked for it, as long as he may ask and may
    see all that it holds.

    :raises PermissionDenied: if he may not.
    """
    kind = kinds().get(job.kind)
    if job.asked_by_id != user.pk or kind is None:
        raise PermissionDenied
    kind.check(user, job.params)
    kind.check_holds(user, job.holds)


def can_fetch(user: User, job: Job) -> bool:
    try:
        check_fetch(user, job)
    except PermissionDenied:
        return False
    return True
