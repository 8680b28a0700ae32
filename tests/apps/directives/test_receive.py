"""A letter comes in: the file or text becomes a draft with proposals, or is refused clearly."""

from __future__ import annotations

import gc
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.domain.officialdoc.test_bad_files import BAD
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.models import Directive, Proposal
from tinhgon.apps.documents.models import Document
from tinhgon.apps.files.models import StoredFile
from tinhgon.domain.officialdoc import read_text, write_docx

from .letters import LETTER

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]

URL = "directives:receive"


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def coordinator(province: Province) -> User:
    return make_user(province.office, "coordinator", scope=province.committee)


def _post(client: Client, province: Province, **data: Any) -> Any:
    return client.post(reverse(URL), {"issuer": province.committee.pk, "text": "", **data})


def test_a_pasted_letter_becomes_a_draft(
    client: Client, province: Province, coordinator: User
) -> None:
    client.force_login(coordinator)

    response = _post(client, province, text=LETTER)

    directive = Directive.objects.get()
    assert response.headers["Location"] == directive.get_absolute_url()
    document = directive.document
    assert (document.number, document.symbol) == ("45", "UBND-TTPVHCC")
    assert document.issued_on == date(2024, 3, 26)
    assert [c.code for c in document.citations.all()] == ["1927/VPCP-KSTT"]
    first, second, third = directive.proposals.all()
    assert {a.agency for a in first.agencies.all()} == {
        province.office,
        *province.departments,
        *province.districts,
    }
    assert (first.named_on, first.due_on) == (date(2024, 7, 1), date(2024, 6, 30))
    assert first.report_due_on == date(2024, 7, 4)
    assert [(a.agency.name, a.part) for a in second.agencies.order_by("part")] == [
        ("Sở Nội vụ", "cooperating"),
        ("Sở Tư pháp", "lead"),
    ]
    assert [a.agency for a in third.agencies.all()] == [province.office]
    assert third.due_on is None
    assert Event.objects.filter(kind="directives.received").count() == 1


def test_a_word_file_gives_the_same_as_its_text(
    client: Client, province: Province, coordinator: User
) -> None:
    client.force_login(coordinator)
    data = write_docx(read_text(LETTER))

    _post(client, province, file=SimpleUploadedFile("cong-van-45.docx", data))

    directive = Directive.objects.get()
    assert directive.proposals.count() == 3
    assert directive.document.file is not None
    page = client.get(directive.get_absolute_url()).content.decode()
    assert "Sở Tư pháp" in page
    assert "CN 30/6/2024 (ngày làm việc cuối: T6 28/6/2024)" in page
    file = client.get(reverse("directives:file", args=[directive.pk]))
    assert b"".join(file.streaming_content) == data  # type: ignore[attr-defined]


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_document_is_refused_and_nothing_stays(
    client: Client, province: Province, coordinator: User, case: str, settings: Any
) -> None:
    data, name, words = BAD[case]
    client.force_login(coordinator)

    response = _post(client, province, file=SimpleUploadedFile(name, data))

    page = response.content.decode()
    if len(data) > settings.UPLOAD_LIMIT_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        assert (response.status_code, "tối đa 20 MB" in page) == (413, True)
    else:
        assert response.status_code == 422
        assert "field__error" in page
        if data:  # what is empty is refused by the form itself
            assert words in unescape(page)
    _nothing_stays(settings.MEDIA_ROOT)


def _nothing_stays(folder: Path) -> None:
    for model in (Document, Directive, StoredFile, Proposal, Event):
        assert not model.objects.exists()
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", ["../../cong-van.txt", "C:\\thu\\cong-van.txt"])
def test_a_path_in_the_name_leads_nowhere(
    client: Client, province: Province, coordinator: User, name: str, settings: Any
) -> None:
    client.force_login(coordinator)

    _post(client, province, file=SimpleUploadedFile(name, LETTER.encode()))

    stored = StoredFile.objects.get()
    assert stored.name == "cong-van.txt"
    assert Path(stored.content.path).resolve().is_relative_to(settings.MEDIA_ROOT.resolve())


