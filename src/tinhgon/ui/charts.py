"""Charts as SVG, drawn on the server; a page shows each as an image beside a table of the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal

import pygal
from lxml import etree
from pygal.style import Style

from tinhgon.domain.vntext import format_number

# It looks for plugins through a finder of a kind that Python no longer knows; there are none here.
sys.meta_path[:] = [each for each in sys.meta_path if type(each).__name__ != "PluginImportFixer"]

_WHOLE = "#1d4e89"
_LESS = "#1f6b3a"
_MORE = "#a4262c"
_LETTERS = 40
_STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    font_family="sans-serif",
    label_font_size=20,
    major_label_font_size=20,
    title_font_size=24,
    colors=("#ffffff", _WHOLE),
)


def waterfall(title: str, steps: Sequence[tuple[str, Decimal]], *, unit: str) -> bytes:
    """
    Return a chart from a first total by changes to a last total, as an SVG file without scripts.

    The first and the last step are totals, those between are changes: below nothing what goes
    down. `unit` stands in the title.
    """
    bases, bars = [], []
    running = Decimal(0)
    last = len(steps) - 1
    for place, (_, value) in enumerate(steps):
        if place in (0, last):
            base, height, colour = Decimal(0), value, _WHOLE
            running = value
        else:
            base, height = min(running, running + value), abs(value)
            colour = _LESS if value < 0 else _MORE
            running += value
        bases.append({"value": float(base), "style": "fill: transparent; stroke: none"})
        bars.append(
            {
                "value": float(height),
                "style": f"fill: {colour}; stroke: {colour}",
                "label": format_number(value, 0),
            }
        )
    chart = pygal.StackedBar(
        style=_STYLE,
        js=(),
        disable_xml_declaration=False,
        show_legend=False,
        title=f"{title} ({unit})",
        x_label_rotation=12,
        truncate_label=_LETTERS,
        width=900,
        height=420,
        print_values=False,
        value_formatter=lambda value: format_number(Decimal(str(value)), 0),
        pretty_print=False,
        no_prefix=True,
    )
    chart.x_labels = [_words(words, value) for words, value in steps]
    chart.add("", bases)
    chart.add("", bars)
    return _without_scripts(chart.render())


def _without_scripts(drawn: bytes) -> bytes:
    """Take out what only a page with the script of the library could use."""
    root = etree.fromstring(drawn)
    for element in root.findall(".//{*}script"):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _words(words: str, value: Decimal) -> str:
    return f"{words}: {format_number(value, 0)}"[:80]
