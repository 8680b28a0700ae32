"""
How long reports take in a province of 300 agencies: `python -m bench.reporting`.

2,000 procedures in two review rounds, one period that asks every agency, all reports sent. Bounds:
a report opens in 100 ms, the figures of the whole province stand in 1 s, Word and Excel of every
agency in 60 s. Runs on SQLite and on PostgreSQL where one answers (TINHGON_BENCH_PG). The time that
passed is held against the bounds; on a busy machine the seconds of processors beside it tell more.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .measuring import (
    HEADING,
    POSTGRES,
    Measured,
    answers,
    both_timed,
    environment,
    measure_page,
    own_database,
    say,
)

if TYPE_CHECKING:
    from tinhgon.apps.accounts.models import User
    from tinhgon.apps.reports.models import Report, ReportPeriod

AGENCIES = 300
FROM, CUT_OFF, SENT, DUE = date(2025, 1, 1), date(2026, 6, 1), date(2026, 6, 4), date(2026, 6, 10)
OPENS, WHOLE, PAPERS = 0.1, 1.0, 60.0
"""Seconds: to open a report, to sum up the province, to write all papers."""
_NAME = "tinhgon_bench_reports"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--part", choices=_PARTS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        return _PARTS[asked.part]()
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        if asked.database != "postgresql":
            failed |= _spawn("SQLite", "", Path(folder))
    url = os.environ.get("TINHGON_BENCH_PG", POSTGRES)
    if asked.database != "sqlite" and answers(url):
        with tempfile.TemporaryDirectory() as folder, own_database(url, _NAME) as own:
            failed |= _spawn("PostgreSQL", own, Path(folder))
    return int(failed)


def _spawn(title: str, url: str, folder: Path) -> bool:
    say(f"\n{title}")
    command = [sys.executable, "-m", "bench.reporting", "--part"]
    return any(
        subprocess.run([*command, part], env=environment(folder, url), check=False).returncode  # noqa: S603
        for part in _PARTS
    )


def _build() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from .indicator_rows import build_rounds
    from .registry_rows import PROVINCE, build

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    communes = PROVINCE.communes + AGENCIES - sum((1, PROVINCE.departments, PROVINCE.communes))
    build(replace(PROVINCE, communes=communes))
    build_rounds("province")
    say(f"written in {time.perf_counter() - start:.1f} s")
    return 0


def _measure() -> int:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from .registry_rows import TODAY, find

    settings.CLOCK_OFFSET = timedelta(days=(TODAY - timezone.localdate()).days)
    office = find().office
    period = _open(office)
    say(f"{period.reports.count()} reports; Office and every agency")
    freezing = both_timed(lambda: _freeze(period, office))[1]
    sending = both_timed(lambda: _send_all(period, office))[1]
    say(f"frozen in {freezing:.1f} s, all sent in {sending:.1f} s")
    client = Client()
    client.force_login(office)
    rows = [*_pages(client, period), _papers(period, office)]
    say(HEADING)
    for row in rows:
        say(row)
    return int(not all(row.holds for row in rows))


def _open(office: User) -> ReportPeriod:
    from tinhgon.apps.agencies.enums import Level
    from tinhgon.apps.agencies.models import Agency
    from tinhgon.apps.programmes.models import Programme
    from tinhgon.apps.reports import actions
    from tinhgon.apps.reports.enums import PeriodKind
    from tinhgon.domain.reporting import seed_regime

    regime = seed_regime()
    asked = actions.Asked(
        name="Báo cáo đo thời gian",
        kind=PeriodKind.SPECIAL,
        programme=Programme.objects.get(),
        agency=Agency.objects.order_by("pk")[0],
        from_on=FROM,
        to_on=CUT_OFF,
        addressee=regime.addressee_on(DUE).name,
        due_on=DUE,
        deadlines={level: actions.Deadline(DUE) for level in Level},
        headings=[actions.Heading(each.title, each.hint) for each in regime.sections],
    )
    return actions.open_period(asked=asked, by=office, at=_at(FROM))


def _freeze(period: ReportPeriod, office: User) -> None:
    from tinhgon.apps.reports import actions

    actions.freeze_period(period=period, by=office, at=_at(CUT_OFF + timedelta(days=1)))


def _send_all(period: ReportPeriod, office: User) -> None:
    """Let every agency write and send, each by a head of its own."""
    from tinhgon.apps.reports import actions

    sections = list(period.sections.all())
    for report in _below(period):
        head = _head_of(report)
        for section in sections:
            text = f"{report.agency.name} đã thực hiện mục {section.title}."
            actions.write_text(
                report=report, section=section, text=text, by=head, at=_at(SENT), seen=0
            )
        actions.send(report=report, by=head, at=_at(SENT), seen=report.version)


def _below(period: ReportPeriod) -> list[Report]:
    rows = period.reports.exclude(receiver=None).select_related(
        "period__agency", "agency", "receiver", "successor"
    )
    return list(rows.order_by("-agency__level", "pk"))


def _head_of(report: Report) -> User:
    from django.contrib.auth.hashers import make_password

    from tinhgon.apps.accounts.models import Position, Role, User

    user = User.objects.create(
        username=f"head{report.agency_id}", full_name="Thủ trưởng", password=make_password(None)
    )
    role = Role.objects.get(code="head")
    Position.objects.create(user=user, agency=report.agency, role=role, started_on=FROM)
    return user


def _pages(client: Any, period: ReportPeriod) -> Iterator[Measured]:
    whole = period.reports.get(receiver=None)
    one = _below(period)[0]
    for name, url, bound in (
        ("list of periods", "/bao-cao/", None),
        ("period with its agencies", period.get_absolute_url(), None),
        ("report of one agency", one.get_absolute_url(), OPENS),
        ("report of the province, summed up", whole.get_absolute_url(), WHOLE),
        ("the same as Word", f"{whole.get_absolute_url()}bao-cao.docx", None),
        ("the same as Excel", f"{whole.get_absolute_url()}bao-cao.xlsx", None),
    ):
        yield measure_page(name, client, url, bound)


def _papers(period: ReportPeriod, office: User) -> Measured:
    """Have the papers of all agencies written as a worker does."""
    from tinhgon.apps.jobs import actions as jobs
    from tinhgon.apps.jobs.actions import run_job
    from tinhgon.apps.jobs.models import Job
    from tinhgon.apps.reports.jobs import ALL_PAPERS

    job = jobs.ask(ALL_PAPERS, {"period": period.pk}, by=office, at=_at(SENT))
    passed, worked = both_timed(lambda: run_job.call(job.pk, job.attempt))
    done = Job.objects.get(pk=job.pk)
    say(f"papers: {done.text or done.error}")
    return Measured("papers of all agencies", passed, passed, PAPERS, 0, None, work=worked)


def _at(day: date) -> datetime:
    from .registry_rows import VIETNAM

    return datetime(day.year, day.month, day.day, 9, tzinfo=VIETNAM)


_PARTS = {"build": _build, "measure": _measure}


if __name__ == "__main__":
    sys.exit(main())
