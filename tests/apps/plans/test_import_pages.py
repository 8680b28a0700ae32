"""Signed decisions on plans on their way in, through the pages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.conftest import VIETNAM, StrictClient
from tests.domain.catalogue.plans.decisions import decision, layout
from tests.factories import make_user
from tests.factories.agencies import Province
from tests.factories.plan_imports import (
    ASSESS,
    STAFF,
    make_import,
    make_ready_import,
    published,
    write,
)
from tests.factories.reviews import make_programme_round, make_questionnaire
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.plans.models import LegalChange, Plan, PlanImport, PlanItem
from tinhgon.domain.officialdoc import read_text, write_docx

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(datetime(2024, 11, 1, 9, tzinfo=VIETNAM), tick=False):
        yield


@pytest.fixture
def clerk(province: Province) -> User:
    return make_user(province.committee, "coordinator")


def words_of(response: Any) -> str:
    content: bytes = response.content
    return content.decode()


def sent(agency: Agency, **more: Any) -> dict[str, Any]:
    make_questionnaire()
    programme_round = make_programme_round(agency.parent or agency, "Lần 1")
    return {"agency": agency.pk, "round": programme_round.pk, **more}


def post(client: StrictClient, name: str, found: PlanImport, **more: Any) -> Any:
    found.refresh_from_db()
    data = {"version": found.version, **more}
    return client.post(reverse(f"plans:{name}", args=[found.pk]), data)


def test_from_the_paste_to_what_is_carried_out(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    published(home, ASSESS)
    client.force_login(clerk)
    page = words_of(client.get(reverse("plans:import")))
    assert "Chưa có đợt nào" in page  # no programme has a round yet

    data = sent(home, text=decision(layout("dotted")))
    assert "(ghi là đợt đã kết thúc)" in words_of(client.get(reverse("plans:import")))
    answer = client.post(reverse("plans:import"), data)
    found = PlanImport.objects.get()
    assert answer.headers["Location"] == found.get_absolute_url()
    page = words_of(client.get(found.get_absolute_url()))
    assert "chưa thấy trong danh mục" in page
    assert "Còn 1 thủ tục chưa rõ" in page
    assert "96.496.000" in page
    assert "Ghi 1 thủ tục" not in page  # not before everything is decided

    answer = post(client, "leave_unclear", found, reason="Thủ tục đã bãi bỏ từ năm 2022")
    assert answer.status_code == 302
    assert "Ghi 1 thủ tục" in words_of(client.get(found.get_absolute_url()))
    answer = post(client, "write_import", found)
    assert answer.status_code == 302

    plan = Plan.objects.get()
    assert plan.get_absolute_url() in words_of(client.get(found.get_absolute_url()))
    shown = words_of(client.get(plan.get_absolute_url()))
    assert "Số liệu nêu trong quyết định; hệ thống không tính lại." in shown
    assert "Chưa tính chi phí tuân thủ." not in shown
    item = PlanItem.objects.get()
    assert "Tiết kiệm, theo quyết định" in words_of(client.get(item.get_absolute_url()))
    listed = words_of(client.get(reverse("plans:list")))
    assert "24.124.000" in listed
    assert "theo quyết định" in listed
    found.refresh_from_db()
    assert found.decision is not None
    decided = words_of(client.get(found.decision.get_absolute_url()))
    assert "chi phí là số liệu nêu trong quyết định" in decided
    texts = words_of(client.get(reverse("plans:texts")))
    assert "khoản 2 Điều 7 Quyết định số 41/2021/QĐ-UBND" in texts
    review = words_of(client.get(item.review.get_absolute_url()))
    assert "Nhập theo quyết định đã ký" in review

    answer = post(client, "undo_import", found)
    assert answer.status_code == 302
    assert not Plan.objects.exists()
    assert "Đã hoàn tác" in words_of(client.get(found.get_absolute_url()))


def test_a_word_file_is_read(client: StrictClient, home: Agency, clerk: User) -> None:
    data = write_docx(read_text(decision(layout("dotted"))))
    client.force_login(clerk)
    file = SimpleUploadedFile("quyet-dinh.docx", data)

    answer = client.post(reverse("plans:import"), sent(home, file=file))

    found = PlanImport.objects.get()
    assert answer.headers["Location"] == found.get_absolute_url()
    assert found.rows.count() == 2
    kept = client.get(reverse("plans:import_file", args=[found.pk]))
    assert kept.getvalue() == data


def bomb() -> bytes:
    out = io.BytesIO()
    plain = io.BytesIO(write_docx(read_text(decision(""))))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/image1.png", bytes(40_000_000))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "qd.docx", "Tệp không có nội dung"),
        (b"%PDF-1.7", "qd.xlsx", "Không nhận loại tệp"),
        (b"PK\x03\x04", "qd.docx", "không đúng với phần mở rộng"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "qd.docx", "mật khẩu"),
        (b"%PDF-1.4\n%%EOF\n", "qd.pdf", "PDF bị hỏng"),
        ("Công văn về việc họp".encode(), "qd.txt", "Không thấy phương án đơn giản hóa"),
        (decision("").encode(), "qd.txt", "Không thấy phương án đơn giản hóa"),
    ],
)
def test_a_file_that_is_no_decision_on_plans_is_refused_in_words(
    client: StrictClient, home: Agency, clerk: User, data: bytes, name: str, words: str
) -> None:
    client.force_login(clerk)
    answer = client.post(reverse("plans:import"), sent(home, file=SimpleUploadedFile(name, data)))

    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not PlanImport.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_swells_is_refused(client: StrictClient, home: Agency, clerk: User) -> None:
    client.force_login(clerk)
    file = SimpleUploadedFile("qd.docx", bomb())

    answer = client.post(reverse("plans:import"), sent(home, file=file))

    assert answer.status_code == 422
    assert "bất thường" in words_of(answer)
    assert not PlanImport.objects.exists()


def test_fifty_megabytes_are_refused_before_they_are_read(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    client.force_login(clerk)
    file = SimpleUploadedFile("qd.docx", bytes(50 * 1024 * 1024))

    assert client.post(reverse("plans:import"), sent(home, file=file)).status_code == 413


@pytest.mark.parametrize("more", [{}, {"text": "  "}])
def test_something_must_be_sent(
    client: StrictClient, home: Agency, clerk: User, more: dict[str, Any]
) -> None:
    client.force_login(clerk)
    answer = client.post(reverse("plans:import"), sent(home, **more))

    assert answer.status_code == 422
    assert "Chọn một tệp, hoặc dán nội dung" in words_of(answer)


def row_data(row: Any, **more: Any) -> dict[str, Any]:
    data = {
        "version": row.plan_import.version,
        "choice": "take",
        "verdict": "approved",
        "procedure": row.procedure_id or "",
    }
    for place, measure in enumerate(row.said["measures"]):
        data[f"kind_{place}"] = measure["kind"]
    for place, text in enumerate(row.texts):
        data |= {f"{part}_{place}": text[part] or "" for part in ("text", "provision", "work")}
    return {**data, **more}


def test_a_row_is_found_by_searching_and_put_right(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    other = published(home, "Phân bổ chỉ tiêu nhân lực")
    found = make_import(home, clerk)
    row = found.rows.select_related("plan_import").all()[1]
    url = reverse("plans:import_row", args=[found.pk, row.pk])
    client.force_login(clerk)

    assert "Không có thủ tục đã công bố nào khớp" in words_of(client.get(f"{url}?q=zzz"))
    page = words_of(client.get(f"{url}?q=phan bo chi tieu"))
    assert other.name in page
    assert other.name in words_of(client.get(f"{url}?q={other.procedure.local_code}"))
    more = {
        "procedure": other.procedure_id,
        "kind_0": "shorten",
        "agency_0": "Sở Tư pháp",
        "due_on_0": "31/12/2024",
        "text_1": "Quy chế làm việc",
        "work_1": "Thay thế",
    }
    answer = client.post(f"{url}?q=phan bo", row_data(row, **more))

    assert answer.status_code == 302, words_of(answer)
    row.refresh_from_db()
    assert (row.version, row.matched_by, row.choice) == (other, "person", "take")
    assert [text["text"] for text in row.texts][1] == "Quy chế làm việc"
    post(client, "leave_unclear", found, reason="Chưa công bố")
    post(client, "write_import", found)
    change = LegalChange.objects.order_by("pk")[0]
    assert (change.agency.name, f"{change.due_on:%d/%m/%Y}") == ("Sở Tư pháp", "31/12/2024")


def test_a_row_that_is_left_out_says_why(client: StrictClient, home: Agency, clerk: User) -> None:
    found = make_ready_import(home, clerk)
    row = found.rows.select_related("plan_import").all()[0]
    url = reverse("plans:import_row", args=[found.pk, row.pk])
    client.force_login(clerk)

    answer = client.post(url, row_data(row, choice="leave"))
    assert answer.status_code == 422
    assert "Ghi lý do không nhập thủ tục này." in words_of(answer)
    answer = client.post(url, row_data(row, choice="leave", reason="Trùng"))
    assert answer.status_code == 302
    assert "Trùng" in words_of(client.get(found.get_absolute_url()))


def test_what_was_approved_in_part_is_said_in_the_preview(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    found = make_ready_import(home, clerk)
    row = found.rows.select_related("plan_import").all()[0]
    url = reverse("plans:import_row", args=[found.pk, row.pk])
    client.force_login(clerk)
    assert "Quyết định phê duyệt nội dung 2" in words_of(client.get(url))

    partly = row_data(row, verdict="partly", granted_1="on")
    answer = client.post(url, partly)
    assert answer.status_code == 422
    assert "Ghi lý do không phê duyệt nêu trong quyết định." in words_of(answer)
    answer = client.post(url, {**partly, "verdict_reason": "Vẫn cần bản sao"})

    assert answer.status_code == 302
    page = words_of(client.get(found.get_absolute_url()))
    assert "Vẫn cần bản sao" in page
    line = page.partition(f'id="dong-{row.pk}"')[2].partition("</tr>")[0]
    assert line.count("không được phê duyệt") == 1
    post(client, "write_import", found)
    item = PlanItem.objects.get(verdict="partly")
    assert [bool(each.granted_by_id) for each in item.measures.all()] == [False, True]
    assert "Phê duyệt một phần" in words_of(client.get(item.plan.get_absolute_url()))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("agency_0", "Sở không có", "Không rõ cơ quan"),
        ("due_on_0", "31/02/2024", "Không có ngày"),
        ("provision_1", "Điều 3", "Ghi tên văn bản."),
        ("kind_0", "khac", "Chọn một mục trong danh sách"),
        ("procedure", "999999", "Chọn một mục trong danh sách"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_beside_it(
    client: StrictClient, home: Agency, clerk: User, field: str, value: str, words: str
) -> None:
    found = make_ready_import(home, clerk)
    row = found.rows.select_related("plan_import").all()[0]
    client.force_login(clerk)

    url = reverse("plans:import_row", args=[found.pk, row.pk])
    answer = client.post(url, row_data(row, **{field: value}))

    assert answer.status_code == 422
    assert words in words_of(answer)


def test_the_heading_is_put_right(client: StrictClient, home: Agency, clerk: User) -> None:
    text = decision(layout("dotted")).replace("Số: 1877/QĐ-UBND", "Số:      /QĐ-UBND")
    found = make_import(home, clerk, text=text)
    client.force_login(clerk)
    assert "Quyết định còn thiếu số" in words_of(client.get(found.get_absolute_url()))

    url = reverse("plans:import_heading", args=[found.pk])
    assert client.get(url).status_code == 200
    data = {
        "version": found.version,
        "number": "1877",
        "symbol": "QĐ-UBND",
        "issued_on": "07/10/2024",
        "subject": "Phê duyệt phương án",
        "issuer": home.parent_id,
        "round": found.round_id,
        "signer_name": "Lương Trọng Nghĩa",
        "signer_title": "PHÓ CHỦ TỊCH",
        "signer_authority": "KT. CHỦ TỊCH",
    }
    assert client.post(url, {**data, "issued_on": "07/12/2024"}).status_code == 422
    assert client.post(url, data).status_code == 302
    found.refresh_from_db()
    assert found.heading["number"] == "1877"
    assert "Quyết định còn thiếu" not in words_of(client.get(found.get_absolute_url()))


def test_a_day_to_come_is_a_fault_beside_the_day(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    published(home, ASSESS)
    found = make_import(
        home, clerk, text=decision(layout("dotted")).replace("năm 2024", "năm 2042")
    )
    client.force_login(clerk)
    fault = "Ngày ký không thể sau hôm nay."

    page = words_of(client.get(found.get_absolute_url()))
    assert fault in page.partition("<dt>Ngày ký</dt>")[2].partition("<dt>")[0]
    assert fault in page.partition('id="ghi"')[2].partition("</ul>")[0]
    heading = words_of(client.get(reverse("plans:import_heading", args=[found.pk])))
    assert fault in heading
    answer = post(client, "write_import", found)
    assert answer.status_code == 422
    assert not Plan.objects.exists()


def test_only_what_can_be_written_is_counted(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    found = make_ready_import(home, clerk)
    first, second = found.rows.select_related("plan_import").all()
    found.rows.filter(pk=second.pk).update(procedure=first.procedure, version=first.version)
    client.force_login(clerk)

    page = words_of(client.get(found.get_absolute_url()))
    assert "1 thủ tục ghi được; 1 thủ tục chưa ghi được." in page
    assert "xem lý do ở mục II.1" in page
    line = page.partition(f'id="dong-{second.pk}"')[2].partition("</tr>")[0]
    assert "Trùng thủ tục với mục I.1 của quyết định. Chọn thủ tục khác" in line
    one = words_of(client.get(reverse("plans:import_row", args=[found.pk, second.pk])))
    assert "Trùng thủ tục với mục I.1" in one
    assert post(client, "write_import", found).status_code == 422


def test_the_second_of_two_people_sees_what_the_first_did(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    found = make_ready_import(home, clerk)
    row = found.rows.select_related("plan_import").all()[0]
    late = row_data(row, reason="", kind_0="other")
    client.force_login(clerk)
    url = reverse("plans:import_row", args=[found.pk, row.pk])
    assert client.post(url, row_data(row)).status_code == 302

    answer = client.post(url, late)
    assert answer.status_code == 422
    assert "Người khác vừa sửa" in words_of(answer)
    write_late = client.post(
        reverse("plans:write_import", args=[found.pk]), {"version": found.version}
    )
    assert write_late.status_code == 422
    assert "Người khác vừa sửa" in words_of(write_late)
    assert not Plan.objects.exists()


def test_what_was_written_is_no_longer_changed(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    found = make_ready_import(home, clerk)
    write(found)
    row = found.rows.all()[0]
    client.force_login(clerk)

    for url in (
        reverse("plans:import_row", args=[found.pk, row.pk]),
        reverse("plans:import_heading", args=[found.pk]),
    ):
        assert client.get(url).status_code == 302
    answer = post(client, "discard_import", found)
    assert answer.status_code == 422
    assert "không còn ở bước đó" in words_of(answer)


def test_the_same_decision_again_is_told_before_writing(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    write(make_ready_import(home, clerk))
    second = make_import(home, clerk, programme_round=make_programme_round(home.parent or home))
    client.force_login(clerk)

    page = words_of(client.get(second.get_absolute_url()))
    assert "Quyết định này đã được ghi" in page
    assert post(client, "write_import", second).status_code == 422


def test_a_discarded_one_forgets_what_was_read(
    client: StrictClient, home: Agency, clerk: User
) -> None:
    found = make_ready_import(home, clerk)
    client.force_login(clerk)

    assert post(client, "discard_import", found).status_code == 302
    assert "Quyết định này đã bỏ" in words_of(client.get(found.get_absolute_url()))
    assert not found.rows.exists()


def test_whoever_only_sees_changes_nothing(client: StrictClient, home: Agency) -> None:
    found = make_ready_import(home)
    client.force_login(make_user(home, "leader"))

    page = words_of(client.get(found.get_absolute_url()))
    assert STAFF in page
    assert "Bỏ quyết định này" not in page
    assert post(client, "write_import", found).status_code == 403
    assert client.get(reverse("plans:import")).status_code == 403


def test_a_stranger_is_told_that_there_is_none(client: StrictClient, province: Province) -> None:
    found = make_ready_import(province.departments[0])
    client.force_login(make_user(province.departments[1], "clerk"))

    assert client.get(found.get_absolute_url()).status_code == 404
    assert post(client, "write_import", found).status_code == 404
