"""The table of a programme: how far each agency is, beside how far it was a month before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.queries.filters import LEVELS
from tinhgon.apps.monitoring import policies
from tinhgon.apps.monitoring.enums import Group
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.domain.access import Permission
from tinhgon.domain.monitoring import (
    AREA_LABELS,
    NONE,
    RANKED,
    Area,
    Rule,
    Tally,
    mean,
    month_before,
    places,
    score,
)
from tinhgon.domain.vntext import format_date, format_number

from .asked import SORTS, Asked
from .places import Place, Places, levels_of, places_on
from .setting import rule_of, rule_words
from .sources import Moment
from .tallies import Figures, tallies

ROWS = 40
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
    """Overdue, and what is not told, where there is any."""
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


class MonitoringPage(TypedDict):
    asked: Asked
    programme: Programme | None
    on: date
    before: date
    is_past: bool
    programmes: list[tuple[str, str, bool]]
    levels: list[tuple[str, str, bool]]
    sorts: list[tuple[str, str, bool]]
    branch: Place | None
    up_url: str
    heads: list[str]
    rows: list[Row]
    totals: list[Row]
    page: Page[Place]
    untold: int
    untold_before: int
    rule_words: list[str]
    indicators_url: str
    is_public: bool
    can_set: bool


def monitoring_page(
    *, user: User, asked: Asked, today: date, every: bool = False
) -> MonitoringPage | None:
    """
    Return the table of what the person sees, a page of it or every row; seven queries.

    None where the programme asked for is none of those he sees.
    """
    seen = Programme.objects.visible_to(user).select_related("agency", "monitoring_setting")
    programmes = list(seen)
    on = asked.on(today)
    programme = _chosen(programmes, asked, on)
    if programme is None and asked.programme:
        return None
    if programme:
        asked = replace(asked, programme=programme.pk)
    page: MonitoringPage = {
        "asked": asked,
        "programme": programme,
        "on": on,
        "before": month_before(on),
        "is_past": on < today,
        "programmes": [(str(e.pk), e.name, e == programme) for e in programmes],
        "levels": [(word, each.label, each is asked.level) for word, each in LEVELS.items()],
        "sorts": [(word, label, word == (asked.sort or "hang")) for word, label in SORTS.items()],
        "branch": None,
        "up_url": asked.table(branch=None),
        "heads": [AREA_LABELS[area] for area in RANKED],
        "rows": [],
        "totals": [],
        "page": Paginator[Place]([], ROWS).get_page(1),
        "untold": 0,
        "untold_before": 0,
        "rule_words": [],
        "indicators_url": "",
        "is_public": False,
        "can_set": programme is not None and policies.may_set(user, programme),
    }
    if programme:
        _fill(page, user, programme, today, every=every)
    return page


def _chosen(programmes: list[Programme], asked: Asked, on: date) -> Programme | None:
    """Return the one asked for; unsaid, the newest that had begun by the day, else the newest."""
    if asked.programme is None:
        begun = (each for each in programmes if each.starts_on <= on)
        return next(begun, next(iter(programmes), None))
    return next((each for each in programmes if each.pk == asked.programme), None)


def _fill(
    page: MonitoringPage, user: User, programme: Programme, today: date, *, every: bool
) -> None:
    asked, on = page["asked"], page["on"]
    agencies = Agency.objects.within(user.access.paths(Permission.SEE))
    moments = [Moment(day, today) for day in (on, page["before"])]
    now, before = tallies(programme, agencies, moments)
    found = places_on(user, on, {*now, *before})
    setting = getattr(programme, "monitoring_setting", None)
    table = Table(asked, found, now, before, rule_of(setting, on), page["before"])
    listed = sorted(found.rows(asked.level, asked.branch), key=table.order(asked.sort))
    page["page"] = Paginator(listed, max(len(listed), 1) if every else ROWS).get_page(asked.page)
    page["rows"] = [table.row(each) for each in page["page"].object_list]
    selected = found.of(asked.level, asked.branch)
    page["totals"] = [table.total(level, selected) for level in levels_of(selected)]
    page["branch"] = found.known.get(asked.branch or 0)
    keys = [place.agency for place in selected]
    page["untold"], page["untold_before"] = (_untold(each, keys) for each in (now, before))
    page["rule_words"] = rule_words(table.rule, setting)
    page["is_public"] = setting is not None and setting.is_public
    page["indicators_url"] = _indicators_url(user, programme, asked)


def _untold(figures: Figures, keys: Iterable[int]) -> int:
    return sum(tally.untold for key in keys for tally in figures.get(key, {}).values())


def _indicators_url(user: User, programme: Programme, asked: Asked) -> str:
    """Return where the meters and the burn-up of the programme stand; "" before its first round."""
    rounds = ReviewRound.objects.visible_to(user).filter(round__programme=programme)
    if not rounds.exists():
        return ""
    query = {
        "dot": f"ct-{programme.pk}",
        "co-quan": asked.branch or "",
        "tai-ngay": asked.day.isoformat() if asked.day else "",
    }
    said = {name: value for name, value in query.items() if value}
    return f"{reverse('plans:indicators')}?{urlencode(said)}#tien-do"


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
