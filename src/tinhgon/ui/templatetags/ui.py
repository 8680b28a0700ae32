"""
The components of every page. Each is shown, with its parameters, in ``ui/examples.html``.

A page loads them with ``{% load ui %}``. What a component needs beyond its parameters
(``request`` for addresses that keep the query) comes from the page's context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.forms.renderers import get_default_renderer
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tinhgon.domain.vntext import format_date, format_number
from tinhgon.ui.forms import DateInput
from tinhgon.ui.sprite import icon_names

register = template.Library()

STATE_SIGNS: Mapping[str, str] = {
    "none": "○",  # not yet given, or nothing to say
    "waiting": "◌",  # somebody else's turn
    "ontime": "●",
    "soon": "◐",
    "late": "▲",
    "done": "✓",
    "donelate": "✓",
    "returned": "↩",
    "withdrawn": "✕",
}
"""Kind of state → the sign that stands for it where colour is not seen."""


@register.simple_tag
@cache
def icon(name: str, label: str = "") -> SafeString:
    """
    {% icon "bell" %} beside words; {% icon "bell" label="Thông báo" %} where it stands alone.

    :raises ValueError: if the sprite has no such drawing.
    """
    if name not in icon_names():
        raise ValueError(f"no icon named {name!r} in static/ui/icons.svg")
    return format_html(
        '<svg class="icon" width="20" height="20" {}><use href="{}#{}"></use></svg>',
        format_html('role="img" aria-label="{}"', label)
        if label
        else format_html("aria-hidden={}", "true"),
        static("ui/icons.svg"),
        name,
    )


@register.simple_block_tag
def panel(
    content: str, title: str, anchor: str = "", count: int | None = None, kind: str = ""
) -> SafeString:
    """
    {% panel title="Tình trạng" anchor="status" count=3 kind="warning" %}…{% endpanel %}

    `kind`: empty, "warning", "error" or "quiet". Leave `title` empty ("") for a plain box.
    """
    head = ""
    if title:
        number = format_html(' <span class="count">{}</span>', count) if count is not None else ""
        head = format_html('<h2 class="panel__title">{}{}</h2>', title, number)
    return format_html(
        '<section class="panel{}"{}>{}<div class="panel__body">{}</div></section>',
        f" panel--{kind}" if kind else "",
        format_html(' id="{}"', anchor) if anchor else "",
        head,
        content,
    )


@register.simple_tag
def state(sign: str, words: str, kind: str = "none") -> SafeString:
    """
    {% state "▲" "quá hạn 5 ngày" "late" %}; an empty sign takes the usual one of the kind.

    Kinds: ontime, soon, late, done, donelate, none, waiting, returned, withdrawn.
    """
    return format_html(
        '<span class="state state--{}"><span class="state__sign" aria-hidden="true">{}</span> '
        '<span class="state__words">{}</span></span>',
        kind,
        sign or STATE_SIGNS[kind],
        words,
    )


@register.inclusion_tag("ui/components/field.html")
def field(bound: BoundField, *, wide: bool = False, quiet: bool = False) -> dict[str, Any]:
    """
    {% field form.due_on %}: label, help, error and input, tied together for screen readers.

    `quiet` does not say that it is optional: in a form of which hardly anything must be filled.
    """
    return {"field": bound, "wide": wide, "quiet": quiet}


_DATE_INPUT = DateInput()


@register.simple_tag
def filter_select(
    name: str, label: str, options: Sequence[tuple[str, str, bool]], empty: str = "Tất cả"
) -> SafeString:
    """{% filter_select "cap" "Cấp" options %}: options are value, words, whether chosen."""
    return format_html(
        '<label>{}<select name="{}">{}{}</select></label>',
        label,
        name,
        format_html('<option value="">{}</option>', empty) if empty else "",
        format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (value, mark_safe(" selected") if chosen else "", words)
                for value, words, chosen in options
            ),
        ),
    )


@register.simple_tag
def date_input(name: str, value: date | str | None, label: str) -> SafeString:
    """{% date_input "tai-ngay" day label="Tại ngày" %}: a date among filters, without a form."""
    ident = f"id_{name}"
    return format_html(
        '<div class="filter-date"><label for="{}">{}</label>{}</div>',
        ident,
        label,
        _DATE_INPUT.render(name, value, {"id": ident}, get_default_renderer()),
    )


@register.inclusion_tag("ui/components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """{% form_errors form %}: what to correct, as a list of links to the fields."""
    return {"form": form}


@register.filter
def placewords(item: str) -> str:
    """{{ duty.item|placewords }}: "1.-2" → mục 1, gạch đầu dòng thứ 2; "1.p2" → mục 1, đoạn 2."""
    words, numbers = [], []
    for part in item.split("."):
        if dash := re.fullmatch(r"-(\d+)", part):
            words.append(f"gạch đầu dòng thứ {dash[1]}")
        elif paragraph := re.fullmatch(r"p(\d+)", part):
            words.append(f"đoạn {paragraph[1]}")
        elif part:
            numbers.append(part)
    if numbers:
        words.insert(0, f"mục {'.'.join(numbers)}")
    return ", ".join(words)


@register.filter
def vndate(value: date | None) -> str:
    """{{ task.due_on|vndate }} → 01/7/2024; nothing for None."""
    if value is None:
        return ""
    return format_date(timezone.localtime(value) if isinstance(value, datetime) else value)


@register.filter
def vndatetime(value: datetime | None) -> str:
    """{{ row.at|vndatetime }} → 9:41 ngày 01/7/2024, in the zone of the site; nothing for None."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    return f"{local.hour}:{local.minute:02} ngày {vndate(local.date())}"


