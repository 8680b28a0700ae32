from __future__ import annotations

import os
import time
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import VIETNAM
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.files.models import StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
DAY = 24 * 3600


@pytest.fixture
def stored() -> StoredFile:
    at = datetime(2024, 3, 27, 9, tzinfo=VIETNAM)
    return store_file(data=b"%PDF-1.7\n", name="bao-cao.pdf", content_type="", at=at)


def run(what: str) -> str:
    out = StringIO()
    try:
        call_command("files", what, stdout=out)
    except CommandError as e:
        return f"{out.getvalue()}{e}"
    return out.getvalue()


@pytest.mark.usefixtures("stored")
def test_whole_files_are_whole() -> None:
    assert "Mọi tệp đều nguyên vẹn" in run("verify")


def test_a_changed_and_a_lost_file_are_named(stored: StoredFile) -> None:
    path = Path(stored.content.path)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 khac")
    assert "bao-cao.pdf (số" in run("verify")
    assert "nội dung đã thay đổi" in run("verify")

    path.unlink()
    said = run("verify")
    assert "không còn tệp trên đĩa" in said
    assert "Có 1 tệp" in said


def test_only_old_files_of_no_record_are_swept(stored: StoredFile, settings: Any) -> None:
    folder = Path(settings.MEDIA_ROOT) / "ab"
    folder.mkdir(parents=True, exist_ok=True)
    young, old = folder / "young", folder / "old"
    for path in (young, old):
        path.write_bytes(b"x")
    before = time.time() - 2 * DAY
    os.utime(old, (before, before))
    os.utime(stored.content.path, (before, before))

    assert "Đã xóa 1 tệp" in run("sweep")
    assert young.exists()
    assert not old.exists()
    assert Path(stored.content.path).exists()


def test_nothing_stored_yet_is_no_fault() -> None:
    assert "Đã xóa 0 tệp" in run("sweep")
    assert "nguyên vẹn" in run("verify")
