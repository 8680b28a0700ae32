from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from tinhgon.ui.examples import LONG_NAME, examples

from .frame import FRAME


def request_of(path: str = "/") -> HttpRequest:
    request = RequestFactory().get(path)
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def framed(**changes: Any) -> BeautifulSoup:
    html = render_to_string("ui/base.html", {**FRAME, **changes}, request_of())
    return BeautifulSoup(html, "html.parser")


def test_examples_are_shown_only_to_developers(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(Http404):
        examples(request_of())


def test_examples_show_the_awkward_cases(settings: Settings) -> None:
    settings.DEBUG = True
    soup = BeautifulSoup(examples(request_of()).content, "html.parser")
    assert len(LONG_NAME) >= 190
    assert LONG_NAME in soup.text
    assert soup.select(".empty")
    assert soup.select("[data-error-summary] a")
    idents = [tag["id"] for tag in soup.select("[id]")]
    assert len(idents) == len(set(idents))


def test_links_of_the_summary_reach_their_field(settings: Settings) -> None:
    settings.DEBUG = True
    soup = BeautifulSoup(examples(request_of()).content, "html.parser")
    for link in soup.select("[data-error-summary] a"):
        assert soup.find(id=str(link["href"]).removeprefix("#")) is not None


def test_cells_of_a_ledger_name_their_column_for_phones(settings: Settings) -> None:
    settings.DEBUG = True
    soup = BeautifulSoup(examples(request_of()).content, "html.parser")
    for cell in soup.select("table.ledger tbody td:not(.tight), table.heat tbody td"):
        assert cell["data-label"]


def test_frame_has_its_landmarks() -> None:
    soup = framed()
    assert soup.html is not None
    assert soup.html["lang"] == "vi"
    assert len(soup.select("main")) == 1
    assert len(soup.select("h1")) == 1
    first = soup.select("body a")[0]
    assert first["href"] == "#main"
    assert soup.select_one("#messages")["aria-live"] == "polite"  # type: ignore[index]
    names = [nav.get("aria-label") for nav in soup.select("nav")]
    assert len(names) == len(set(names))


def test_rail_marks_where_one_is_and_heads_its_groups_once() -> None:
    rail = framed().select_one("#rail")
    assert rail is not None
    assert [a.text.split()[0] for a in rail.select("[aria-current]")] == ["Việc"]
    assert [li.text for li in rail.select(".rail__group")] == ["Quản trị"]


def test_bell_says_how_many() -> None:
    assert "Thông báo, 7 chưa đọc" in framed().text
    assert "chưa đọc" not in framed(unread_count=0).text


def test_sign_out_is_posted() -> None:
    form = framed().select_one('form[action="/ra"]')
    assert form is not None
    assert form["method"] == "post"


def test_page_without_any_context_is_bare() -> None:
    soup = BeautifulSoup(render_to_string("ui/base.html"), "html.parser")
    assert not soup.select("nav, form[role=search], details")


def test_htmx_runs_under_the_policy_and_shows_refused_forms() -> None:
    head = render_to_string("ui/_head.html")
    config = re.search(r"name=\"htmx-config\" content='([^']+)'", head)
    assert config is not None
    assert '"includeIndicatorStyles":false' in config[1]
    assert '"allowEval":false' in config[1]
    assert '{"code":"422","swap":true}' in config[1]


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_error_page_needs_no_context_and_says_what_to_do(name: str) -> None:
    soup = BeautifulSoup(render_to_string(f"{name}.html"), "html.parser")
    assert soup.h1 is not None
    assert soup.h1.text.strip()
    assert len(soup.select("main > p")) >= 3
    assert soup.select_one("a.button--primary[href='/']") is not None
