from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from tinhgon.ui.examples import ExampleForm


def render(source: str, **context: Any) -> BeautifulSoup:
    html = Template("{% load ui %}" + source).render(Context(context))
    return BeautifulSoup(html, "html.parser")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("3", "mục 3"),
        ("1.a", "mục 1.a"),
        ("1.-2", "mục 1, gạch đầu dòng thứ 2"),
        ("1.p2", "mục 1, đoạn 2"),
        ("-4", "gạch đầu dòng thứ 4"),
        ("", ""),
    ],
)
def test_place_in_a_letter_is_told_in_words(item: str, words: str) -> None:
    assert render("{{ item|placewords }}", item=item).text == words


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 7, 1), "01/7/2024"),
        (date(2024, 2, 9), "09/02/2024"),
        (date(2024, 1, 31), "31/01/2024"),
        (date(2024, 12, 1), "01/12/2024"),
        (None, ""),
    ],
)
def test_date_as_officials_write_it(day: date | None, text: str) -> None:
    assert render("{{ day|vndate }}", day=day).text == text


def test_moment_is_shown_in_the_zone_of_the_site() -> None:
    moment = datetime(2024, 6, 30, 17, 5, tzinfo=UTC)
    assert render("{{ at|vndatetime }}", at=moment).text == "0:05 ngày 01/7/2024"


@pytest.mark.parametrize(
    ("value", "text"),
    [(1234567.5, "1.234.567,5"), (Decimal("0.25"), "0,25"), (1000, "1.000"), (None, "")],
)
def test_number_in_vietnamese(value: float | Decimal | None, text: str) -> None:
    assert render("{{ value|vnnumber }}", value=value).text == text


def test_percent() -> None:
    assert render("{{ value|vnpercent:1 }}", value=87.54).text == "87,5%"


def test_state_says_sign_and_words_apart_from_colour() -> None:
    page = render('{% state "" "quá hạn 5 ngày" "late" %}')
    assert " ".join(page.text.split()) == "▲ quá hạn 5 ngày"
    assert page.select_one(".state--late [aria-hidden=true]") is not None


def test_unknown_kind_of_state_fails() -> None:
    with pytest.raises(KeyError):
        render('{% state "" "lạ" "strange" %}')


def test_unknown_icon_fails() -> None:
    with pytest.raises(ValueError, match="no icon named"):
        render('{% icon "unicorn" %}')


def test_icon_alone_has_a_name_and_beside_words_is_hidden() -> None:
    alone = render('{% icon "bell" label="Thông báo" %}').svg
    beside = render('{% icon "bell" %}').svg
    assert alone is not None
    assert beside is not None
    assert alone["aria-label"] == "Thông báo"
    assert beside["aria-hidden"] == "true"


def test_panel_keeps_markup_inside_and_escapes_its_title() -> None:
    page = render('{% panel title=title count=2 %}<p id="x">a</p>{% endpanel %}', title="<b>")
    assert page.select_one(".panel h2") is not None
    assert "&lt;b&gt;" in str(page)
    assert page.select_one(".panel__body p#x") is not None


def test_field_ties_error_and_help_to_the_input() -> None:
    form = ExampleForm({"symbol": ""})
    page = render("{% field form.symbol %}", form=form)
    box = page.find("input")
    label = page.find("label")
    assert box is not None
    assert label is not None
    assert label["for"] == box["id"]
    assert box["aria-invalid"] == "true"
    for ident in str(box["aria-describedby"]).split():
        assert page.find(id=ident) is not None
    assert "required" in box.attrs


def test_date_among_filters_is_labelled_and_day_first() -> None:
    page = render('{% date_input "on" day label="Tại ngày" %}', day=date(2024, 7, 1))
    box = page.find("input")
    label = page.find("label")
    assert box is not None
    assert label is not None
    assert (box["name"], box["value"], box["id"]) == ("on", "01/7/2024", label["for"])


def test_group_of_choices_has_a_legend_and_its_error() -> None:
    page = render("{% field form.role %}", form=ExampleForm({}))
    assert page.legend is not None
    assert page.legend.text.strip() == "Vai trò"
    assert page.fieldset is not None
    assert page.find(id=str(page.fieldset["aria-describedby"])) is not None


def test_summary_of_errors_links_to_fields() -> None:
    page = render("{% form_errors form %}{{ form.symbol }}", form=ExampleForm({}))
    targets = [str(link["href"]).removeprefix("#") for link in page.select("a")]
    assert "id_symbol" in targets
    assert page.find(id="id_symbol") is not None


def test_no_summary_where_nothing_is_wrong() -> None:
    assert render("{% form_errors form %}", form=ExampleForm()).text.strip() == ""


def test_pagination_keeps_the_filters() -> None:
    request = RequestFactory().get("/", {"state": "late", "page": "2"})
    page = Paginator(range(312), 50).get_page(2)
    soup = render('{% pagination page noun="nhiệm vụ" %}', page=page, request=request)
    assert "51–100 trong 312 nhiệm vụ" in " ".join(soup.text.split())
    after = soup.find("a", rel="next")
    assert after is not None
    assert after["href"] == "?state=late&page=3"


def test_one_page_shows_only_the_total() -> None:
    soup = render(
        "{% pagination page %}",
        page=Paginator([], 50).get_page(1),
        request=RequestFactory().get("/"),
    )
    assert " ".join(soup.text.split()) == "0 dòng"
    assert soup.find("a") is None


@pytest.mark.parametrize(
    ("query", "order", "href"),
    [("", "ascending", "?sort=-due"), ("sort=-due&page=3", "descending", "?sort=due")],
)
def test_sort_link_turns_the_order_and_returns_to_the_first_page(
    query: str, order: str, href: str
) -> None:
    request = RequestFactory().get(f"/?{query}")
    soup = render('{% sort_link "due" "Thời hạn" default="due" %}', request=request)
    assert soup.th is not None
    assert soup.a is not None
    assert soup.th["aria-sort"] == order
    assert soup.a["href"] == href


def test_breadcrumb_ends_where_one_is() -> None:
    soup = render('{% breadcrumb "Nhiệm vụ" "/a" "Bảng" %}')
    assert [a["href"] for a in soup.select("a")] == ["/a"]
    assert soup.select("[aria-current=page]")[0].text == "Bảng"


def test_tabs_mark_the_current_one() -> None:
    items = [{"label": "Một", "url": "/1"}, {"label": "Hai", "url": "/2", "current": True}]
    soup = render("{% tabs items %}", items=items)
    assert [a.text for a in soup.select("[aria-current=page]")] == ["Hai"]


def test_progress_says_its_figure() -> None:
    soup = render('{% progress 60 label="Tiến độ" of="12/20 cơ quan" %}')
    assert soup.progress is not None
    assert soup.progress["value"] == "60"
    assert "12/20 cơ quan" in soup.text
