"""The search by keyboard: what is being typed suggests, what is entered is listed and narrowed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.factories import Province, make_user
from tests.factories.assignments import make_assignment, system_coordinator
from tinhgon.apps.search import actions

from .conftest import OpenPage, check_accessible


@pytest.fixture
def _work(province: Province) -> None:
    by = system_coordinator(province.committee)
    for text in ("Thẩm định hóa đơn điện tử", "Thẩm định danh mục TTHC", "Rà soát quy trình"):
        make_assignment(province.departments[0], by, issuer=province.committee, text=text)
    actions.rebuild()


@pytest.mark.usefixtures("_work")
@pytest.mark.parametrize("phone", [False, True])
def test_typing_suggests_and_the_arrows_choose(
    province: Province, open_page: OpenPage, phone: bool
) -> None:
    page = open_page(make_user(province.departments[0]), phone=phone)
    box, suggestions = page.get_by_label("Tìm kiếm"), page.locator("#suggestions")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("tham d")

    expect(suggestions.get_by_role("link")).to_have_count(3)
    expect(suggestions.locator("mark").first).to_have_text("Thẩm")
    page.keyboard.press("ArrowDown")
    expect(suggestions.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(suggestions.get_by_role("link")).to_have_count(0)

    page.keyboard.type("inh hoa don")
    expect(suggestions.get_by_role("link")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thẩm định hóa đơn điện tử")


@pytest.mark.usefixtures("_work")
@pytest.mark.parametrize("phone", [False, True])
def test_results_are_walked_and_narrowed(
    province: Province, open_page: OpenPage, phone: bool
) -> None:
    page = open_page(make_user(province.departments[0]), phone=phone)
    page.keyboard.press("/")
    page.keyboard.type("tham dinh")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả tìm “tham dinh”")
    expect(page.locator("main li a")).to_have_count(2)
    check_accessible(page)
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    expect(page.locator("main li a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("main li a").nth(1)).to_be_focused()

    page.get_by_role("navigation", name="Loại kết quả").get_by_role("link", name="Nhiệm vụ").click()
    expect(page.locator("main li a")).to_have_count(2)
    expect(page.get_by_label("Tìm kiếm")).to_have_value("tham dinh")


@pytest.mark.usefixtures("_work")
def test_the_search_needs_no_script(province: Province, open_page: OpenPage) -> None:
    page = open_page(make_user(province.departments[0]), java_script_enabled=False)
    page.get_by_label("Tìm kiếm").fill("THẨM ĐỊNH danh mục thủ tục")
    page.get_by_label("Tìm kiếm").press("Enter")

    expect(page.locator("main li a")).to_have_text(["Thẩm định danh mục TTHC"])
