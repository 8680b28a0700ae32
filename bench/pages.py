"""
Measure the pages at 300 agencies × 200 duties (60,000 assignments): `python -m bench.pages`.

Runs on SQLite in a temporary folder, and on PostgreSQL where one answers (TINHGON_BENCH_PG, or
postgres on 127.0.0.1:5432), in a database that it makes and drops. Prints a table for each, with
the median that the bound is held against and the least time, and ends with 1 if a bound is missed.
`--database postgresql` measures there only, `--only "my work"` only the pages named so.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

REQUESTS = 15
MOST_QUERIES = 12
POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
_PG_NAME = "tinhgon_bench"


@dataclass(frozen=True, slots=True)
class Measured:
    name: str
    seconds: float
    least_seconds: float
    most_seconds: float | None
    queries: int
    most_queries: int | None

    @property
    def holds(self) -> bool:
        fast = self.most_seconds is None or self.seconds <= self.most_seconds
        return fast and (self.most_queries is None or self.queries <= self.most_queries)

    def __str__(self) -> str:
        bound = f"{self.most_seconds * 1000:7.0f}" if self.most_seconds else "      –"
        queries = f"{self.queries:4}"
        verdict = "" if self.holds else "  << MISSED"
        times = f"{self.seconds * 1000:9.1f}{self.least_seconds * 1000:9.1f}"
        return f"{self.name:34}{times}{bound}{queries:>8}{verdict}"


def _say(line: object) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="measure here only")
    parser.add_argument("--only", default="", help="measure only the pages whose name has this")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        return _PARTS[asked.part](asked.only)
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        if asked.database != "postgresql":
            failed |= _spawn("SQLite", "", Path(folder), asked.only)
        if asked.database != "sqlite":
            failed |= _on_postgres(Path(folder), asked.only)
    return int(failed)


def _on_postgres(folder: Path, only: str) -> bool:
    url = os.environ.get("TINHGON_BENCH_PG", POSTGRES)
    if not _answers(url):
        _say(f"PostgreSQL: nothing answers at {urlsplit(url).hostname}; not measured")
        return False
    with _own_database(url) as own:
        return _spawn("PostgreSQL", own, folder, only)


def _spawn(title: str, url: str, folder: Path, only: str) -> bool:
    """
    Run in processes of their own, because Django's settings are made once, and because a server
    that is measured has not just written 60,000 rows.
    """
    (folder / "static").mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "TINHGON_DATABASE_URL": url,
        "TINHGON_DATA": str(folder),
        "TINHGON_SECRET_KEY": "only-for-measuring" * 4,
        "TINHGON_HOSTS": "testserver",
        "TINHGON_DEBUG": "0",
        "TINHGON_DEMO": "1",  # static files without collecting them first
        "TINHGON_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "TINHGON_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tinhgon.config.settings",
    }
    _say(f"\n{title}")
    command = [sys.executable, "-m", "bench.pages", "--only", only, "--part"]
    return any(
        subprocess.run([*command, part], env=environment, check=False).returncode  # noqa: S603
        for part in _PARTS
    )


def _answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def _own_database(url: str) -> Iterator[str]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {_PG_NAME} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {_PG_NAME}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{_PG_NAME}"))
        finally:
            connection.execute(f"DROP DATABASE {_PG_NAME} WITH (FORCE)")


def _build(_only: str) -> int:
    """Build the province in the database of the settings."""
    import django

    django.setup()
    from django.core.management import call_command

    from .province import build

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    build()
    _say(f"60,000 assignments written in {time.perf_counter() - start:.1f} s")
    return 0


def _measure(only: str) -> int:
    """Measure what was built in the database of the settings."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from .province import TODAY, VIETNAM, find

    built = find()
    story = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=VIETNAM)
    settings.CLOCK_OFFSET = timedelta(days=(story.date() - timezone.localdate()).days)
    rows = [*_pages(built, only), *(() if only else _work(built, story))]
    _say(f"{'':34}{'ms':>9}{'least':>9}{'bound':>7}{'queries':>8}")
    for row in rows:
        _say(row)
    if not rows:
        raise SystemExit(f"no page has {only!r} in its name")
    return int(not all(row.holds for row in rows))


_PARTS = {"build": _build, "measure": _measure}


def _pages(built: object, only: str) -> Iterator[Measured]:
    from django.test import Client

    from .province import Built

    assert isinstance(built, Built)  # noqa: S101 -- for the type checker
    office, agency = Client(), Client()
    office.force_login(built.coordinator)
    agency.force_login(built.officer)
    whole = f"?chuong-trinh={built.programme.pk}"
    for name, client, url, bound in (
        ("board of 200 duties, Office", office, f"/nhiem-vu/bang/{whole}", 0.150),
        ("board of one letter, Office", office, "/nhiem-vu/bang/", 0.150),
        ("board of communes, Office", office, f"/nhiem-vu/bang/{whole}&cap=xa", 0.150),
        ("board, a department", agency, f"/nhiem-vu/bang/{whole}", 0.150),
        ("my work, Office", office, "/nhiem-vu/cua-toi/", 0.040),
        ("my work, a department", agency, "/nhiem-vu/cua-toi/", 0.040),
        ("list, Office", office, "/nhiem-vu/", None),
        ("list, a department", agency, "/nhiem-vu/", None),
        ("duty with 300 answers", office, f"/nhiem-vu/nv/{built.duty.pk}/", None),
        ("late list, Office", office, "/nhiem-vu/qua-han/", None),
        ("timeline, Office", office, "/nhiem-vu/lich/", None),
    ):
        if only in name:
            yield _page(name, client, url, bound)


def _page(name: str, client: object, url: str, bound: float | None) -> Measured:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    assert isinstance(client, Client)  # noqa: S101 -- for the type checker
    with CaptureQueriesContext(connection) as captured:
        status = client.get(url).status_code
    if status != 200:
        raise SystemExit(f"{url} answered {status}")
    own = [q for q in captured.captured_queries if "django_session" not in q["sql"]]
    times = [_timed(lambda: client.get(url)) for _ in range(REQUESTS)]
    return Measured(name, statistics.median(times), min(times), bound, len(own), MOST_QUERIES)


def _work(built: object, at: datetime) -> Iterator[Measured]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tinhgon.apps.assignments import actions
    from tinhgon.apps.calendars.queries import calendar
    from tinhgon.domain.deadlines import seed_ladder

    from .province import Built

    assert isinstance(built, Built)  # noqa: S101 -- for the type checker
    with CaptureQueriesContext(connection) as captured:
        seconds = _timed(
            lambda: actions.issue_directive(
                directive=built.draft,
                by=built.coordinator,
                at=at,
                version=built.draft.version,
                calendar=calendar(),
            )
        )
    yield Measured("issue 6 proposals to 300 agencies", seconds, seconds, 1.0, len(captured), None)
    with CaptureQueriesContext(connection) as captured:
        seconds = _timed(lambda: actions.remind(at=at, calendar=calendar(), ladder=seed_ladder()))
    yield Measured("reminder run, first", seconds, seconds, 5.0, len(captured), None)
    seconds = _timed(lambda: actions.remind(at=at, calendar=calendar(), ladder=seed_ladder()))
    yield Measured("reminder run, nothing new", seconds, seconds, 5.0, 0, None)
    seconds = _timed(lambda: actions.mail_digests(at=at))
    yield Measured("digests by mail", seconds, seconds, 5.0, 0, None)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
