"""One official figure against its target: in words, and as a bar with the line of the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tinhgon.apps.plans.queries.texts import Standing
from tinhgon.domain.simplification import CountingRule, Figure, Indicators, Stage
from tinhgon.domain.vntext import format_number, format_percent

WIDTH = 100
STAGE_WORDS = {
    Stage.PLANNED: "có phương án",
    Stage.APPROVED: "đã phê duyệt",
    Stage.CARRIED_OUT: "đã thực thi",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """How long the bar of a stage is, of `WIDTH`."""

    stage: str
    width: int


@dataclass(frozen=True, slots=True)
class Meter:
    """
    `figure` is the official one, `other` the other reading of the same. `target_x` is where the
    line of the target stands, of `WIDTH`.
    """

    figure: Figure
    other: Figure
    heading: str
    standing: Standing
    words: str
    target_x: int
    bars: tuple[Bar, ...]


ByStage = Mapping[Stage, Indicators]


def number_meter(found: ByStage, rule: CountingRule, stage: Stage) -> Meter:
    """Return the meter of the number of procedures."""
    chosen = found[stage]
    return _meter(
        {each: one.number(rule) for each, one in found.items()},
        rule.number_target,
        stage,
        (chosen.k1, chosen.k2),
        f"thiếu {format_number(chosen.lacking_procedures(rule))} thủ tục",
    )


def cost_meter(found: ByStage, rule: CountingRule, stage: Stage) -> Meter:
    """Return the meter of the compliance cost."""
    chosen = found[stage]
    return _meter(
        {each: one.cost(rule) for each, one in found.items()},
        rule.cost_target,
        stage,
        (chosen.c, chosen.c_prime),
        f"thiếu {format_number(chosen.lacking_cost(rule), 0)} đồng",
    )


def _meter(
    figures: Mapping[Stage, Figure],
    target: Decimal,
    stage: Stage,
    readings: tuple[Figure, Figure],
    lacking: str,
) -> Meter:
    figure = figures[stage]
    top = min(2 * target, Decimal(1)) if target else Decimal(1)
    said = [f"{STAGE_WORDS[each]} {figures[each].words}" for each in reversed(Stage)]
    percent = format_percent(target * 100)
    return Meter(
        figure=figure,
        other=next(each for each in readings if each.sign != figure.sign),
        heading=f"{figure.sign} so với {percent}",
        standing=_standing(figure, target, lacking),
        words=f"{figure.sign}: {', '.join(said)}; chỉ tiêu {percent}",
        target_x=round(WIDTH * target / top),
        bars=tuple(Bar(each.value, _width(figures[each].ratio, top)) for each in Stage),
    )


def _width(ratio: Decimal | None, top: Decimal) -> int:
    """A bar that is there is seen, and one that falls short never touches the line."""
    if not ratio or ratio < 0:
        return 0
    return max(min(int(WIDTH * ratio / top), WIDTH), 1)


def _standing(figure: Figure, target: Decimal, lacking: str) -> Standing:
    match figure.reaches(target):
        case None:
            return Standing("none", figure.words)
        case True:
            return Standing("done", "đạt")
        case False:
            return Standing("soon", lacking)
