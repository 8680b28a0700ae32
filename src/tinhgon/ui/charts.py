"""Charts as SVG, drawn on the server; a page shows each as an image beside a table of the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

import pygal
from lxml import etree
from pygal.style import Style

from tinhgon.domain.vntext import format_number

# It looks for plugins through a finder of a kind that Python no longer knows; there are none here.
sys.meta_path[:] = [each for each in sys.meta_path if type(each).__name__ != "PluginImportFixer"]

_WHOLE = "#1d4e89"
_LESS = "#1f6b3a"
_MORE = "#a4262c"
_TICKS = 4
_TOP, _EACH = 110, 50  # pixels for title and axis, and for a step
_STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    font_family="sans-serif",
    label_font_size=18,
    major_label_font_size=18,
    title_font_size=20,
    colors=("#ffffff", _WHOLE),
)


Bar = dict[str, float | str]


def waterfall(title: str, steps: Sequence[tuple[str, Decimal]], *, unit: str) -> bytes:
    """
    Return a chart from a first total by changes to a last total, as an SVG file without scripts.

    The steps stand one under the other, each with its words and its figure. The first and the last
    are totals, those between are changes: below nothing what goes down. `unit` stands in the title.
    """
    bases, bars, most = _bars(steps)
    chart = pygal.HorizontalStackedBar(
        style=_STYLE,
        js=(),
        disable_xml_declaration=False,
        show_legend=False,
        title=f"{title} ({unit})",
        width=900,
        height=_TOP + _EACH * len(steps),
        margin_right=60,
        truncate_label=-1,
        print_values=False,
        value_formatter=lambda value: format_number(Decimal(str(value)), 0),
        pretty_print=False,
        no_prefix=True,
    )
    # The library draws the first row at the bottom.
    chart.x_labels = [_words(words, value) for words, value in reversed(steps)]
    chart.y_labels = [float(each) for each in ticks(most)]
    chart.add("", bases[::-1])
    chart.add("", bars[::-1])
    return _without_scripts(chart.render())


def _bars(steps: Sequence[tuple[str, Decimal]]) -> tuple[list[Bar], list[Bar], Decimal]:
    """Return what carries each bar unseen, the bars, and where the longest ends."""
    bases: list[Bar] = []
    bars: list[Bar] = []
    running = most = Decimal(0)
    for place, (_, value) in enumerate(steps):
        if place in (0, len(steps) - 1):
            base, height, colour = Decimal(0), value, _WHOLE
            running = value
        else:
            base, height = min(running, running + value), abs(value)
            colour = _LESS if value < 0 else _MORE
            running += value
        most = max(most, base + height)
        bases.append({"value": float(base), "style": "fill: transparent; stroke: none"})
        bars.append({"value": float(height), "style": f"fill: {colour}; stroke: {colour}"})
    return bases, bars, most


def ticks(most: Decimal) -> list[Decimal]:
    """Return round numbers from nothing up to the first that is not below `most`, at most five."""
    if most <= 0:
        return [Decimal(0), Decimal(1)]
    rough = most / _TICKS
    power = Decimal(10) ** rough.adjusted()
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    count = int((most / step).to_integral_value(ROUND_CEILING))
    return [step * each for each in range(count + 1)]


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
