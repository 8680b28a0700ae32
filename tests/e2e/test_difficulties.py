"""A difficulty on its way: commune, district, province, and back with an answer."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import Page, expect

from tests.conftest import VIETNAM
from tests.factories import Province, make_user
from tests.factories.difficulties import make_guidance
from tests.factories.procedures import make_version
from tinhgon.apps.difficulties.models import Difficulty

from .conftest import OpenPage, SetClock, check_accessible

TITLE = "Không xác định được số lượt thực hiện trong năm"
SAID = "Không có sổ theo dõi nên không có số lượt thực hiện trong năm, không tính được chi phí."


def step(page: Page, label: str) -> None:
    page.locator("#buoc-tiep-theo summary", has_text=label).click()


def test_from_the_commune_to_the_province_and_back(
    province: Province, open_page: OpenPage, set_clock: SetClock
) -> None:
    set_clock(datetime(2024, 6, 11, 9, tzinfo=VIETNAM))
    commune, district = province.communes[0][0], province.districts[0]
    officer, head = make_user(commune), make_user(commune, "head")
    district_head = make_user(district, "head")
    office = make_user(province.office, "coordinator", scope=province.committee)
    version = make_version(commune)
    make_guidance(province.departments[0], title="Không có số lượt thực hiện", description=SAID)

    page = open_page(officer, "/vuong-mac/neu/")
    check_accessible(page)
    page.get_by_label("Loại vướng mắc").select_option("costing")
    page.get_by_label("Tóm tắt vướng mắc").fill(TITLE)
    page.get_by_label("Nội dung vướng mắc").fill(SAID)
    page.get_by_label("Tìm thủ tục theo tên, mã").press_sequentially("lap ke hoach")
    expect(page.locator("#tuong-tu")).to_contain_text("Không có số lượt thực hiện")
    page.locator("#tim-thay").get_by_label(version.name).check()
    page.get_by_label("Đã thực hiện trong thẩm quyền").fill("Đã lập sổ theo dõi.")
    page.get_by_label("Kiến nghị, đề xuất").fill("Hướng dẫn cách ước tính.")
    page.get_by_label("Cấp có thẩm quyền giải quyết").select_option("province")
    page.get_by_role("button", name="Ghi vướng mắc").click()
    expect(page.locator("#messages")).to_contain_text("Thủ trưởng xem rồi gửi cấp trên.")
    expect(page.get_by_role("button", name="Áp dụng trả lời")).to_be_visible()
    expect(page.get_by_role("link", name=version.name)).to_be_visible()
    check_accessible(page)
    address = Difficulty.objects.latest("pk").get_absolute_url()

    page = open_page(head, address)
    step(page, "Gửi Ủy ban nhân dân huyện Cao Lộc")
    page.get_by_role("button", name="Gửi Ủy ban nhân dân huyện Cao Lộc").click()
    expect(page.locator("#messages")).to_contain_text("Đã gửi cấp trên.")

    page = open_page(district_head, "/vuong-mac/?nhom=cho-toi")
    check_accessible(page)
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Tiếp nhận").click()
    expect(page.locator("#messages")).to_contain_text("Đã tiếp nhận vướng mắc.")
    step(page, "Chuyển Văn phòng Ủy ban nhân dân tỉnh")
    page.get_by_label("Ý kiến của cơ quan").fill("Vượt thẩm quyền của huyện.")
    check_accessible(page)
    page.locator("#pass_up").get_by_role("button", name="Chuyển Văn phòng").click()
    expect(page.locator("#messages")).to_contain_text("Đã chuyển cấp trên.")

    page = open_page(office, address)
    step(page, "Trả lời")
    answer = page.locator("#answer")
    answer.get_by_label("Nội dung trả lời").fill("Lấy số văn bản đã phát hành năm trước.")
    answer.locator("summary", has_text="Văn bản kèm theo").click()
    answer.get_by_label("Số văn bản").fill("431")
    answer.get_by_label("Ký hiệu").fill("UBND-TTPVHCC")
    answer.get_by_role("button", name="Trả lời", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Ghi ngày văn bản.")
    answer.get_by_label("Ngày văn bản").fill("11/6/2024")
    answer.get_by_role("button", name="Trả lời", exact=True).click()
    expect(page.locator("#tra-loi")).to_contain_text("431/UBND-TTPVHCC")
    check_accessible(page)

    page = open_page(officer, address, phone=True)
    page.get_by_role("button", name="Đồng ý với trả lời").click()
    expect(page.locator("#messages")).to_contain_text("vướng mắc đóng")
    check_accessible(page)
