"""Agencies answer for their work: passed on, reported, returned, accepted, urged."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.conftest import VIETNAM
from tests.factories import Province, make_user
from tests.factories.assignments import (
    PDF,
    issue,
    make_assignment,
    make_directive,
    make_proposal,
    submit,
    system_coordinator,
)
from tinhgon.apps.assignments.models import Assignment

from .conftest import OpenPage, SetClock, check_accessible
from .keyboard import choose_file, go, press, tab_to, write

WORK = "Hoàn thành thực thi phương án đơn giản hóa đã được phê duyệt"
REPORT = FilePayload(name="bao-cao.pdf", mimeType="application/pdf", buffer=PDF)


def open_step(page: Page, title: str) -> None:
    page.locator("#steps summary", has_text=title).click()


@pytest.fixture
def passed_on(province: Province) -> Assignment:
    """Work that a district gave to one of its communes, until 20/6/2024."""
    district = province.districts[0]
    by = system_coordinator(district)
    return make_assignment(province.communes[0][0], by, due_on=date(2024, 6, 20))


def test_district_takes_note_and_passes_on_with_an_earlier_day(
    province: Province, open_page: OpenPage
) -> None:
    make_assignment(province.districts[0], system_coordinator(province.committee))
    head = make_user(province.districts[0], "head")
    commune = make_user(province.communes[0][1])

    page = open_page(head)
    page.get_by_role("button", name="Nhận việc").click()
    expect(page.locator("#messages")).to_contain_text("Đã nhận việc.")
    page.get_by_role("link", name=WORK, exact=True).click()

    open_step(page, "Giao tiếp cho đơn vị cấp dưới")
    leads = page.get_by_role("group", name="Giao chủ trì")
    for checkbox in leads.get_by_role("checkbox").all():
        checkbox.check()
    page.get_by_label("Hạn riêng, đến hết ngày").fill("15/7/2024")
    page.get_by_role("button", name="Giao tiếp", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("30/6/2024")
    check_accessible(page)
    expect(leads.get_by_role("checkbox", checked=True)).to_have_count(2)

    page.get_by_label("Hạn riêng, đến hết ngày").fill("20/6/2024")
    page.get_by_role("button", name="Giao tiếp", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Đã giao tiếp cho đơn vị cấp dưới.")
    expect(page.get_by_text("0/2 đơn vị xong")).to_be_visible()

    theirs = open_page(commune)
    expect(theirs.get_by_role("row").filter(has_text="huyện Cao Lộc")).to_contain_text("20/6/2024")


def test_commune_answers_with_proof_on_a_phone(
    province: Province, passed_on: Assignment, open_page: OpenPage
) -> None:
    page = open_page(make_user(passed_on.agency), phone=True)
    page.get_by_role("link", name=WORK, exact=True).click()
    open_step(page, "Báo cáo kết quả")
    page.get_by_label("Số, ký hiệu văn bản").fill("12/BC-UBND")
    page.get_by_label("Ngày văn bản").fill("26/3/2024")
    page.locator("#bao-cao-file").set_input_files(REPORT)
    check_accessible(page)
    page.get_by_role("button", name="Gửi báo cáo", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Đã gửi báo cáo")
    expect(page.get_by_role("link", name="12/BC-UBND")).to_be_visible()
    expect(page.get_by_text("chờ duyệt", exact=True)).to_be_visible()
    check_accessible(page)


def test_commune_reports_with_the_keyboard_alone(
    province: Province, passed_on: Assignment, open_page: OpenPage
) -> None:
    page = open_page(make_user(passed_on.agency))
    go(page, "v")
    press(page.get_by_role("link", name=WORK, exact=True))
    press(page.locator("#bao-cao summary"))
    write(page.get_by_label("Số, ký hiệu văn bản"), "12/BC-UBND")
    write(page.get_by_label("Ngày văn bản"), "26/3/2024")
    choose_file(page.locator("#bao-cao-file"), REPORT)
    tab_to(page.get_by_label("Tóm tắt kết quả"))
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Đã gửi báo cáo")


def test_commune_has_nothing_to_report_and_says_so(
    province: Province, passed_on: Assignment, open_page: OpenPage
) -> None:
    page = open_page(make_user(passed_on.agency), phone=True)
    page.get_by_role("link", name=WORK, exact=True).click()
    open_step(page, "Báo cáo không phát sinh")
    page.get_by_label("Giải trình").fill("Xã không có quy trình nội bộ nào phải sửa đổi.")
    page.get_by_role("button", name="Gửi báo cáo không phát sinh").click()
    expect(page.locator("#messages")).to_contain_text("Đã gửi báo cáo không phát sinh.")
    expect(page.locator("#answers")).to_contain_text("không có quy trình nội bộ nào")


@pytest.fixture
def answered(province: Province) -> Assignment:
    """One duty of both departments and a district: the departments have reported."""
    by = system_coordinator(province.committee)
    directive = make_directive(province.committee, by)
    make_proposal(directive, [*province.departments, province.districts[0]])
    (duty,) = issue(directive, by)
    for department in province.departments:
        submit(duty.assignments.get(agency=department), make_user(department))
    return duty.assignments.get(agency=province.districts[0])


def test_coordinator_returns_one_accepts_one_and_urges_the_late(
    province: Province, answered: Assignment, open_page: OpenPage, set_clock: SetClock
) -> None:
    set_clock(datetime(2024, 7, 8, 9, tzinfo=VIETNAM))
    coordinator = make_user(province.office, "coordinator", scope=province.committee)
    page = open_page(coordinator)

    page.get_by_role("link", name="Kiểm tra").first.click()
    page.get_by_role("link", name="Xem các cơ quan khác").click()
    home_affairs = page.get_by_role("row").filter(has_text="Sở Nội vụ")
    home_affairs.locator("summary", has_text="Trả lại").click()
    home_affairs.get_by_label("Lý do trả lại").fill("Chưa nêu danh mục quy trình đã sửa đổi.")
    home_affairs.get_by_role("button", name="Trả lại").click()
    expect(home_affairs).to_contain_text("Bị trả lại")
    expect(home_affairs).to_contain_text("Chưa nêu danh mục")
    justice = page.get_by_role("row").filter(has_text="Sở Tư pháp")
    justice.get_by_role("button", name="Duyệt kết quả của Sở Tư pháp").click()
    expect(justice).to_contain_text("Đã duyệt")
    check_accessible(page)

    page.get_by_role("link", name="Bảng theo dõi").click()
    page.get_by_role("link", name="Danh sách quá hạn").click()
    page.get_by_label("Chọn Ủy ban nhân dân huyện Cao Lộc").check()
    expect(page.locator("[data-select-words]")).to_have_text("Đã chọn 1 dòng")
    page.get_by_label("Yêu cầu hoàn thành chậm nhất ngày").fill("15/7/2024")
    page.get_by_role("button", name="Soạn công văn").click()
    expect(page.get_by_role("heading", level=1, name="Công văn đôn đốc")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("huyện Cao Lộc")
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải Word").click()
    assert download.value.suggested_filename.endswith(".docx")
