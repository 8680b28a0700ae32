"""What replaced what: procedures as lanes over the days on which decisions changed them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from tinhgon.domain.vntext import format_date

_HEADER, _COLUMN, _LANE, _TOP = 240, 132, 58, 34
_BAR, _GAP, _SIZE, _LINE = 26, 6, 12, 15
_LETTERS = 30  # of a name in one line of the header
_IN_BAR = 17  # letters that fit into one column
_TAIL = 60  # room after the last day, where what is in force goes on


@dataclass(frozen=True, slots=True)
class Span:
    """A version in force from `start` to before `end` (None: goes on), by a decision."""

    start: date
    end: date | None
    label: str  # the decision in few letters: "12/QĐ-UBND"
    words: str  # all of it, for the title


@dataclass(frozen=True, slots=True)
class Lane:
    """A procedure with its versions in order of time."""

    key: int
    name: str
    spans: tuple[Span, ...]
    is_shown: bool = False  # the one that is asked for


@dataclass(frozen=True, slots=True)
class Replacement:
    """On a day one procedure takes the place of another."""

    old: int
    new: int
    on: date
    words: str


def draw_lineage(lanes: Sequence[Lane], replacements: Sequence[Replacement]) -> str:
    """
    Return the lanes as SVG to be put into a page; "" where nothing was ever in force.

    Days stand in columns of one width, in their order: how long a version held is in its words.
    Colours are those of the text around, so that nothing needs a style sheet.
    """
    days = sorted({day for lane in lanes for span in lane.spans for day in _days(span)})
    if not days:
        return ""
    at = {day: _HEADER + n * _COLUMN + _GAP for n, day in enumerate(days)}
    rows = {lane.key: _TOP + n * _LANE for n, lane in enumerate(lanes)}
    width = _HEADER + len(days) * _COLUMN + _TAIL
    height = _TOP + len(lanes) * _LANE
    parts = [_tag("title", "Quá trình công bố, sửa đổi, thay thế, bãi bỏ của thủ tục")]
    for day, x in at.items():
        parts.append(_drawn("line", x1=x, y1=_TOP - 8, x2=x, y2=height, stroke_opacity=0.25))
        parts.append(_text(format_date(day), x, _TOP - 14, anchor="middle"))
    for lane in lanes:
        parts += _lane(lane, rows[lane.key], at, width)
    for each in replacements:
        if each.old in rows and each.new in rows and each.on in at:
            parts.append(_arrow(at[each.on], rows[each.old], rows[each.new], each.words))
    return _tag(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        fill="currentColor",
        font_size=_SIZE,
    )


def _days(span: Span) -> tuple[date, ...]:
    return (span.start,) if span.end is None else (span.start, span.end)


def _lane(lane: Lane, y: int, at: dict[date, int], width: int) -> list[str]:
    lines = textwrap.wrap(lane.name, _LETTERS, max_lines=3, placeholder="…")
    middle = y + _LANE // 2
    first = middle - (len(lines) - 1) * _LINE // 2 + 4
    parts = [_drawn("line", x1=0, y1=y, x2=width, y2=y, stroke_opacity=0.25)]
    parts += [_text(text, 4, first + n * _LINE, bold=lane.is_shown) for n, text in enumerate(lines)]
    for span in lane.spans:
        parts += _bar(span, middle, at, width)
    return parts


def _bar(span: Span, middle: int, at: dict[date, int], width: int) -> list[str]:
    start = at[span.start]
    end = width if span.end is None else at[span.end]
    box = _tag(
        "rect",
        x=start + 1,
        y=middle - _BAR // 2,
        width=max(end - start - 2, 3),
        height=_BAR,
        rx=3,
        fill_opacity=0.12 if span.end is None else 0.04,
        stroke="currentColor",
    )
    columns = max((end - start) // _COLUMN, 1)
    label = textwrap.shorten(span.label, _IN_BAR * columns, placeholder="…")
    words = _text(label, start + 7, middle + 4, bold=span.end is None)
    return [_tag("g", _tag("title", _escaped(span.words)), box, words)]


def _arrow(x: int, old: int, new: int, words: str) -> str:
    """Draw from the end of the old bar to the beginning of the new one, on the same day."""
    down = new > old
    start = old + _LANE // 2 + (_BAR // 2 if down else -_BAR // 2)
    end = new + _LANE // 2 + (-_BAR // 2 if down else _BAR // 2)
    tip = end - 6 if down else end + 6
    line = _drawn("line", x1=x, y1=start, x2=x, y2=tip, stroke_width=2)
    head = _tag("path", d=f"M{x} {end}l-4 {-7 if down else 7}h8z")
    return _tag("g", _tag("title", _escaped(words)), line, head)


def _text(text: str, x: int, y: int, *, anchor: str = "start", bold: bool = False) -> str:
    weight = {"font_weight": 600} if bold else {}
    return _tag("text", _escaped(text), x=x, y=y, text_anchor=anchor, **weight)


def _drawn(name: str, **attributes: object) -> str:
    return _tag(name, fill="none", stroke="currentColor", **attributes)


def _tag(name: str, *inside: str, **attributes: object) -> str:
    pairs = "".join(
        f' {key if key == "viewBox" else key.replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{pairs}>{''.join(inside)}</{name}>"


def _escaped(text: str) -> str:
    return escape("".join(c for c in text if c.isprintable()))