@pytest.mark.django_db(transaction=True)
def test_a_failure_half_way_leaves_nothing(
    client: Client, province: Province, coordinator: User, settings: Any, monkeypatch: Any
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr("tinhgon.apps.directives.actions.reading.write_html", fail)
    client.force_login(coordinator)
    client.raise_request_exception = False

    response = _post(client, province, file=SimpleUploadedFile("a.txt", LETTER.encode()))

    assert response.status_code == 500
    assert "chưa được lưu" in response.content.decode()
    gc.collect()  # the file goes with the transaction that waited to keep it
    _nothing_stays(settings.MEDIA_ROOT)


ODD = {
    "a deadline before all calendars": ("trước ngày 01/01/0001", "Ngày 01/01/0001 không thể"),
    "a deadline after all calendars": ("chậm nhất ngày 31/12/9999", "Ngày 31/12/9999 không thể"),
    "a quarter after all calendars": ("trong quý IV năm 9999", "9999 không thể là thời hạn"),
    "a deadline before the letter": (
        "trước ngày 15/3/2024",
        "Hạn cuối 14/3/2024 trước ngày của văn bản (26/3/2024)",
    ),
    "more days than anybody counts": (f"trong thời hạn {'9' * 400} ngày làm việc", "Sở Tư pháp"),
    "many days": ("trong thời hạn 9999 ngày làm việc kể từ ngày nhận văn bản", "Sở Tư pháp"),
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_deadline_is_pointed_out(
    client: Client, province: Province, coordinator: User, case: str
) -> None:
    deadline, words = ODD[case]
    client.force_login(coordinator)

    _post(client, province, text=LETTER.replace("trước ngày 15/6/2024", deadline))

    page = client.get(Directive.objects.get().get_absolute_url()).content.decode()
    assert words in page


def test_a_deadline_on_no_day_of_the_calendar_stays_words(
    client: Client, province: Province, coordinator: User
) -> None:
    client.force_login(coordinator)

    _post(client, province, text=LETTER.replace("trước ngày 15/6/2024", "trước ngày 31/6/2024"))

    proposal = Proposal.objects.get(text__contains="Sở Tư pháp")
    assert proposal.due_on is None
    page = client.get(proposal.directive.get_absolute_url()).content.decode()
    assert "Không tính được ngày từ “trước ngày 31/6/2024”" in page


def test_a_report_due_before_the_letter_is_pointed_out(
    client: Client, province: Province, coordinator: User
) -> None:
    client.force_login(coordinator)

    _post(client, province, text=LETTER.replace("trước ngày 05/7/2024", "trước ngày 05/02/2024"))

    page = client.get(Directive.objects.get().get_absolute_url()).content.decode()
    assert "Hạn báo cáo 04/02/2024 trước ngày của văn bản (26/3/2024)" in page


@pytest.mark.parametrize(
    ("year", "words"),
    [
        ("2034", "Ngày ban hành 26/3/2034 sau ngày nhận văn bản (27/3/2024)"),
        ("9999", "Ngày ban hành 26/3/9999 sau ngày nhận văn bản (27/3/2024)"),
        ("1024", "Ngày ban hành 26/3/1024 không thể đúng"),
    ],
)
def test_a_letter_of_an_odd_day_is_pointed_out(
    client: Client, province: Province, coordinator: User, year: str, words: str
) -> None:
    client.force_login(coordinator)

    _post(client, province, text=LETTER.replace("tháng 3 năm 2024", f"tháng 3 năm {year}"))

    assert words in client.get(Directive.objects.get().get_absolute_url()).content.decode()


def test_every_part_may_be_longer_than_anybody_writes(
    client: Client, province: Province, coordinator: User
) -> None:
    long = LETTER
    for part in ("45", "TTPVHCC", "1927", "KSTT", "Văn phòng Chính phủ", "Lạng Sơn, ", "CHỦ TỊCH"):
        long = long.replace(part, part * 60)
    client.force_login(coordinator)

    assert _post(client, province, text=long).status_code == 302
    assert client.get(Directive.objects.get().get_absolute_url()).status_code == 200


def test_neither_or_both_is_asked_again(
    client: Client, province: Province, coordinator: User
) -> None:
    client.force_login(coordinator)

    assert "Chọn một tệp" in _post(client, province).content.decode()
    both = _post(client, province, text=LETTER, file=SimpleUploadedFile("a.txt", LETTER.encode()))
    assert both.status_code == 422


@pytest.mark.parametrize(
    "text",
    [
        "Chào các anh chị, tuần này họp lúc 9 giờ.",
        "Dear Sir or Madam, please find attached the minutes of the meeting held yesterday.",
        LETTER.replace("ngày 26 tháng 3", "ngày 31 tháng 6"),
    ],
)
def test_what_is_not_understood_is_kept_and_shown(
    client: Client, province: Province, coordinator: User, text: str
) -> None:
    client.force_login(coordinator)

    response = _post(client, province, text=text)

    assert response.status_code == 302
    directive = Directive.objects.get()
    assert directive.unread
    assert "Chưa hiểu" in client.get(directive.get_absolute_url()).content.decode()


def test_an_addressee_that_nobody_knows_is_pointed_out(
    client: Client, province: Province, coordinator: User
) -> None:
    client.force_login(coordinator)

    _post(client, province, text=LETTER.replace("Giao Sở Tư pháp", "Giao Sở Du hành vũ trụ"))

    page = client.get(Directive.objects.get().get_absolute_url()).content.decode()
    assert "Chưa tìm thấy cơ quan “Sở Du hành vũ trụ”" in page


def test_who_may_not_receive(client: Client, province: Province) -> None:
    client.force_login(make_user(province.departments[0]))

    assert client.get(reverse(URL)).status_code == 403
    assert _post(client, province, text=LETTER).status_code == 403


def test_a_letter_is_received_for_ones_own_branch_only(
    client: Client, province: Province, march_2024: datetime
) -> None:
    district, other = province.districts
    client.force_login(make_user(district, "coordinator"))

    response = client.post(reverse(URL), {"issuer": other.pk, "text": LETTER})

    assert response.status_code == 422
    assert not Directive.objects.exists()
