"""A visitor says what could be simpler; the Office answers; everybody reads it."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import expect

from tests.apps.portal.samples import make_published
from tests.conftest import VIETNAM
from tests.factories import Province, make_user

from .conftest import OpenPage, SetClock, check_accessible

TEXT = "Bước 2 và bước 3 có thể làm cùng một lúc."
ANSWER = "Văn phòng ghi nhận và đưa vào đợt rà soát năm 2024."


def test_from_a_visitor_to_the_answer(
    province: Province, open_page: OpenPage, set_clock: SetClock
) -> None:
    set_clock(datetime(2024, 7, 8, 9, tzinfo=VIETNAM))
    version = make_published(province.departments[0]).lines.get().version
    assert version is not None
    office = make_user(province.office, "coordinator", scope=province.committee)

    visitor = open_page(None, f"/cong-khai/thu-tuc/{version.procedure.local_code}/")
    check_accessible(visitor)
    visitor.get_by_role("link", name="Góp ý về bước 2").click()
    check_accessible(visitor)
    set_clock(datetime(2024, 7, 8, 9, 5, tzinfo=VIETNAM))  # nobody writes it in a second
    visitor.get_by_label("Nội dung góp ý").fill(TEXT)
    visitor.get_by_role("button", name="Gửi góp ý").click()
    visitor.wait_for_url("**/da-gui/")
    check_accessible(visitor)

    page = open_page(office, "/gop-y/")
    check_accessible(page)
    page.get_by_role("link", name=TEXT).click()
    check_accessible(page)
    page.get_by_label("Trả lời").fill(ANSWER)
    page.get_by_role("button", name="Đăng cùng trả lời").click()
    expect(page.locator(".page-head")).to_contain_text("Đã trả lời")
    check_accessible(page)

    other = open_page(None, f"/cong-khai/thu-tuc/{version.procedure.local_code}/")
    expect(other.locator("main")).to_contain_text(ANSWER)
    check_accessible(other)
