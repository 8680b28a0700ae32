"""A letter becomes assigned work: dropped on a page, corrected, issued."""

from __future__ import annotations

import base64
import re

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.factories import Province, make_user

from .conftest import OpenPage, check_accessible
from .keyboard import choose_file, go, press, write
from .letters import NAME, WORD, letter

AS_DROPPED = """([data, name, type]) => {
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], name, { type }));
  return transfer;
}"""


def drop_letter(page: Page) -> None:
    data = [base64.b64encode(letter()).decode(), NAME, WORD]
    transfer = page.evaluate_handle(AS_DROPPED, data)
    page.dispatch_event("[data-dropzone]", "drop", {"dataTransfer": transfer})
    expect(page.locator("[data-dropzone] output")).to_contain_text(NAME)


def task(page: Page, words: str) -> Locator:
    return page.locator(".proposal").filter(has_text=words)


def test_coordinator_receives_corrects_and_issues_a_letter(
    province: Province, open_page: OpenPage
) -> None:
    coordinator = make_user(province.office, "coordinator", scope=province.committee)
    officer = make_user(province.departments[1])

    page = open_page(coordinator)
    page.get_by_role("link", name="Văn bản chỉ đạo").click()
    page.get_by_role("link", name="Nhận văn bản").first.click()
    drop_letter(page)
    page.get_by_role("button", name="Đọc văn bản").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("45/UBND-TTPVHCC ngày 26/3/2024")
    expect(page.locator(".proposal")).to_have_count(3)
    check_accessible(page)

    correct_the_day(page)
    leave_out_the_follow_up(page)
    split_the_review(page)
    expect(page.get_by_text("3 nhiệm vụ sẽ giao tới")).to_be_visible()

    page.get_by_role("link", name="Giao nhiệm vụ").click()
    expect(page.get_by_role("row")).to_have_count(4)
    check_accessible(page)
    page.get_by_role("button", name="Xác nhận giao nhiệm vụ").click()
    expect(page.locator("#issued")).to_contain_text("Đã giao 3 nhiệm vụ, tổng cộng")

    theirs = open_page(officer)
    late_june = theirs.get_by_role("row").filter(has_text="thẩm định các quy trình sửa đổi")
    expect(late_june).to_contain_text("10/6/2024")
    expect(theirs.get_by_role("link", name=re.compile(r"Thông báo, \d chưa đọc"))).to_be_visible()


def correct_the_day(page: Page) -> None:
    appraisal = task(page, "thẩm định các quy trình sửa đổi")
    appraisal.get_by_role("link", name="Sửa").click()
    page.get_by_label("Ngày nêu trong văn bản").fill("11/6/2024")
    page.get_by_role("button", name="Lưu nhiệm vụ").click()
    expect(appraisal).to_contain_text("10/6/2024")
    expect(appraisal).to_contain_text("sửa tay")


def leave_out_the_follow_up(page: Page) -> None:
    follow_up = task(page, "theo dõi, đôn đốc")
    follow_up.get_by_role("button", name="Không giao").click()
    expect(follow_up.get_by_text("không giao", exact=True)).to_be_visible()


def split_the_review(page: Page) -> None:
    review = task(page, "Rà soát toàn bộ quy trình nội bộ")
    review.get_by_text("Tách", exact=True).click()
    review.get_by_role("button", name="lập danh mục quy trình").click()
    expect(page.locator(".proposal")).to_have_count(4)


def test_coordinator_does_it_all_with_the_keyboard(province: Province, open_page: OpenPage) -> None:
    coordinator = make_user(province.office, "coordinator", scope=province.committee)

    page = open_page(coordinator)
    go(page, "d")
    press(page.get_by_role("link", name="Nhận văn bản").first)
    file = FilePayload(name=NAME, mimeType=WORD, buffer=letter())
    choose_file(page.locator("#id_file"), file)
    expect(page.locator("[data-dropzone] output")).to_contain_text(NAME)
    press(page.get_by_role("button", name="Đọc văn bản"))
    expect(page.locator(".proposal")).to_have_count(3)

    appraisal = task(page, "thẩm định các quy trình sửa đổi")
    press(appraisal.get_by_role("link", name="Sửa"))
    expect(page.get_by_label("Nội dung", exact=True)).to_be_focused()
    write(page.get_by_label("Ngày nêu trong văn bản"), "11/6/2024")
    page.keyboard.press("Control+Enter")
    expect(appraisal).to_contain_text("sửa tay")
    expect(appraisal.get_by_role("link", name="Sửa")).to_be_focused()

    press(task(page, "theo dõi, đôn đốc").get_by_role("button", name="Không giao"), "Space")
    expect(page.get_by_text("không giao", exact=True)).to_be_visible()

    review = task(page, "Rà soát toàn bộ quy trình nội bộ")
    press(review.locator("summary", has_text="Tách"))
    press(review.get_by_role("button", name="lập danh mục quy trình"))
    expect(page.locator(".proposal")).to_have_count(4)

    press(page.get_by_role("link", name="Giao nhiệm vụ"))
    press(page.get_by_role("button", name="Xác nhận giao nhiệm vụ"))
    expect(page.locator("#issued")).to_contain_text("Đã giao 3 nhiệm vụ, tổng cộng")

    page.keyboard.press("/")
    page.keyboard.type("thẩm định")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("link", name=re.compile("thẩm định các quy trình")).first
    ).to_be_visible()
