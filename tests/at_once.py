"""Several people at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Do all of it at the same moment, each on its own connection; return what was refused."""
    refused: list[BaseException] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            deed()
        except Exception as e:  # noqa: BLE001 — handed to the test, which looks at it
            refused.append(e)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return refused


def meeting(number: int, deed: Callable[..., Any]) -> Callable[..., Any]:
    """
    Return the deed, after which `number` people wait for one another.

    Where the database lets only one come so far, that one soon goes on alone.
    """
    together = threading.Barrier(number)

    def met(*args: Any, **kwargs: Any) -> Any:
        found = deed(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=3)
        return found

    return met
