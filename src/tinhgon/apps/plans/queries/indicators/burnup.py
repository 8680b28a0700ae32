"""How the official figures grew, month by month, to the line of the target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from tinhgon.domain.simplification import (
    Figure,
    Indicators,
    Point,
    Share,
    Stage,
    indicators,
    rising,
)
from tinhgon.domain.vntext import format_percent

from .counted import Counted
from .meter import STAGE_WORDS
from .scope import Scope

MOST_MONTHS = 36
LATEST = 6
WIDTH, HEIGHT = 400, 150
_LABELS = 6  # on the axis, at most


class Cell(NamedTuple):
    """The official figures of a stage at the end of a month."""

    words: str
    number: Figure
    cost: Figure


@dataclass(frozen=True, slots=True)
class Month:
    words: str
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Line:
    """`points` as a polyline has them."""

    stage: str
    words: str
    points: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing in units of its own: 0 is the top left corner of the field."""

    title: str
    lines: Sequence[Line]
    target_y: int
    target_words: str
    marks: Sequence[tuple[int, str]]
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class BurnUp:
    """The charts, and the same as a table."""

    charts: Sequence[Chart]
    months: Sequence[Month]
    stages: Sequence[str]
    number_sign: str
    cost_sign: str

    @property
    def latest(self) -> Sequence[Month]:
        """The months that the table on the page has; the file has them all."""
        return self.months[-LATEST:]


def burn_up_of(found: Counted, scope: Scope) -> BurnUp:
    """Return the months from the first round, at most three years, to the day of the scope."""
    ends = list(_month_ends(scope.rounds[0].opened_on, scope.on))[-MOST_MONTHS:]
    grown = {stage: list(_at(ends, found, stage, scope.on)) for stage in Stage}
    rule = scope.rule
    months = [
        Month(
            f"{end.month:02}/{end.year}",
            [
                Cell(STAGE_WORDS[stage], now[place].number(rule), now[place].cost(rule))
                for stage, now in grown.items()
            ],
        )
        for place, end in enumerate(ends)
    ]
    signs = months[-1].cells[0]
    return BurnUp(
        charts=(
            _chart(
                f"Số thủ tục ({signs.number.sign})", months, lambda c: c.number, rule.number_target
            ),
            _chart(
                f"Chi phí tuân thủ ({signs.cost.sign})", months, lambda c: c.cost, rule.cost_target
            ),
        ),
        months=months,
        stages=[STAGE_WORDS[stage] for stage in Stage],
        number_sign=signs.number.sign,
        cost_sign=signs.cost.sign,
    )


def _month_ends(first: date, last: date) -> Iterator[date]:
    month = min(first, last).replace(day=1)
    while month <= last:
        following = (month + timedelta(days=31)).replace(day=1)
        yield min(following - timedelta(days=1), last)
        month = following


def _at(ends: Sequence[date], found: Counted, stage: Stage, until: date) -> Iterator[Indicators]:
    whole = found.whole
    shares = [(step.on, step.share) for step in found.steps if step.stage is stage]
    points: list[Point] = list(rising(whole, shares, until=until))
    now = indicators(whole, Share())
    for end in ends:
        while points and points[0].on <= end:
            now = points.pop(0).indicators
        yield now


def _chart(
    title: str, months: Sequence[Month], pick: Callable[[Cell], Figure], target: Decimal
) -> Chart:
    ratios = [[pick(cell).ratio or Decimal(0) for cell in month.cells] for month in months]
    top = max([2 * target, *(ratio for row in ratios for ratio in row)]) or Decimal(1)
    every = -(-len(months) // _LABELS)
    return Chart(
        title=title,
        lines=[
            _line(stage, [pick(month.cells[place]) for month in months], top)
            for place, stage in enumerate(Stage)
        ],
        target_y=_y(target, top),
        target_words=f"chỉ tiêu {format_percent(target * 100)}",
        marks=[
            (_x(n, len(months)), month.words) for n, month in enumerate(months) if n % every == 0
        ],
    )


def _line(stage: Stage, figures: Sequence[Figure], top: Decimal) -> Line:
    points = " ".join(
        f"{_x(place, len(figures))},{_y(each.ratio or Decimal(0), top)}"
        for place, each in enumerate(figures)
    )
    return Line(stage.value, f"{STAGE_WORDS[stage]} {figures[-1].words}", points)


def _x(place: int, number: int) -> int:
    """A single month is a line across, too."""
    return WIDTH * place // (number - 1) if number > 1 else WIDTH


def _y(ratio: Decimal, top: Decimal) -> int:
    return HEIGHT - round(HEIGHT * min(ratio / top, Decimal(1)))
