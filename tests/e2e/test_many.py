"""Many procedures at once: ticked in the list, looked at, changed, seen in the trail."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.procedures.models import ProcedureVersion

from .conftest import OpenPage, check_accessible

NAMES = ("Cử công chức đi học", "Thanh lý tài sản hỏng", "Xét khen thưởng chuyên đề")


def test_an_officer_changes_the_field_of_many(province: Province, open_page: OpenPage) -> None:
    home = province.departments[0]
    officer = make_user(home, "officer")
    for name in NAMES:
        make_version(home, officer, name=name, field="Nội vụ")

    page = open_page(officer, "/thu-tuc/?che-do=thong-ke")
    for name in NAMES[:2]:
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    check_accessible(page)
    page.get_by_role("button", name="Chọn việc").click()
    page.get_by_role("heading", name="Việc cho 2 thủ tục đã chọn").wait_for()
    check_accessible(page)

    task = page.locator("form").filter(has=page.get_by_label("Lĩnh vực"))
    task.get_by_label("Lĩnh vực").fill("Cải cách hành chính")
    task.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 thủ tục sẽ thay đổi")
    check_accessible(page)
    assert not ProcedureVersion.objects.filter(field__name="Cải cách hành chính").exists()

    page.get_by_role("button", name="Thực hiện với 2 thủ tục").click()
    page.get_by_role("heading", name="Đã thay đổi 2 thủ tục").wait_for()
    check_accessible(page)
    changed = ProcedureVersion.objects.filter(field__name="Cải cách hành chính")
    assert {version.name for version in changed} == set(NAMES[:2])
