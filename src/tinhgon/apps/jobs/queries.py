from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django_tasks_db.models import DBTaskResult

from tinhgon.apps.accounts.models import User
from tinhgon.domain.background import LOST_AFTER, Move, Status, is_alive
from tinhgon.domain.vntext import format_number

from . import policies
from .models import Job, JobQuerySet, JobWorker, sees_all

_PAGE_SIZE = 50


class JobList(TypedDict):
    page: Page[Job]
    may_see_all: bool
    show_all: bool
    show_own: bool
    has_worker: bool


class JobPage(TypedDict):
    job: Job
    is_own: bool
    progress_words: str
    state_words: str
    is_lost: bool
    nobody_works: bool
    may_cancel: bool
    may_repeat: bool
    may_fetch: bool


def get_visible_job(*, user: User, pk: int) -> Job:
    """
    Return a job that the person may see.

    :raises Job.DoesNotExist: if it is somebody else's or is none.
    """
    return JobQuerySet(Job).visible_to(user).select_related("asked_by", "file").get(pk=pk)


def job_list(*, user: User, page: str, everybody: bool, at: datetime) -> JobList:
    """Return one page of the person's jobs, newest first; of all jobs, where he may see them."""
    may_see_all = sees_all(user)
    everybody = everybody and may_see_all
    jobs = JobQuerySet(Job).select_related("asked_by")
    found = jobs.visible_to(user) if everybody else jobs.filter(asked_by=user)
    return JobList(
        page=Paginator(found.order_by("-asked_at", "-pk"), _PAGE_SIZE).get_page(page),
        may_see_all=may_see_all,
        show_all=everybody,
        show_own=not everybody,
        has_worker=living_workers(at=at) > 0,
    )


def job_page(*, user: User, job: Job, at: datetime) -> JobPage:
    """Return what the page of a job shows at this moment."""
    lost = is_lost(job, at=at)
    return JobPage(
        job=job,
        is_own=job.asked_by_id == user.pk,
        progress_words=f"{format_number(job.done)}/{format_number(job.total or 0)}",
        state_words=_state_words(job, lost=lost),
        is_lost=lost,
        nobody_works=job.status == Status.WAITING.value and not living_workers(at=at),
        may_cancel=policies.can(user, Move.CANCEL, job) and not lost,
        may_repeat=lost or policies.can(user, Move.REPEAT, job),
        may_fetch=job.file_id is not None and policies.can_fetch(user, job),
    )


_WORDS = {
    Status.WAITING: "Đang chờ đến lượt.",
    Status.RUNNING: "Đang làm.",
    Status.DONE: "Đã làm xong.",
    Status.FAILED: "Không làm xong; chưa có gì được ghi.",
    Status.CANCELLED: "Đã hủy; không có gì được ghi.",
}


def _state_words(job: Job, *, lost: bool) -> str:
    if lost:
        return _WORDS[Status.FAILED]
    return (job.words if job.status == Status.RUNNING.value else "") or _WORDS[Status(job.status)]


def is_lost(job: Job, *, at: datetime) -> bool:
    """Return whether a job counts as running though its worker gives no sign of life."""
    return job.status == Status.RUNNING.value and not is_alive(job.beat_at, at=at)


def lost(*, at: datetime) -> list[Job]:
    """Return the jobs whose workers give no sign of life any more."""
    silent = JobQuerySet(Job).running().filter(beat_at__lt=at - LOST_AFTER)
    return list(silent.select_related("asked_by").order_by("pk"))


def stranded(*, at: datetime) -> list[Job]:
    """Return the jobs that wait though no worker will come across them in the queue."""
    waiting = JobQuerySet(Job).filter(status=Status.WAITING.value, asked_at__lt=at - LOST_AFTER)
    found = list(waiting.order_by("pk"))
    queued = DBTaskResult.objects.ready()
    known = {tuple(each["args"]) for each in queued.values_list("args_kwargs", flat=True)}
    return [job for job in found if (job.pk, job.attempt) not in known]


def living_workers(*, at: datetime) -> int:
    """Return how many processes work the queue off."""
    return JobWorker.objects.filter(beat_at__gte=at - LOST_AFTER).count()
