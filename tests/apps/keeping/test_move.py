"""From SQLite to PostgreSQL with one command, as the administrator gives it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from tinhgon.apps.jobs.models import JobWorker
from tinhgon.apps.keeping.actions import _moving, move
from tinhgon.common import clock
from tinhgon.common.refusal import Refused

ROOT = Path(__file__).parents[3]
_KEY = "k8" * 40

pytestmark = pytest.mark.django_db(transaction=True)


def tinhgon(*arguments: str, data: Path, url: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith("TINHGON_")}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT / "src"),
        "TINHGON_DATA": str(data),
        "TINHGON_SECRET_KEY": _KEY,
        **({"TINHGON_DATABASE_URL": url} if url else {}),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(  # noqa: S603 — our own interpreter
        [sys.executable, "-m", "tinhgon", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def target() -> Iterator[str]:
    """An empty database on the PostgreSQL of this run, gone afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("no PostgreSQL in this run: set TINHGON_DATABASE_URL")
    given: dict[str, Any] = connection.settings_dict
    name = f"{given['NAME']}_moved"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    who = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
    yield f"postgresql://{who}@{given['HOST']}:{given['PORT'] or 5432}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def tables(archive: Path) -> dict[str, tuple[int, str]]:
    with zipfile.ZipFile(archive) as packed:
        manifest = json.loads(packed.read("manifest.json"))
    return {each["name"]: (each["rows"], each["sha256"]) for each in manifest["tables"]}


_NEW_ROLE = """
import django; django.setup()
from django.db import connection
from tinhgon.apps.accounts.models import Role, User
User.objects.create(username="moi", full_name="Người Mới")
last = Role.objects.order_by("-pk").first().pk
print(Role.objects.create(code="moi", name="Mới", description="").pk - last)
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%gin%'")
    print(cursor.fetchone()[0] > 0)
"""


def test_everything_moves_row_by_row_and_only_into_an_empty_database(
    target: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    assert tinhgon("prepare", data=data).returncode == 0
    before = tmp_path / "before.zip"
    assert tinhgon("backup", str(before), data=data).returncode == 0

    moved = tinhgon("move", "--to", target, data=data)

    assert moved.returncode == 0, moved.stderr
    assert "đã so từng dòng" in moved.stdout
    assert "TINHGON_DATABASE_URL" in moved.stdout
    after = tmp_path / "after.zip"
    assert tinhgon("backup", str(after), data=data, url=target).returncode == 0
    one, other = tables(before), tables(after)
    assert {name for name in one if one[name] != other[name]} <= {"audit_event", "audit_chain"}
    assert one["accounts_role"][0] > 5
    asked = subprocess.run(  # noqa: S603 — our own interpreter
        [sys.executable, "-c", _NEW_ROLE],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "TINHGON_DATA": str(data),
            "TINHGON_SECRET_KEY": _KEY,
            "TINHGON_DATABASE_URL": target,
            "DJANGO_SETTINGS_MODULE": "tinhgon.config.settings",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.split() == ["1", "True"]

    again = tinhgon("move", "--to", target, data=data)  # somebody works there by now
    assert again.returncode == 1
    assert "đã có dữ liệu" in again.stderr


def test_a_database_of_another_program_is_left_alone(target: str, tmp_path: Path) -> None:
    with psycopg.connect(target, autocommit=True) as other:
        other.execute("CREATE TABLE hoa_don (id int)")
    data = tmp_path / "data"
    assert tinhgon("migrate", "-v0", data=data).returncode == 0

    moved = tinhgon("move", "--to", target, data=data)

    assert moved.returncode == 1
    assert "của phần mềm khác (hoa_don" in moved.stderr


def test_a_database_that_does_not_answer_is_said_to_be_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert tinhgon("migrate", "-v0", data=data).returncode == 0

    moved = tinhgon("move", "--to", "postgresql://ai@127.0.0.1:1/gi", data=data)

    assert moved.returncode == 1
    assert "Không mở được cơ sở dữ liệu" in moved.stderr
    assert not list(data.glob("tinhgon-*"))  # no copy stays behind


def test_a_server_started_meanwhile_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path
    now = clock.now()

    def copied(_url: str, *, at: datetime) -> subprocess.CompletedProcess[str]:
        JobWorker.objects.create(name="máy-chủ:1", started_at=now, beat_at=now)
        return subprocess.CompletedProcess([], 0, "Đã phục hồi", "")

    monkeypatch.setattr(_moving, "_copied", copied)
    with pytest.raises(Refused, match="đã được bật lại trong lúc chuyển"):
        move(url="postgresql://may-khac/tinhgon", at=now)
