"""A scanned letter is read in the background, and what goes wrong is told with what to do."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.background import work_off
from tests.domain.officialdoc.pdf import scanned
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.storages import use_bucket
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.jobs.enums import Status
from tinhgon.apps.jobs.kinds import Stopped
from tinhgon.apps.jobs.models import Job
from tinhgon.apps.notices.models import Notice
from tinhgon.common import clock
from tinhgon.domain.officialdoc import Unreadable, _read, read_text, write_pdf
from tinhgon.domain.officialdoc._pdf_in import PdfFile

from .letters import LETTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]
PLAIN = write_pdf(read_text(LETTER))
SCAN = scanned(PLAIN)


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def coordinator(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """Recognise every scan as the same letter, without tesseract; return what was told of it."""
    found: list[tuple[int, int]] = []
    with PdfFile(PLAIN) as same:
        recognised = list(same.pages())

    def recognise(_pdf: PdfFile, pages: list[Any], progress: Any = None) -> list[Any]:
        for number in range(len(pages) + 1):
            found.append((number, len(pages)))
            if progress:
                progress(number, len(pages))
        return recognised

    monkeypatch.setattr(_read, "recognise", recognise)
    monkeypatch.setattr(_read, "reads_scans", lambda: True)
    return found


def send(client: Client, province: Province, data: bytes | None = None) -> Any:
    file = SimpleUploadedFile("cv45.pdf", data or SCAN, content_type="application/pdf")
    form = {"issuer": province.committee.pk, "text": "", "file": file}
    return client.post(reverse("directives:receive"), form)


def test_a_scan_is_read_in_the_background_into_a_draft(
    client: Client, province: Province, coordinator: User, told: list[tuple[int, int]]
) -> None:
    client.force_login(coordinator)

    response = send(client, province)

    job = Job.objects.get()
    assert response["Location"] == job.get_absolute_url()
    assert told == []  # nothing was recognised while the person waited for the page
    assert not Directive.objects.exists()
    page = client.get(response["Location"]).content.decode()
    assert "Nhận dạng văn bản quét: cv45.pdf" in page
    assert 'hx-trigger="every 2s"' in page

    work_off()

    directive = Directive.objects.get()
    job.refresh_from_db()
    assert (job.status, job.url) == (Status.DONE, directive.get_absolute_url())
    assert (job.done, job.total) == (1, 1)
    assert "Đang nhận dạng chữ trên bản quét" in job.words
    assert directive.created_by == coordinator
    assert "Sở Nội vụ" in directive.proposals.get(order=2).text
    [stored] = StoredFile.objects.all()
    assert directive.document.file == stored
    with stored.opened() as content:
        assert content.read() == SCAN
    assert Notice.objects.filter(user=coordinator, kind="jobs.ended").count() == 1
    done = client.get(job.get_absolute_url()).content.decode()
    assert directive.get_absolute_url() in done
    assert "đối chiếu với bản quét" in done
    assert not audit.verify().problems


def test_a_letter_with_letters_is_read_at_once(
    client: Client, province: Province, coordinator: User, told: list[tuple[int, int]]
) -> None:
    client.force_login(coordinator)
    response = send(client, province, PLAIN)
    assert response["Location"] == Directive.objects.get().get_absolute_url()
    assert not Job.objects.exists()


def test_the_same_scan_sent_twice_is_read_once(
    client: Client, province: Province, coordinator: User, told: list[tuple[int, int]]
) -> None:
    client.force_login(coordinator)
    first, second = send(client, province), send(client, province)
    assert first["Location"] == second["Location"]
    work_off()
    assert Directive.objects.count() == 1


def test_a_scan_that_cannot_be_recognised_says_what_to_do_and_can_be_tried_again(
    client: Client, province: Province, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_read, "reads_scans", lambda: True)

    def fail(*_: Any) -> Any:
        raise Unreadable("Không nhận dạng được chữ trên ảnh quét. Hãy quét lại rõ hơn.")

    monkeypatch.setattr(_read, "recognise", fail)
    client.force_login(coordinator)
    page = client.get(send(client, province)["Location"])
    work_off()

    job = Job.objects.get()
    assert job.status == Status.FAILED
    page = client.get(job.get_absolute_url())
    assert "Hãy quét lại rõ hơn" in page.content.decode()
    assert "Chạy lại" in page.content.decode()
    assert not Directive.objects.exists()
    assert StoredFile.objects.count() == 1  # kept for another try

    jobs.tidy(at=clock.now() + timedelta(days=40))
    assert not StoredFile.objects.exists()


def test_without_recognition_the_form_says_so_at_once(
    client: Client, province: Province, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    client.force_login(coordinator)
    response = send(client, province)
    assert response.status_code == 422
    assert "tesseract-ocr-vie" in response.content.decode()
    assert not Job.objects.exists()


def test_who_lost_the_right_meanwhile_gets_no_draft(
    client: Client, province: Province, coordinator: User, told: list[tuple[int, int]]
) -> None:
    client.force_login(coordinator)
    send(client, province)
    coordinator.positions.update(ended_on=clock.today())
    work_off()
    assert Job.objects.get().status == Status.FAILED
    assert not Directive.objects.exists()


def test_a_storage_that_does_not_answer_loses_nothing(
    client: Client,
    province: Province,
    coordinator: User,
    told: list[tuple[int, int]],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    down = use_bucket(settings, monkeypatch)
    client.force_login(coordinator)
    down.add("save")
    assert "Kho tệp của hệ thống không ghi được" in send(client, province).content.decode()
    down.clear()
    send(client, province)
    down.add("read")
    work_off()
    job = Job.objects.get()
    assert "Không đọc được tệp “cv45.pdf”" in job.error
    down.clear()
    jobs.repeat(job=job, by=coordinator, at=clock.now())
    work_off()
    assert Directive.objects.count() == 1


def test_a_cancelled_recognition_begins_no_more_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")

    def stop(_done: int, _of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        _read.read(SCAN, "cv45.pdf", stop)
