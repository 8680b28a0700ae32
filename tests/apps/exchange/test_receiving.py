"""A package comes in: read with the heading that its sender stated, or refused with a code."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.domain.exchange.packages import a_message
from tests.factories import make_agency, make_province, make_user
from tests.factories.agencies import Province
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.documents.models import Document
from tinhgon.apps.exchange.models import Arrival
from tinhgon.apps.files.models import StoredFile
from tinhgon.domain.exchange import DIALECTS, Attachment, Message, StatusMessage, read_package

from .making import AT, FILE, a_letter, give_code, packed, recall_of, receive, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]


@pytest.fixture
def province() -> Province:
    return make_province()


@pytest.fixture
def clerk(province: Province) -> User:
    return make_user(province.committee, "clerk")


def _post(client: Client, province: Province, data: bytes, name: str = "goi-tin.edxml") -> Any:
    file = SimpleUploadedFile(name, data, "application/xml")
    return client.post(reverse("exchange:receive"), {"file": file, "issuer": province.committee.pk})


@pytest.mark.parametrize("form", [each.code for each in DIALECTS])
def test_a_letter_lands_in_the_reading_page_under_the_heading_that_was_stated(
    client: Client, province: Province, clerk: User, form: str
) -> None:
    client.force_login(clerk)

    response = _post(client, province, packed(form=form))

    directive = Directive.objects.get()
    assert response["Location"] == directive.get_absolute_url()
    document = directive.document
    # The file says "Số: 45/UBND-TTPVHCC"; what the package states counts.
    assert document.title == "Công điện số 2001/VPCP-KSTT ngày 26/3/2024"
    assert document.subject == "Đẩy mạnh rà soát thủ tục hành chính nội bộ"
    assert document.agency_name == "Văn phòng Chính phủ"
    assert document.urgency == "HỎA TỐC"
    assert (document.signer_authority, document.signer_title, document.signer_name) == (
        "KT. BỘ TRƯỞNG, CHỦ NHIỆM",
        "PHÓ CHỦ NHIỆM",
        "Lê Thị Mẫu",
    )
    assert directive.proposals.exists()
    arrival = Arrival.objects.get()
    assert (arrival.answer, arrival.directive, arrival.handling.value) == (
        "0",
        directive,
        "taken_in",
    )
    assert [part.file for part in arrival.parts.all()] == [document.file]
    assert "Nhận gói tin" in [event.kind_name for event in Event.objects.all()]
    assert client.get(response["Location"]).status_code == 200


def test_every_file_of_the_package_is_kept(province: Province, clerk: User) -> None:
    annex = Attachment("phu-luc.txt", b"Phu luc kem theo", "text/plain", "tep-2")

    arrival = receive(packed(a_letter(attachments=(FILE, annex))), province.committee, clerk)

    assert [part.file.name for part in arrival.parts.all()] == ["cv-45.txt", "phu-luc.txt"]
    assert arrival.directive is not None
    assert arrival.directive.document.file is not None
    assert arrival.directive.document.file.name == "cv-45.txt"


def test_the_same_document_is_taken_in_once(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    first = receive(packed(), province.committee, clerk)

    response = _post(client, province, packed(form="edoc"))

    again = Arrival.objects.get(directive=None)
    assert response["Location"] == again.get_absolute_url()
    assert (again.answer, again.earlier) == ("10", first)
    page = client.get(again.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page
    assert "đã nhận ngày 27/3/2024" in page
    assert Directive.objects.count() == Document.objects.count() == 1


@pytest.mark.parametrize(
    ("package", "code", "words"),
    [
        (b"Kinh gui", "10", "không phải là XML"),
        (packed().replace(b"QCVN_102_2016", b"QCVN_99"), "22", "không gian tên"),
        (packed(a_letter(attachments=())), "21", "không có tệp văn bản"),
        (
            packed(a_letter(attachments=(Attachment("a.pdf", b"not a pdf", content_id="1"),))),
            "21",
            "a.pdf",
        ),
    ],
)
def test_a_refusal_is_kept_with_its_code_and_an_answer(
    client: Client, province: Province, clerk: User, package: bytes, code: str, words: str
) -> None:
    client.force_login(clerk)

    response = _post(client, province, package)

    arrival = Arrival.objects.get()
    assert response["Location"] == arrival.get_absolute_url()
    assert arrival.answer == code
    assert words in client.get(arrival.get_absolute_url()).content.decode()
    answer = json.loads(client.get(reverse("exchange:answer", args=[arrival.pk])).content)
    assert answer["success"] is False
    assert answer["data"]["errorCode"] == code
    assert not Directive.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_package_for_others_is_refused_where_codes_are_kept(
    province: Province, clerk: User
) -> None:
    ended = make_agency("Sở Ngoại vụ", parent=province.committee, ended_on=date(2024, 3, 1))
    give_code(province.committee, "H37")
    give_code(ended, "H37.09")
    elsewhere = a_letter(receivers=(a_letter().sender,))
    to_ended = a_letter(
        document_id="2", receivers=(a_letter().receivers[0].__class__("H37.09", name="Sở cũ"),)
    )

    assert receive(packed(elsewhere), province.committee, clerk).answer == "18"
    assert receive(packed(to_ended), province.committee, clerk).answer == "23"
    assert receive(packed(), province.committee, clerk).answer == "0"


def test_a_recall_waits_for_a_person_and_changes_nothing(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    first = receive(packed(), province.committee, clerk)

    _post(client, province, recall_of(a_letter()))

    recall = Arrival.objects.exclude(pk=first.pk).get()
    assert (recall.subject, recall.earlier, recall.waits) == ("recall", first, True)
    assert first.directive is not None
    assert Directive.objects.get(pk=first.directive.pk).status == "draft"
    page = client.get(recall.get_absolute_url()).content.decode()
    assert "Ban hành nhầm" in page
    assert "Hệ thống không tự sửa" in page


def test_a_recall_names_what_came_to_the_same_agency(province: Province) -> None:
    """The same letter went to two agencies; the recall to one says nothing of the other's."""
    first, second = province.departments
    theirs = receive(packed(), first)
    recall = recall_of(a_letter())

    assert receive(recall, second).earlier is None
    assert receive(recall, first).earlier == theirs


