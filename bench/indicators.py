"""
How long the indicators K1, K2, C, C′ take: `python -m bench.indicators`.

A province of 2,000 procedures and the nation of 300,000, each in two review rounds with cost sheets
and plans, on SQLite and on PostgreSQL where one answers (TINHGON_BENCH_PG). Processor time counts,
ours and the database's, so that a busy machine tells no lies: 100 ms for the figures of a province,
1 s for those of the nation. Arguments as those of `bench.registry`, whose registry this one grows.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .measuring import (
    POSTGRES,
    answers,
    both_timed,
    environment,
    measure_page,
    own_database,
    say,
)

if TYPE_CHECKING:
    from tinhgon.apps.accounts.models import User

BOUNDS = {"province": 0.1, "nation": 1.0}
"""Seconds of processors for the figures of one round, by size."""
TIMES = {"province": 9, "nation": 3}
PAGE_SIZE = 60 * 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=BOUNDS)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--keep", type=Path, help="build in this folder, or take what stands there")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        return _PARTS[asked.part](asked.size)
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        for size in [asked.size] if asked.size else BOUNDS:
            folder = (asked.keep or Path(temporary)) / size
            folder.mkdir(parents=True, exist_ok=True)
            if asked.database != "postgresql":
                failed |= _spawn(f"SQLite, {size}", "", folder, size)
            if asked.database != "sqlite":
                failed |= _on_postgres(folder, size, keep=bool(asked.keep))
    return int(failed)


def _on_postgres(folder: Path, size: str, *, keep: bool) -> bool:
    url = os.environ.get("TINHGON_BENCH_PG", POSTGRES)
    if not answers(url):
        say("PostgreSQL: nothing answers; not measured")
        return False
    with own_database(url, f"tinhgon_bench_rounds_{size}", keep=keep) as own:
        return _spawn(f"PostgreSQL, {size}", own, folder, size)


def _spawn(title: str, url: str, folder: Path, size: str) -> bool:
    say(f"\n{title}")
    command = [sys.executable, "-m", "bench.indicators", "--size", size]
    return any(
        subprocess.run(  # noqa: S603
            [*command, "--part", part], env=environment(folder, url), check=False
        ).returncode
        for part in _PARTS
    )


def _build(size: str) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tinhgon.apps.procedures.models import Procedure
    from tinhgon.apps.reviews.models import Review

    from .copying import copy_from
    from .indicator_rows import build_rounds
    from .registry_rows import SIZES, build

    call_command("migrate", verbosity=0)
    if Review.objects.exists():
        return 0
    start = time.perf_counter()
    twin = Path(os.environ["TINHGON_DATA"]) / "tinhgon.sqlite3"
    if connection.vendor == "postgresql" and twin.exists():
        copy_from(twin)
    else:
        if not Procedure.objects.exists():
            build(SIZES[size])
        build_rounds(size)
    say(f"{Review.objects.count():,} reviews written in {time.perf_counter() - start:.1f} s")
    return 0


def _measure(size: str) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from .registry_rows import TODAY, VIETNAM, find

    story = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=VIETNAM)
    settings.CLOCK_OFFSET = timedelta(days=(story.date() - timezone.localdate()).days)
    late = 0
    office = find().office
    for name, address, bound in (
        ("figures of the last round", "", BOUNDS[size]),
        ("figures of both rounds together", "?dot=ct-1", None),
    ):
        late += _tell(name, _figures(office, address), bound, TIMES[size])
    client = Client()
    client.force_login(office)
    for name, address, most_size in (
        ("page of the last round", "/phuong-an/chi-tieu/", PAGE_SIZE),
        ("page of both rounds together", "/phuong-an/chi-tieu/?dot=ct-1", PAGE_SIZE),
        ("rows behind a figure", "/phuong-an/chi-tieu/thu-tuc/?nhom=phe-duyet", PAGE_SIZE),
        ("file of the last round", "/phuong-an/chi-tieu/xuat/", None),
    ):
        row = measure_page(name, client, address, None, most_size, times=TIMES[size])
        late += not row.holds
        say(row)
    return int(bool(late))


def _figures(user: User, query: str) -> Callable[[], Any]:
    from django.http import QueryDict

    from tinhgon.apps.plans.queries.indicators.asked import Asked
    from tinhgon.apps.plans.queries.indicators.counted import counted
    from tinhgon.apps.plans.queries.indicators.scope import rounds_of, scope_of
    from tinhgon.domain.simplification import Stage

    from .registry_rows import TODAY

    asked = Asked.read(QueryDict(query.lstrip("?")).dict())

    def act() -> object:
        scope = scope_of(user, rounds_of(user), asked, TODAY)
        if scope is None:
            raise SystemExit("nobody sees a round")
        found = counted(user, scope)
        return [found.total(stage) for stage in Stage]

    return act


def _tell(name: str, act: Callable[[], Any], bound: float | None, times: int) -> int:
    found = act()
    works = [both_timed(act)[1] for _ in range(times)]
    work = statistics.median(works)
    missed = bound is not None and work > bound
    words = "; ".join(" ".join(f"{f.sign} {f.words}" for f in each.figures) for each in found)
    most = f"{bound * 1000:7.0f}" if bound else "      –"
    say(f"{name:34}{work * 1000:9.1f}{most}{'  << MISSED' if missed else ''}  {words}")
    return int(missed)


_PARTS = {"build": _build, "measure": _measure}


if __name__ == "__main__":
    sys.exit(main())
