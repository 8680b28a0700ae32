"""A sheet comes in: sent, compared by itself, looked at, written, undone."""

from __future__ import annotations

import os
from pathlib import Path

from tests.apps.intake.sheets import HEADINGS, LATER, decision_text, line, workbook
from tests.factories import Province, make_user
from tests.factories.procedures import make_record, make_version
from tinhgon.apps.procedures.models import Procedure

from .conftest import OpenPage, SetClock, check_accessible


def test_an_officer_brings_in_a_sheet(
    province: Province, open_page: OpenPage, tmp_path: Path
) -> None:
    home = province.departments[0]
    officer = make_user(home, "officer")
    known = make_version(home, officer, name="Cử công chức đi đào tạo ở nước ngoài")
    lines = [
        line(make_record("Nâng bậc lương trước thời hạn đối với công chức")),
        line(make_record(known.name, result="Quyết định cử đi đào tạo")),
        line(make_record("Cử công chức đi đào tạo tại nước ngoài")),
        line(make_record("Xét khen thưởng"), code="NB-77777"),
    ]
    path = tmp_path / "danh-muc.xlsx"
    path.write_bytes(workbook(HEADINGS, *lines))

    page = open_page(officer, "/nhap/bang-tinh/")
    check_accessible(page)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("button", name="Ghi 2 dòng").wait_for()  # nobody pressed a button
    check_accessible(page)
    _picture(page, "preview")
    page.set_viewport_size({"width": 390, "height": 844})
    check_accessible(page)
    _picture(page, "preview-phone")
    page.set_viewport_size({"width": 1440, "height": 900})

    page.get_by_role("link", name="Có thể trùng").click()
    page.get_by_role("button", name="Bỏ qua").click()
    page.get_by_role("link", name="Có thay đổi").click()
    page.get_by_role("link", name=known.name).click()
    check_accessible(page)
    _picture(page, "row")
    page.go_back()
    page.get_by_role("button", name="Ghi 2 dòng").click()
    page.get_by_text("Đã ghi 2 dòng vào danh mục.").wait_for()
    _picture(page, "written")
    assert Procedure.objects.count() == 2

    page.get_by_role("button", name="Hoàn tác cả đợt nhập").click()
    page.get_by_text("Đã hoàn tác cả đợt nhập.").wait_for()
    check_accessible(page)
    assert Procedure.objects.count() == 1


def test_the_office_enters_a_decision(
    province: Province, open_page: OpenPage, tmp_path: Path, set_clock: SetClock
) -> None:
    set_clock(LATER)
    office = make_user(province.committee, "coordinator")
    path = tmp_path / "quyet-dinh.txt"
    path.write_text(
        decision_text(
            ("1", "Giao biên chế công chức", "Nội vụ", "Sở Nội vụ"),
            ("2", "Xét thi đua cuối năm", "Thi đua", "Một đơn vị nào đó"),
            first="Công bố kèm theo Quyết định này 03 thủ tục hành chính nội bộ mới ban hành.",
        ),
        encoding="utf-8",
    )
    page = open_page(office, "/nhap/quyet-dinh/")
    check_accessible(page)
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Đọc quyết định").click()
    page.get_by_role("heading", name="Cần xem lại").wait_for()
    check_accessible(page)
    _picture(page, "decision")
    page.get_by_label("Cơ quan giữ, cho các dòng chưa rõ").fill("Sở Tư pháp")
    page.get_by_role("button", name="Bổ sung cho các dòng này").click()
    page.get_by_role("button", name="Ghi 2 dòng").click()
    page.get_by_text("Đã ghi 2 dòng vào danh mục.").wait_for()
    check_accessible(page)
    assert Procedure.objects.count() == 2


def _picture(page: object, name: str) -> None:
    """Take a picture where somebody wants to look at one."""
    if folder := os.environ.get("TINHGON_PICTURES"):
        page.screenshot(path=f"{folder}/intake-{name}.png", full_page=True)  # type: ignore[attr-defined]
