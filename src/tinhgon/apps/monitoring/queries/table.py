"""Rows over the figures of two days: ranked, compared, summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.monitoring.enums import Group
from tinhgon.domain.monitoring import (
    AREA_LABELS,
    NONE,
    RANKED,
    WITHOUT_DAYS,
    Area,
    Rule,
    Tally,
    mean,
    places,
    score,
)
from tinhgon.domain.vntext import format_date, format_number

from .asked import Asked
from .places import Place, Places, levels_of
from .tallies import Figures

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Change:
    """
    How a figure differs from that of the month before: an arrow, and the words for it. `number`
    is None where the records of one of the days do not say; a better place is a greater one.
    """

    sign: str
    words: str
    number: Decimal | int | None = None


class Number(NamedTuple):
    """A figure of a part of the work, and the page that lists what it counts."""

    number: int
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of the work at an agency; `change` is that of what is done."""

    label: str
    tally: Tally
    asked: Number
    done: Number
    more: tuple[Number, ...]
    """Overdue, without a last day, and what is not told, where there is any."""
    change: Change | None


class Percent(NamedTuple):
    words: str
    share: Decimal | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Row:
    """An agency by itself, or all of a level together; `place` is among those of its level."""

    label: str
    note: str
    level: Level
    published: Cell
    cells: tuple[Cell, ...]
    completeness: Percent
    timeliness: Percent
    points: Decimal | None
    place: int | None
    place_change: Change | None
    of: int
    overdue: int
    branch_url: str = ""
    branch_words: str = ""

    @property
    def points_words(self) -> str:
        return "" if self.points is None else format_number(self.points, 1)


