"""A storage that does not answer: a clear refusal everywhere, and nothing lost."""

from __future__ import annotations

import gc
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.background import work_off
from tests.conftest import VIETNAM
from tests.factories import make_province, make_user
from tests.factories.assignments import PDF, make_assignment, submit, upload
from tests.storages import use_bucket
from tinhgon.apps.assignments.models import Answer, Assignment
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files import actions
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.files.queries import FileUnreadable, content_of
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.jobs.enums import Status
from tinhgon.apps.jobs.kinds import Kind, Made, Outcome, Work, kinds
from tinhgon.apps.keeping import actions as keeping
from tinhgon.apps.keeping.queries import Level, look
from tinhgon.common import clock
from tinhgon.common.refusal import Refused
from tinhgon.common.storage import StorageFailed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("june_2024")]
AT = datetime(2024, 6, 20, 9, tzinfo=VIETNAM)


@pytest.fixture
def down(settings: Any, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    return use_bucket(settings, monkeypatch)


def store(data: bytes = PDF) -> StoredFile:
    return actions.store_file(data=data, name="bc.pdf", content_type="", at=AT)


@pytest.fixture
def assignment() -> Assignment:
    province = make_province()
    giver = make_user(province.office, "coordinator", scope=province.committee)
    return make_assignment(province.departments[0], giver, issuer=province.committee)


def test_what_works_works(down: set[str]) -> None:
    stored = store()
    assert content_of(stored) == PDF
    assert default_storage.size(stored.content.name or "") == len(PDF)
    call_command("files", "verify")


@pytest.mark.parametrize("deed", ["open", "read"])
def test_a_file_that_does_not_come_is_told(down: set[str], deed: str) -> None:
    stored = store()
    down.add(deed)
    with pytest.raises(FileUnreadable, match=r"Không đọc được tệp “bc.pdf”"):
        content_of(stored)


@pytest.mark.parametrize("deed", ["save", "exists"])
def test_a_form_with_a_file_says_that_it_was_not_kept(
    client: Client, down: set[str], assignment: Assignment, deed: str
) -> None:
    client.force_login(make_user(assignment.agency))
    events = Event.objects.count()
    down.add(deed)

    response = client.post(
        reverse("assignments:submit", args=[assignment.pk]),
        {
            "version": assignment.version,
            "document_code": "12/BC-SNV",
            "document_on": "20/6/2024",
            "file": upload(),
        },
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert "Kho tệp của hệ thống không ghi được" in page
    assert "12/BC-SNV" in page
    assert not StoredFile.objects.exists()
    assert not Answer.objects.exists()
    assert Event.objects.count() == events


@pytest.mark.parametrize("deed", ["open", "read"])
def test_a_download_that_does_not_come_is_a_page_that_says_so(
    client: Client, down: set[str], assignment: Assignment, deed: str
) -> None:
    officer = make_user(assignment.agency)
    submit(assignment, officer, at=AT)
    client.force_login(officer)
    address = reverse("assignments:answer_file", args=[Answer.objects.get().pk])
    assert b"".join(client.get(address)) == PDF
    down.add(deed)

    response = client.get(address)

    assert response.status_code == 503
    assert "Không đọc được tệp “bao-cao.pdf”" in response.content.decode()


def test_a_file_of_a_change_that_failed_stays_for_the_sweep(
    down: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    down.add("delete")
    with pytest.raises(RuntimeError):
        _store_and_fail()
    gc.collect()

    assert not StoredFile.objects.exists()
    assert "the sweep will" in caplog.text
    [folder] = default_storage.listdir("")[0]
    [name] = default_storage.listdir(folder)[1]
    later = clock.now() + timedelta(days=2)
    with pytest.raises(StorageFailed):
        actions.sweep(at=later)
    down.clear()
    assert actions.sweep(at=later) == 1
    assert not default_storage.exists(f"{folder}/{name}")


@transaction.atomic
def _store_and_fail() -> None:
    store()
    raise RuntimeError("the power went")


def test_a_job_says_that_the_storage_takes_nothing(
    down: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def make(work: Work) -> Outcome:
        path = work.folder / "bang.pdf"
        path.write_bytes(PDF)
        return Outcome("Xong", file=Made(path, "bang.pdf"))

    _fails_by(make, down, "save", "Kho tệp của hệ thống không ghi được", monkeypatch)


def test_a_job_that_reads_says_which_file_it_could_not(
    down: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = store()

    def look_into(work: Work) -> Outcome:
        content_of(stored)
        return Outcome("Xong")

    _fails_by(look_into, down, "read", "Không đọc được tệp “bc.pdf”", monkeypatch)


def _fails_by(
    run: Any, down: set[str], deed: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = Kind("tests.table", title=lambda _: "Lập bảng", run=run)
    monkeypatch.setitem(kinds(), kind.name, kind)
    job = jobs.ask(kind.name, {}, by=make_user(make_province().office), at=AT)
    down.add(deed)
    work_off()

    job.refresh_from_db()
    assert job.status == Status.FAILED
    assert words in job.error
    assert not StoredFile.objects.filter(name="bang.pdf").exists()


@pytest.mark.parametrize("deed", ["open", "read"])
def test_a_backup_without_its_files_is_none(
    down: set[str], settings: Any, tmp_path: Path, deed: str
) -> None:
    settings.DATA_DIR = tmp_path
    stored = store()
    down.add(deed)
    with pytest.raises(Refused, match=r"Không đọc được .*: kho tệp không trả lời .* Chưa có bản"):
        keeping.back_up(at=AT)
    assert list(tmp_path.rglob("*.zip*")) == []

    down.clear()
    default_storage.delete(stored.content.name or "")
    done = keeping.back_up(at=AT)
    assert done.damaged == (stored.content.name,)  # gone is another matter than out of reach


def test_a_restore_that_cannot_keep_its_files_changes_nothing(
    down: set[str], settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    stored = store()
    backup = keeping.back_up(at=AT).path
    default_storage.delete(stored.content.name or "")
    later = store(b"%PDF-1.7 later\n%%EOF")
    down.add("save")

    with pytest.raises(Refused, match="Chưa có gì thay đổi"):
        keeping.restore(path=backup, at=AT, replace=True)

    down.clear()
    assert StoredFile.objects.filter(pk=later.pk).exists()
    assert content_of(later) == b"%PDF-1.7 later\n%%EOF"
    keeping.restore(path=backup, at=AT.replace(hour=10), replace=True)
    assert content_of(StoredFile.objects.get()) == PDF


def test_the_doctor_tells_a_storage_out_of_reach_from_files_that_are_gone(down: set[str]) -> None:
    store()
    down.add("open")
    found = next(each for each in look(at=AT) if each.subject == "Tệp đính kèm")
    assert found.level is Level.BAD
    assert "không đọc được kho tệp: kho tệp không trả lời" in found.text
    with pytest.raises(CommandError, match="Không dùng được kho tệp"):
        call_command("files", "verify")


def test_only_what_the_client_raises_is_taken_for_a_failure(down: set[str]) -> None:
    with pytest.raises(FileNotFoundError):
        default_storage.open("ab/khong-co")
    down.add("delete")
    with pytest.raises(StorageFailed) as told:
        default_storage.delete("ab/cd")
    assert (told.value.filename, type(told.value.__cause__).__name__) == ("ab/cd", "Unanswered")
