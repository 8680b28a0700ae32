"""The doctor finds what is wrong, says what to do, and is content where nothing is."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.factories import make_province, make_user
from tests.factories.publications import make_signed
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.keeping import actions
from tinhgon.apps.keeping.queries import Level, look
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.search import actions as search
from tinhgon.apps.search.models import SearchEntry
from tinhgon.common import clock

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _server(db: None, settings: Any, tmp_path: Path) -> None:
    search.rebuild()  # what tests before left in the index outlives their records
    settings.DATA_DIR = tmp_path
    settings.SITE_URL = "https://tinhgon.example"
    settings.ALLOWED_HOSTS = ["tinhgon.example"]


@pytest.fixture
def _content() -> None:
    """An installation in which something happened, and nothing is wrong."""
    department = make_province().departments[0]
    user = make_user(department)
    make_signed(department)
    pdf = b"%PDF-1.7 " + bytes(100)
    files.store_file(data=pdf, name="a.pdf", content_type="application/pdf", at=clock.now())
    audit.record("tests.changed", user, by=user, at=clock.now())
    search.rebuild()


def findings() -> dict[str, tuple[Level, str]]:
    return {f.subject: (f.level, f"{f.text} {f.todo}") for f in look(at=clock.now())}


@pytest.mark.usefixtures("_content")
def test_nothing_is_wrong_where_nothing_is_wrong(tmp_path: Path) -> None:
    actions.back_up(at=clock.now())
    jobs.beat(at=clock.now())
    found = findings()

    assert {s: f for s, f in found.items() if f[0] is Level.BAD} == {}
    for subject in ("Nhật ký", "Tệp đính kèm", "Hiệu lực của thủ tục", "Chỉ mục tìm kiếm"):
        assert found[subject][0] is Level.GOOD, found[subject]
    assert found["Sao lưu"][0] is Level.GOOD
    assert found["Tiến trình chạy nền"][0] is Level.GOOD


def _trail() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'kẻ khác' WHERE number = 1")


def _file_gone() -> None:
    default_storage.delete(str(StoredFile.objects.order_by("-pk")[0].content.name))


def _standing() -> None:
    version = ProcedureVersion.objects.exclude(valid_from=None)[0]
    assert version.valid_from is not None
    ProcedureVersion.objects.filter(pk=version.pk).update(
        valid_from=version.valid_from + timedelta(days=1)
    )


def _index() -> None:
    SearchEntry.objects.filter(pk=SearchEntry.objects.order_by("pk")[0].pk).delete()


@pytest.mark.usefixtures("_content")
@pytest.mark.parametrize(
    ("harm", "subject", "words"),
    [
        (_trail, "Nhật ký", "tinhgon audit verify"),
        (_file_gone, "Tệp đính kèm", "không còn tệp"),
        (_standing, "Hiệu lực của thủ tục", "1 bản ghi ngày hiệu lực khác"),
        (_index, "Chỉ mục tìm kiếm", "tinhgon search rebuild"),
    ],
)
def test_what_was_harmed_is_found_with_what_to_do(
    harm: Callable[[], None], subject: str, words: str
) -> None:
    harm()

    level, text = findings()[subject]
    assert level is Level.BAD
    assert words in text


def test_steps_that_were_not_run_are_named(db: None) -> None:
    recorder = MigrationRecorder(connection)
    [newest] = MigrationLoader(connection).graph.leaf_nodes("jobs")
    recorder.record_unapplied(*newest)
    try:
        level, text = findings()["Bước nâng cấp"]
    finally:
        recorder.record_applied(*newest)

    assert level is Level.BAD
    assert ".".join(newest) in text
    assert "tinhgon prepare" in text


def test_a_key_among_the_certificates_is_found(settings: Any, tmp_path: Path) -> None:
    settings.TRUSTED_CERTIFICATES = tmp_path / "certificates"
    settings.TRUSTED_CERTIFICATES.mkdir()
    assert findings()["Chứng thư tin cậy"][0] is Level.GOOD
    (settings.TRUSTED_CERTIFICATES / "khoa.pem").write_bytes(b"-----BEGIN PRIVATE KEY-----")

    level, text = findings()["Chứng thư tin cậy"]
    assert level is Level.NOTE
    assert "khoa.pem" in text


def _set(**values: Any) -> Callable[[Any], None]:
    def change(settings: Any) -> None:
        for name, value in values.items():
            setattr(settings, name, value)

    return change


_SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("change", "subject", "level", "words"),
    [
        (_set(SECRET_KEY="ngắn"), "Khóa bí mật", Level.BAD, "TINHGON_SECRET_KEY"),
        (_set(DEBUG=True), "Chế độ gỡ lỗi", Level.BAD, "TINHGON_DEBUG"),
        (_set(ALLOWED_HOSTS=["khac.example"]), "Địa chỉ", Level.BAD, "TINHGON_HOSTS"),
        (_set(SITE_URL="http://tinhgon.example"), "Địa chỉ", Level.BAD, "https://"),
        (
            _set(SITE_URL="http://127.0.0.1:8000", ALLOWED_HOSTS=["127.0.0.1"]),
            "Địa chỉ",
            Level.NOTE,
            "chỉ máy này",
        ),
        (
            _set(EMAIL_BACKEND=_SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1),
            "Thư điện tử",
            Level.BAD,
            "TINHGON_SMTP_HOST",
        ),
        (_set(CLOCK_OFFSET=timedelta(days=3)), "Đồng hồ", Level.BAD, "CLOCK_OFFSET"),
    ],
)
def test_settings_that_are_wrong_are_named(
    settings: Any, change: Callable[[Any], None], subject: str, level: Level, words: str
) -> None:
    change(settings)

    found_level, text = findings()[subject]
    assert found_level is level
    assert words in text


def test_the_command_says_ok_or_what_to_do_and_ends_accordingly(settings: Any) -> None:
    said = io.StringIO()
    call_command("doctor", stdout=said)
    assert "✓ Nhật ký" in said.getvalue()
    assert "! Sao lưu: chưa sao lưu lần nào\n    → Đặt lịch" in said.getvalue()
    assert "Không có gì hỏng" in said.getvalue()

    settings.SECRET_KEY = "ngắn"
    with pytest.raises(CommandError, match="1 chỗ hỏng"):
        call_command("doctor", stdout=said)


def test_machines_read_it_as_json() -> None:
    said = io.StringIO()
    call_command("doctor", json=True, stdout=said)

    found = json.loads(said.getvalue())
    assert {"subject", "level", "text", "todo"} == set(found[0])
    assert {each["level"] for each in found} <= {"tốt", "lưu ý", "hỏng"}


def test_a_letter_is_sent_to_try_the_mail(settings: Any) -> None:
    call_command("doctor", mail="quantri@langson.example", stdout=io.StringIO())
    assert mail.outbox[0].to == ["quantri@langson.example"]

    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = _SMTP, "127.0.0.1", 1
    with pytest.raises(CommandError, match=r"Không gửi được qua 127\.0\.0\.1:1"):
        call_command("doctor", mail="quantri@langson.example")


def test_a_database_that_does_not_answer_is_found(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tinhgon", "doctor"],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "src"),
            "TINHGON_DATA": str(tmp_path),
            "TINHGON_SECRET_KEY": "k8" * 40,
            "TINHGON_DATABASE_URL": "postgresql://ai@127.0.0.1:1/gi",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "✕ Cơ sở dữ liệu: không kết nối được" in done.stdout
    assert "Traceback" not in done.stderr
