"""A backup is only worth what can be restored from it: every row, every file, the trail."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives import serialization
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from tests.at_once import at_once
from tests.conftest import StrictClient
from tests.domain.signatures.signing import authority
from tests.factories import make_province, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.queries import verify
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.jobs.models import JobWorker
from tinhgon.apps.keeping import sources
from tinhgon.apps.keeping.actions import _restoring
from tinhgon.apps.search import actions as search
from tinhgon.common import clock
from tinhgon.common.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)

ODD_NAME = "Chứng thư gốc (Ban Cơ yếu) – 2024.pem"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
PDF = b"%PDF-1.7 " + bytes(range(256)) * 5000
# What backing up and restoring themselves write down.
_TRAIL = {"audit_event", "audit_chain"}


@pytest.fixture
def user(settings: Any, tmp_path: Path) -> User:
    """Somebody in a province, who did a thing that left a trail and a file."""
    settings.DATA_DIR = tmp_path / "data"
    settings.TRUSTED_CERTIFICATES = tmp_path / "certificates"
    settings.TRUSTED_CERTIFICATES.mkdir()
    (settings.TRUSTED_CERTIFICATES / ODD_NAME).write_bytes(authority().pem)
    user = make_user(make_province().departments[0], name="Lương Thị Én")
    files.store_file(data=PDF, name="bao-cao.pdf", content_type="application/pdf", at=clock.now())
    changes = [audit.Change("Tên", "cũ", "mới “đổi”")]
    audit.record("tests.changed", user, by=user, at=clock.now(), changes=changes)
    search.rebuild()
    return user


def everything() -> dict[str, list[bytes]]:
    return {m._meta.db_table: list(sources.lines(m)) for m in sources.tables()}


def without_trail(tables: dict[str, list[bytes]]) -> dict[str, list[bytes]]:
    return {name: rows for name, rows in tables.items() if name not in _TRAIL}


def backup(path: Path) -> Path:
    call_command("backup", str(path), stdout=io.StringIO())
    return path


def restore(path: Path, **options: Any) -> str:
    said = io.StringIO()
    call_command("restore", str(path), stdout=said, stderr=said, **options)
    return said.getvalue()


def test_what_was_restored_is_what_was_backed_up(user: User, tmp_path: Path, settings: Any) -> None:
    before = everything()
    archive = backup(tmp_path / "b.zip")
    stored = StoredFile.objects.get()
    default_storage.delete(str(stored.content.name))
    (settings.TRUSTED_CERTIFICATES / ODD_NAME).unlink()
    call_command("flush", interactive=False, verbosity=0)

    said = restore(archive)

    after = everything()
    assert {t for t in before if before[t] != after[t]} <= _TRAIL
    assert after["audit_event"][: len(before["audit_event"])] == before["audit_event"]
    with StoredFile.objects.get().content.open("rb") as content:
        assert content.read() == PDF
    assert (settings.TRUSTED_CERTIFICATES / ODD_NAME).read_bytes() == authority().pem
    assert verify().problems == []
    assert "nhật ký toàn vẹn" in said
    later = make_user(User.objects.get(pk=user.pk).positions.get().agency)
    assert later.pk > user.pk  # new rows get new keys


def test_every_table_of_the_application_is_kept_or_left_out_by_name() -> None:
    models = {m._meta.db_table for m in sources.tables()}
    derived = ("search_index", "procedures_words", "sqlite_", "tinhgon_cache", "django_migrations")
    others = [
        name
        for name in connection.introspection.table_names()
        if name not in models and not name.startswith(derived)
    ]

    assert sorted(others) == ["django_session", "jobs_jobworker", "usersessions_usersession"]


def test_what_stood_there_stays_unless_it_is_to_be_replaced(user: User, tmp_path: Path) -> None:
    archive = backup(tmp_path / "b.zip")
    other = make_user(user.positions.get().agency, name="Người đến sau")
    with pytest.raises(CommandError, match="đã có dữ liệu"):
        restore(archive)
    assert User.objects.filter(pk=other.pk).exists()

    said = restore(archive, replace=True)

    assert not User.objects.filter(pk=other.pk).exists()
    [aside] = (tmp_path / "data" / "backups").glob("truoc-khi-phuc-hoi-*.zip")
    assert str(aside) in said
    restore(aside, replace=True)
    assert User.objects.get(pk=other.pk).full_name == "Người đến sau"


def test_nothing_changes_while_a_server_runs(user: User, tmp_path: Path) -> None:
    archive = backup(tmp_path / "b.zip")
    jobs.beat(at=clock.now())

    with pytest.raises(CommandError, match="Dừng tinhgon serve"):
        restore(archive, replace=True)


def test_a_failure_half_way_leaves_all_as_it_was(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = backup(tmp_path / "b.zip")
    path = str(StoredFile.objects.get().content.name)
    default_storage.delete(path)
    make_user(user.positions.get().agency)
    before = everything()

    def fail(*_: object) -> None:
        raise Refused("mất điện")

    monkeypatch.setattr(_restoring, "_move_sequences_on", fail)
    monkeypatch.setattr(_restoring, "_set_aside", lambda _at: tmp_path / "aside.zip")
    with pytest.raises(CommandError, match="mất điện"):
        restore(archive, replace=True)

    assert everything() == before
    assert not default_storage.exists(path)  # what was put there was taken back


def test_others_go_on_writing_and_the_backup_does_not_see_it(user: User) -> None:
    agency = user.positions.get().agency
    with sources.snapshot():
        seen = User.objects.count()
        assert at_once(lambda: make_user(agency)) == []
        assert User.objects.count() == seen
    assert User.objects.count() == seen + 1


def test_a_file_that_was_gone_before_is_told_and_the_rest_is_kept(
    user: User, tmp_path: Path
) -> None:
    stored = StoredFile.objects.get()
    default_storage.delete(str(stored.content.name))
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 tệp đính kèm đã mất") as caught:
        call_command("backup", str(tmp_path / "b.zip"), stdout=said, stderr=said)

    assert caught.value.returncode == 3
    assert "đã mất từ trước" in restore(tmp_path / "b.zip", replace=True)


def test_old_backups_in_the_own_folder_make_room(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "backups"
    folder.mkdir(parents=True)
    for day in range(1, 6):
        (folder / f"tinhgon-2020010{day}-000000.zip").write_bytes(b"")
    (folder / "ghi-chu.zip").write_bytes(b"")
    call_command("backup", keep=3, stdout=io.StringIO())

    assert len(list(folder.glob("tinhgon-*.zip"))) == 3
    assert (folder / "ghi-chu.zip").exists()
    assert (folder / "tinhgon-20200105-000000.zip").exists()


def test_no_old_backup_makes_room_while_a_file_is_gone(user: User, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "backups"
    folder.mkdir(parents=True)
    (folder / "tinhgon-20200101-000000.zip").write_bytes(b"")
    default_storage.delete(str(StoredFile.objects.get().content.name))

    said = io.StringIO()
    with pytest.raises(CommandError, match="mọi bản sao lưu cũ được giữ lại"):
        call_command("backup", keep=1, stdout=said, stderr=said)

    assert (folder / "tinhgon-20200101-000000.zip").exists()  # it may be the last that has it


def test_a_backup_is_not_overwritten_and_only_its_owner_reads_it(
    user: User, tmp_path: Path
) -> None:
    archive = backup(tmp_path / "b.zip")
    assert archive.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="không bị ghi đè"):
        backup(archive)


def _key() -> bytes:
    return authority().key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def test_a_private_key_beside_the_certificates_is_told_and_in_no_backup(
    user: User, tmp_path: Path, settings: Any
) -> None:
    for name, data in [
        ("khoa.key", _key()),
        ("khoa.pem", _key()),
        ("ca-hai.pem", authority().pem + _key()),
        (
            "khoa.der",
            authority().key.private_bytes(
                serialization.Encoding.DER,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            ),
        ),
    ]:
        (settings.TRUSTED_CERTIFICATES / name).write_bytes(data)
    said = io.StringIO()
    call_command("backup", str(tmp_path / "b.zip"), stdout=said, stderr=said)

    with zipfile.ZipFile(tmp_path / "b.zip") as packed:
        kept = [name for name in packed.namelist() if name.startswith("certificates/")]
        assert [packed.read(name) for name in kept] == [authority().pem]
    for name in ("khoa.key", "khoa.pem", "ca-hai.pem", "khoa.der"):
        assert f"Không đưa vào bản sao lưu: {name}" in said.getvalue()


def test_everybody_signs_in_again(user: User, tmp_path: Path) -> None:
    archive = backup(tmp_path / "b.zip")
    client = StrictClient()
    client.force_login(user)
    UserSession.objects.create(
        user=user, ip="127.0.0.1", session_key=client.session.session_key, user_agent="x"
    )
    JobWorker.objects.create(name="đã chết", started_at=LONG_AGO, beat_at=LONG_AGO)

    restore(archive, replace=True)

    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert not JobWorker.objects.exists()
    assert client.get("/").status_code == 302


def test_a_server_that_begins_meanwhile_stops_it(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = backup(tmp_path / "b.zip")
    make_user(user.positions.get().agency)
    before = everything()
    compare = _restoring._compare

    def begin(*args: Any) -> None:
        compare(*args)
        jobs.beat(at=clock.now())

    monkeypatch.setattr(_restoring, "_compare", begin)
    with pytest.raises(CommandError, match="Dừng tinhgon serve"):
        restore(archive, replace=True)

    assert without_trail(before) == without_trail(everything())


def _no_place_for_certificates(settings: Any, _patch: pytest.MonkeyPatch) -> None:
    folder = settings.TRUSTED_CERTIFICATES
    for each in folder.iterdir():
        each.unlink()
    folder.rmdir()
    folder.write_bytes(b"")


def _full(*_: Any, **__: Any) -> None:
    raise OperationalError("database or disk is full")


def _no_row_in_the_trail(_settings: Any, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(_restoring, "_record", _full)


def _no_room_for_files(_settings: Any, patch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "dữ liệu/files")

    patch.setattr(default_storage, "save", fail)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (_no_place_for_certificates, "quyền ghi"),
        (_no_row_in_the_trail, "disk is full"),
        (_no_room_for_files, "No space left"),
    ],
)
def test_what_cannot_be_written_leaves_all_as_it_was(
    user: User,
    tmp_path: Path,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[Any, pytest.MonkeyPatch], None],
    words: str,
) -> None:
    archive = backup(tmp_path / "b.zip")
    path = str(StoredFile.objects.get().content.name)
    default_storage.delete(path)
    make_user(user.positions.get().agency)
    before = everything()
    monkeypatch.setattr(_restoring, "_set_aside", lambda _at: tmp_path / "aside.zip")
    with monkeypatch.context() as patch:
        fault(settings, patch)
        with pytest.raises(CommandError, match=words) as caught:
            restore(archive, replace=True)

    assert "Chưa có gì thay đổi" in str(caught.value)
    assert everything() == before
    assert not default_storage.exists(path)


def test_data_of_an_older_version_is_not_touched(user: User, tmp_path: Path) -> None:
    archive = backup(tmp_path / "b.zip")
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("jobs", "0001_initial")
    try:
        with pytest.raises(CommandError, match="Chạy tinhgon prepare rồi phục hồi"):
            restore(archive, replace=True)
    finally:
        recorder.record_applied("jobs", "0001_initial")


def test_the_steps_that_the_software_ships_are_those_that_were_run() -> None:
    assert sources.shipped_migrations() == sources.migrations()


def test_a_backup_that_cannot_be_written_says_so(user: User, tmp_path: Path) -> None:
    (tmp_path / "tep").write_bytes(b"")
    with pytest.raises(CommandError, match="Chưa có bản sao lưu nào"):
        backup(tmp_path / "tep" / "b.zip")


def test_a_backup_that_the_trail_cannot_tell_of_stays_and_the_old_ones_too(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "data" / "backups"
    folder.mkdir(parents=True)
    (folder / "tinhgon-20200101-000000.zip").write_bytes(b"")
    monkeypatch.setattr("tinhgon.apps.audit.actions.record", _full)

    with pytest.raises(CommandError, match=r"đã ghi xong và nguyên vẹn.*disk is full"):
        call_command("backup", keep=1, stdout=io.StringIO())

    assert len(list(folder.glob("tinhgon-*.zip"))) == 2


def test_a_database_that_cannot_be_read_leaves_no_backup(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "lines", _full)
    with pytest.raises(CommandError, match="Không đọc được cơ sở dữ liệu"):
        backup(tmp_path / "b.zip")

    assert not list(tmp_path.glob("b.zip*"))


def test_what_a_cut_off_backup_left_goes_and_one_that_is_being_written_stays(
    user: User, tmp_path: Path
) -> None:
    folder = tmp_path / "data" / "backups"
    folder.mkdir(parents=True)
    moving = tmp_path / "data" / "tinhgon-move-x1y2"
    moving.mkdir()
    old, young = (folder / f"tinhgon-2020010{n}-000000.zip.part" for n in (1, 2))
    rows = moving / "rows.zip"
    for remains in (old, young, rows):
        remains.write_bytes(b"PK")
    day_ago = time.time() - 86_400
    for remains in (old, rows):
        os.utime(remains, (day_ago, day_ago))
    call_command("backup", stdout=io.StringIO())

    assert list(folder.glob("*.part")) == [young]
    assert not rows.exists()


Change = Callable[[dict[str, bytes]], None]


def rewritten(archive: Path, change: Change, target: Path) -> Path:
    """Write the archive anew with other contents, as somebody would who tampers with it."""
    with zipfile.ZipFile(archive) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    change(contents)
    with zipfile.ZipFile(target, "w") as new:
        for name, content in contents.items():
            new.writestr(name, content)
    return target


def _manifest(contents: dict[str, bytes], **values: Any) -> None:
    contents["manifest.json"] = json.dumps(json.loads(contents["manifest.json"]) | values).encode()


def _other_row(contents: dict[str, bytes]) -> None:
    rows = contents["rows/accounts_user.jsonl"]
    contents["rows/accounts_user.jsonl"] = rows.replace("Lương".encode(), "Lường".encode())


def _no_table(contents: dict[str, bytes]) -> None:
    del contents["rows/accounts_user.jsonl"]


def _one_more(contents: dict[str, bytes]) -> None:
    contents["rows/them.jsonl"] = b"[]\n"


def _outside(contents: dict[str, bytes]) -> None:
    contents["files/../../etc/passwd"] = b"root"


def _absolute(contents: dict[str, bytes]) -> None:
    contents["/etc/passwd"] = b"root"


def _no_manifest(contents: dict[str, bytes]) -> None:
    del contents["manifest.json"]


def _foreign(contents: dict[str, bytes]) -> None:
    _manifest(contents, format="other")


def _newer_format(contents: dict[str, bytes]) -> None:
    _manifest(contents, format_version=99)


def _newer(contents: dict[str, bytes]) -> None:
    told = json.loads(contents["manifest.json"])["migrations"]
    _manifest(contents, migrations=[*told, ["plans", "9999_later"]])


def _older(contents: dict[str, bytes]) -> None:
    _manifest(contents, migrations=json.loads(contents["manifest.json"])["migrations"][:-1])


def _no_seal(contents: dict[str, bytes]) -> None:
    seal = {"number": 1, "digest": "0" * 64, "at": "", "count": 1}
    _manifest(contents, seal=seal)


def _other_trail(contents: dict[str, bytes]) -> None:
    """As somebody would who knows how the archive is checked, but has no way to write a trail."""
    rows = contents["rows/audit_event.jsonl"].replace("Tên".encode(), "Têm".encode())
    contents["rows/audit_event.jsonl"] = rows
    tables = json.loads(contents["manifest.json"])["tables"]
    for each in tables:
        if each["name"] == "audit_event":
            each["sha256"] = hashlib.sha256(rows).hexdigest()
    _manifest(contents, tables=tables)


def _certificate_outside(contents: dict[str, bytes]) -> None:
    listed = [json.loads(line) for line in contents["files.jsonl"].splitlines()]
    for each in listed:
        if "called" in each:
            each["called"] = "../../etc/cron.d/x"
    text = b"".join(json.dumps(each).encode() + b"\n" for each in listed)
    contents["files.jsonl"] = text
    files = json.loads(contents["manifest.json"])["files"]
    _manifest(contents, files=files | {"sha256": hashlib.sha256(text).hexdigest()})


def _odd_manifest(contents: dict[str, bytes]) -> None:
    contents["manifest.json"] = b'{"format": "tinhgon-backup"}'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_other_row, "bị hỏng hoặc đã bị sửa: bảng accounts_user"),
        (_no_table, "thừa hoặc thiếu rows/accounts_user.jsonl"),
        (_one_more, "thừa hoặc thiếu rows/them.jsonl"),
        (_outside, "trỏ ra ngoài"),
        (_absolute, "trỏ ra ngoài"),
        (_no_manifest, "không phải bản sao lưu của Tinh Gọn"),
        (_foreign, "không phải bản sao lưu của Tinh Gọn"),
        (_newer_format, "phiên bản mới hơn"),
        (_newer, "phiên bản mới hơn"),
        (_older, "phiên bản cũ hơn"),
        (_odd_manifest, "bị hỏng hoặc đã bị sửa"),
        (_no_seal, "không toàn vẹn"),
        (_other_trail, "Dòng 1: nội dung đã bị sửa"),
        (_certificate_outside, "tên chứng thư"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_archive_that_is_not_what_it_says_changes_nothing(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Change, words: str
) -> None:
    touched: list[object] = []
    for name in ("make_tables", "_set_aside", "files_of", "_fill"):
        monkeypatch.setattr(_restoring, name, touched.append)
    archive = rewritten(backup(tmp_path / "b.zip"), change, tmp_path / "changed.zip")
    call_command("flush", interactive=False, verbosity=0)
    with pytest.raises(CommandError, match=words):
        restore(archive)

    assert touched == []
    assert not User.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("kept", [0, 100, -1, -40])
def test_an_archive_that_was_cut_off_is_refused(user: User, tmp_path: Path, kept: int) -> None:
    archive = backup(tmp_path / "b.zip")
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:kept])

    with pytest.raises(CommandError, match="chưa chép hết"):
        restore(cut, replace=True)


def test_any_byte_that_changed_in_the_contents_is_found(user: User, tmp_path: Path) -> None:
    archive = backup(tmp_path / "b.zip")
    whole = archive.read_bytes()
    at = whole.index(PDF[:2000]) + 1000
    archive.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])

    with pytest.raises(CommandError, match="bị hỏng"):
        restore(archive, replace=True)


def test_a_file_that_is_not_there_is_said_to_be_so(user: User, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Không có tệp"):
        restore(tmp_path / "none.zip", replace=True)
