from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.jobs import policies, queries
from tinhgon.apps.jobs.enums import Move
from tinhgon.apps.jobs.kinds import Params, kinds
from tinhgon.apps.jobs.models import Job
from tinhgon.apps.notices import actions as notices
from tinhgon.common.refusal import Refused

from ._running import run_job
from ._shared import move_job
from ._watching import declare_lost

_MOST_OPEN = 20


@transaction.atomic
def ask(kind: str, params: Params, *, by: User, at: datetime) -> Job:
    """
    Have something done in the background, and return the job, whose page shows how far it is.

    It joins the queue in this transaction, and nobody starts on it before the commit. Who has the
    same open already gets that one: two clicks are one job.

    :raises KeyError: for a kind that no app has.
    :raises PermissionDenied: if the person may not ask for it.
    :raises Refused: if too much of his is open.
    """
    known = kinds()[kind]
    known.check(by, params)
    waiting = Job.objects.filter(asked_by=by, ended_at=None)
    open_jobs = [job for job in waiting if not queries.is_lost(job, at=at)]
    for job in open_jobs:
        if job.kind == kind and job.params == dict(params):
            return job
    if len(open_jobs) >= _MOST_OPEN:
        raise Refused(
            f"Anh/chị đang có {len(open_jobs)} việc chạy nền chưa xong. "
            "Chờ các việc ấy xong, hoặc hủy bớt tại trang Việc chạy nền."
        )
    job = Job.objects.create(
        kind=kind, title=known.title(params)[:300], params=dict(params), asked_by=by, asked_at=at
    )
    run_job.enqueue(job.pk, job.attempt)
    audit.record("jobs.asked", job, by=by, at=at)
    return job


@transaction.atomic
def cancel(*, job: Job, by: User, at: datetime) -> None:
    """
    Stop a job. One that runs writes nothing any more, and ends when it next tells how far it is.

    :raises PermissionDenied: if it is somebody else's.
    :raises IllegalMove: if it has ended.
    :raises StaleObject: if it was moved since it was read.
    """
    policies.check(by, Move.CANCEL, job)
    if job.asked_by_id != by.pk:
        _tell_asker(job, f"Quản trị đã hủy việc chạy nền: {job.title}", at)
    move_job(job, Move.CANCEL, by=by, at=at, ended_at=at)


@transaction.atomic
def repeat(*, job: Job, by: User, at: datetime) -> None:
    """
    Do a job once more that was not done, from its beginning; one whose worker died as well.

    :raises PermissionDenied: if it is somebody else's.
    :raises IllegalMove: if it is open or done.
    :raises StaleObject: if it was moved since it was read.
    """
    if queries.is_lost(job, at=at):
        policies.check(by, Move.LOSE, job)
        declare_lost(job, at=at)
    policies.check(by, Move.REPEAT, job)
    attempt = job.attempt + 1
    run_job.enqueue(job.pk, attempt)
    move_job(
        job,
        Move.REPEAT,
        by=by,
        at=at,
        attempt=attempt,
        worker="",
        started_at=None,
        beat_at=None,
        ended_at=None,
        done=0,
        total=None,
        words="",
        error="",
    )


def _tell_asker(job: Job, text: str, at: datetime) -> None:
    notices.notify(
        users=[job.asked_by], kind="jobs.ended", text=text, url=job.get_absolute_url(), at=at
    )
