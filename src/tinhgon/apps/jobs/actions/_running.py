from __future__ import annotations

import logging
import tempfile
import time
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_tasks import task

from tinhgon.apps.audit.actions import System
from tinhgon.apps.files import actions as files
from tinhgon.apps.jobs.enums import Move, Status
from tinhgon.apps.jobs.kinds import Outcome, Stopped, Work, kinds
from tinhgon.apps.jobs.models import Job
from tinhgon.apps.notices import actions as notices
from tinhgon.common import clock
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused

from ._shared import WORKER, WORKING_ON, move_job

_SECONDS_BETWEEN = 0.5
_log = logging.getLogger(__name__)

_NO_RIGHT = "Người giao việc không còn quyền làm việc này."
_STOPPED = "Máy chủ dừng khi việc đang chạy. Chưa có gì được ghi; bấm “Chạy lại” để làm lại."
_NO_FILES = (
    "Máy chủ không đọc hoặc ghi được tệp: {}. Chưa có gì được ghi. Báo quản trị kiểm tra ổ đĩa, "
    "kho tệp (tinhgon doctor), rồi bấm “Chạy lại”."
)
_FAULT = (
    "Phần mềm gặp lỗi khi làm việc này. Chưa có gì được ghi. Bấm “Chạy lại”; nếu vẫn lỗi, báo quản "
    "trị kèm mã: {}."
)


@task
def run_job(pk: int, attempt: int) -> None:
    """Do one job of the queue; a worker calls it. What goes wrong is told in the job itself."""
    job = _start(pk, attempt, at=clock.now())
    if job is None:
        return
    WORKING_ON.add(job.pk)
    try:
        _do(job)
    finally:
        # Where not even the failure could be written, the job falls silent and is noticed.
        WORKING_ON.discard(job.pk)


def _do(job: Job) -> None:
    try:
        with tempfile.TemporaryDirectory(prefix="tinhgon-") as folder:
            outcome = _work(job, Path(folder))
            _finish(job, outcome, at=clock.now())
    except Stopped:
        return
    except Refused as e:
        _fail(job, str(e), at=clock.now())
    except PermissionDenied:
        _fail(job, _NO_RIGHT, at=clock.now())
    except OSError as e:
        _log.exception("job %s (%s) met the disk or the storage of files", job.pk, job.kind)
        _fail(job, _NO_FILES.format(e.strerror or e), at=clock.now())
    except (KeyboardInterrupt, SystemExit):
        _fail(job, _STOPPED, at=clock.now())
        raise
    except Exception:  # noqa: BLE001 — logged, and told to who asked
        _log.exception("job %s (%s) failed", job.pk, job.kind)
        _fail(job, _FAULT.format(f"{job.pk}-{job.attempt}"), at=clock.now())


@transaction.atomic
def _start(pk: int, attempt: int, *, at: datetime) -> Job | None:
    """Take the job; None where it was cancelled, taken by another worker, or asked for anew."""
    job = Job.objects.select_related("asked_by").filter(pk=pk, attempt=attempt).first()
    if job is None or job.status != Status.WAITING.value:
        return None
    try:
        move_job(job, Move.START, by=System(), at=at, worker=WORKER, started_at=at, beat_at=at)
    except StaleObject:
        return None
    return job


def _work(job: Job, folder: Path) -> Outcome:
    kind = kinds()[job.kind]
    if not job.asked_by.is_active:
        raise PermissionDenied
    kind.check(job.asked_by, job.params)
    work = Work(
        params=job.params,
        by=job.asked_by,
        at=clock.now(),
        folder=folder,
        progress=_Told(job),
    )
    return kind.run(work)


class _Told:
    """Keeps how far a job is where its page sees it: what changes within half a second, once."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._last = 0.0

    def __call__(self, done: int, of: int | None = None, words: str = "") -> None:
        now = time.monotonic()
        if now - self._last < _SECONDS_BETWEEN and done != of:
            return
        self._last = now
        # Durable: within a longer transaction nobody would see it, and its lock would stay.
        with transaction.atomic(durable=True):
            rows = Job.objects.filter(pk=self._job.pk, version=self._job.version)
            if not rows.update(done=done, total=of, words=words[:300], beat_at=clock.now()):
                raise Stopped


def _finish(job: Job, outcome: Outcome, *, at: datetime) -> None:
    """
    Keep what came of it, all at one stroke.

    :raises Stopped: if somebody moved the job meanwhile; then nothing is kept.
    """
    made = outcome.file
    try:
        with transaction.atomic():
            if not Job.objects.filter(pk=job.pk, version=job.version).update(beat_at=at):
                raise Stopped
            if outcome.write is not None:
                outcome.write()
            file = None if made is None else files.store_made(made.path, name=made.name, at=at)
            notices.notify(
                users=[job.asked_by],
                kind="jobs.ended",
                text=f"Đã xong: {job.title}",
                url=job.get_absolute_url(),
                at=at,
            )
            move_job(
                job,
                Move.FINISH,
                by=System(),
                at=at,
                ended_at=at,
                file=file,
                text=outcome.text[:500],
                url=outcome.url() if callable(outcome.url) else outcome.url,
                holds=list(outcome.holds),
            )
    except StaleObject:
        raise Stopped from None


def _fail(job: Job, words: str, *, at: datetime) -> None:
    """Say in the job why it was not done, and tell who asked; nothing where somebody moved it."""
    try:
        with transaction.atomic():
            notices.notify(
                users=[job.asked_by],
                kind="jobs.ended",
                text=f"Không xong: {job.title}. {words}",
                url=job.get_absolute_url(),
                at=at,
            )
            move_job(
                job, Move.FAIL, by=System(), at=at, reason=words[:500], ended_at=at, error=words
            )
    except StaleObject:
        return
