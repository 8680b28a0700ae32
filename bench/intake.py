"""
Measure how fast a sheet comes in: `python -m bench.intake`.

1,000 and 20,000 rows into the registry of a province (20,000 versions, 210 agencies), on SQLite in
a temporary folder and on PostgreSQL where one answers (TINHGON_BENCH_PG). Three rows of five are
new, one changes a known procedure, one says what is known already. Counted is everything from the
file to the last row in the registry: reading, comparing step by step, writing; and the memory of
the process at its highest. What is indexed after the write, in steps beside the work of others, is
shown and not counted ("index"). Ends with 1 if a bound is missed. `--rows`, `--database` measure a
part; `--folder` keeps the registry that was built there for the next time.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .measuring import POSTGRES, answers, environment, own_database, say

BOUNDS = {1_000: 2.0, 20_000: 30.0}
MOST_MIB = 600
_AGENCIES = 20


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, choices=list(BOUNDS))
    parser.add_argument("--database", choices=["sqlite", "postgresql"])
    parser.add_argument("--folder", type=Path, help="keep what is built here")
    parser.add_argument("--part", choices=["build", "measure"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part == "build":
        return _build()
    if asked.part == "measure":
        return _measure(asked.rows)
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if asked.database != "postgresql":
            failed |= _spawn("SQLite", "", folder, asked)
        url = os.environ.get("TINHGON_BENCH_PG", POSTGRES)
        if asked.database != "sqlite" and answers(url):
            with own_database(url, "tinhgon_bench_intake", keep=bool(asked.folder)) as own:
                failed |= _spawn("PostgreSQL", own, folder, asked)
        elif asked.database != "sqlite":
            say("PostgreSQL: nothing answers; not measured")
    return int(failed)


def _spawn(title: str, url: str, folder: Path, asked: argparse.Namespace) -> bool:
    """Each measurement in a process of its own, so that its memory is its own."""
    say(f"\n{title}")
    command = [sys.executable, "-m", "bench.intake", "--part"]
    env = environment(folder, url)
    subprocess.run([*command, "build"], env=env, check=True)  # noqa: S603
    say(
        f"{'':10}{'rows':>8}{'steps':>7}{'longest':>9}{'preview':>9}{'write':>8}{'all':>8}{'bound':>7}{'index':>8}{'undo':>8}{'MiB':>7}"
    )
    return any(
        subprocess.run(  # noqa: S603
            [*command, "measure", "--rows", str(rows)], env=env, check=False
        ).returncode
        for rows in ([asked.rows] if asked.rows else BOUNDS)
    )


def _build() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from tinhgon.apps.procedures.models import Procedure

    from .registry_rows import PROVINCE, build

    call_command("migrate", verbosity=0)
    if not Procedure.objects.exists():
        build(PROVINCE)
    return 0


def _measure(rows: int) -> int:
    import django

    django.setup()
    from tinhgon.apps.intake import actions
    from tinhgon.apps.search import actions as search
    from tinhgon.config.memory import settle

    from .registry_rows import NOW, find

    office = find().office
    data = _sheet(rows)
    agency = office.current_positions[0].agency.parent
    assert agency is not None  # noqa: S101 -- for the type checker
    _warm_up(agency, office, NOW)
    settle()
    before = _peak()
    worked = time.process_time()
    start = time.perf_counter()
    batch = actions.receive_sheet(
        upload=actions.Upload("danh-muc.xlsx", "", data), agency=agency, by=office, at=NOW
    )
    steps = [time.perf_counter() - start]
    while batch.status == "matched":
        began = time.perf_counter()
        actions.advance(batch=batch, by=office, at=NOW, seen=batch.version)
        steps.append(time.perf_counter() - began)
    verdicts = dict(_verdicts(batch))
    previewed = time.perf_counter() - start
    _decide_twins(batch, office, NOW)
    began = time.perf_counter()
    written = actions.write_batch(
        batch=batch, stop_on_error=False, by=office, at=NOW, seen=batch.version
    )
    took = time.perf_counter() - began
    everything = previewed + took
    peak = _peak()
    worked = time.process_time() - worked
    began = time.perf_counter()
    search.catch_up()
    indexed = time.perf_counter() - began
    began = time.perf_counter()
    actions.undo_batch(batch=batch, by=office, at=NOW, seen=batch.version)
    undone = time.perf_counter() - began
    holds = everything <= BOUNDS[rows] and peak <= MOST_MIB
    say(
        f"{'':10}{rows:8}{len(steps):7}{max(steps):9.2f}{previewed:9.2f}{took:8.2f}"
        f"{everything:8.2f}{BOUNDS[rows]:7.0f}{indexed:8.2f}{undone:8.2f}{peak:7.0f}"
        f"{'' if holds else '  << MISSED'}"
    )
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
    say(
        f"{'':10}{told}; {written} written; {before:.0f} MiB before; "
        f"{worked:.2f} s of one processor"
    )
    return int(not holds)


def _warm_up(agency: Any, by: Any, at: Any) -> None:
    """A server has loaded its modules and made its first statements long before."""
    from tinhgon.apps.intake import actions

    batch = actions.receive_sheet(
        upload=actions.Upload("vai-dong.xlsx", "", _sheet(5)), agency=agency, by=by, at=at
    )
    actions.advance(batch=batch, by=by, at=at, seen=batch.version)
    _decide_twins(batch, by, at)
    actions.write_batch(batch=batch, stop_on_error=False, by=by, at=at, seen=batch.version)
    actions.undo_batch(batch=batch, by=by, at=at, seen=batch.version)


def _verdicts(batch: Any) -> Iterator[tuple[str, int]]:
    from django.db.models import Count

    yield from batch.rows.values_list("verdict").annotate(count=Count("pk")).order_by()


def _decide_twins(batch: Any, by: Any, at: Any) -> None:
    from tinhgon.apps.intake import actions
    from tinhgon.apps.intake.enums import Choice, Verdict

    if batch.rows.filter(verdict=Verdict.TWIN).exists():
        actions.choose_verdict(
            batch=batch, verdict=Verdict.TWIN, choice=Choice.ADD, by=by, at=at, seen=batch.version
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _sheet(count: int) -> bytes:
    """Return a workbook of our own template; the same rows every time."""
    import xlsxwriter

    from tinhgon.domain.procedures import AGENCY_HEADING, CODE_HEADING, COLUMNS, SHEET

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        headings = [CODE_HEADING, AGENCY_HEADING, *(c.heading for c in COLUMNS.values())]
        sheet.write_row(0, 0, headings)
        for number, line in enumerate(_lines(count), start=1):
            for place, cell in enumerate(line):
                if cell is not None:
                    sheet.write(number, place, cell)
    return out.getvalue()


def _lines(count: int) -> Iterator[list[Any]]:
    from tinhgon.apps.agencies.enums import Kind
    from tinhgon.apps.agencies.models import Agency
    from tinhgon.apps.procedures.models import ProcedureVersion
    from tinhgon.domain.procedures import COLUMNS, EDITABLE, write_cell

    from .registry_rows import TODAY

    def line(record: Any, agency: str, code: str = "") -> list[Any]:
        return [code or None, agency, *(write_cell(record, key) for key in COLUMNS)]

    chance = random.Random(20)  # noqa: S311 -- a spread, not a secret
    agencies = list(Agency.objects.filter(kind=Kind.DEPARTMENT).order_by("pk")[:_AGENCIES])
    drafts = ProcedureVersion.objects.filter(status__in=EDITABLE)
    in_force = ProcedureVersion.objects.in_force_on(TODAY).filter(is_superseded=False)
    known = [
        version
        for rows in (drafts, in_force)
        for version in rows.select_related("procedure__agency").order_by("pk")[: count // 5]
    ]
    model = known[0].record
    for number in range(count):
        kind = number % 5
        if kind >= 3 and known:
            version = known.pop()
            record = version.record
            if kind == 4:
                record = replace(record, result=f"Văn bản số {number}")
            yield line(record, version.procedure.agency.name, version.procedure.local_code)
        else:
            agency = agencies[number % len(agencies)]
            record = _own_words(model, _name(number, chance), agency.name, number)
            yield line(record, agency.name)


def _own_words(model: Any, name: str, lead: str, number: int) -> Any:
    """Steps and papers of its own, as real procedures have; what is alike in real ones stays so."""
    steps = tuple(
        replace(step, what=f"{step.what} ({name})", product=f"Văn bản {number}.{step.number}")
        for step in model.steps
    )
    papers = tuple(replace(paper, name=f"{paper.name}, hồ sơ {number}") for paper in model.papers)
    return replace(model, name=name, lead=lead, steps=steps, papers=papers)


def _name(number: int, chance: random.Random) -> str:
    return " ".join(
        [chance.choice(_DEEDS), chance.choice(_THINGS), chance.choice(_WHOSE), f"số {number}"]
    )


_DEEDS = (
    "Thẩm định",
    "Phê duyệt",
    "Điều chỉnh",
    "Xây dựng",
    "Cho ý kiến về",
    "Ban hành",
    "Rà soát",
    "Công nhận",
    "Thu hồi",
    "Gia hạn",
)
_THINGS = (
    "kế hoạch đào tạo",
    "đề án vị trí việc làm",
    "danh mục tài sản công",
    "dự toán kinh phí",
    "quy chế phối hợp",
    "chương trình công tác",
    "hồ sơ nâng bậc lương",
    "phương án sắp xếp trụ sở",
    "báo cáo quyết toán",
    "đề cương nhiệm vụ khoa học",
)
_WHOSE = (
    "của đơn vị sự nghiệp",
    "của phòng chuyên môn",
    "của cơ quan hành chính",
    "cho công chức",
    "cho viên chức quản lý",
    "trong lĩnh vực đất đai",
    "trong lĩnh vực giáo dục",
    "trong lĩnh vực y tế",
    "đối với cấp xã",
    "đối với dự án đầu tư công",
)


if __name__ == "__main__":
    sys.exit(main())
