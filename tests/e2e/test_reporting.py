"""A report from the commune over the district to the province, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.apps.reports.make import AT, open_year, report_of
from tests.factories import Province, make_user
from tests.factories.reports import make_cut, make_edition, make_fact
from tests.workbooks import filled_in
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.models import ReportPeriod

from .conftest import OpenPage, SetClock, check_accessible

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Đề nghị tỉnh tập huấn về cách tính chi phí tuân thủ."


@pytest.fixture
def period(province: Province, set_clock: SetClock) -> ReportPeriod:
    set_clock(AT)
    office = make_user(province.office, "coordinator", scope=province.committee)
    period = open_year(province, office)
    for agency in (province.communes[0][0], province.districts[0], province.departments[0]):
        make_edition(report_of(period, agency), [make_fact(agency), make_cut(agency)])
    return period


def type_in(page: Page, title: str, words: str) -> None:
    """Type under a section and wait until it says that it was saved."""
    box = page.get_by_label(title)
    box.fill(words)
    form = page.locator("form", has=box)
    expect(form.locator("[data-save-status]")).to_contain_text("Đã lưu lúc")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_report_goes_from_the_commune_to_the_province(
    phone: bool, province: Province, period: ReportPeriod, open_page: OpenPage
) -> None:
    commune, district = province.communes[0][0], province.districts[0]
    own = report_of(period, commune).get_absolute_url()

    page = open_page(make_user(commune), "/bao-cao/", phone=phone)
    check_accessible(page)
    page.get_by_role("link", name="Chưa gửi", exact=True).click()
    check_accessible(page)
    type_in(page, "V. Kiến nghị", TEXT)
    page.reload()
    expect(page.get_by_label("V. Kiến nghị")).to_have_value(TEXT)
    page.get_by_role("row", name="Bãi bỏ", exact=False).first.get_by_role("link").first.click()
    expect(page.get_by_role("link", name="91/QĐ-UBND")).to_be_visible()
    check_accessible(page)

    page = open_page(make_user(commune, "head"), own, phone=phone)
    page.get_by_role("button", name="Gửi ").first.click()
    expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()

    page = open_page(make_user(district, "head"), period.get_absolute_url(), phone=phone)
    check_accessible(page)
    page.get_by_role("link", name="cấp dưới đã gửi 1/2").click()
    page.get_by_label(f"Chọn {commune.label}").check()
    page.get_by_role("button", name="Nhận các báo cáo đã chọn").click()
    expect(page.get_by_text("Đã nhận 1 báo cáo.")).to_be_visible()
    page.get_by_role("link", name=f"Báo cáo của {district.label}").click()
    page.get_by_text("Cấp dưới viết (1)").click()
    expect(page.get_by_text(TEXT)).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Gửi ").first.click()

    office = period.created_by
    page = open_page(office, report_of(period, district).get_absolute_url(), phone=phone)
    page.get_by_label("Lý do, việc cần sửa").fill("Bổ sung quyết định còn thiếu.")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Đã trả lại báo cáo.")).to_be_visible()
    page.goto(report_of(period, province.committee).get_absolute_url())
    expect(page.get_by_role("row", name="TTHC nội bộ đã công bố")).to_contain_text("6")
    check_accessible(page)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_commune_without_a_line_hands_its_workbook_in(
    phone: bool, province: Province, period: ReportPeriod, open_page: OpenPage
) -> None:
    """Downloaded by the commune, filled in, sent by mail, entered by its district."""
    commune, district = province.communes[0][0], province.districts[0]
    report, officer = report_of(period, commune), make_user(commune)
    page = open_page(officer, report.get_absolute_url(), phone=phone)
    with page.expect_download() as download:
        page.get_by_role("link", name="tải tệp ngoại tuyến").click()
    out = download.value.path().read_bytes()
    cells = {("Thuyết minh", "D3"): TEXT, ("Thuyết minh", "D2"): "Của xã", ("Số liệu", "E2"): "03"}
    section = period.sections.get(key="chi-dao")
    actions.write_text(report=report, section=section, text="Đã có", by=officer, at=AT, seen=0)

    page = open_page(make_user(district), period.get_absolute_url(), phone=phone)
    page.get_by_role("link", name="Tệp ngoại tuyến").click()
    check_accessible(page)
    hand_in(page, filled_in(out, {("Nhiệm vụ", "B2"): "Việc khác"}))
    expect(page.get_by_text("Trang “Nhiệm vụ”, ô A2")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="nộp lại").click()
    hand_in(page, filled_in(out, cells))
    expect(page.get_by_text("đã có người sửa, cần chọn")).to_be_visible()
    check_accessible(page)
    page.get_by_label("Giữ cả hai, bản trong tệp nối sau").check()
    page.get_by_role("button", name="Ghi vào báo cáo").click()
    expect(page.get_by_text("Đã ghi tệp ngoại tuyến: Thuyết minh: 2 dòng")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Mở báo cáo").click()
    expect(page.get_by_text(TEXT, exact=True)).to_be_visible()
    page.get_by_role("link", name="Xem ý kiến").click()
    expect(page.get_by_role("row", name="TTHC nội bộ đã công bố")).to_contain_text("03")
    check_accessible(page)


def hand_in(page: Page, data: bytes) -> None:
    """Choose a file that came by mail and have it shown."""
    file = FilePayload(name="tep.xlsx", mimeType="application/octet-stream", buffer=data)
    page.get_by_label("Tệp ngoại tuyến đã điền").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()
