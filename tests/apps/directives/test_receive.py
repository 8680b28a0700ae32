"""A letter comes in: the file or text becomes a draft with proposals, or is refused clearly."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.models import Directive
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


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("trong.pdf", b""),
        ("anh.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 200),
        ("hong.docx", b"PK\x03\x04" + b"0" * 200),
        ("ma-doc.exe", b"MZ" + b"0" * 200),
        ("../../mat-khau.docx", b"PK\x03\x04"),
    ],
)
def test_what_is_no_document_is_refused_and_nothing_stays(
    client: Client, province: Province, coordinator: User, name: str, data: bytes
) -> None:
    client.force_login(coordinator)

    response = _post(client, province, file=SimpleUploadedFile(name, data))

    assert response.status_code == 422
    assert "field__error" in response.content.decode()
    assert not Document.objects.exists()
    assert not StoredFile.objects.exists()


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
