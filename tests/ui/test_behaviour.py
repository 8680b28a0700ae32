"""What the scripts do, in a real browser; requests are answered by Django without a server."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Dialog, Page, Route, expect
from pytest_django.fixtures import Settings

from tests.browser import WCAG, violations

pytestmark = [pytest.mark.e2e, pytest.mark.urls("tests.ui.urls")]

SITE = "http://tinhgon.test"


def answer(route: Route) -> None:
    url = urlsplit(route.request.url)
    if url.path.startswith("/static/"):
        found = finders.find(url.path.removeprefix("/static/"))
        assert isinstance(found, str), url.path
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        return
    response = Client().generic(
        str(route.request.method),
        f"{url.path}?{url.query}",
        route.request.post_data_buffer or b"",
        content_type=route.request.headers.get("content-type", "text/plain"),
    )
    route.fulfill(
        status=response.status_code, headers=dict(response.headers), body=response.content
    )


@pytest.fixture
def page(browser: Browser, settings: Settings, tmp_path: Path) -> Iterator[Page]:
    settings.STATIC_ROOT = tmp_path
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-US")
    context.set_default_timeout(5_000)
    context.route("**/*", answer)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(SITE)
    yield page
    context.close()
    assert not faults
    assert not [text for text in said if "Content Security Policy" in text]


def test_slash_goes_to_the_search(page: Page) -> None:
    page.locator("body").press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("g/h")
    expect(page.locator("#search")).to_have_value("g/h")


def test_g_then_h_goes_home(page: Page) -> None:
    page.goto(f"{SITE}/elsewhere")
    page.locator("body").press("g")
    with page.expect_navigation():
        page.keyboard.press("h")
    assert page.url == f"{SITE}/"


def test_question_mark_lists_the_shortcuts(page: Page) -> None:
    page.locator("body").press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_arrows_walk_the_rows_of_a_ledger(page: Page) -> None:
    links = page.locator("#rows tbody th a")
    links.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()


def test_arrows_walk_the_cells_of_a_heat_table(page: Page) -> None:
    cells = page.locator(".heat tbody td a")
    cells.nth(0).focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cells.nth(5)).to_be_focused()


def test_click_beside_the_links_opens_the_row(page: Page) -> None:
    page.locator("#rows tbody tr").nth(1).locator("td").nth(1).click()
    assert page.url.endswith("#row-2")


def test_a_row_without_an_address_opens_as_its_first_link(page: Page) -> None:
    row = page.locator("#rows tbody tr").nth(1)
    row.evaluate("row => { row.dataset.href = ''; row.querySelector('a').href = '#first'; }")
    row.locator("td").nth(1).click()
    assert page.url.endswith("#first")


def test_sentence_and_task_light_each_other(page: Page) -> None:
    page.locator("#task-1 h3").hover()
    expect(page.locator("#sentence-1")).to_contain_class("is-lit")
    page.locator("[data-lights=task-2]").hover()
    expect(page.locator("#task-2")).to_contain_class("is-lit")
    expect(page.locator("#task-1")).not_to_contain_class("is-lit")


def test_enter_pins_and_escape_lets_go(page: Page) -> None:
    page.locator("[data-lights=task-2]").focus()
    page.keyboard.press("Enter")
    page.locator("#task-1 h3").hover()
    expect(page.locator("#task-2")).to_contain_class("is-lit")
    page.keyboard.press("Escape")
    expect(page.locator("#task-2")).not_to_contain_class("is-lit")


def test_saves_as_one_types_and_takes_the_new_version(page: Page) -> None:
    page.locator("#opinion").fill("Đồng ý")
    expect(page.locator("[data-autosave] [data-save-status]")).to_contain_text("Đã lưu lúc")
    expect(page.locator("[data-autosave] [name=version]")).to_have_value("2")


@pytest.mark.parametrize(
    ("typed", "words"),
    [("mâu thuẫn", "vừa được người khác thay đổi"), ("sai", "Ý kiến chưa ghi số văn bản.")],
)
def test_says_why_it_was_not_saved(page: Page, typed: str, words: str) -> None:
    page.locator("#opinion").fill(typed)
    expect(page.locator("[data-autosave] [data-save-status]")).to_contain_text(words)


def test_warns_before_leaving_unsaved_words(page: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.locator("#id_note").click()
    page.keyboard.type("chưa lưu")
    page.goto(f"{SITE}/elsewhere")
    assert asked == ["beforeunload"]


def test_control_enter_submits_the_form(page: Page) -> None:
    page.locator("#id_note").focus()
    with page.expect_request(lambda request: request.method == "POST"):
        page.keyboard.press("Control+Enter")


def test_dropped_file_is_taken_and_named(page: Page) -> None:
    data = page.evaluate_handle(
        """() => { const d = new DataTransfer();
        d.items.add(new File(["abc"], "cong-van.txt", {type: "text/plain"})); return d; }"""
    )
    page.dispatch_event("[data-dropzone]", "drop", {"dataTransfer": data})
    expect(page.locator("[data-dropzone] output")).to_contain_text("cong-van.txt (0 KB)")
    assert page.evaluate("document.getElementById('id_file').files.length") == 1


def test_theme_density_and_rail_are_remembered(page: Page) -> None:
    page.locator(".topbar details summary").click()
    page.get_by_role("button", name="Tối").click()
    page.get_by_role("button", name="Sít").click()
    page.keyboard.press("Escape")
    page.locator("[data-rail-toggle]").click()
    page.reload()
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-density", "compact")
    expect(root).to_have_attribute("data-rail", "closed")
    expect(page.locator("[data-rail-toggle]")).to_have_attribute("aria-expanded", "false")
    rows = page.locator("#rows tbody tr")
    assert page.locator("#rail").bounding_box()["width"] < 60  # type: ignore[index]
    expect(rows).to_have_count(4)


def test_all_on_the_page_then_all_that_match(page: Page) -> None:
    page.locator("[data-select-all]").check()
    expect(page.locator("[data-select-words]")).to_have_text("Đã chọn 4 dòng")
    page.locator("[name=all_matching]").check()
    expect(page.locator("[data-select-words]")).to_have_text("Đã chọn 312 dòng")
    page.locator("[name=pk]").first.uncheck()
    expect(page.locator("[data-select-words]")).to_have_text("Đã chọn 3 dòng")
    expect(page.locator("[name=all_matching]")).not_to_be_checked()


def test_calendar_writes_the_day_first_also_on_an_american_computer(page: Page) -> None:
    page.locator("#id_due_on").fill("5/7/2024")
    box = page.locator("[data-date]", has=page.locator("#id_due_on"))
    box.locator("[data-date-pick]").click()
    native = box.locator("input[type=date]")
    expect(native).to_have_value("2024-07-05")
    native.evaluate("(e) => { e.value = '2024-07-01'; e.dispatchEvent(new Event('change')); }")
    expect(page.locator("#id_due_on")).to_have_value("01/7/2024")


def test_long_list_is_filtered_without_diacritics(page: Page) -> None:
    group = page.locator("fieldset", has=page.locator("[name=agencies]"))
    group.get_by_label("Lọc: Cơ quan nhận").fill("huyen dinh")
    expect(group.locator("[name=agencies]:visible")).to_have_count(2)
    group.get_by_label("UBND huyện Đình Lập").check()
    expect(group.locator("output")).to_have_text("Đã chọn 1/13")


def test_all_that_a_long_list_shows_is_ticked_at_once(page: Page) -> None:
    group = page.locator("fieldset", has=page.locator("[name=agencies]"))
    group.get_by_label("Lọc: Cơ quan nhận").fill("huyen dinh")
    group.get_by_role("button", name="Chọn cả", exact=True).click()
    expect(group.locator("output")).to_have_text("Đã chọn 2/13")
    group.get_by_role("button", name="Bỏ chọn cả").click()
    expect(group.locator("output")).to_have_text("Đã chọn 0/13")


def test_what_htmx_could_not_do_is_said(page: Page) -> None:
    page.evaluate(
        """document.dispatchEvent(
        new CustomEvent("htmx:responseError", {detail: {xhr: {status: 409}}}))"""
    )
    expect(page.locator("#messages")).to_contain_text("vừa được người khác thay đổi")


def test_message_can_be_put_away(page: Page) -> None:
    expect(page.locator(".message")).to_have_count(2)
    page.locator(".message [data-dismiss]").first.click()
    expect(page.locator(".message")).to_have_count(1)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_no_fault_of_accessibility_and_nothing_cut(page: Page, width: int, scheme: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page, [*WCAG, "best-practice"]) == []
