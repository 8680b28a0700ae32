from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.jobs import policies, queries
from tinhgon.apps.jobs.enums import Move
from tinhgon.apps.jobs.kinds import Params, key_of, kinds
from tinhgon.apps.jobs.models import Job
from tinhgon.apps.notices import actions as notices
from tinhgon.common.models import StaleObject
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
    key = key_of(kind, params)
    open_jobs = list(Job.objects.filter(asked_by=by, ended_at=None))
    for job in open_jobs:
        if job.key == key and not _given_up(job, at=at):
            return job
    if sum(not queries.is_lost(job, at=at) for job in open_jobs) >= _MOST_OPEN:
        raise Refused(
            f"Anh/chị đang có {_MOST_OPEN} việc chạy nền chưa xong. "
            "Chờ các việc ấy xong, hoặc hủy bớt tại trang Việc chạy nền."
        )
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                key=key,
                title=known.title(params)[:300],
                params=dict(params),
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError:  # the other click was a moment faster
        return Job.objects.filter(asked_by=by, key=key).order_by("-pk")[0]
    run_job.enqueue(job.pk, job.attempt)
    audit.record("jobs.asked", job, by=by, at=at)
    return job


def _given_up(job: Job, *, at: datetime) -> bool:
    """Return whether the job is of no use any more, its worker having died; then it is ended."""
    if not queries.is_lost(job, at=at):
        return False
    with suppress(StaleObject), transaction.atomic():  # somebody noticed at the same moment
        declare_lost(job, at=at)
    return True


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
    :raises Refused: if the same was asked for anew and is open.
    """
    try:
        with transaction.atomic():
            _repeat(job, by=by, at=at)
    except IntegrityError:
        raise Refused(
            "Việc này đã được giao lại và chưa xong. Xem lần giao sau tại trang Việc chạy nền."
        ) from None


def _repeat(job: Job, *, by: User, at: datetime) -> None:
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
