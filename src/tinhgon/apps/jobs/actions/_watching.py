from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from tinhgon.apps.audit.actions import System
from tinhgon.apps.files import actions as files
from tinhgon.apps.jobs import queries
from tinhgon.apps.jobs.enums import Move
from tinhgon.apps.jobs.kinds import kinds
from tinhgon.apps.jobs.models import Job, JobQuerySet, JobWorker
from tinhgon.apps.notices import actions as notices
from tinhgon.common.models import StaleObject
from tinhgon.domain.background import LOST_AFTER

from ._running import run_job
from ._shared import WORKER, WORKING_ON, move_job

KEPT_FOR = timedelta(days=30)

_LOST = (
    "Tiến trình chạy việc này đã dừng đột ngột (máy chủ khởi động lại, mất điện hoặc hết bộ nhớ). "
    "Chưa có gì được ghi; bấm “Chạy lại” để làm lại."
)


@transaction.atomic
def beat(*, at: datetime) -> None:
    """Give a sign of life of this worker, and of what it works on at this moment."""
    JobWorker.objects.update_or_create(
        name=WORKER, defaults={"beat_at": at}, create_defaults={"beat_at": at, "started_at": at}
    )
    own = JobQuerySet(Job).running().filter(worker=WORKER)
    own.filter(pk__in=list(WORKING_ON)).update(beat_at=at)


def leave() -> None:
    """Take this worker off the list: it ends."""
    JobWorker.objects.filter(name=WORKER).delete()


def bury_lost(*, at: datetime) -> int:
    """
    Fail the jobs whose workers died, and tell who asked; return how many it were.

    A worker that only slept and comes back can write nothing any more.
    """
    buried = 0
    for job in queries.lost(at=at):
        try:
            with transaction.atomic():
                declare_lost(job, at=at)
        except StaleObject:
            continue  # it came back, or another worker was faster
        buried += 1
    JobWorker.objects.filter(beat_at__lt=at - 2 * LOST_AFTER).delete()
    return buried


def queue_stranded(*, at: datetime) -> int:
    """
    Put jobs that wait into the queue again where it knows nothing of them any more, and return how
    many it were: their worker died, or found no database, in the moment in which it took them.

    One too many in the queue does no harm: a job is begun once.
    """
    stranded = queries.stranded(at=at)
    for job in stranded:
        run_job.enqueue(job.pk, job.attempt)
    return len(stranded)


def declare_lost(job: Job, *, at: datetime) -> None:
    """
    Fail one such job, within the caller's transaction.

    :raises StaleObject: if it was moved since it was read.
    """
    notices.notify(
        users=[job.asked_by],
        kind="jobs.ended",
        text=f"Không xong: {job.title}. {_LOST}",
        url=job.get_absolute_url(),
        at=at,
    )
    move_job(job, Move.LOSE, by=System(), at=at, reason=_LOST, ended_at=at, error=_LOST)


@transaction.atomic
def tidy(*, at: datetime) -> int:
    """
    Forget jobs that ended long ago, with their files, and return how many; the trail keeps that
    they were.
    """
    before = at - KEPT_FOR
    old = Job.objects.filter(ended_at__lt=before)
    made = list(old.exclude(file=None).values_list("file_id", flat=True))
    for kind, params in old.values_list("kind", "params"):
        if known := kinds().get(kind):
            known.forget(params)
    count, _ = old.delete()
    files.forget(made)
    DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()
    DBTaskResult.objects.running().filter(started_at__lt=before).delete()  # their workers died
    return count
