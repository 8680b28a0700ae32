"""The steps drawn as a swimlane, and the same in rows for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from ._flow import critical_path, total_time
from ._geometry import HEADER, LINE, TEXT_SIZE, Lane, Layout, Placed, Point, Routed, Strip
from ._graph import NOBODY, Shape
from ._layout import lay_out
from ._record import Step
from ._words import after_words, duration_words
from ._wrapping import wrap
from ._xml import clean

CRITICAL_SIGN = "◆"
WIDEST = 5
"""Columns of steps side by side: what can still be read on a page of A4."""
_MOST_LEGEND = 9
_THIN, _THICK = 1.2, 2.5
_ARROW = 7


class StepRow(NamedTuple):
    """One step in words; `decides` says that it lies on the path that decides the time."""

    number: int
    what: str
    actor: str
    time: str
    product: str
    after: str
    decides: bool


def step_rows(steps: Sequence[Step]) -> tuple[StepRow, ...]:
    """Return what the swimlane shows as rows of a table, in the order of the record."""
    path = critical_path(steps)
    return tuple(
        StepRow(
            step.number,
            step.what,
            " ".join(step.actor.split()) or NOBODY,
            duration_words(step.duration),
            step.product,
            after_words(step),
            step.number in path,
        )
        for step in steps
    )


def swimlane(steps: Sequence[Step]) -> str | None:
    """
    Return the steps drawn by actor and order as SVG to be put into a page; None as in `lay_out`.

    Colours are those of the text around (`currentColor`); nothing needs a style sheet. Steps that
    decide the time are drawn thicker and bear a sign.
    """
    layout = lay_out(steps, WIDEST)
    if layout is None:
        return None
    legend = wrap(_legend(steps), layout.width - 4, TEXT_SIZE, _MOST_LEGEND)
    height = layout.height + (len(legend) + 1) * LINE + 4
    return _tag(
        "svg",
        _tag("title", "Sơ đồ trình tự thực hiện"),
        _tag("desc", _text(_summary(steps, layout))),
        *(part for strip in layout.strips for part in _strip(strip, layout.width)),
        *(_line(t, 2, layout.height + n * LINE + 8) for n, t in enumerate(legend, 1)),
        xmlns="http://www.w3.org/2000/svg",
        role="img",
        viewBox=f"0 0 {layout.width} {height}",
        width=layout.width,
        height=height,
        fill="currentColor",
        font_size=TEXT_SIZE,
    )


def _summary(steps: Sequence[Step], layout: Layout) -> str:
    actors = {lane.name for strip in layout.strips for lane in strip.lanes}
    return f"{len(steps)} bước, {len(actors)} bên thực hiện. {_longest(steps)}".rstrip()


def _longest(steps: Sequence[Step]) -> str:
    total = total_time(steps)
    if not total or not total.weight:
        return "Chưa bước nào ghi thời gian."
    if not critical_path(steps):
        return f"Tổng thời gian: {total.words}."
    numbers = ", ".join(str(number) for number in total.path)
    return f"Thời gian dài nhất: {total.words}, qua bước {numbers}."


def _legend(steps: Sequence[Step]) -> str:
    if not critical_path(steps):
        return _longest(steps)
    return f"{CRITICAL_SIGN} nét đậm: bước quyết định tổng thời gian. {_longest(steps)}"


def _strip(strip: Strip, width: int) -> list[str]:
    parts = []
    for lane in strip.lanes:
        y, height = lane.rect.y, lane.rect.height
        parts += [
            _tag("rect", x=0, y=y, width=HEADER, height=height, fill_opacity=0.07),
            _drawn("rect", x=0.5, y=y + 0.5, width=width - 1, height=height, stroke_opacity=0.5),
            *_name(lane),
        ]
    for routed in sorted(strip.flows, key=lambda each: each.flow.is_critical):
        parts += _arrow(routed)
    for placed in strip.nodes:
        parts += _DRAWN[placed.node.shape](placed)
    return parts


def _name(lane: Lane) -> list[str]:
    first = lane.rect.middle.y - (len(lane.lines) - 1) * LINE // 2 + TEXT_SIZE // 3
    return [
        _line(text, HEADER // 2, first + n * LINE, anchor="middle", bold=True)
        for n, text in enumerate(lane.lines)
    ]


def _arrow(routed: Routed) -> list[str]:
    *before, end = routed.points
    points = [*before, Point(end.x - _ARROW, end.y)]
    line = " ".join(f"{x},{y}" for x, y in points)
    head = f"M{end.x} {end.y}l-{_ARROW + 1} -{_ARROW // 2 + 1}v{_ARROW + 1}z"
    width = _THICK if routed.flow.is_critical else _THIN
    return [_drawn("polyline", points=line, stroke_width=width), _tag("path", d=head)]


def _step(placed: Placed) -> list[str]:
    rect, step = placed.rect, placed.node.step
    assert step is not None  # noqa: S101 — a node of a step has it
    is_critical = placed.node.is_critical
    x, y = rect.middle.x, rect.y + 8 + TEXT_SIZE
    number = f"{CRITICAL_SIGN} Bước {step.number}" if is_critical else f"Bước {step.number}"
    parts = [
        _tag("title", _text(_told(step))),
        _tag(
            "rect",
            x=rect.x,
            y=rect.y,
            width=rect.width,
            height=rect.height,
            rx=4,
            fill_opacity=0.04,
            stroke="currentColor",
            stroke_width=_THICK if is_critical else _THIN,
        ),
        _line(number, x, y, anchor="middle", bold=True),
        *(_line(t, x, y + n * LINE, anchor="middle") for n, t in enumerate(placed.lines, 1)),
    ]
    if step.duration:
        bottom = rect.y + rect.height - 10
        parts.append(_line(duration_words(step.duration), x, bottom, anchor="middle", bold=True))
    return [_tag("g", *parts)]


def _told(step: Step) -> str:
    parts = [f"Bước {step.number}: {step.what}", step.actor, duration_words(step.duration)]
    return "; ".join(part for part in parts if part)


def _start(placed: Placed) -> list[str]:
    return [_circle(placed, _THIN), _below("Bắt đầu", placed)]


def _end(placed: Placed) -> list[str]:
    return [_circle(placed, 4), _below("Kết thúc", placed)]


def _elsewhere(placed: Placed) -> list[str]:
    """Draw where a flow leaves for another strip or comes from it: the number of the step there."""
    step = placed.node.step
    if placed.node.shape is Shape.GOING:
        words = "sang bước" if step else "kết thúc"
    else:
        words = "từ bước" if step else "bắt đầu"
    x, y = placed.rect.middle
    number = [_line(str(step.number), x, y + 4, anchor="middle", bold=True)] if step else []
    return [_circle(placed, _THIN), *number, _below(words, placed)]


def _circle(placed: Placed, width: float) -> str:
    (x, y), radius = placed.rect.middle, placed.rect.width // 2 - 2
    return _drawn("circle", cx=x, cy=y, r=radius, stroke_width=width)


def _below(words: str, placed: Placed) -> str:
    y = placed.rect.y + placed.rect.height + TEXT_SIZE
    return _line(words, placed.rect.middle.x, y, anchor="middle")


def _gateway(placed: Placed) -> list[str]:
    (x, y), half = placed.rect.middle, placed.rect.width // 2
    diamond = f"M{x - half} {y}l{half} -{half}l{half} {half}l-{half} {half}z"
    plus = f"M{x - 5} {y}h10M{x} {y - 5}v10"
    return [
        _drawn("path", d=diamond, stroke_width=_THIN),
        _drawn("path", d=plus, stroke_width=2),
    ]


_DRAWN = {
    Shape.START: _start,
    Shape.END: _end,
    Shape.STEP: _step,
    Shape.FORK: _gateway,
    Shape.JOIN: _gateway,
    Shape.COMING: _elsewhere,
    Shape.GOING: _elsewhere,
}


def _line(text: str, x: int, y: int, *, anchor: str = "start", bold: bool = False) -> str:
    weight = {"font_weight": 600} if bold else {}
    return _tag("text", _text(text), x=x, y=y, text_anchor=anchor, **weight)


def _drawn(name: str, **attributes: object) -> str:
    return _tag(name, fill="none", stroke="currentColor", **attributes)


def _tag(name: str, *inside: str, **attributes: object) -> str:
    """Return an element: what is inside is markup; attributes are our own figures and words."""
    written = "".join(f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def _text(text: str) -> str:
    return escape(clean(text))
