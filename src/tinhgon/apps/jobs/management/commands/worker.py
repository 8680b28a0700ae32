from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, connections
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.utils import is_locked_database_exception

from tinhgon.apps.jobs import actions
from tinhgon.common import clock

_SECONDS_BETWEEN_BEATS = 10
_SECONDS_BETWEEN_LOOKS = 0.5
_logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Làm các việc chạy nền đang chờ, đến khi được bảo dừng (Ctrl+C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi thôi")

    def handle(self, **options: Any) -> None:
        heart = Heart()
        heart.start()
        try:
            self._work(once=options["once"])
        finally:
            heart.stop()

    def _work(self, *, once: bool) -> None:
        worker = Patient(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            interval=_SECONDS_BETWEEN_LOOKS,
            batch=once,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        worker.configure_signals()
        while worker.running:
            try:
                worker.run()
            except OperationalError as e:
                # SQLite: somebody wrote for longer than one waits to look into the queue.
                if not is_locked_database_exception(e):
                    raise
            else:
                return


class Patient(Worker):
    """
    Ends after the job it works on, however often it is told to end: a service manager tells the
    whole group, and `tinhgon serve` tells its worker once more. SIGQUIT, or Ctrl+C pressed twice,
    means at once.
    """

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if signum == signal.SIGTERM and not self.running:
            return
        super().shutdown(signum, frame)


class Heart(threading.Thread):
    """Tells that the worker lives while it is busy, and looks after jobs whose workers do not."""

    def __init__(self) -> None:
        super().__init__(name="heart", daemon=True)
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.is_set():
            self._try(actions.beat)
            self._try(actions.bury_lost)
            self._try(actions.queue_stranded)
            self._over.wait(_SECONDS_BETWEEN_BEATS)
        self._try(lambda at: actions.leave())  # otherwise it goes by itself in two minutes
        connections.close_all()

    def stop(self) -> None:
        self._over.set()
        self.join(timeout=5)

    def _try(self, deed: Callable[..., object]) -> None:
        """Whatever goes wrong, the next beat comes: a silent worker counts as dead."""
        try:
            deed(at=clock.now())
        except Exception:
            _logger.exception("no sign of life could be given")
            connections.close_all()
