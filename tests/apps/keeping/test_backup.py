"""A backup is only worth what can be restored from it: every row, every file, the trail."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from tests.at_once import at_once
from tests.factories import make_province, make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.queries import verify
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.keeping import sources
from tinhgon.apps.search import actions as search
from tinhgon.common import clock
from tinhgon.common.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7 " + bytes(range(256)) * 5000
# What backing up and restoring themselves write down.
_TRAIL = {"audit_event", "audit_chain"}


@pytest.fixture
def user(settings: Any, tmp_path: Path) -> User:
    """Somebody in a province, who did a thing that left a trail and a file."""
    settings.DATA_DIR = tmp_path / "data"
    settings.TRUSTED_CERTIFICATES = tmp_path / "certificates"
    settings.TRUSTED_CERTIFICATES.mkdir()
    (settings.TRUSTED_CERTIFICATES / "goc.pem").write_text("chứng thư", encoding="utf-8")
    user = make_user(make_province().departments[0], name="Lương Thị Én")
    files.store_file(data=PDF, name="bao-cao.pdf", content_type="application/pdf", at=clock.now())
    changes = [audit.Change("Tên", "cũ", "mới “đổi”")]
    audit.record("tests.changed", user, by=user, at=clock.now(), changes=changes)
    search.rebuild()
    return user


def everything() -> dict[str, list[bytes]]:
    return {m._meta.db_table: list(sources.lines(m)) for m in sources.tables()}


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
    (settings.TRUSTED_CERTIFICATES / "goc.pem").unlink()
    call_command("flush", interactive=False, verbosity=0)

    said = restore(archive)

    after = everything()
    assert {t for t in before if before[t] != after[t]} <= _TRAIL
    assert after["audit_event"][: len(before["audit_event"])] == before["audit_event"]
    with StoredFile.objects.get().content.open("rb") as content:
        assert content.read() == PDF
    assert (settings.TRUSTED_CERTIFICATES / "goc.pem").read_text(encoding="utf-8") == "chứng thư"
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

    monkeypatch.setattr("tinhgon.apps.keeping.actions._restoring._move_sequences_on", fail)
    monkeypatch.setattr(
        "tinhgon.apps.keeping.actions._restoring._set_aside", lambda _at: tmp_path / "aside.zip"
    )
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


def test_a_backup_is_not_overwritten_and_only_its_owner_reads_it(
    user: User, tmp_path: Path
) -> None:
    archive = backup(tmp_path / "b.zip")
    assert archive.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="không bị ghi đè"):
        backup(archive)


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
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_archive_that_is_not_what_it_says_changes_nothing(
    user: User, tmp_path: Path, change: Change, words: str
) -> None:
    archive = rewritten(backup(tmp_path / "b.zip"), change, tmp_path / "changed.zip")
    call_command("flush", interactive=False, verbosity=0)
    with pytest.raises(CommandError, match=words):
        restore(archive)

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
