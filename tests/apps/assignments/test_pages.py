from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province, make_user
from tests.factories.assignments import issue, make_assignment, make_directive, make_proposal
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Assignment, Extension
from tinhgon.apps.documents.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]


def text(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def section(response: Any, key: str) -> str:
    found = BeautifulSoup(response.content, "html.parser").find(id=key)
    return " ".join(found.get_text(" ").split()) if found else ""


@pytest.fixture
def assignment(province: Province, coordinator: User) -> Assignment:
    return make_assignment(province.departments[0], coordinator)


def test_my_work_is_sorted_by_urgency(
    client: Any, province: Province, coordinator: User, officer: User
) -> None:
    own = province.departments[0]
    for name, due in (
        ("Việc trễ", date(2024, 6, 14)),
        ("Việc hôm nay", date(2024, 6, 20)),
        ("Việc tuần này", date(2024, 6, 27)),
        ("Việc còn xa", date(2024, 10, 31)),
    ):
        make_assignment(own, coordinator, due_on=due, text=name)
    client.force_login(officer)
    page = client.get("/nhiem-vu/cua-toi/")
    assert "Việc trễ" in section(page, "now")
    assert "Việc hôm nay" in section(page, "now")
    assert "Việc tuần này" in section(page, "soon")
    assert "Việc còn xa" in section(page, "new")
    assert "▲ quá hạn 6 ngày (4 ngày làm việc)" in section(page, "now")
    assert "Nhận việc" in section(page, "now")


def test_the_history_of_work_begins_with_who_gave_it(
    client: Any, assignment: Assignment, officer: User
) -> None:
    client.force_login(officer)

    told = section(client.get(assignment.get_absolute_url()), "history")

    assert f"Giao nhiệm vụ : {assignment.duty.issued_by.audit_name}" in told
    assert assignment.agency.label in told


def test_work_that_was_taken_stays_among_my_work(
    client: Any, assignment: Assignment, officer: User
) -> None:
    client.force_login(officer)
    due_on = date(2024, 10, 31)
    Assignment.objects.filter(pk=assignment.pk).update(status="in_progress", due_on=due_on)
    assert "31/10/2024" in section(client.get("/nhiem-vu/cua-toi/"), "later")


def test_the_last_working_day_before_a_weekend_is_today(
    client: Any, province: Province, coordinator: User, officer: User
) -> None:
    make_assignment(
        province.departments[0], coordinator, due_on=date(2024, 6, 23), text="Cuối tuần"
    )
    client.force_login(officer)
    with_weekend = section(client.get("/nhiem-vu/cua-toi/"), "soon")
    assert "CN 23/6/2024 làm việc: T6 21/6/2024" in with_weekend


def test_who_only_reads_is_sent_to_the_list(client: Any, province: Province) -> None:
    client.force_login(make_user(province.committee, "leader"))
    assert "Vai trò của anh/chị chỉ theo dõi" in text(client.get("/nhiem-vu/cua-toi/"))


def test_the_page_of_an_assignment_says_what_who_and_until_when(
    client: Any, assignment: Assignment, officer: User
) -> None:
    client.force_login(officer)
    page = client.get(assignment.get_absolute_url())
    words = text(page)
    assert "trước ngày 01/7/2024" in words
    assert "CN 30/6/2024 (ngày làm việc cuối: T6 28/6/2024)" in words
    assert "Ủy ban nhân dân tỉnh Lạng Sơn giao ngày 26/3/2024" in words
    assert "Báo cáo kết quả" in section(page, "steps")


def test_pages_of_other_branches_do_not_exist(
    client: Any, assignment: Assignment, stranger: User
) -> None:
    client.force_login(stranger)
    assert client.get(assignment.get_absolute_url()).status_code == 404
    assert client.get(assignment.duty.get_absolute_url()).status_code == 404
    assert assignment.duty.summary not in text(client.get("/nhiem-vu/"))


def test_the_giver_sees_all_answers_side_by_side_and_an_agency_its_own(
    client: Any, province: Province, coordinator: User, officer: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, [*province.departments, *province.districts])
    (duty,) = issue(directive, coordinator)
    client.force_login(coordinator)
    page = client.get(duty.get_absolute_url())
    assert all(a.label in section(page, "answers") for a in province.departments)
    client.force_login(officer)
    page = client.get(duty.get_absolute_url())
    assert "Sở Nội vụ" in section(page, "answers")
    assert "Sở Tư pháp" not in section(page, "answers")


@pytest.mark.parametrize("number", [1, 60])
def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Any, province: Province, coordinator: User, number: int
) -> None:
    """The client itself refuses more than twelve questions."""
    directive = make_directive(province.committee, coordinator)
    for _ in range(number):
        make_proposal(directive, [*province.departments, *province.districts, province.office])
    duties = issue(directive, coordinator)
    client.force_login(coordinator)
    for url in (
        "/nhiem-vu/",
        "/nhiem-vu/cua-toi/",
        duties[0].get_absolute_url(),
        duties[0].assignments.all()[0].get_absolute_url(),
    ):
        assert client.get(url).status_code == 200


