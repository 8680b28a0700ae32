from __future__ import annotations

import logging
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connections
from django_tasks_db.utils import is_locked_database_exception

from tinhgon.apps.jobs import actions
from tinhgon.common import clock

_SECONDS_BETWEEN_BEATS = 10
_SECONDS_BETWEEN_LOOKS = 0.5
_log = logging.getLogger(__name__)


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
        while True:
            try:
                call_command(
                    "db_worker",
                    verbosity=0,
                    interval=_SECONDS_BETWEEN_LOOKS,
                    startup_delay=False,
                    reload=False,
                    batch=once,
                )
            except OperationalError as e:
                # SQLite: somebody wrote for longer than one waits to look into the queue.
                if not is_locked_database_exception(e):
                    raise
            else:
                return


class Heart(threading.Thread):
    """Tells that the worker lives while it is busy, and looks after jobs whose workers do not."""

    def __init__(self) -> None:
        super().__init__(name="heart", daemon=True)
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.is_set():
            self._beat()
            self._over.wait(_SECONDS_BETWEEN_BEATS)
        try:
            actions.leave()
        except OperationalError:
            _log.warning("could not take the worker off the list; it goes by itself in two minutes")
        connections.close_all()

    def stop(self) -> None:
        self._over.set()
        self.join(timeout=5)

    def _beat(self) -> None:
        try:
            actions.beat(at=clock.now())
            actions.bury_lost(at=clock.now())
        except OperationalError:  # the database is busy or restarts: the next beat comes soon
            _log.warning("no sign of life could be given", exc_info=True)
            connections.close_all()
