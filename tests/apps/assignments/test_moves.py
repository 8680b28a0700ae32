"""Each move through the page, as a person makes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import Province, make_user
from tests.factories.assignments import PDF, make_assignment, reload, upload
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.enums import AnswerKind, Status
from tinhgon.apps.assignments.models import Answer, Assignment, Duty, ProgressNote
from tinhgon.apps.audit.models import Event
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


@pytest.fixture
def assignment(province: Province, coordinator: User) -> Assignment:
    return make_assignment(province.departments[0], coordinator)


def url(assignment: Assignment, move: str) -> str:
    return f"/nhiem-vu/{assignment.pk}/{move}/"


def proof(assignment: Assignment, **changed: Any) -> dict[str, Any]:
    return {
        "version": assignment.version,
        "document_code": "12/BC-SNV",
        "document_on": "14/6/2024",
        "text": "Đã thực thi 5/5 phương án",
        "file": upload(),
        **changed,
    }


def submit(client: Any, assignment: Assignment, officer: User) -> Assignment:
    client.force_login(officer)
    assert client.post(url(assignment, "bao-cao"), proof(assignment)).status_code == 302
    return reload(assignment)


def test_taking_note(client: Any, assignment: Assignment, officer: User) -> None:
    client.force_login(officer)
    response = client.post(
        url(assignment, "nhan"), {"version": assignment.version, "next": "/nhiem-vu/cua-toi/"}
    )
    assert response.url == "/nhiem-vu/cua-toi/"
    assignment = reload(assignment)
    assert assignment.status == Status.ACKNOWLEDGED
    assert assignment.acknowledged_at is not None
    event = Event.objects.get(kind="assignments.acknowledged")
    assert event.changes == [
        {"field": "Trạng thái", "from": "Mới giao, chưa nhận", "to": "Đã nhận"}
    ]
    assert event.actor_ref == officer.audit_ref


def test_one_is_not_sent_to_another_site(
    client: Any, assignment: Assignment, officer: User
) -> None:
    client.force_login(officer)
    response = client.post(
        url(assignment, "nhan"),
        {"version": assignment.version, "next": "https://example.com/"},
    )
    assert response.url == assignment.get_absolute_url()


def test_progress_with_a_file(client: Any, assignment: Assignment, officer: User) -> None:
    client.force_login(officer)
    data = {
        "version": assignment.version,
        "percent": 60,
        "text": "Đã rà soát xong 3 thủ tục",
        "file": upload("anh.pdf"),
    }
    assert client.post(url(assignment, "tien-do"), data).status_code == 302
    assignment = reload(assignment)
    assert (assignment.status, assignment.percent) == (Status.IN_PROGRESS, 60)
    note = ProgressNote.objects.get()
    response = client.get(f"/nhiem-vu/tien-do/{note.pk}/tep/")
    assert b"".join(response.streaming_content) == PDF


def test_sending_the_result_with_its_proof(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    assignment = submit(client, assignment, officer)
    assert assignment.status == Status.SUBMITTED
    assert assignment.done_on == date(2024, 6, 14)
    answer = Answer.objects.get()
    assert (answer.kind, answer.document_code) == (AnswerKind.PROOF, "12/BC-SNV")
    told = Notice.objects.get(kind="assignments.submitted")
    assert told.user == coordinator
    assert "Sở Nội vụ báo cáo kết quả tại 12/BC-SNV ngày 14/6/2024" in told.text
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert "xong đúng hạn" in page
    assert "Đã báo cáo, chờ duyệt" in page


def test_a_report_by_the_later_day_of_the_letter_is_in_time(
    client: Any, assignment: Assignment, officer: User
) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(due_on=date(2024, 6, 10))
    Duty.objects.update(due_on=date(2024, 6, 10), report_due_on=date(2024, 6, 14))

    assignment = submit(client, reload(assignment), officer)

    assert assignment.done_on == date(2024, 6, 10)
    assert "xong đúng hạn" in client.get(assignment.get_absolute_url()).content.decode()


def test_a_day_for_the_report_alone_is_the_day_of_the_letter(
    client: Any, assignment: Assignment, officer: User
) -> None:
    day, words = date(2024, 6, 28), "trước ngày 29/6/2024"
    Assignment.objects.filter(pk=assignment.pk).update(due_on=day)
    Duty.objects.update(due_on=None, due_text="", report_due_on=day, report_due_text=words)
    client.force_login(officer)
    page = client.get(assignment.get_absolute_url()).content.decode()
    assert f"<dt>Theo văn bản</dt><dd>báo cáo {words}</dd>" in page
    assert "Hạn ban đầu" not in page


def test_a_nil_return(client: Any, assignment: Assignment, officer: User) -> None:
    client.force_login(officer)
    data = {"version": assignment.version, "text": "Không có thủ tục nội bộ"}
    assert client.post(url(assignment, "khong-phat-sinh"), data).status_code == 302
    assignment = reload(assignment)
    assert assignment.done_on == date(2024, 6, 20)
    assert Answer.objects.get().kind == AnswerKind.NIL
    assert "Không phát sinh" in client.get(assignment.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"document_on": "31/6/2024"}, "Không có ngày 31/6/2024."),
        ({"document_on": "hôm qua"}, "Ghi ngày theo dạng 01/7/2024."),
        ({"document_on": "21/6/2024"}, "Ngày 21/6/2024 chưa đến."),
        ({"document_on": "25/3/2024"}, "trước ngày giao nhiệm vụ (26/3/2024)"),
        ({"document_code": "báo cáo"}, "Nhập số, ký hiệu như trên văn bản"),
        ({"document_code": ""}, "Số, ký hiệu văn bản"),
        ({"file": ""}, "Tệp văn bản"),
        ({"file": upload("bao-cao.pdf", b"MZ not a pdf")}, "không đúng với phần mở rộng .pdf"),
        ({"file": upload("bao-cao.exe")}, "Không nhận loại tệp"),
    ],
)
def test_what_cannot_be_is_said_in_place_and_nothing_is_kept(
    client: Any,
    assignment: Assignment,
    officer: User,
    changed: dict[str, Any],
    message: str,
) -> None:
    client.force_login(officer)
    response = client.post(url(assignment, "bao-cao"), proof(assignment, **changed))
    assert response.status_code == 422
    assert message in response.content.decode()
    assert reload(assignment).status == Status.ISSUED
    assert not Answer.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_file_that_is_too_big(
    client: Any, assignment: Assignment, officer: User, settings: Any
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2 * 1024 * 1024
    client.force_login(officer)
    big = SimpleUploadedFile("bc.pdf", PDF + b" " * 3 * 1024 * 1024, "application/pdf")
    response = client.post(url(assignment, "bao-cao"), proof(assignment, file=big))
    assert response.status_code == 422
    assert "lớn hơn mức cho phép là 2 MB" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Số: 12/BC-SNV", "12/BC-SNV"),
        (" 12 / BC – SNV ", "12/BC-SNV"),
        ("1927/VPCP-KSTT", "1927/VPCP-KSTT"),
        ("118/2025/NĐ-CP", "118/2025/NĐ-CP"),
        ("15a/QĐ-UBND", "15a/QĐ-UBND"),
    ],
)
def test_codes_are_kept_as_they_are_printed(
    client: Any, assignment: Assignment, officer: User, typed: str, kept: str
) -> None:
    client.force_login(officer)
    client.post(url(assignment, "bao-cao"), proof(assignment, document_code=typed))
    assert Answer.objects.get().document_code == kept


def test_accepting(client: Any, assignment: Assignment, officer: User, coordinator: User) -> None:
    assignment = submit(client, assignment, officer)
    client.force_login(coordinator)
    client.post(url(assignment, "duyet"), {"version": assignment.version})
    assignment = reload(assignment)
    assert (assignment.status, assignment.percent) == (Status.ACCEPTED, 100)
    assert assignment.done_on == date(2024, 6, 14)
    answer = Answer.objects.get()
    assert (answer.accepted, answer.decided_by) == (True, coordinator)
    assert Notice.objects.get(kind="assignments.accepted").user == officer


def test_returning_with_a_reason_is_told_like_an_approval(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    assignment = submit(client, assignment, officer)
    client.force_login(coordinator)
    data = {"version": assignment.version, "reason": "Thiếu phụ lục số liệu"}
    client.post(url(assignment, "tra-lai"), data)
    assignment = reload(assignment)
    assert (assignment.status, assignment.done_on) == (Status.RETURNED, None)
    told = Notice.objects.get(kind="assignments.returned")
    assert told.user == officer
    assert "Thiếu phụ lục số liệu" in told.text
    client.force_login(officer)
    assert client.post(url(assignment, "bao-cao"), proof(assignment)).status_code == 302
    assert Answer.objects.count() == 2


def test_a_return_needs_a_reason(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    assignment = submit(client, assignment, officer)
    client.force_login(coordinator)
    data = {"version": assignment.version, "reason": " "}
    assert client.post(url(assignment, "tra-lai"), data).status_code == 422
    assert reload(assignment).status == Status.SUBMITTED


def test_two_at_once(client: Any, assignment: Assignment, officer: User) -> None:
    seen = assignment.version
    client.force_login(officer)
    client.post(url(assignment, "nhan"), {"version": seen})
    data = {"version": seen, "percent": 10, "text": "Chậm tay"}
    response = client.post(url(assignment, "tien-do"), data)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Người khác vừa thay đổi việc này" in page
    assert "Chậm tay" in page
    assert f'name="version" value="{seen + 1}"' in page
    assert reload(assignment).percent == 0


def test_a_move_that_the_state_does_not_allow(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    client.force_login(coordinator)
    response = client.post(url(assignment, "duyet"), {"version": assignment.version})
    assert response.status_code == 422
    assert "sang trạng thái khác" in response.content.decode()
    assert reload(assignment).status == Status.ISSUED


MOVES = [
    "nhan",
    "tien-do",
    "bao-cao",
    "khong-phat-sinh",
    "duyet",
    "tra-lai",
    "xin-gia-han",
    "quyet-dinh-gia-han",
    "giao-tiep",
]


@pytest.mark.parametrize("move", MOVES)
def test_a_stranger_finds_nothing(
    client: Any, assignment: Assignment, stranger: User, move: str
) -> None:
    client.force_login(stranger)
    assert client.post(url(assignment, move), {"version": 1}).status_code == 404


@pytest.mark.parametrize("move", MOVES)
def test_who_only_reads_is_refused(
    client: Any, province: Province, assignment: Assignment, move: str
) -> None:
    client.force_login(make_user(province.committee, "leader"))
    assert client.get(assignment.get_absolute_url()).status_code == 200
    assert client.post(url(assignment, move), {"version": 1}).status_code == 403


@pytest.mark.parametrize("move", MOVES)
def test_looking_changes_nothing(
    client: Any, assignment: Assignment, officer: User, move: str
) -> None:
    client.force_login(officer)
    assert client.get(url(assignment, move)).status_code == 405


def test_htmx_gets_the_part_that_changed(
    client: Any, htmx: Any, assignment: Assignment, officer: User
) -> None:
    client.force_login(officer)
    page = htmx(url(assignment, "nhan"), {"version": assignment.version}).content.decode()
    assert "<html" not in page
    assert 'id="work"' in page
    assert 'hx-swap-oob="true"' in page
    assert "Đã nhận việc." in page


def test_files_of_others_do_not_exist(
    client: Any, assignment: Assignment, officer: User, stranger: User, coordinator: User
) -> None:
    submit(client, assignment, officer)
    address = f"/nhiem-vu/tra-loi/{Answer.objects.get().pk}/tep/"
    client.force_login(coordinator)
    assert b"".join(client.get(address).streaming_content) == PDF
    client.force_login(stranger)
    assert client.get(address).status_code == 404


def test_deciding_in_the_list_of_answers_changes_its_row(
    client: Any, assignment: Assignment, officer: User, coordinator: User
) -> None:
    assignment = submit(client, assignment, officer)
    client.force_login(coordinator)
    response = client.post(
        url(assignment, "duyet"),
        {"version": assignment.version, "next": assignment.duty.get_absolute_url()},
        headers={"HX-Request": "true", "HX-Target": f"row-{assignment.pk}"},
    )
    page = response.content.decode()
    assert page.lstrip().startswith(f'<tr id="row-{assignment.pk}"')
    assert "Đã duyệt" in page