def test_each_sender_names_its_documents_for_itself(province: Province, clerk: User) -> None:
    other = replace(a_letter().sender, id="000.00.00.G09", name="Bộ Nội vụ")

    first = receive(packed(a_letter(document_id="1")), province.committee, clerk)
    second = receive(packed(a_letter(document_id="1", sender=other)), province.committee, clerk)
    again = receive(packed(a_letter(document_id="1")), province.committee, clerk)

    assert first.is_taken_in
    assert second.is_taken_in
    assert (again.answer, again.earlier) == ("10", first)


@pytest.mark.parametrize("national_id", ["Lạng Sơn", "H37 02", "H37.", "-"])
def test_what_is_no_code_breaks_no_page(
    client: Client, province: Province, clerk: User, national_id: str
) -> None:
    arrival = receive(packed(), province.committee, clerk)
    Agency.objects.filter(pk=province.committee.pk).update(national_id=national_id)
    client.force_login(clerk)

    response = client.get(reverse("exchange:answer", args=[arrival.pk]))

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


def test_how_much_a_package_brings_is_a_setting(
    client: Client, province: Province, clerk: User, settings: Any
) -> None:
    """Packed files, each within the limit of one file, that together are too much."""
    packed_file = io.BytesIO()
    with ZipFile(packed_file, "w", ZIP_DEFLATED) as file:
        file.writestr("a.txt", hashlib.shake_256(b"a").hexdigest(150_000))
    parts = [Attachment(f"{n}.txt", packed_file.getvalue()) for n in range(4)]
    letter = a_letter(attachments=(FILE, *parts))
    client.force_login(clerk)
    settings.PACKAGE_LIMIT_BYTES = 1024 * 1024

    _post(client, province, packed(letter))
    refused = Arrival.objects.get()
    settings.PACKAGE_LIMIT_BYTES = 2 * 1024 * 1024
    _post(client, province, packed(letter))

    assert refused.answer == "21"
    page = client.get(refused.get_absolute_url()).content.decode()
    assert "cộng lại lớn hơn 1 MB" in page
    assert Arrival.objects.filter(answer="0").count() == 1