def test_nobody_gets_in_without_signing_in(client: Any, assignment: Assignment) -> None:
    for url in ("/nhiem-vu/", "/nhiem-vu/cua-toi/", assignment.get_absolute_url()):
        assert client.get(url).status_code == 302


def test_who_checks_and_has_nothing_of_his_own_sees_the_checks_first(
    client: Any, province: Province, coordinator: User, officer: User
) -> None:
    client.force_login(coordinator)
    assert "Cơ quan của anh/chị không có nhiệm vụ nào đang chờ làm." in text(
        client.get("/nhiem-vu/cua-toi/")
    )
    make_assignment(province.office, coordinator, due_on=date(2024, 6, 20), text="Việc Văn phòng")
    page = client.get("/nhiem-vu/cua-toi/")
    assert "Việc Văn phòng" in section(page, "now")
    assert "Không có báo cáo nào chờ kiểm tra." in section(page, "check")
    client.force_login(officer)
    assert section(client.get("/nhiem-vu/cua-toi/"), "check") == ""


def test_lists_show_five_and_count_all(
    client: Any, province: Province, coordinator: User, officer: User
) -> None:
    """The client itself refuses more than twelve questions, so no line may ask one of its own."""
    own = province.departments[0]
    for day in range(1, 8):
        due_on = date(2024, 7, day)
        sent = make_assignment(own, coordinator, due_on=due_on, text=f"Việc đã báo cáo {day}")
        Assignment.objects.filter(pk=sent.pk).update(status="submitted", done_on=due_on)
        asking = make_assignment(own, coordinator, due_on=due_on, text=f"Việc xin lùi {day}")
        Extension.objects.create(
            assignment=asking,
            old_due_on=due_on,
            asked_due_on=date(2024, 8, day),
            reason="Chờ hướng dẫn của bộ",
            asked_at=datetime(2024, 6, day, 9, tzinfo=UTC),
            asked_by=officer,
        )
    client.force_login(coordinator)
    page = client.get("/nhiem-vu/cua-toi/")
    check, asked = section(page, "check"), section(page, "asked")
    assert "Việc đã báo cáo 1" in check
    assert "Việc đã báo cáo 5" in check
    assert "Việc đã báo cáo 6" not in check
    assert "Xem cả 7 việc" in check
    assert "Đề nghị gia hạn chờ tôi quyết định 7" in asked
    assert "T2 01/7/2024 T5 01/8/2024" in asked
    assert "Việc xin lùi 6" not in asked


def test_the_letter_is_confirmed_before_it_is_issued(
    client: Any, province: Province, coordinator: User, officer: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, [*province.departments, *province.districts])
    client.force_login(coordinator)
    url = f"/nhiem-vu/giao/{directive.pk}/"
    assert "1 nhiệm vụ cho 4 cơ quan" in text(client.get(url))
    response = client.post(url, {"version": directive.version})
    assert response.status_code == 302
    assert "Đã giao 1 nhiệm vụ, tổng cộng" in text(client.get(response.url))
    again = client.post(url, {"version": directive.version})
    assert again.status_code == 422
    assert "đã được giao" in text(again)
    client.force_login(officer)
    assert client.post(url, {"version": directive.version}).status_code == 403


def test_what_is_confirmed_shows_the_day_that_the_work_will_be_due(
    client: Any, province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    proposal = make_proposal(directive, province.departments, due_on=None)
    proposal.report_due_text, proposal.report_due_on = "trước ngày 01/7/2024", date(2024, 6, 30)
    proposal.save(update_fields=["report_due_text", "report_due_on"])
    client.force_login(coordinator)

    page = text(client.get(f"/nhiem-vu/giao/{directive.pk}/"))

    assert "báo cáo trước ngày 01/7/2024 Hạn cuối CN 30/6/2024" in page
    assert "Văn bản chưa có số" not in page


@pytest.mark.parametrize("lacking", [{"number": ""}, {"issued_on": None}])
def test_a_letter_without_number_or_day_is_told_before_it_can_no_longer_be_mended(
    client: Any, province: Province, coordinator: User, lacking: dict[str, Any]
) -> None:
    directive = make_directive(province.committee, coordinator)
    Document.objects.filter(pk=directive.document_id).update(**lacking)
    make_proposal(directive, province.departments)
    client.force_login(coordinator)

    page = text(client.get(f"/nhiem-vu/giao/{directive.pk}/"))

    assert "Văn bản chưa có số hoặc ngày ban hành." in page


def test_a_letter_that_is_not_ready_says_what_is_missing(
    client: Any, province: Province, coordinator: User
) -> None:
    directive = make_directive(province.committee, coordinator)
    make_proposal(directive, [], province.districts)
    client.force_login(coordinator)
    response = client.post(f"/nhiem-vu/giao/{directive.pk}/", {"version": directive.version})
    assert response.status_code == 422
    assert "Nhiệm vụ 1: chưa có cơ quan chủ trì." in text(response)
    assert not Assignment.objects.exists()