@register.filter
def vnnumber(value: float | Decimal | None, decimals: int | None = None) -> str:
    """{{ 1234567.5|vnnumber }} → 1.234.567,5; an argument fixes the decimals; nothing for None."""
    if value is None:
        return ""
    exact = Decimal(str(value)) if isinstance(value, float) else value
    return format_number(exact, decimals)


@register.filter
def vnpercent(value: float | Decimal | None, decimals: int | None = None) -> str:
    """{{ 87.5|vnpercent }} → 87,5%; nothing for None. The value is already in hundredths."""
    return "" if value is None else f"{vnnumber(value, decimals)}%"


@register.simple_tag
def progress(percent: int, label: str = "", of: str = "") -> SafeString:
    """{% progress 60 label="Tiến độ" of="12/20 cơ quan" %}: bar with its figure in words."""
    return format_html(
        '<span class="progress"><progress max="100" value="{}" aria-label="{}"></progress> '
        '<span class="progress__words">{}</span></span>',
        percent,
        label or "Tiến độ",
        of or f"{percent}%",
    )


@register.simple_tag
def figure(value: str, words: str, url: str = "", kind: str = "") -> SafeString:
    """{% figure "24" "cơ quan đã xong" url kind="late" %}: a figure that opens where it is from."""
    inner = format_html(
        '<span class="figure__value">{}</span> <span class="figure__words">{}</span>', value, words
    )
    css = f"figure figure--{kind}" if kind else "figure"
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', css, url, inner)
    return format_html('<span class="{}">{}</span>', css, inner)


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(
    context: Context, page: Page[Any], noun: str = "dòng", param: str = "page"
) -> dict[str, Any]:
    """{% pagination page noun="văn bản" %}: total, range and pages; keeps the rest of the query."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[param] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page,
        "noun": noun,
        # A list that counts only up to a bound says so itself: "hơn 10.000".
        "total": getattr(page.paginator, "total_words", None) or vnnumber(page.paginator.count),
        "is_cut": getattr(page.paginator, "is_cut", False),
        "pages": [(n, address(n) if isinstance(n, int) else "") for n in numbers],
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("ui/components/empty_state.html")
def empty_state(
    title: str, text: str = "", url: str = "", action: str = "", icon_name: str = "inbox"
) -> dict[str, str]:
    """{% empty_state "Chưa có văn bản nào" "…" url=… action="Nhận văn bản" icon_name="letter" %}"""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("ui/components/sort_link.html", takes_context=True)
def sort_link(
    context: Context,
    key: str,
    words: str,
    *,
    numeric: bool = False,
    default: str = "",
) -> dict[str, Any]:
    """
    {% sort_link "due_on" "Thời hạn" default="due_on" %}: a whole <th> that sorts by ?sort=.

    `default` is the order of the list when the address says none ("-key" for descending).
    """
    query = context["request"].GET.copy()
    current = query.pop("sort", [default])[-1]
    query.pop("page", None)
    query["sort"] = f"-{key}" if current == key else key
    order = "descending" if current.startswith("-") else "ascending"
    return {
        "words": words,
        "numeric": numeric,
        "aria_sort": order if current.removeprefix("-") == key else "",
        "url": f"?{query.urlencode()}",
    }


@register.simple_tag
def breadcrumb(*parts: str) -> SafeString:
    """{% breadcrumb "Nhiệm vụ" list_url "Bảng theo dõi" %}: words, address, …, words of here."""
    words, urls = parts[::2], (*parts[1::2], "")
    items = format_html_join(
        "",
        "<li>{}</li>",
        (
            (
                format_html('<a href="{}">{}</a>', url, word)
                if url
                else format_html('<span aria-current="page">{}</span>', word),
            )
            for word, url in zip(words, urls, strict=False)
        ),
    )
    return format_html('<nav class="breadcrumb" aria-label="Đường dẫn"><ol>{}</ol></nav>', items)


@register.simple_tag
def tab(
    label: str,
    url: str,
    *,
    current: bool = False,
    count: int | str | None = None,
) -> SafeString:
    """{% tab "Lịch sử" url current=True count=3 %}, inside <nav class="tabs" aria-label="…">."""
    return format_html(
        '<a class="tab" href="{}"{}>{}{}</a>',
        url,
        format_html(' aria-current="{}"', "page") if current else "",
        label,
        format_html(' <span class="count">{}</span>', count) if count is not None else "",
    )


@register.simple_tag
def tabs(items: Sequence[Mapping[str, Any]], label: str = "Các phần của trang") -> SafeString:
    """{% tabs items %}: items are mappings with label, url and, where wanted, current and count."""
    links = format_html_join("", "{}", ((tab(**item),) for item in items))
    return format_html('<nav class="tabs" aria-label="{}">{}</nav>', label, links)
