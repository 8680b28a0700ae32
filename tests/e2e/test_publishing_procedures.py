"""Checked procedures become law: chosen, sent for signing, recorded, and read by a visitor."""

from __future__ import annotations

from datetime import date, datetime

from playwright.sync_api import FilePayload, Page, expect

from tests.conftest import VIETNAM
from tests.factories import Province, make_user
from tests.factories.assignments import PDF
from tests.factories.procedures import make_version
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.publications.models import Decision

from .conftest import OpenPage, check_accessible

BEFORE = datetime(2024, 3, 20, 9, tzinfo=VIETNAM)
SIGNED = FilePayload(name="512-qd-ubnd.pdf", mimeType="application/pdf", buffer=PDF)
NAMES = ("Lập kế hoạch công tác năm của Sở", "Đánh giá, xếp loại công chức hằng năm")


def test_from_checked_procedures_to_the_public(province: Province, open_page: OpenPage) -> None:
    for name in NAMES:
        make_version(province.departments[0], status=Status.CHECKED, name=name, at=BEFORE)
    office = make_user(province.office, "coordinator", scope=province.committee)
    clerk = make_user(province.office, "clerk", scope=province.committee)
    visitor = open_page(None, "/cong-khai/")
    expect(visitor.locator("main")).not_to_contain_text(NAMES[0])

    page = open_page(office, "/quyet-dinh/")
    draft(page)
    choose_all(page)
    check_accessible(page)
    send_for_signing(page)
    assert not ProcedureVersion.objects.in_force_on(date(2024, 3, 27)).exists()

    theirs = open_page(clerk, Decision.objects.get().get_absolute_url())
    record(theirs)
    check_accessible(theirs)
    assert ProcedureVersion.objects.in_force_on(date(2024, 3, 27)).count() == len(NAMES)

    visitor.reload()
    visitor.get_by_role("link", name=NAMES[0]).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text(NAMES[0])
    expect(visitor.locator("main")).to_contain_text("512/QĐ-UBND")
    check_accessible(visitor)


def test_a_visitor_reads_on_a_phone(province: Province, open_page: OpenPage) -> None:
    make_version(province.departments[0], status=Status.PUBLISHED, name=NAMES[1])

    page = open_page(None, "/cong-khai/", phone=True)
    check_accessible(page)
    page.get_by_role("link", name=NAMES[1]).first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(NAMES[1])
    check_accessible(page)


def draft(page: Page) -> None:
    page.get_by_role("link", name="Soạn quyết định").click()
    page.get_by_label("Trích yếu").fill("công bố thủ tục hành chính nội bộ lĩnh vực nội vụ")
    page.get_by_role("button", name="Lập dự thảo, chọn thủ tục").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chọn thủ tục")


def choose_all(page: Page) -> None:
    page.get_by_label("Chọn cả trang").check()
    page.get_by_role("button", name="Đưa vào quyết định").click()
    expect(page.locator("main")).to_contain_text(NAMES[0])
    expect(page.locator("main")).to_contain_text(NAMES[1])


def send_for_signing(page: Page) -> None:
    page.get_by_role("link", name="Trình ký").click()
    page.get_by_role("button", name="Trình ký").click()
    expect(page.locator("main")).to_contain_text("Đang trình ký")


def record(page: Page) -> None:
    page.get_by_role("link", name="Ghi quyết định đã ký").click()
    page.get_by_label("Số quyết định").fill("512")
    page.get_by_label("Ngày ký, ban hành").fill("27/3/2024")
    page.get_by_label("Chức vụ người ký").fill("Chủ tịch")
    page.get_by_label("Họ tên người ký").fill("Hoàng Văn An")
    page.get_by_label("Tệp quyết định đã ký").set_input_files(SIGNED)
    page.get_by_role("button", name="Ghi và công bố").click()
    expect(page.locator("main")).to_contain_text("512/QĐ-UBND")
