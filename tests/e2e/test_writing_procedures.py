"""A procedure from its first word to the Office, written in a browser."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Dialog, FilePayload, Page, expect

from tests.factories import Province, make_user
from tests.factories.assignments import PDF
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion, WorkingCopy

from .conftest import OpenPage, check_accessible

FORM = FilePayload(name="Mau-so-01.pdf", mimeType="application/pdf", buffer=PDF)
TABLE = """
<table><tr><td>TT</td><td>Nội dung công việc</td><td>Trách nhiệm</td><td>Thời gian</td></tr>
<tr><td>1</td><td><p>Tiếp nhận</p><p>hồ sơ</p></td><td>Văn thư</td><td>4 giờ</td></tr>
<tr><td>2</td><td>Ký "nháy"</td><td>Giám đốc</td><td>01 ngày làm việc</td></tr></table>
"""
PASTE = """([selector, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  const event = new ClipboardEvent("paste", how);
  document.querySelector(selector).dispatchEvent(event);
}"""


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0])


def draft() -> ProcedureVersion:
    return ProcedureVersion.objects.get()


def status_of(page: Page) -> Any:
    return page.locator("[data-save-status]")


def rows(page: Page) -> list[str]:
    return [each.input_value() for each in page.locator("[name^=steps-][name$=-what]").all()]


def test_from_the_first_word_to_the_office(
    province: Province, officer: User, open_page: OpenPage
) -> None:
    head = make_user(province.departments[0], "head")
    office = make_user(province.office, "coordinator", scope=province.committee)

    page = open_page(officer, "/thu-tuc/moi/")
    page.get_by_label("Tên thủ tục hành chính").fill("Cử công chức đi đào tạo, bồi dưỡng")
    page.get_by_role("button", name="Ghi nội dung").click()
    expect(page.locator("#quality")).to_contain_text("Chưa có trình tự thực hiện")

    page.get_by_text("Dán bảng từ Word hoặc Excel").click()
    page.evaluate(PASTE, ["#id_pasted", TABLE])
    page.get_by_role("button", name="Thêm thành các bước").click()
    expect(page.locator("[name='steps-1-what']")).to_have_value('Ký "nháy"')
    assert rows(page) == ["Tiếp nhận\nhồ sơ", 'Ký "nháy"']
    page.get_by_label("Qua hệ thống quản lý văn bản").check()
    page.get_by_role("button", name="Thêm giấy tờ").click()
    page.get_by_label("Giấy tờ 1: Tên giấy tờ").fill("Tờ trình")
    page.get_by_label("Số lượng hồ sơ (bộ)").fill("1")
    page.get_by_label("Thời hạn", exact=True).fill("1,5 ngày làm việc")
    page.get_by_label("Đối tượng thực hiện").fill("Công chức thuộc Sở")
    page.get_by_role("button", name="Thêm cơ quan").click()
    page.get_by_label("Cơ quan 1: Tên").fill("Giám đốc Sở")
    page.get_by_role("button", name="Thêm căn cứ").click()
    basis = "khoản 2 Điều 5 Nghị định số 101/2017/NĐ-CP ngày 01/9/2017 của Chính phủ"
    page.get_by_label("Căn cứ 1: Căn cứ").fill(basis)
    expect(page.locator("[data-save-answer]")).to_contain_text("101/2017/NĐ-CP, ngày 01/9/2017")
    expect(page.locator("#quality")).not_to_contain_text("▲")
    check_accessible(page)
    assert draft().record.steps == (), "nothing is saved by itself"

    page.get_by_role("button", name="Lưu, gửi thủ trưởng").click()
    expect(page.locator("#messages")).to_contain_text("gửi thủ trưởng xác nhận")
    assert [step.actor for step in draft().record.steps] == ["Văn thư", "Giám đốc"]

    theirs = open_page(head, draft().get_absolute_url())
    theirs.get_by_role("button", name="Xác nhận, chuyển Văn phòng").click()
    expect(theirs.locator("#messages")).to_contain_text("Đã xác nhận")
    ours = open_page(office, draft().get_absolute_url())
    ours.get_by_role("button", name="Đạt, chờ công bố").click()
    expect(ours.locator("#messages")).to_contain_text("Đã kiểm soát")
    assert draft().status == Status.CHECKED


def test_rows_change_without_a_trip_to_the_server(
    province: Province, officer: User, open_page: OpenPage
) -> None:
    version = make_version(province.departments[0], officer)
    page = open_page(officer, f"/thu-tuc/{version.procedure_id}/sua/")
    first, second, third = rows(page)
    requests: list[str] = []
    page.on("framenavigated", lambda frame: requests.append(frame.url))

    page.get_by_label("Bước 3: Làm sau bước").fill("1")
    page.locator("#steps [data-row-do=up]").nth(2).click()
    assert rows(page) == [first, third, second]
    page.locator("#steps [data-row-do=down]").nth(0).click()
    assert rows(page) == [third, first, second]
    expect(page.get_by_label("Bước 1: Làm sau bước")).to_have_value("2")
    page.get_by_role("button", name="Thêm bước").click()
    expect(page.get_by_label("Bước 4: Nội dung công việc")).to_be_focused()
    page.keyboard.type("Lưu hồ sơ")
    page.locator("#steps [data-row-do=remove]").nth(2).click()
    assert rows(page) == [third, first, "Lưu hồ sơ"]
    expect(status_of(page)).to_contain_text("Đã giữ nội dung đang nhập")
    assert not requests

    page.reload()
    assert rows(page) == [third, first, "Lưu hồ sơ"]
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("Đã lưu")
    assert [step.what for step in draft().record.steps] == [third, first, "Lưu hồ sơ"]


def test_leaving_before_it_is_kept_warns_and_enter_sends_nothing_away(
    province: Province, officer: User, open_page: OpenPage
) -> None:
    version = make_version(province.departments[0], officer)
    page = open_page(officer, f"/thu-tuc/{version.procedure_id}/sua/")
    page.get_by_label("Phí, lệ phí").fill("Không quy định")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{page.url.split('#')[0]}#general")
    expect(page.get_by_label("Phí, lệ phí")).to_have_value("Không quy định")
    assert draft().record.fee == "Không"

    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.route("**/sua/", lambda route: route.abort())
    page.get_by_label("Phí, lệ phí").fill("Có")
    page.get_by_role("link", name="Xem trang thủ tục").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.unroute("**/sua/")


def test_a_chosen_file_is_kept_at_once(
    province: Province, officer: User, open_page: OpenPage
) -> None:
    version = make_version(province.departments[0], officer)
    page = open_page(officer, f"/thu-tuc/{version.procedure_id}/sua/")
    page.get_by_role("button", name="Thêm mẫu").click()
    page.locator("[name='forms-0-upload']").set_input_files(FORM)
    expect(page.get_by_label("Mẫu 1: Tên mẫu đơn")).to_have_value("Mau-so-01")
    expect(page.locator("#forms")).to_contain_text("Mau-so-01.pdf")
    assert WorkingCopy.objects.get().typed["forms"][0]["file"]
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_role("link", name="Hồ sơ").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Mau-so-01.pdf").click()
    assert download.value.suggested_filename == "Mau-so-01.pdf"


def test_the_form_works_on_a_phone_and_without_scripts(
    province: Province, officer: User, open_page: OpenPage
) -> None:
    version = make_version(province.departments[0], officer)
    address = f"/thu-tuc/{version.procedure_id}/sua/"
    phone = open_page(officer, address, phone=True)
    phone.get_by_role("button", name="Thêm bước").click()
    phone.get_by_label("Bước 4: Nội dung công việc").fill("Lưu hồ sơ")
    expect(status_of(phone)).to_contain_text("Đã giữ nội dung đang nhập")
    check_accessible(phone)

    plain = open_page(officer, address, java_script_enabled=False)
    plain.get_by_role("button", name="Thêm bước").click()
    expect(plain.get_by_label("Bước 4: Nội dung công việc")).to_have_value("Lưu hồ sơ")
    expect(plain.get_by_label("Bước 5: Nội dung công việc")).to_have_value("")