def test_the_decision_on_a_recall_is_told_to_its_sender(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    give_code(province.committee, "H37")
    receive(packed(), province.committee, clerk)
    recall = receive(recall_of(a_letter()), province.committee, clerk)
    url = reverse("exchange:handle", args=[recall.pk])

    missing = client.post(url, {"version": 1, "outcome": "declined", "note": ""})
    assert missing.status_code == 422
    assert "Ghi lý do từ chối" in missing.content.decode()
    done = client.post(url, {"version": 1, "outcome": "declined", "note": "Đã giao việc"})

    assert done["Location"] == recall.get_absolute_url()
    recall.refresh_from_db()
    assert (recall.outcome, recall.handled_by) == ("declined", clerk)
    status = read_package(client.get(reverse("exchange:answer", args=[recall.pk])).content)
    assert isinstance(status, StatusMessage)
    assert (status.code, status.sender.id, status.reply.organ_id) == ("16", "H37", "000.00.00.G22")
    assert client.post(url, {"version": 2, "outcome": "agreed"}).status_code == 422


def test_two_who_decide_at_once_are_told(client: Client, province: Province, clerk: User) -> None:
    client.force_login(clerk)
    recall = receive(recall_of(a_letter()), province.committee, clerk)
    Arrival.objects.filter(pk=recall.pk).update(version=5)

    response = client.post(
        reverse("exchange:handle", args=[recall.pk]),
        {"version": 1, "outcome": "agreed", "note": "đã báo lãnh đạo"},
    )

    assert response.status_code == 422
    page = response.content.decode()
    assert "Người khác vừa xử lý" in page
    assert "đã báo lãnh đạo" in page


def test_a_replacement_may_be_read_as_a_letter_of_its_own(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    first = receive(packed(), province.committee, clerk)
    purpose = a_message().purpose.__class__(kind=3, document_id=a_letter().document_id)
    newer = receive(
        packed(a_letter(document_id="new", number="2002", purpose=purpose)),
        province.committee,
        clerk,
    )

    assert (newer.directive, newer.earlier) == (None, first)
    client.post(
        reverse("exchange:handle", args=[newer.pk]),
        {"version": 1, "outcome": "agreed", "read_letter": "on", "note": ""},
    )

    newer.refresh_from_db()
    assert newer.directive is not None
    assert newer.directive.document.number == "2002"
    assert first.directive is not None
    assert Document.objects.get(pk=first.directive.document.pk).number == "2001"


def test_a_status_of_nothing_that_we_sent_waits_for_a_person(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)

    _post(client, province, told())

    arrival = Arrival.objects.get()
    assert (arrival.subject, arrival.state, arrival.waits) == ("status", "03", True)
    assert (
        "Không tìm thấy văn bản đã gửi" in client.get(arrival.get_absolute_url()).content.decode()
    )
    client.post(reverse("exchange:handle", args=[arrival.pk]), {"version": 1, "outcome": "noted"})
    arrival.refresh_from_db()
    assert arrival.handling.value == "handled"


def test_the_log_filters_searches_without_accents_and_goes_to_excel(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    receive(packed(), province.committee, clerk)
    receive(recall_of(a_letter()), province.committee, clerk)
    receive(b"junk", province.committee, clerk)
    url = reverse("exchange:arrivals")

    assert client.get(url).content.decode().count("<tr data-href") == 3
    for query, count in (
        ("q=van+phong+chinh+phu", 2),
        ("q=day+manh", 1),
        ("tinh-trang=waiting", 1),
        ("tinh-trang=refused", 1),
        ("tinh-trang=taken_in", 1),
        ("loai=recall", 1),
        ("ma=10", 1),
        ("ma=22", 0),
    ):
        page = client.get(f"{url}?{query}").content.decode()
        assert page.count("<tr data-href") == count, query
    sheet = client.get(f"{reverse('exchange:arrivals_xlsx')}?ma=10").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [row[4] for row in rows] == ["Mã phản hồi", "10"]


def test_the_log_of_another_branch_is_not_seen(client: Client, province: Province) -> None:
    abroad = make_user(province.departments[0], "clerk")
    arrival = receive(packed(), province.departments[1])
    client.force_login(abroad)

    assert client.get(reverse("exchange:arrival", args=[arrival.pk])).status_code == 404
    assert "2001" not in client.get(reverse("exchange:arrivals")).content.decode()
    post = client.post(
        reverse("exchange:receive"),
        {
            "file": SimpleUploadedFile("a.edxml", packed()),
            "issuer": province.departments[1].pk,
        },
    )
    assert post.status_code == 422


def test_the_command_takes_packages_in_and_fails_where_one_is_refused(
    province: Province, clerk: User, tmp_path: Path
) -> None:
    good, bad = tmp_path / "a.edxml", tmp_path / "b.edxml"
    good.write_bytes(packed())
    bad.write_bytes(b"<a/>")
    out = io.StringIO()

    call_command("receive", str(good), "--by", clerk.username, stdout=out)
    with pytest.raises(CommandError, match="1 gói tin bị từ chối"):
        call_command("receive", str(bad), "--by", clerk.username, stdout=out)
    with pytest.raises(CommandError, match="Không có người dùng"):
        call_command("receive", str(good), "--by", "khong-ai")

    assert "a.edxml: 0 – Thành công" in out.getvalue()
    assert "b.edxml: 22 – " in out.getvalue()
    assert Directive.objects.get().issuer == province.committee


def test_one_file_that_cannot_be_read_stops_no_other(
    province: Province, clerk: User, tmp_path: Path
) -> None:
    (tmp_path / "a.edxml").mkdir()
    (tmp_path / "c.edxml").write_bytes(packed())
    names = [str(tmp_path / f"{each}.edxml") for each in "abc"]
    out, err = io.StringIO(), io.StringIO()

    with pytest.raises(CommandError, match="2 tệp không đọc được"):
        call_command("receive", *names, by=clerk.username, stdout=out, stderr=err)

    assert Arrival.objects.get().is_taken_in
    assert "c.edxml: 0" in out.getvalue()
    assert "a.edxml: không đọc được" in err.getvalue()


def test_a_storage_that_takes_nothing_is_said_and_the_package_can_come_again(
    client: Client, province: Province, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: Any, **kwargs: Any) -> str:
        raise OSError(28, "No space left on device")

    client.force_login(clerk)
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "save", full)
        response = _post(client, province, packed())
    refused = Arrival.objects.get()
    page = client.get(response["Location"]).content.decode()

    assert (refused.answer, refused.is_taken_in) == ("20", False)
    assert "nhận lại gói tin này" in page
    assert not Directive.objects.exists()
    _post(client, province, packed())
    assert Arrival.objects.filter(answer="0").count() == 1


def test_what_was_received_counts_its_queries_once(client: Client, province: Province) -> None:
    """The list weighs the same with one package as with thirty."""
    clerk = make_user(province.committee, "clerk")
    client.force_login(clerk)
    for number in range(30):
        receive(packed(a_letter(document_id=f"d{number}")), province.committee, clerk, AT)

    assert client.get(reverse("exchange:arrivals")).status_code == 200  # at most 12, by the client


def test_a_message_is_one_and_a_status_another() -> None:
    assert isinstance(read_package(packed()), Message)