class Table:
    """Rows over the figures of two days, ranked by a rule."""

    def __init__(
        self,
        asked: Asked,
        found: Places,
        now: Figures,
        before: Figures,
        rule: Rule,
        before_on: date,
    ) -> None:
        self._asked, self._found, self.rule = asked, found, rule
        self._now, self._before, self._before_on = now, before, before_on
        self._points = {key: score(now.get(key, {}), rule) for key in found.known}
        self._place, self._of = self._ranked(self._points)
        was = {key: score(before.get(key, {}), rule) for key in found.known}
        self._place_before, _ = self._ranked(was)

    def _ranked(
        self, points: Mapping[int, Decimal | None]
    ) -> tuple[dict[int, int], dict[Level, int]]:
        """Return the place of each agency there is on the day, and how many have one, by level."""
        found, numbers = dict[int, int](), dict[Level, int]()
        for level in levels_of(self._found.known.values()):
            there = [place.agency for place in self._found.of(level, None) if not place.note]
            own = places({key: points[key] for key in there})
            numbers[level] = len(own)
            found |= own
        return found, numbers

    def order(self, sort: str) -> Callable[[Place], tuple[Any, ...]]:
        """Return the key by which rows are sorted: level first, then what is asked for."""

        def key(place: Place) -> tuple[Any, ...]:
            rank, *rest = place.order
            first: tuple[int, ...] = ()
            if sort == "qua-han":
                first = (-_overdue(self._now.get(place.agency, {})),)
            elif sort != "co-quan":
                at = self._place.get(place.agency)
                first = (at is None, at or 0)
            return (rank, *first, *rest)

        return key

    def row(self, place: Place) -> Row:
        key, asked = place.agency, self._asked
        below = self._found.below[key]
        opens = below and not (asked.branch or asked.level)
        own = replace(asked, agency=key)
        at, was = self._place.get(key), self._place_before.get(key)
        now, before = self._now.get(key, {}), self._before.get(key, {})
        row = self._of_figures(place.label, place.level, now, before, own)
        change = None
        if at and was:  # a smaller place is a better one
            change = self._since(
                was - at, str(abs(was - at)), "hạng", told=self._are_told(now, before)
            )
        return replace(
            row,
            note=place.note,
            points=self._points[key],
            place=at,
            place_change=change,
            of=self._of[place.level],
            branch_url=asked.table(branch=key) if opens else "",
            branch_words=f"{format_number(below)} xã" if opens else "",
        )

    def total(self, level: Level, selected: Iterable[Place]) -> Row:
        keys = [place.agency for place in selected if place.level is level]
        return self._of_figures(
            f"{level.label} ({format_number(len(keys))} cơ quan)",
            level,
            _sum(self._now, keys),
            _sum(self._before, keys),
            replace(self._asked, agency=None, level=level),
        )

    def _of_figures(
        self,
        label: str,
        level: Level,
        now: Mapping[Area, Tally],
        before: Mapping[Area, Tally],
        asked: Asked,
    ) -> Row:
        return Row(
            label=label,
            note="",
            level=level,
            published=self._cell(Area.PUBLISHED, now, before, asked),
            cells=tuple(self._cell(area, now, before, asked) for area in RANKED),
            completeness=self._percent(
                *(
                    mean({a: t.completeness for a, t in e.items()}, self.rule)
                    for e in (now, before)
                ),
                told=self._are_told(now, before),
            ),
            timeliness=self._percent(
                *(mean({a: t.timeliness for a, t in e.items()}, self.rule) for e in (now, before)),
                told=self._are_told(now, before),
            ),
            points=score(now, self.rule),
            place=None,
            place_change=None,
            of=0,
            overdue=_overdue(now),
        )

    def _cell(
        self, area: Area, now: Mapping[Area, Tally], before: Mapping[Area, Tally], asked: Asked
    ) -> Cell:
        tally, was = now.get(area, NONE), before.get(area, NONE)

        def number(group: Group, figure: int) -> Number:
            return Number(figure, group.label, asked.rows(area, group))

        more = (
            Number(tally.overdue, "quá hạn", asked.rows(area, Group.OVERDUE)),
            Number(
                0 if area in WITHOUT_DAYS else tally.undated,
                "không hạn",
                asked.rows(area, Group.UNDATED),
            ),
            Number(tally.untold, "không rõ", asked.rows(area, Group.UNTOLD)),
        )
        change = None
        if tally.asked or was.asked:
            difference = tally.done - was.done
            change = self._since(
                difference, format_number(abs(difference)), "", told=not (tally + was).untold
            )
        return Cell(
            AREA_LABELS[area],
            tally,
            number(Group.ASKED, tally.asked),
            number(Group.DONE, tally.done),
            tuple(each for each in more if each.number),
            change,
        )

    def _are_told(self, *days: Mapping[Area, Tally]) -> bool:
        """Return whether all that counts for the points is told on these days."""
        weights = self.rule.weights
        return not any(
            tally.untold and weights.get(area) for day in days for area, tally in day.items()
        )

    def _percent(self, now: Decimal | None, before: Decimal | None, *, told: bool) -> Percent:
        if now is None:
            return Percent("", None, None)
        change = None
        if before is not None:
            points = round(now * _HUNDRED, 1) - round(before * _HUNDRED, 1)
            change = self._since(points, format_number(abs(points), 1), "điểm phần trăm", told=told)
        return Percent(f"{format_number(now * _HUNDRED, 1)}%", now, change)

    def _since(self, difference: Decimal | int, number: str, unit: str, *, told: bool) -> Change:
        """Return the change since the month before; a question mark unless both are told."""
        if told:
            return self._arrow(difference, number, unit)
        return Change("?", f"không so được với ngày {format_date(self._before_on)}")

    def _arrow(self, difference: Decimal | int, number: str, unit: str) -> Change:
        since = f"so với ngày {format_date(self._before_on)}"
        if not difference:
            return Change("=", f"không đổi {since}", 0)
        sign, verb = ("▲", "tăng") if difference > 0 else ("▼", "giảm")
        words = " ".join(filter(None, (verb, number, unit, since)))
        return Change(f"{sign} {number}", words, difference)


def _overdue(figures: Mapping[Area, Tally]) -> int:
    return sum(tally.overdue for tally in figures.values())


def _sum(figures: Figures, keys: Iterable[int]) -> dict[Area, Tally]:
    found: dict[Area, Tally] = {}
    for key in keys:
        for area, tally in figures.get(key, {}).items():
            found[area] = found.get(area, NONE) + tally
    return found
