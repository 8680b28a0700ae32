"""A cost sheet filled in like a spreadsheet, by one and by two, and through Excel."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tests.factories.reviews import make_review, make_review_round
from tests.workbooks import line_of, with_cells
from tinhgon.apps.accounts.models import User
from tinhgon.apps.assessments import actions
from tinhgon.apps.assessments.models import CostSheet
from tinhgon.apps.procedures.enums import Status
from tinhgon.domain.procedures import Manner, Paper

from .conftest import OpenPage, check_accessible
from .keyboard import tab_to

pytestmark = pytest.mark.django_db(transaction=True)
PARTS: dict[str, Any] = {
    "papers": (Paper("Tờ trình"), Paper("Báo cáo kết quả")),
    "manners": (Manner.IN_PERSON,),
    "dossier_sets": 1,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const how = { clipboardData: data, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture
def officer(province: Province) -> User:
    return make_user(province.departments[0], "officer")


@pytest.fixture
def sheet(province: Province, officer: User) -> CostSheet:
    home = province.departments[0]
    version = make_version(home, status=Status.PUBLISHED, **PARTS)
    review = make_review(make_review_round(province.committee), home, version)
    return actions.start_sheet(review=review, by=officer, at=timezone.localtime())


def cell(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def keys(page: Page, *pressed: str) -> None:
    """Press keys one after the other; what is no name of a key is typed."""
    for each in pressed:
        if re.fullmatch(r"(Shift\+)?(Enter|Tab|Escape|Arrow\w+)", each):
            page.keyboard.press(each)
        else:
            page.keyboard.type(each)


def expect_saved(page: Page) -> None:
    expect(page.locator("[data-cells-status]")).to_contain_text("Đã lưu lúc")


def stored(sheet: CostSheet) -> CostSheet:
    return CostSheet.objects.get(pk=sheet.pk)


def test_figures_are_typed_like_in_a_spreadsheet(
    sheet: CostSheet, officer: User, open_page: OpenPage
) -> None:
    page = open_page(officer, sheet.get_absolute_url())
    check_accessible(page)
    tab_to(cell(page, "now..subjects"))
    keys(page, "10", "Enter")
    expect(cell(page, "now.paper-1.subjects")).to_be_focused()
    keys(page, "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    expect(cell(page, "now.paper-1.hours")).to_be_focused()
    keys(page, "3", "Enter", "1,5", "ArrowDown")
    expect(cell(page, "now.sets.hours")).to_be_focused()
    keys(page, "ArrowUp", "ArrowUp", "Tab", "20.000", "Shift+Enter")
    expect_saved(page)
    # 10 times: 3 hours and 20,000; the after side goes along, and nothing is saved yet.
    expect(page.locator("#year-now-paper-1")).to_have_text("1.647.440")
    expect(cell(page, "after.paper-2.hours")).to_have_value("1,5")
    expect(page.locator("#total-saved")).to_have_text("0")

    cell(page, "after.paper-1.hours").focus()
    page.keyboard.press("Control+A")
    keys(page, "1", "Enter")
    expect(page.locator("#total-saved")).to_have_text("964.960")
    check_accessible(page)
    page.reload()
    expect(cell(page, "now.paper-1.services")).to_have_value("20.000")
    expect(page.locator("#total-saved")).to_have_text("964.960")
    assert stored(sheet).saved == Decimal(964960)


def test_what_cannot_be_stays_in_its_cell_with_the_reason(
    sheet: CostSheet, officer: User, open_page: OpenPage
) -> None:
    page = open_page(officer, sheet.get_absolute_url())
    hours = cell(page, "now.paper-1.hours")
    hours.fill("nhiều")
    hours.blur()
    expect(hours).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-cells-status]")).to_contain_text("Chưa ghi ô nào")
    check_accessible(page)
    assert stored(sheet).version == sheet.version
    hours.focus()
    keys(page, "Escape")
    expect(hours).to_have_value("2")
    expect(hours).not_to_have_attribute("aria-invalid", "true")


def test_a_block_copied_out_of_excel_is_pasted(
    sheet: CostSheet, officer: User, open_page: OpenPage
) -> None:
    page = open_page(officer, sheet.get_absolute_url())
    cell(page, "now.paper-1.hours").focus()
    page.evaluate(PASTE, "4\t10.000\t0\t2\t30\r\n2,5\t0\t5.000\t\t\r\n")
    expect_saved(page)
    for name, value in {
        "now.paper-1.services": "10.000",
        "now.paper-1.times": "2",
        "now.paper-1.subjects": "30",
        "now.paper-2.hours": "2,5",
        "now.paper-2.fees": "5.000",
        "now.paper-2.times": "",
    }.items():
        expect(cell(page, name)).to_have_value(value)
    rows = {row.key: row for row in stored(sheet).sides.now.rows}
    assert [rows["paper-1"].subjects, rows["paper-2"].hours] == [30, Decimal("2.5")]


def test_two_officers_on_one_sheet_lose_nothing(
    sheet: CostSheet, officer: User, province: Province, open_page: OpenPage
) -> None:
    mine = open_page(officer, sheet.get_absolute_url())
    theirs = open_page(make_user(province.departments[0], "officer"), sheet.get_absolute_url())

    # Each another cell: both stand, and each sees what the other wrote.
    cell(mine, "now.paper-1.hours").fill("5")
    cell(mine, "now.paper-1.hours").blur()
    expect_saved(mine)
    cell(theirs, "now.paper-2.hours").fill("7")
    cell(theirs, "now.paper-2.hours").blur()
    expect_saved(theirs)
    expect(cell(theirs, "now.paper-1.hours")).to_have_value("5")
    assert [row.hours for row in stored(sheet).sides.now.rows[:2]] == [5, 7]

    # The same cell: the second is told, keeps what he typed, and decides.
    cell(mine, "now.paper-2.hours").fill("8")
    cell(mine, "now.paper-2.hours").blur()
    expect(mine.get_by_text("đang lưu: 7")).to_be_visible()
    expect(mine.locator("[data-cells-status]")).to_contain_text("Người khác vừa sửa bảng này")
    expect(cell(mine, "now.paper-2.hours")).to_have_value("8")
    check_accessible(mine)
    assert stored(sheet).sides.now.rows[1].hours == 7
    mine.get_by_role("button", name="Lưu bảng tính").click()
    expect_saved(mine)
    expect(mine.get_by_text("đang lưu: 7")).to_be_hidden()
    assert stored(sheet).sides.now.rows[1].hours == 8


def test_the_form_goes_to_excel_and_comes_back(
    sheet: CostSheet, officer: User, open_page: OpenPage
) -> None:
    page = open_page(officer, sheet.get_absolute_url())
    with page.expect_download() as started:
        page.get_by_role("link", name="Excel").click()
    data = Path(started.value.path()).read_bytes()
    assert started.value.suggested_filename.endswith(".xlsx")
    line = line_of(data, "Tờ trình")
    changed = with_cells(data, {(line, 3): 7.5, (line, 8): 12})

    page.get_by_role("link", name="Nhập", exact=True).click()
    check_accessible(page)
    file = FilePayload(name="bieu-03.xlsx", mimeType=XLSX, buffer=changed)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("button", name="Ghi vào bảng tính")).to_be_visible()
    check_accessible(page)
    assert stored(sheet).version == sheet.version
    page.get_by_role("button", name="Ghi vào bảng tính").click()
    expect(page.get_by_text("Đã ghi số liệu từ tệp.")).to_be_visible()
    expect(cell(page, "now.paper-1.hours")).to_have_value("7,5")
    expect(page.locator("#year-now-paper-1")).to_have_text("4.342.320")
