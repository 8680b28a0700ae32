"""
Rows of the list as HTML.

Made here rather than in the template: a page has hundreds of cells, and each step of a template
costs more than the cell itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tinhgon.apps.procedures.queries.lines import Line, ListColumn, Standing, Value, standing
from tinhgon.domain.vntext import format_date
from tinhgon.ui.templatetags.ui import state

_ROW = '<tr data-href="{0}"><th scope="row"><a href="{0}">{1}</a></th>{2}</tr>'


def rows(lines: Sequence[Line], columns: Sequence[ListColumn], day: date) -> SafeString:
    """Return a row for each line: its name as the head of the row, then the other cells."""
    base = reverse("procedures:list")
    heads = [(f'<td data-label="{escape(c.heading)}"{_css(c)}>', _reader(c)) for c in columns[1:]]
    html = []
    for line in lines:
        cells = "".join(f"{head}{read(line, day)}</td>" for head, read in heads)
        url = f"{base}{line.procedure}/ban-{line.number}/"
        html.append(_ROW.format(url, escape(line.name), cells))
    return mark_safe("".join(html))  # noqa: S308 — each value was escaped


def _css(column: ListColumn) -> str:
    return {"hieu-luc": ' class="date"', "het-hieu-luc": ' class="date"'}.get(column.key, "")


def _reader(column: ListColumn) -> Callable[[Line, date], str]:
    if column.key == "tinh-trang":
        return lambda line, day: _state(standing(line, day))
    return lambda line, day: _plain(column.value(line, day))


def _plain(value: Value) -> str:
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else escape(str(value))


@cache
def _state(where: Standing) -> str:
    return state(where.sign, where.words, where.kind)
