"""
Measure the registry of procedures at two sizes: `python -m bench.registry`.

A province (20,000 versions, 3,000 procedures in force, 210 agencies) and the nation (300,000
procedures), on SQLite in a temporary folder and on PostgreSQL where one answers (TINHGON_BENCH_PG).
Pages are asked for through the test client; the throughput is that of gunicorn with two workers
and eight clients. Ends with 1 if a bound is missed; the nation may take half as long again.
`--size nation`, `--database postgresql`, `--only list` measure a part; `--keep FOLDER` keeps what
was built for the next time, and takes what stands there. PostgreSQL gets a copy of the rows that
SQLite has in the same folder.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from .measuring import (
    HEADING,
    POSTGRES,
    Measured,
    answers,
    environment,
    measure_page,
    own_database,
    say,
)

if TYPE_CHECKING:
    from django.test import Client

SIZES = ("province", "nation")
MOST_KIB = 60
MOST_IN_A_FILE = 100_000
LEAST_A_SECOND = 80
WORKERS, CLIENTS, SECONDS = 2, 8, 10


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--only", default="", help="measure only the pages whose name has this")
    parser.add_argument("--keep", type=Path, help="build in this folder, or take what stands there")
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        return _PARTS[asked.part](asked.size, asked.only)
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        for size in [asked.size] if asked.size else SIZES:
            folder = (asked.keep or Path(temporary)) / size
            folder.mkdir(parents=True, exist_ok=True)
            if asked.database != "postgresql":
                failed |= _spawn(f"SQLite, {size}", "", folder, size, asked)
            if asked.database != "sqlite":
                failed |= _on_postgres(folder, size, asked)
    return int(failed)


def _on_postgres(folder: Path, size: str, asked: argparse.Namespace) -> bool:
    url = os.environ.get("TINHGON_BENCH_PG", POSTGRES)
    if not answers(url):
        say("PostgreSQL: nothing answers; not measured")
        return False
    with own_database(url, f"tinhgon_bench_{size}", keep=bool(asked.keep)) as own:
        return _spawn(f"PostgreSQL, {size}", own, folder, size, asked)


def _spawn(title: str, url: str, folder: Path, size: str, asked: argparse.Namespace) -> bool:
    """Run in processes of their own: settings are made once, and a server has built nothing."""
    say(f"\n{title}")
    command = [sys.executable, "-m", "bench.registry", "--size", size, "--only", asked.only]
    return any(
        subprocess.run(  # noqa: S603
            [*command, "--part", part], env=environment(folder, url), check=False
        ).returncode
        for part in _PARTS
    )


def _build(size: str, _only: str) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tinhgon.apps.procedures.models import Procedure, ProcedureVersion

    from .copying import copy_from
    from .registry_rows import SIZES, build

    call_command("migrate", verbosity=0)
    if Procedure.objects.exists():
        return 0
    start = time.perf_counter()
    twin = Path(os.environ["TINHGON_DATA"]) / "tinhgon.sqlite3"
    if connection.vendor == "postgresql" and twin.exists():
        copy_from(twin)
    else:
        build(SIZES[size])
    count = ProcedureVersion.objects.count()
    say(f"{count:,} versions written in {time.perf_counter() - start:.1f} s")
    return 0


def _measure(size: str, only: str) -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from .registry_rows import TODAY, VIETNAM, find

    story = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=VIETNAM)
    settings.CLOCK_OFFSET = timedelta(days=(story.date() - timezone.localdate()).days)
    slack = 1.5 if size == "nation" else 1.0
    rows = []
    say(HEADING)
    for row in _pages(find(), only, slack):
        rows.append(row)
        say(row)
    fast = True if only else _throughput(size, settings.CLOCK_OFFSET.days)
    return int(not (fast and all(row.holds for row in rows)))


_PARTS = {"build": _build, "measure": _measure}


def _pages(built: object, only: str, slack: float) -> Iterator[Measured]:
    from django.test import Client

    from .registry_rows import THEN, Built

    assert isinstance(built, Built)  # noqa: S101 -- for the type checker
    office, officer = Client(), Client()
    office.force_login(built.office)
    officer.force_login(built.officer)
    then = f"ngay={THEN.isoformat()}"
    for name, client, query, bound in (
        ("list, Office", office, "", 0.025),
        ("list, a department", officer, "", 0.025),
        ("list, page 60", office, "page=60", 0.025),
        ("list, last page", office, "page=9999", 0.025),
        ("list, backwards", office, "sort=-ten", 0.025),
        ("list of 200", office, "so-dong=200", None),
        ("pipeline, Office", office, "che-do=thong-ke", 0.025),
        ("pipeline, a department", officer, "che-do=thong-ke", 0.025),
        ("ended", office, "che-do=het-hieu-luc", 0.025),
        ("all, Office", office, "che-do=tat-ca", 0.025),
        ("all, a department", officer, "che-do=tat-ca", 0.025),
        ("subtree: a province", office, f"co-quan={built.branch.pk}", 0.030),
        ("subtree: a department", office, f"co-quan={built.department.pk}", 0.030),
        ("subtree: a commune", office, f"co-quan={built.commune.pk}", 0.030),
        ("in force on a day", office, then, 0.100),
        ("in force on a day, last page", office, f"{then}&page=9999", 0.100),
        ("in force on a day, a province", office, f"{then}&co-quan={built.branch.pk}", 0.100),
        ("in force on a day, a commune", office, f"{then}&co-quan={built.commune.pk}", 0.100),
        ("by agency", office, "sort=co-quan", None),
        ("by day", office, "sort=-hieu-luc", None),
        ("by change", office, "sort=-cap-nhat", None),
        ("by field", office, "sort=linh-vuc", None),
        ("words", office, "q=tham+dinh+ngan+sach", None),
        ("words, none found", office, "q=khongcogi", None),
        ("words of a field", office, "linh-vuc=dat+dai", None),
        ("kind, tier, owner", office, "loai=trong-noi-bo-co-quan&cap=cap-xa", None),
        ("decision", office, f"quyet-dinh={built.decision}", None),
        ("bad content", office, "chat-luong=noi-dung", None),
        ("law that ended", office, "chat-luong=can-cu", None),
        ("same name", office, "chat-luong=trung-ten&che-do=thong-ke", None),
    ):
        if only in name:
            most = bound * slack if bound else None
            kib = None if "200" in name else MOST_KIB * 1024
            yield measure_page(name, client, f"/thu-tuc/?{query}", most, kib)
    yield from _of_decisions(office, built.branch.pk, only, slack)
    yield from _of_files(office, only, slack)
    yield from _of_portal(built.department.pk, only, slack)


def _of_files(office: Client, only: str, slack: float) -> Iterator[Measured]:
    """The file of a list as shown: the 20,000 versions of the province; the nation is too many."""
    from tinhgon.apps.procedures.models import ProcedureVersion

    name = "file, xlsx of all versions"
    if only in name and ProcedureVersion.objects.count() <= MOST_IN_A_FILE:
        yield measure_page(name, office, "/thu-tuc/xuat/?che-do=tat-ca", 3.0 * slack, times=3)


def _of_decisions(office: Client, branch: int, only: str, slack: float) -> Iterator[Measured]:
    from tinhgon.apps.publications.models import Decision

    from .registry_rows import THEN

    day = f"ngay={THEN.isoformat()}"
    one = Decision.objects.order_by("pk").values_list("pk", flat=True)[3]
    for name, address, bound in (
        ("decisions, in force on a day", f"/quyet-dinh/hieu-luc/?{day}", 0.100),
        ("decisions, in force in a branch", f"/quyet-dinh/hieu-luc/?{day}&co-quan={branch}", 0.100),
        ("decisions, list", "/quyet-dinh/", 0.025),
        ("decisions, one", f"/quyet-dinh/{one}/", None),
        ("decisions, what replaced what", "/quyet-dinh/thu-tuc/7/", None),
    ):
        if only in name:
            yield measure_page(name, office, address, bound * slack if bound else None, None)


def _of_portal(department: int, only: str, slack: float) -> Iterator[Measured]:
    from django.test import Client

    from tinhgon.apps.procedures.models import ProcedureVersion
    from tinhgon.apps.publications.models import Decision

    from .registry_rows import THEN, TODAY

    found = ProcedureVersion.objects.in_force_on(TODAY).order_by("pk")
    procedure = found.values_list("procedure", flat=True)[100]
    one = Decision.objects.order_by("pk").values_list("pk", flat=True)[3]
    for name, address, bound in (
        ("portal, list", "", 0.025),
        ("portal, list, page 40", "?page=40", 0.025),
        ("portal, list of a department", f"?co-quan={department}", 0.025),
        ("portal, list, words", "?q=tham+dinh+ngan+sach", 0.025),
        ("portal, list on a day", f"?ngay={THEN.isoformat()}", 0.100),
        ("portal, one procedure", f"thu-tuc/NB-{procedure:05}/", 0.020),
        ("portal, one decision", f"quyet-dinh/{one}/", None),
        ("portal, decisions", "quyet-dinh/", 0.025),
        ("portal, agencies", "co-quan/", None),
        ("portal, one agency", f"co-quan/{department}/", 0.025),
        ("portal, search", "tim/?q=tham+dinh", None),
    ):
        if only in name:
            most = bound * slack if bound else None
            yield measure_page(name, Client(), f"/cong-khai/{address}", most, None)


def _throughput(size: str, offset: int) -> bool:
    """Ask a real server for lists with eight clients, and say how many it gave a second."""
    from django.test import Client

    from .registry_rows import find

    client = Client()
    client.force_login(find().office)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    with _server(offset) as port:
        number = _asked(port, cookie)
    rate = number / SECONDS
    least = LEAST_A_SECOND / (1.5 if size == "nation" else 1)
    verdict = "" if rate >= least else "  << MISSED"
    say(
        f"{WORKERS} workers, {CLIENTS} clients: {rate:.0f} lists a second"
        f" (bound {least:.0f}){verdict}"
    )
    return rate >= least


@contextmanager
def _server(offset: int) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["gunicorn", "tinhgon.config.wsgi", "-w", str(WORKERS), "-b", f"127.0.0.1:{port}"]
    process = subprocess.Popen(  # noqa: S603
        [str(Path(sys.executable).with_name(command[0])), *command[1:], "--log-level", "error"],
        env={**os.environ, "TINHGON_CLOCK_OFFSET_DAYS": str(offset)},
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def _asked(port: int, cookie: str) -> int:
    for _ in range(2 * WORKERS):
        _ask(port, cookie)  # each worker reads its code and templates first
    counts = [0] * CLIENTS
    end = time.monotonic() + SECONDS

    def work(at: int) -> None:
        while time.monotonic() < end:
            _ask(port, cookie)
            counts[at] += 1

    threads = [threading.Thread(target=work, args=[at]) for at in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts)


def _ask(port: int, cookie: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/thu-tuc/", headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise SystemExit(f"/thu-tuc/ answered {answer.status}")


if __name__ == "__main__":
    sys.exit(main())
