"""Row by row: what an archive says, what stands in this database, what another one makes of it."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from tests.factories import make_province, make_user
from tests.factories.assignments import make_assignment, submit
from tests.factories.difficulties import make_answered
from tests.factories.plans import make_decided
from tests.factories.reports import make_cut, make_edition, make_fact, make_period, make_report
from tinhgon.apps.files import actions as files
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.keeping import actions, sources
from tinhgon.apps.keeping.imports import Archive
from tinhgon.apps.keeping.queries import Level, look
from tinhgon.apps.reports.jobs import ALL_PAPERS
from tinhgon.apps.search import actions as search
from tinhgon.common import clock

from .test_move import tinhgon

pytestmark = pytest.mark.django_db(transaction=True)

_TRAIL = {"audit_event", "audit_chain"}  # what restoring itself writes down


@pytest.fixture
def archive(settings: Any, tmp_path: Path) -> Path:
    """A backup of a province in which much happened."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    settings.TRUSTED_CERTIFICATES = tmp_path / "certificates"
    province = make_province()
    department = province.departments[0]
    make_decided(department)
    make_answered(department)
    officer = make_user(department)
    submit(make_assignment(department, make_user(province.committee, "coordinator")), officer)
    period = make_period(province.committee)
    make_edition(make_report(period, department), [make_fact(department), make_cut(department)])
    files.store_file(data=b"%PDF-1.7 " + bytes(1000), name="a.pdf", content_type="", at=clock.now())
    jobs.ask(ALL_PAPERS, {"period": period.pk}, by=officer, at=clock.now())
    search.rebuild()
    path = tmp_path / "b.zip"
    actions.back_up(path=path, at=clock.now())
    return path


def digests() -> dict[str, str]:
    return {
        model._meta.db_table: hashlib.sha256(b"".join(sources.lines(model))).hexdigest()
        for model in sources.tables()
    }


def told(path: Path) -> dict[str, tuple[int, str]]:
    with zipfile.ZipFile(path) as packed:
        manifest = json.loads(packed.read("manifest.json"))
    return {each["name"]: (each["rows"], each["sha256"]) for each in manifest["tables"]}


def test_each_row_of_the_archive_stands_in_the_database_that_it_was_restored_into(
    archive: Path,
) -> None:
    assert sum(rows > 0 for rows, _ in told(archive).values()) > 40
    call_command("flush", interactive=False, verbosity=0)

    call_command("restore", str(archive), stdout=io.StringIO())

    opened = Archive(archive)
    for model in sources.tables():
        table = model._meta.db_table
        written, kept = list(sources.lines(model)), list(opened.lines(table))
        if table == "audit_chain":
            assert len(written) == 1
        else:
            assert written[: len(kept)] == kept, table
            assert len(written) - len(kept) == (table == "audit_event"), table
    opened.close()


def test_a_backup_of_what_was_restored_says_the_same(archive: Path, tmp_path: Path) -> None:
    before = digests()
    call_command("restore", str(archive), replace=True, stdout=io.StringIO())

    assert {name for name, digest in digests().items() if digest != before[name]} == _TRAIL
    actions.back_up(path=tmp_path / "again.zip", at=clock.now())
    one, other = told(archive), told(tmp_path / "again.zip")
    assert {name for name in one if one[name] != other[name]} == _TRAIL


def test_the_doctor_finds_nothing_wrong_with_what_was_restored(archive: Path) -> None:
    call_command("restore", str(archive), replace=True, stdout=io.StringIO())

    found = {each.subject: each for each in look(at=clock.now())}
    for subject in (
        "Nhật ký",
        "Tệp đính kèm",
        "Chỉ mục tìm kiếm",
        "Thiết lập PostgreSQL" if connection.vendor == "postgresql" else "Toàn vẹn SQLite",
    ):
        assert found[subject].level is Level.GOOD, found[subject]


def test_a_fresh_installation_on_sqlite_takes_it(archive: Path, tmp_path: Path) -> None:
    restored = tinhgon("restore", str(archive), data=tmp_path / "fresh")

    assert restored.returncode == 0, restored.stderr
    assert "đã so từng dòng, nhật ký toàn vẹn" in restored.stdout
    with closing(sqlite3.connect(tmp_path / "fresh" / "tinhgon.sqlite3")) as database:
        for table, (rows, _) in told(archive).items():
            [count] = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            assert count == rows + (table == "audit_event"), table


def test_a_damaged_archive_leaves_a_fresh_installation_without_a_table(
    archive: Path, tmp_path: Path
) -> None:
    fresh = tmp_path / "fresh"
    archive.write_bytes(archive.read_bytes()[:-100])
    refused = tinhgon("restore", str(archive), data=fresh)

    assert refused.returncode == 1
    assert "chưa chép hết" in refused.stderr
    assert "Traceback" not in refused.stderr
    with closing(sqlite3.connect(fresh / "tinhgon.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="what is looked at is a fault of PostgreSQL alone"
)
def test_what_is_wrong_with_postgresql_itself_is_found(archive: Path) -> None:
    with connection.cursor() as cursor:
        with suppress(IntegrityError):  # two people: it stays behind, and is of no use
            cursor.execute("CREATE UNIQUE INDEX CONCURRENTLY hong ON accounts_user ((1))")
        try:
            found = {each.subject: each for each in look(at=clock.now())}
        finally:
            cursor.execute("DROP INDEX hong")

    assert found["Chỉ mục PostgreSQL"].level is Level.BAD
    assert "REINDEX" in found["Chỉ mục PostgreSQL"].todo
