"""Journeys in a real browser against a live server, on the small province."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import Faults, is_too_wide, new_context, violations
from tests.conftest import VIETNAM
from tests.factories import Province, make_province
from tests.factories.assignments import make_calendar
from tests.factories.people import PASSWORD
from tinhgon.apps.accounts.models import User

# The browser's event loop runs in this thread while Django's ORM is used beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

OpenPage = Callable[..., Page]
ContextOf = Callable[..., BrowserContext]
SetClock = Callable[[datetime], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture
def province(transactional_db: None) -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def set_clock(settings: Any) -> SetClock:
    """Return a function that sets the application's clock, which goes on from there."""

    def set_to(at: datetime) -> None:
        settings.CLOCK_OFFSET = at - datetime.fromtimestamp(time.time(), tz=VIETNAM)

    return set_to


@pytest.fixture(autouse=True)
def _the_day_after_the_letter(set_clock: SetClock) -> None:
    set_clock(datetime(2024, 3, 27, 9, tzinfo=VIETNAM))


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[OpenPage]:
    """Return a function that opens a page in a browser of its own, signed in as a person."""
    contexts: list[BrowserContext] = []
    faults = Faults()

    def open_as(user: User | None, path: str = "/", *, phone: bool = False, **options: Any) -> Page:
        context = new_context(browser, phone=phone, base_url=live_server.url, **options)
        contexts.append(context)
        page = context.new_page()
        faults.watch(page)
        # The dialog of files is caught only where somebody listens, from a moment after that.
        page.on("filechooser", lambda _: None)
        if user is not None:
            sign_in(page, user)
        page.goto(path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def context_of(browser: Browser, live_server: Any) -> Iterator[ContextOf]:
    """Return a function that opens a browser in which a person is signed in already."""
    contexts: list[BrowserContext] = []

    def open_for(user: User | None, *, phone: bool = False, **options: Any) -> BrowserContext:
        context = new_context(browser, phone=phone, base_url=live_server.url, **options)
        contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context

    yield open_for
    for context in contexts:
        context.close()


def sign_in(page: Page, user: User) -> None:
    """Sign in as people do, through the form."""
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_load_state()


def check_accessible(page: Page) -> None:
    """Fail on any WCAG 2.2 A or AA fault on the page as it stands, or if it is too wide."""
    assert not violations(page), page.url
    assert not is_too_wide(page), page.url
