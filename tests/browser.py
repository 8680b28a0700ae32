"""The one browser of a test run: Debian's Chromium, driven headless, shared by all that need it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 10_000  # machines that run the tests are busy
expect.set_options(timeout=PATIENCE_MS)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def chromium() -> str | None:
    """
    Return the path of the installed Chromium, None where there is none.

    Its shell first: without the windows that nobody sees, a journey takes half the time.
    """
    own = os.environ.get("CHROMIUM", "")
    names = (own, "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip(
            "no Chromium here: install chromium-headless-shell or chromium, or set CHROMIUM"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Faults(list[str]):
    """Script and console errors in the pages of a test, which nobody would see."""

    def watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message))

    def _hear(self, page: Page, message: Any) -> None:
        # A refused form (422) and a page that is not there (404) are answers, not faults.
        answered = "status of 4" in message.text and "/static/" not in message.location["url"]
        if message.type == "error" and not answered:
            self.append(f"{page.url}: {message.text}")


def violations(page: Page, tags: list[str] = WCAG) -> list[str]:
    """Return the faults of accessibility that axe finds on the page, once it is all there."""
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response
    return [
        f"{each['id']}: {node['html'][:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def is_too_wide(page: Page) -> bool:
    """Whether one must scroll sideways to see the page."""
    wide: bool = page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
    return wide


def new_context(browser: Browser, *, phone: bool = False, **options: Any) -> BrowserContext:
    """Open a browser of one's own, as a person in Vietnam has it."""
    usual: dict[str, Any] = {
        "viewport": PHONE if phone else DESKTOP,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "has_touch": phone,
        "reduced_motion": "reduce",
    }
    context = browser.new_context(**usual | options)
    context.set_default_timeout(PATIENCE_MS)
    return context
