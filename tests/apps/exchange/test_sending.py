"""A document goes out: as a package, under the number that it got, and its receivers answer."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.apps.reports import samples as report_samples
from tests.domain.exchange.packages import a_status
from tests.factories import make_agency, make_province, make_user
from tests.factories.agencies import Province
from tests.factories.assignments import (
    PDF,
    issue,
    make_assignment,
    make_directive,
    make_proposal,
)
from tests.factories.plans import make_decided, make_submitted_plan
from tests.factories.publications import make_draft, make_signed, make_submitted
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.audit.models import Event
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.documents.models import Document
from tinhgon.apps.exchange.actions import receiving
from tinhgon.apps.exchange.models import Arrival, Dispatch, Receiver
from tinhgon.apps.exchange.queries.dispatches import receiver_meant
from tinhgon.domain.exchange import (
    DIALECTS,
    Message,
    Organ,
    PackageRefused,
    read_package,
    write_status,
)

from .making import AT, dispatched, give_code, make_urging, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("march_2024")]
SIGNED = {
    "number": "412",
    "symbol": "UBND-TTPVHCC",
    "issued_on": "27/3/2024",
    "signer_authority": "KT. CHỦ TỊCH",
    "signer_title": "PHÓ CHỦ TỊCH",
    "signer_name": "Nguyễn Văn Mẫu",
    "office_number": "1204",
    "office_on": "27/3/2024",
    "link": "https://ioffice.example/vb/1204",
}


@pytest.fixture
def province() -> Province:
    province = make_province()
    give_code(province.committee, "H37")
    give_code(province.departments[0], "H37.04")
    return province


@pytest.fixture
def clerk(province: Province) -> User:
    return make_user(province.committee, "clerk")


def _url(name: str, kind: str, pk: int) -> str:
    return reverse(f"exchange:{name}", args=[kind, pk])


def _sent_package(client: Client, dispatch: Dispatch, form: str = "qcvn102") -> Message:
    url = reverse("exchange:package", args=[dispatch.pk])
    message = read_package(client.get(f"{url}?dang={form}").content)
    assert isinstance(message, Message)
    return message


def test_a_draft_leaves_as_a_package_to_be_numbered(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    urging = make_urging(province.committee, *province.departments)

    page = client.get(urging.get_absolute_url()).content.decode()
    assert _url("paper", "don-doc", urging.pk) in page
    page = client.get(_url("paper", "don-doc", urging.pk)).content.decode()
    assert "Sở Tư pháp" in page.split("Nơi nhận chưa có mã định danh")[1]
    data = client.get(_url("draft_package", "don-doc", urging.pk)).content

    assert b"H37.04" in data
    assert data.count(b"<edXML:AttachmentEncoded>") == 1
    assert b".docx" in data
    assert b".pdf" in data
    with pytest.raises(PackageRefused, match="Thiếu số văn bản"):
        read_package(data)


@pytest.mark.parametrize("form", [each.code for each in DIALECTS])
def test_a_signed_letter_is_recorded_and_leaves_to_whoever_has_a_code(
    client: Client, province: Province, clerk: User, form: str
) -> None:
    client.force_login(clerk)
    urging = make_urging(province.committee, *province.departments)
    receivers = "Sở Nội vụ\nSở Tư pháp;\nVăn phòng Chính phủ; 000.00.00.G22"

    response = client.post(_url("record", "don-doc", urging.pk), {**SIGNED, "receivers": receivers})

    dispatch = Dispatch.objects.get()
    assert response["Location"] == dispatch.get_absolute_url()
    assert dispatch.exchange_id == "H37,2024/03/27,412/UBND-TTPVHCC"
    document = dispatch.document
    assert (document.code, document.issued_on, document.link, document.direction) == (
        "412/UBND-TTPVHCC",
        date(2024, 3, 27),
        "https://ioffice.example/vb/1204",
        "out",
    )
    page = client.get(dispatch.get_absolute_url()).content.decode()
    assert "1 nơi nhận chưa có mã định danh" in page
    message = _sent_package(client, dispatch, form)
    assert message.sender == Organ(id="H37", name="Ủy ban nhân dân tỉnh Lạng Sơn")
    assert [organ.id for organ in message.receivers] == ["H37.04", "000.00.00.G22"]
    assert (message.number, message.signer_name) == ("412", "Nguyễn Văn Mẫu")
    assert sorted(each.kind for each in message.attachments) == ["docx", "pdf"]
    # What is opened again is sent once, and leads to where it was recorded.
    assert client.get(_url("paper", "don-doc", urging.pk))["Location"] == (
        dispatch.get_absolute_url()
    )
    kinds = [event.kind_name for event in Event.objects.all()]
    assert "Ghi văn bản gửi qua trục" in kinds
    assert "Vào sổ văn bản" in kinds


def test_the_signed_file_goes_where_it_was_given(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    urging = make_urging(province.committee, province.departments[0])
    pdf = SimpleUploadedFile("412 đã ký.pdf", b"%PDF-1.7 signed", "application/pdf")

    client.post(
        _url("record", "don-doc", urging.pk), {**SIGNED, "receivers": "Sở Nội vụ", "file": pdf}
    )

    [attachment] = _sent_package(client, Dispatch.objects.get()).attachments
    assert (attachment.name, attachment.data) == ("412 đã ký.pdf", b"%PDF-1.7 signed")
    assert Dispatch.objects.get().document.file is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"receivers": "Sở Mây Trời"}, "Không có “Sở Mây Trời”"),
        ({"receivers": " ; \n"}, "Nơi nhận"),
        ({"number": ""}, "Số"),
        ({"link": "javascript:alert(1)"}, "Đường dẫn"),
    ],
)
def test_what_cannot_be_recorded_is_said_and_nothing_is_written(
    client: Client, province: Province, clerk: User, changes: dict[str, str], words: str
) -> None:
    client.force_login(clerk)
    urging = make_urging(province.committee, province.departments[0])
    before = Document.objects.count()

    response = client.post(
        _url("record", "don-doc", urging.pk), {**SIGNED, "receivers": "Sở Nội vụ", **changes}
    )

    assert response.status_code == 422
    assert words in response.content.decode()
    assert (Dispatch.objects.count(), Document.objects.count()) == (0, before)


def test_without_any_code_the_document_is_registered_all_the_same(
    client: Client, province: Province
) -> None:
    """No step of the work waits for the exchange."""
    district = province.districts[0]
    client.force_login(make_user(district, "clerk"))
    urging = make_urging(district, district)

    client.post(_url("record", "don-doc", urging.pk), {**SIGNED, "receivers": district.name})

    dispatch = Dispatch.objects.get()
    page = client.get(dispatch.get_absolute_url()).content.decode()
    assert "chưa có mã định danh" in page
    answer = client.get(reverse("exchange:package", args=[dispatch.pk]), follow=True)
    assert "Chưa lập được gói tin" in answer.content.decode()
    assert Document.objects.filter(number="412").exists()


def _papers(province: Province) -> list[tuple[str, int, bool]]:
    """Every kind of paper: its address, and whether the exchange may record it as it stands."""
    home = province.departments[0]
    clerk = make_user(province.committee, "coordinator")
    letter = make_assignment(home, clerk, issuer=province.committee).duty.directive
    plan, decision = make_decided(home)
    return [
        ("giao-viec", letter.pk, True),
        ("don-doc", make_urging(province.committee, home).pk, True),
        ("quyet-dinh", make_draft(home).pk, False),
        ("quyet-dinh", make_signed(home).pk, True),
        ("to-trinh", make_submitted(home).pk, False),
        ("phuong-an-to-trinh", make_submitted_plan(province.departments[1]).pk, True),
        ("phuong-an-danh-gia", plan.pk, False),
        ("phuong-an-quyet-dinh", plan.pk, False),
        ("quyet-dinh-phuong-an", decision.pk, True),
        ("bao-cao", report_samples.SAMPLES["reports:document"](home, clerk)["pk"], False),
    ]


def _unnumbered_letter(province: Province, **heading: Any) -> Duty:
    giver = make_user(province.committee, "coordinator")
    duty = make_assignment(province.departments[0], giver, issuer=province.committee).duty
    blank = {"number": "", "issued_on": None} | heading
    Document.objects.filter(pk=duty.directive.document_id).update(**blank)
    duty.directive.refresh_from_db()
    return duty


def test_a_letter_that_gets_its_number_here_is_found_by_it(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    duty = _unnumbered_letter(province)
    pdf = SimpleUploadedFile("vb.pdf", PDF, content_type="application/pdf")
    sent = {**SIGNED, "receivers": "Sở Nội vụ", "file": pdf}

    client.post(_url("record", "giao-viec", duty.directive.pk), sent)

    duty.refresh_from_db()
    assert Dispatch.objects.get().document.code == "412/UBND-TTPVHCC"
    assert "412/ubnd-ttpvhcc" in duty.folded
    event = Event.objects.get(kind="documents.corrected")
    assert {"field": "Số", "from": "", "to": "412"} in event.changes


def test_a_letter_gets_no_number_that_another_one_bears(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    letters = [_unnumbered_letter(province).directive for _ in range(2)]

    def post(letter: Directive) -> Any:
        pdf = SimpleUploadedFile("vb.pdf", PDF, content_type="application/pdf")
        sent = {**SIGNED, "receivers": "Sở Nội vụ", "file": pdf}
        return client.post(_url("record", "giao-viec", letter.pk), sent)

    post(letters[0])
    response = post(letters[1])

    assert response.status_code == 422
    assert "đã giao nhiệm vụ: kiểm tra lại số" in response.content.decode()
    assert Dispatch.objects.count() == 1
    assert Document.objects.filter(number="412").count() == 1


def test_a_letter_that_was_amended_still_leaves(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    letter = _unnumbered_letter(province).directive
    letter.change(seen_version=letter.version, status="amended")
    assert client.get(_url("paper", "giao-viec", letter.pk)).status_code == 200


def _to_many(province: Province) -> Directive:
    """Make a letter to departments, districts and many communes."""
    district = province.districts[0]
    commune: dict[str, Any] = {"level": Level.COMMUNE, "kind": Kind.COMMITTEE}
    communes = [make_agency(f"UBND xã Số {n}", parent=district, **commune) for n in range(30)]
    giver = make_user(province.committee, "coordinator")
    letter = make_directive(province.committee, giver)
    make_proposal(letter, [*province.departments, *province.districts, *communes])
    issue(letter, giver)
    return letter


def _boxes(page: str) -> dict[str, list[tuple[str, bool]]]:
    """Return the names under each group of a form, and whether they are ticked."""
    found = {}
    for group in BeautifulSoup(page, "html.parser").select("fieldset[data-checklist]"):
        head = group.select_one("legend")
        boxes = group.select("input[name=chosen]")
        assert head
        found[head.get_text(" ", strip=True)] = [
            (str(box["value"]), box.has_attr("checked")) for box in boxes
        ]
    return found


def test_many_receivers_stand_by_kind_and_are_ticked_by_group(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    letter = _to_many(province)
    groups = _boxes(client.get(_url("paper", "giao-viec", letter.pk)).content.decode())
    assert list(groups) == [
        "Sở, ban, ngành 2",
        "Ủy ban nhân dân cấp huyện 2",
        "Ủy ban nhân dân cấp xã 30",
    ]
    assert all(ticked for boxes in groups.values() for _, ticked in boxes)

    chosen = [key for key, _ in [*groups["Sở, ban, ngành 2"], *groups["Ủy ban nhân dân cấp xã 30"]]]
    receivers = "Sở Nội vụ\nVăn phòng Chính phủ; 000.00.00.G22"
    sent = {**SIGNED, "chosen": chosen, "receivers": receivers}
    refused = client.post(_url("record", "giao-viec", letter.pk), sent)
    again = _boxes(refused.content.decode())
    assert refused.status_code == 422  # without a file
    assert [key for boxes in again.values() for key, ticked in boxes if ticked] == chosen

    pdf = SimpleUploadedFile("vb.pdf", PDF, content_type="application/pdf")
    client.post(_url("record", "giao-viec", letter.pk), {**sent, "file": pdf})

    dispatch = Dispatch.objects.get()
    assert dispatch.receivers.count() == 33  # each once, whichever way it was named
    assert not dispatch.receivers.filter(agency__in=province.districts).exists()


def test_nobody_is_sent_to_when_nobody_is_ticked(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    letter = _to_many(province)
    pdf = SimpleUploadedFile("vb.pdf", PDF, content_type="application/pdf")
    response = client.post(_url("record", "giao-viec", letter.pk), {**SIGNED, "file": pdf})
    assert response.status_code == 422
    assert "Chọn hoặc ghi ít nhất một nơi nhận" in response.content.decode()
    assert not any(
        ticked for boxes in _boxes(response.content.decode()).values() for _, ticked in boxes
    )


def test_many_receivers_of_what_was_sent_are_counted_by_kind_and_found_by_name(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    letter = _to_many(province)
    keys = [each.agency_id for each in letter.addressed.all()]
    pdf = SimpleUploadedFile("vb.pdf", PDF, content_type="application/pdf")
    outside = "Văn phòng Chính phủ; 000.00.00.G22"
    sent = {**SIGNED, "chosen": keys, "receivers": outside, "file": pdf}
    client.post(_url("record", "giao-viec", letter.pk), sent)
    address = Dispatch.objects.get().get_absolute_url()

    page = BeautifulSoup(client.get(address).content, "html.parser")
    heads = [each.get_text(" ", strip=True) for each in page.select("#noi-nhan summary")]
    assert [head[:28] for head in heads] == [
        "Sở, ban, ngành 2 2 chưa có p",
        "Ủy ban nhân dân cấp huyện 2 ",
        "Ủy ban nhân dân cấp xã 30 30",
        "Cơ quan ngoài tỉnh 1 1 chưa ",
    ]
    assert "1 chưa có mã" in heads[0]
    assert not page.select("#noi-nhan details[open]")

    found = BeautifulSoup(client.get(f"{address}?noi-nhan=so 17").content, "html.parser")
    rows = [each.get_text(strip=True) for each in found.select("#noi-nhan details[open] tbody th")]
    assert rows == ["UBND xã Số 17"]
    nobody = client.get(f"{address}?noi-nhan=khong co").content.decode()
    assert "Không nơi nhận nào có tên như vậy." in nobody


def test_every_paper_that_is_drafted_here_can_leave(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    for kind, pk, may_be_recorded in _papers(province):
        page = client.get(_url("paper", kind, pk))
        assert page.status_code == 200, kind
        text = page.content.decode()
        assert ("Ghi văn bản gửi đi" in text) == may_be_recorded, kind
        assert ("Văn bản chưa có số, ngày" in text) != may_be_recorded, kind
        if "Gói tin dự thảo" in text:
            draft = client.get(_url("draft_package", kind, pk))
            assert draft.status_code == 200, kind
            assert b"AttachmentEncoded" in draft.content, kind


def test_a_signed_decision_keeps_the_number_of_the_register(
    client: Client, province: Province
) -> None:
    home = province.departments[0]
    decision = make_signed(home)
    client.force_login(make_user(province.committee, "clerk"))

    response = client.post(
        _url("record", "quyet-dinh", decision.pk),
        {**SIGNED, "number": "9999", "receivers": "Sở Nội vụ"},
    )

    assert response.status_code == 302
    dispatch = Dispatch.objects.get()
    assert dispatch.document == decision.document
    assert Document.objects.get(pk=decision.document.pk).number == decision.document.number
    assert dispatch.document.link == "https://ioffice.example/vb/1204"


def test_a_status_message_reaches_its_receiver(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    dispatch = dispatched(province.committee, *province.departments, by=clerk)
    reply = replace(a_status().reply, document_id=dispatch.exchange_id)
    status = a_status(reply=reply, sender=Organ(id="H37.04", name="Sở Nội vụ"), at=AT)

    arrival = receive(write_status(status), province.committee, clerk)

    home, justice = Receiver.objects.order_by("pk")
    assert (home.state, home.state_note, justice.state) == ("03", "Văn thư đã tiếp nhận", "")
    assert (arrival.dispatch, arrival.waits) == (dispatch, False)
    assert "Đã tiếp nhận" in client.get(dispatch.get_absolute_url()).content.decode()
    # An older message that comes later does not undo it; the same one is not taken twice.
    older = replace(status, code="01", at=AT.replace(hour=7))
    receive(write_status(older), province.committee, clerk)
    assert receive(write_status(status), province.committee, clerk).answer == "10"
    home.refresh_from_db()
    assert home.state == "03"


def test_a_status_is_found_by_number_and_day_where_the_id_is_not_ours(
    province: Province, clerk: User
) -> None:
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    document = dispatch.document
    reply = replace(
        a_status().reply, document_id="8c2e", code=document.code, issued_on=document.issued_on
    )
    status = a_status(reply=reply, sender=Organ(id="H37.04", name="Sở Nội vụ"), code="06", at=AT)

    receive(write_status(status), province.committee, clerk)

    assert Receiver.objects.get().state == "06"


def test_a_status_from_whom_it_was_not_sent_to_waits_for_a_person(
    province: Province, clerk: User
) -> None:
    give_code(province.departments[1], "H37.03")
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    reply = replace(a_status().reply, document_id=dispatch.exchange_id)
    status = a_status(reply=reply, sender=Organ(id="H37.03", name="Sở Tư pháp"), at=AT)

    assert receive(write_status(status), province.committee, clerk).waits
    assert Receiver.objects.get().state == ""
    assert Arrival.objects.get().dispatch is None


def test_a_status_is_of_what_its_addressee_sent_and_of_nobody_elses(province: Province) -> None:
    """Two agencies number alike; each hears of its own, by number as by id."""
    office, department = province.office, province.departments[0]
    theirs = dispatched(office, department)
    document = theirs.document
    reply = replace(a_status().reply, organ_id="", code=document.code, issued_on=document.issued_on)
    status = a_status(reply=reply, sender=Organ(id="H37.04", name="Sở Nội vụ"), at=AT)
    other = province.departments[1]

    for said in (status, replace(status, reply=replace(reply, document_id=theirs.exchange_id))):
        assert receive(write_status(said), other, _of_all(province)).waits
    assert Receiver.objects.get().state == ""
    assert not receive(write_status(status), office, _of_all(province)).waits
    assert Receiver.objects.get().state == "03"


def _of_all(province: Province) -> User:
    return make_user(province.committee, "clerk")


def test_a_status_of_a_document_that_is_said_to_be_anothers_waits(
    province: Province, clerk: User
) -> None:
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    give_code(province.office, "H37.09")
    reply = replace(a_status().reply, document_id=dispatch.exchange_id, organ_id="H37.09")
    status = a_status(reply=reply, sender=Organ(id="H37.04", name="Sở Nội vụ"), at=AT)

    assert receive(write_status(status), province.committee, clerk).waits
    assert Receiver.objects.get().state == ""


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_status_of_an_impossible_year_is_refused(
    client: Client, province: Province, clerk: User, year: str
) -> None:
    client.force_login(clerk)
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    reply = replace(a_status().reply, document_id=dispatch.exchange_id)
    status = a_status(reply=reply, sender=Organ(id="H37.04", name="Sở Nội vụ"), at=AT)
    package = write_status(status).replace(b">2024/03/27 09", f">{year}/03/27 09".encode())
    assert year.encode() in package
    file = SimpleUploadedFile("trang-thai.edxml", package, "application/xml")

    response = client.post(
        reverse("exchange:receive"), {"file": file, "issuer": province.committee.pk}, follow=True
    )

    assert response.status_code == 200
    assert Arrival.objects.get().answer == "22"
    assert Receiver.objects.get().state == ""


def test_a_state_that_was_written_meanwhile_does_not_lose_the_message(
    province: Province, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    reply = replace(a_status().reply, document_id=dispatch.exchange_id)
    status = a_status(reply=reply, sender=Organ(id="H37.04", name="Sở Nội vụ"), at=AT)

    def overtaken(*args: Any, **kwargs: Any) -> Receiver | None:
        found = receiver_meant(*args, **kwargs)
        Receiver.objects.update(version=5, state="01", state_at=AT.replace(hour=7))
        return found

    monkeypatch.setattr(receiving, "receiver_meant", overtaken)

    arrival = receive(write_status(status), province.committee, clerk)

    assert arrival.is_taken_in
    receiver = Receiver.objects.get()
    assert (receiver.state, receiver.version) == ("03", 6)


def test_the_page_of_a_document_shows_only_packages_that_one_may_see(
    client: Client, province: Province, clerk: User
) -> None:
    dispatch = dispatched(province.office, province.departments[0], by=clerk)
    reply = replace(a_status().reply, document_id=dispatch.exchange_id, organ_id="")
    status = a_status(reply=reply, sender=Organ(id="H37.04", name="Sở Nội vụ"), at=AT)
    arrival = receive(write_status(status), province.committee, clerk)
    assert arrival.dispatch == dispatch

    client.force_login(make_user(province.office, "clerk"))
    page = client.get(dispatch.get_absolute_url()).content.decode()

    assert arrival.get_absolute_url() not in page
    client.force_login(clerk)
    assert arrival.get_absolute_url() in client.get(dispatch.get_absolute_url()).content.decode()


def _state(receiver: Receiver, **changes: Any) -> dict[str, Any]:
    typed = {"receiver": f"{receiver.pk}:1", "state": "02", "told_on": "26/3/2024"}
    return {**typed, "note": "Gửi nhầm nơi nhận", **changes}


def test_a_state_is_written_by_hand(client: Client, province: Province, clerk: User) -> None:
    client.force_login(clerk)
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    url = reverse("exchange:set_state", args=[dispatch.pk])
    receiver = Receiver.objects.get()

    assert client.post(url, _state(receiver, told_on="01/4/2024")).status_code == 422
    assert client.post(url, _state(receiver)).status_code == 302
    stale = client.post(url, _state(receiver, state="06"))

    assert stale.status_code == 422
    assert "Người khác vừa ghi trạng thái" in stale.content.decode()
    receiver.refresh_from_db()
    assert (receiver.state, receiver.state_note) == ("02", "Gửi nhầm nơi nhận")
    page = client.get(f"{reverse('exchange:dispatches')}?trang-thai=02").content.decode()
    assert page.count("<tr data-href") == 1
    page = client.get(f"{reverse('exchange:dispatches')}?trang-thai=06").content.decode()
    assert page.count("<tr data-href") == 0
    sheet = client.get(reverse("exchange:dispatches_xlsx")).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert [(row[6], row[8], row[9]) for row in rows[1:]] == [
        ("Sở Nội vụ", "02", "Từ chối tiếp nhận")
    ]


def test_three_hundred_receivers_are_one_page_and_one_package(
    client: Client, province: Province, clerk: User
) -> None:
    client.force_login(clerk)
    dispatch = dispatched(province.committee, province.departments[0], by=clerk)
    Receiver.objects.bulk_create(
        Receiver(dispatch=dispatch, name=f"Cơ quan {n}", code=f"H{n}.01") for n in range(10, 310)
    )

    assert client.get(dispatch.get_absolute_url()).status_code == 200  # at most 12 queries
    assert len(_sent_package(client, dispatch).receivers) == 301
