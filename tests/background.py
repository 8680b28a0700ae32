"""Work in the background, done by a test when it wants it done."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work_off() -> None:
    """Do what waits in the queue, one after the other as a worker does, until nothing waits."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while waiting := DBTaskResult.objects.ready().first():
        waiting.claim("test")
        worker.run_task(waiting)
