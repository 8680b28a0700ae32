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
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from .measuring import (
    HEADING,
    POSTGRES,
    Measured,
    answers,
    environment,
    measure_page,
    own_database,
    say,
    timed,
)

_PG_NAME = "tinhgon_bench"
_PAST = "2024-06-03"  # before the day of the province that is measured


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
    if not answers(url):
        say(f"PostgreSQL: nothing answers at {urlsplit(url).hostname}; not measured")
        return False
    with own_database(url, _PG_NAME) as own:
        return _spawn("PostgreSQL", own, folder, only)


def _spawn(title: str, url: str, folder: Path, only: str) -> bool:
    """
    Run in processes of their own, because Django's settings are made once, and because a server
    that is measured has not just written 60,000 rows.
    """
    say(f"\n{title}")
    command = [sys.executable, "-m", "bench.pages", "--only", only, "--part"]
    return any(
        subprocess.run([*command, part], env=environment(folder, url), check=False).returncode  # noqa: S603
        for part in _PARTS
    )


def _build(_only: str) -> int:
    """Build the province in the database of the settings."""
    import django

    django.setup()
    from django.core.management import call_command

    from .province import build

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    build()
    say(f"60,000 assignments written in {time.perf_counter() - start:.1f} s")
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
    say(HEADING)
    for row in rows:
        say(row)
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
        ("board of a past day, Office", office, f"/nhiem-vu/bang/{whole}&ngay={_PAST}", None),
        ("board, a department", agency, f"/nhiem-vu/bang/{whole}", 0.150),
        ("my work, Office", office, "/nhiem-vu/cua-toi/", 0.040),
        ("my work, a department", agency, "/nhiem-vu/cua-toi/", 0.040),
        ("list, Office", office, "/nhiem-vu/", None),
        ("list, a department", agency, "/nhiem-vu/", None),
        ("duty with 300 answers", office, f"/nhiem-vu/nv/{built.duty.pk}/", None),
        ("late list, Office", office, "/nhiem-vu/qua-han/", None),
        ("timeline, Office", office, "/nhiem-vu/lich/", None),
        ("timeline of a past day, Office", office, f"/nhiem-vu/lich/?ngay={_PAST}", None),
        ("monitoring, Office", office, f"/theo-doi/{whole}", None),
        ("monitoring of a past day, Office", office, f"/theo-doi/{whole}&ngay={_PAST}", None),
        ("monitoring, a department", agency, f"/theo-doi/{whole}", None),
    ):
        if only in name:
            yield measure_page(name, client, url, bound)


def _work(built: object, at: datetime) -> Iterator[Measured]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tinhgon.apps.assignments import actions
    from tinhgon.apps.calendars.queries import calendar
    from tinhgon.domain.deadlines import seed_ladder

    from .province import Built

    assert isinstance(built, Built)  # noqa: S101 -- for the type checker
    with CaptureQueriesContext(connection) as captured:
        seconds = timed(
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
        seconds = timed(lambda: actions.remind(at=at, calendar=calendar(), ladder=seed_ladder()))
    yield Measured("reminder run, first", seconds, seconds, 5.0, len(captured), None)
    seconds = timed(lambda: actions.remind(at=at, calendar=calendar(), ladder=seed_ladder()))
    yield Measured("reminder run, nothing new", seconds, seconds, 5.0, 0, None)
    seconds = timed(lambda: actions.mail_digests(at=at))
    yield Measured("digests by mail", seconds, seconds, 5.0, 0, None)


if __name__ == "__main__":
    sys.exit(main())
