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
from tinhgon.apps.procedures.queries.many import Judged
from tinhgon.domain.vntext import format_date
from tinhgon.ui.templatetags.ui import state

_ROW = '<tr data-href>{3}<th scope="row"><a href="{0}">{1}</a></th>{2}</tr>'
_TICK = '<td class="tight"><input type="checkbox" name="pk" value="{}" aria-label="Chọn {}"></td>'


def rows(
    lines: Sequence[Line], columns: Sequence[ListColumn], day: date, *, ticks: bool
) -> SafeString:
    """Return a row for each line: its name as the head of the row, then the other cells."""
    base = reverse("procedures:list")
    heads = [(f'<td data-label="{escape(c.heading)}"{_css(c)}>', _reader(c)) for c in columns[1:]]
    html = []
    for line in lines:
        cells = "".join(f"{head}{read(line, day)}</td>" for head, read in heads)
        url = f"{base}{line.procedure}/ban-{line.number}/"
        tick = _TICK.format(line.pk, line.local_code) if ticks else ""
        html.append(_ROW.format(url, escape(line.name), cells, tick))
    return mark_safe("".join(html))  # noqa: S308 — each value was escaped


def judged_rows(judged: Sequence[Judged]) -> SafeString:
    """Return rows that say what becomes of each version, or why it stays as it is."""
    last = "Vì sao" if judged and judged[0].refusal else "Thay đổi"
    labels = ("Cơ quan", "Hiện nay", last)
    html = []
    for each in judged:
        version = each.version
        cells = (
            version.procedure.agency.label,
            version.get_status_display(),
            each.refusal or each.change,
        )
        html.append(
            _ROW.format(
                version.get_absolute_url(),
                escape(version.name),
                "".join(
                    f'<td data-label="{label}">{escape(cell)}</td>'
                    for label, cell in zip(labels, cells, strict=True)
                ),
                "",
            )
        )
    return mark_safe("".join(html))  # noqa: S308 — each value was escaped


_ON_ONE_LINE = {"hieu-luc", "het-hieu-luc", "cap-nhat", "quyet-dinh", "ma", "ma-quoc-gia"}


def _css(column: ListColumn) -> str:
    return ' class="nowrap"' if column.key in _ON_ONE_LINE else ""


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
