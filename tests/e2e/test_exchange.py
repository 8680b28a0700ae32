"""A clerk takes in a package, sends a letter out, and writes what its receiver said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from playwright.sync_api import expect

from tests.apps.exchange.making import give_code, make_urging, packed
from tests.conftest import VIETNAM
from tests.factories import Province, make_user
from tinhgon.apps.exchange.models import Receiver

from .conftest import OpenPage, SetClock, check_accessible


def test_from_the_package_that_came_to_the_answer_of_whom_was_sent_to(
    province: Province, open_page: OpenPage, set_clock: SetClock, tmp_path: Path
) -> None:
    set_clock(datetime(2024, 3, 27, 9, tzinfo=VIETNAM))
    give_code(province.committee, "H37")
    give_code(province.departments[0], "H37.04")
    clerk = make_user(province.committee, "clerk")
    package = tmp_path / "cong-dien-2001.edxml"
    package.write_bytes(packed())
    broken = tmp_path / "hong.edxml"
    broken.write_bytes(b"<edXML/>")

    page = open_page(clerk, "/trao-doi/")
    check_accessible(page)
    page.get_by_role("main").get_by_role("link", name="Nhận gói tin").first.click()
    check_accessible(page)
    page.get_by_label("Gói tin").set_input_files(package)
    page.get_by_role("button", name="Nhận", exact=True).click()
    expect(page.locator("h1")).to_contain_text("2001/VPCP-KSTT")

    page.goto(page.url.split("/van-ban/")[0] + "/trao-doi/nhan/")
    page.get_by_label("Gói tin").set_input_files(broken)
    page.get_by_role("button", name="Nhận", exact=True).click()
    expect(page.locator("main")).to_contain_text("22 – Gói tin không đúng chuẩn edXML")
    check_accessible(page)
    with page.expect_download() as answer:
        page.get_by_role("link", name="Tải phản hồi").click()
    assert '"errorCode": "22"' in Path(answer.value.path()).read_text()

    urging = make_urging(province.committee, *province.departments)
    page.goto(page.url.split("/trao-doi/")[0] + urging.get_absolute_url())
    page.get_by_role("link", name="Gửi qua trục").click()
    expect(page.locator("main")).to_contain_text("Nơi nhận chưa có mã định danh")
    check_accessible(page)
    page.get_by_label("Số", exact=True).fill("412")
    page.get_by_label("Ngày ban hành").fill("27/3/2024")
    page.get_by_label("Người ký", exact=True).fill("Nguyễn Văn Mẫu")
    page.get_by_role("button", name="Ghi văn bản gửi đi").click()
    expect(page.locator("h1")).to_contain_text("412/UBND")
    check_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải gói tin").click()
    assert b"H37.04" in Path(download.value.path()).read_bytes()

    panel = page.locator("#trang-thai")
    panel.get_by_label("Nơi nhận").select_option(label="Sở Nội vụ")
    panel.get_by_label("Trạng thái").select_option("03")
    panel.get_by_role("button", name="Lưu trạng thái").click()
    expect(page.get_by_role("row", name="Sở Nội vụ")).to_contain_text("Đã tiếp nhận")
    assert Receiver.objects.get(agency=province.departments[0]).state == "03"
