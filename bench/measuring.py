"""What measurements share: a row of the table, and a PostgreSQL that is made and dropped."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

REQUESTS = 15
MOST_QUERIES = 12
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    seconds: float
    least_seconds: float
    most_seconds: float | None
    queries: int
    most_queries: int | None
    size: int = 0  # bytes of the page
    most_size: int | None = None
    work: float = 0  # seconds of processors, ours and the database's; on a busy machine they tell
    most_work: float = 0  # the 95th percentile of them

    @property
    def holds(self) -> bool:
        return all(
            most is None or value <= most
            for value, most in (
                (self.seconds, self.most_seconds),
                (self.queries, self.most_queries),
                (self.size, self.most_size),
            )
        )

    def __str__(self) -> str:
        bound = f"{self.most_seconds * 1000:7.0f}" if self.most_seconds else "      –"
        queries = f"{self.queries:4}"
        size = f"{self.size / 1024:7.1f} KiB" if self.size else ""
        verdict = "" if self.holds else "  << MISSED"
        times = "".join(
            f"{each * 1000:9.1f}"
            for each in (self.seconds, self.least_seconds, self.work, self.most_work)
        )
        return f"{self.name:34}{times}{bound}{queries:>8}{size}{verdict}"


HEADING = f"{'':34}{'ms':>9}{'least':>9}{'work':>9}{'p95':>9}{'bound':>7}{'queries':>8}"


def say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def own_database(url: str, name: str, *, keep: bool = False) -> Iterator[str]:
    """Make a database, and drop it afterwards; `keep` takes the one there is, and leaves it."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not (keep and found.fetchone()):
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            if not keep:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(folder: Path, url: str) -> dict[str, str]:
    """Return the settings of a process that measures: data in the folder, no mail, no debugging."""
    (folder / "static").mkdir(exist_ok=True)
    return {
        **os.environ,
        "TINHGON_DATABASE_URL": url,
        "TINHGON_DATA": str(folder),
        "TINHGON_SECRET_KEY": "only-for-measuring" * 4,
        "TINHGON_HOSTS": "testserver,127.0.0.1",
        "TINHGON_DEBUG": "0",
        "TINHGON_DEMO": "1",  # static files without collecting them first
        "TINHGON_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "TINHGON_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tinhgon.config.settings",
    }


def measure_page(
    name: str,
    client: object,
    url: str,
    bound: float | None,
    most_size: int | None = None,
    *,
    times: int = REQUESTS,
) -> Measured:
    """Ask for a page or file some times through the test client; the median counts."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    assert isinstance(client, Client)  # noqa: S101 -- for the type checker
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url} answered {answer.status_code}")
    own = [q for q in captured.captured_queries if "django_session" not in q["sql"]]
    size = len(_content(answer))
    pairs = [both_timed(lambda: _content(client.get(url))) for _ in range(times)]
    own_times, works = zip(*pairs, strict=True)
    return Measured(
        name,
        statistics.median(own_times),
        min(own_times),
        bound,
        len(own),
        None if answer.streaming else MOST_QUERIES,  # a file is read batch by batch
        size,
        most_size,
        statistics.median(works),
        statistics.quantiles(works, n=20)[-1] if times > 1 else works[0],
    )


def _content(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def both_timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return the seconds that passed, and those that processors worked for it."""
    start, worked = time.perf_counter(), _worked()
    act()
    return time.perf_counter() - start, _worked() - worked


def _worked() -> float:
    """
    Return the seconds of processors of this process and, where it is a process of this machine, of
    the one that PostgreSQL has for our connection.
    """
    from django.db import connection

    ours = time.process_time()
    if connection.vendor != "postgresql" or connection.connection is None:
        return ours
    own = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return ours + int(own.read_text().split()[0]) / 1e9 if own.exists() else ours
