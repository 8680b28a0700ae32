"""The board: agencies by duties, each cell a state that opens what it stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NamedTuple, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import policies
from tinhgon.apps.assignments.enums import View
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.directives.models import Directive
from tinhgon.apps.programmes.models import Programme
from tinhgon.domain.vntext import sort_key
from tinhgon.domain.workdays import WorkCalendar

from . import filters
from .cells import Look, Teller
from .figures import Classifier
from .grid import SHOWN_VIEWS, WORD_OF, Asked, Column, Grid, Share, columns_of, load_grid
from .issuing import Issued, issued
from .letters import issued_letters

COLUMNS = 12
ROWS = 40
_RANK = {Level.CENTRAL: 0, Level.PROVINCE: 1, Level.DISTRICT: 2, Level.COMMUNE: 3}
_UNITS = {Level.DISTRICT: "huyện", Level.COMMUNE: "xã"}


class Cell(NamedTuple):
    number: int
    look: Look | None
    url: str
    below: str  # "17/22 xã"
    below_url: str


class Tally(NamedTuple):
    """A number that opens its rows; of a past day, where lists do not go, it may open nothing."""

    number: int
    words: str
    url: str
    kind: str


class Score(NamedTuple):
    """How much of what has a last day is in time, done or not; the rest stands beside it."""

    in_time: int
    dated: int
    undated: int
    untold: int
    in_time_url: str
    dated_url: str
    undated_url: str


class Row(NamedTuple):
    agency: Agency
    branch_url: str
    branch_words: str
    cells: list[Cell]
    score: Score
    deep: bool


class Total(NamedTuple):
    words: str
    cells: list[tuple[int, list[Tally]]]
    score: Score


class BoardPage(TypedDict):
    asked: Asked
    on: date
    is_past: bool
    today_url: str
    chosen: Directive | None
    issued: Issued | None
    branch: Agency | None
    up_url: str
    level_word: str
    without_view_url: str
    without_level_url: str
    programmes: list[Programme]
    letters: list[Directive]
    levels: list[tuple[str, str]]
    views: list[View]
    columns: list[Column]
    column_count: int
    column_pages: list[tuple[str, str, bool]]
    page: Page[Agency]
    rows: list[Row]
    totals: list[Total]
    figures: list[Tally]
    late_url: str


def board_page(*, user: User, asked: Asked, today: date, calendar: WorkCalendar) -> BoardPage:
    """
    Return everything the board shows on the day asked for, in a fixed number of queries; templates
    query nothing.
    """
    moment = Moment(asked.on(today), today)
    letters = issued_letters(user, moment)
    if asked.directive is None and asked.programme is None and letters:
        asked = replace(asked, directive=letters[0].pk)
    columns = columns_of(user, asked, moment)
    pages = max(-(-len(columns) // COLUMNS), 1)
    asked = replace(asked, columns=min(max(asked.columns, 1), pages))
    shown = columns[(asked.columns - 1) * COLUMNS : asked.columns * COLUMNS]
    grid = load_grid(user, asked, shown, moment)
    classifier = Classifier(today=moment.on, calendar=calendar)
    agencies = _rows_of(grid, asked, classifier)
    page = Paginator(agencies, ROWS).get_page(asked.page)
    scores = _scores(grid, classifier)
    teller = Teller(today=moment.on, calendar=calendar)
    links = _Links(asked, is_past=moment.is_past)
    chosen = next((each for each in letters if each.pk == asked.directive), None)
    tells = asked.just_issued and chosen and policies.may_issue(user, chosen.issuer)
    return {
        "asked": asked,
        "on": moment.on,
        "is_past": moment.is_past,
        "today_url": replace(asked, day=None).address(),
        "chosen": chosen,
        "issued": issued(chosen, duties=len(columns), on=today) if tells and chosen else None,
        "branch": grid.agencies.get(asked.branch or 0),
        "up_url": replace(asked, branch=None).address(),
        "level_word": WORD_OF.get(asked.level, "") if asked.level else "",
        "without_view_url": replace(asked, view=None).address(),
        "without_level_url": replace(asked, level=None).address(),
        "programmes": list(Programme.objects.visible_to(user)),
        "letters": letters,
        "levels": [(word, level.label) for word, level in filters.LEVELS.items()],
        "views": list(SHOWN_VIEWS),
        "columns": shown,
        "column_count": len(columns),
        "column_pages": _column_pages(asked, len(columns), pages),
        "page": page,
        "rows": [
            _row(agency, grid, asked, shown, teller, scores, links) for agency in page.object_list
        ],
        "totals": _totals(grid, asked, shown, classifier, scores, links),
        "figures": _tallies(
            _shown_figures(grid, asked, scores), lambda view: links.figure(view, shown)
        ),
        "late_url": f"{reverse('assignments:late')}?{urlencode(_list_query(asked, shown))}",
    }


class _Links:
    """
    What numbers open: the list of the same rows. No list tells a past day, so that only the figures
    above the board open anything: the board of that day, narrowed to their state.
    """

    def __init__(self, asked: Asked, *, is_past: bool) -> None:
        self._asked, self._is_past = asked, is_past

    def rows(self, query: Mapping[str, object], view: View) -> str:
        if self._is_past:
            return ""
        return f"{reverse('assignments:list')}?{urlencode({**query, 'trang-thai': view.value})}"

    def figure(self, view: View, shown: Iterable[Column]) -> str:
        if self._is_past:
            return replace(self._asked, view=view).address() if view in SHOWN_VIEWS else ""
        return self.rows(_list_query(self._asked, shown), view)


def _rows_of(grid: Grid, asked: Asked, classifier: Classifier) -> list[Agency]:
    """Return the agencies that have a row: a commune stands behind its district until opened."""
    holders = {agency for agency, _ in grid.shares}
    if asked.view:
        holders = {
            share.agency
            for shares in grid.shares.values()
            for share in shares
            if asked.view in _views(share, classifier)
        }
    if asked.level:
        holders = {pk for pk in holders if grid.agencies[pk].level == asked.level}
    elif not asked.branch:
        holders = {grid.district_of.get(pk, pk) for pk in holders}
    rows = [grid.agencies[pk] for pk in holders]
    return sorted(rows, key=lambda a: (_RANK[Level(a.level)], a.order, sort_key(a.name), a.pk))


def _views(share: Share, classifier: Classifier) -> frozenset[View]:
    if share.facts.untold:  # given, and neither with a last day nor without
        return _UNTOLD
    return classifier.views(share.facts.status, share.facts.due_on, share.facts.done_on)


def _scores(grid: Grid, classifier: Classifier) -> dict[int, Counter[View]]:
    """Return the figures of each agency over the shown duties."""
    found: dict[int, Counter[View]] = defaultdict(Counter)
    for (agency, _), shares in grid.shares.items():
        for share in shares:
            found[agency].update(_views(share, classifier))
    return found


def _shown_figures(grid: Grid, asked: Asked, scores: Mapping[int, Counter[View]]) -> Counter[View]:
    whole = Counter[View]()
    for agency, counter in scores.items():
        if asked.level in {None, grid.agencies[agency].level}:
            whole.update(counter)
    return whole


def _row(
    agency: Agency,
    grid: Grid,
    asked: Asked,
    shown: list[Column],
    teller: Teller,
    scores: Mapping[int, Counter[View]],
    links: _Links,
) -> Row:
    communes = grid.communes[agency.pk]
    opened = asked.branch == agency.pk or asked.level is not None
    branch = replace(asked, branch=agency.pk, level=None, view=None).address()
    return Row(
        agency=agency,
        branch_url=branch if communes and not opened else "",
        branch_words=f"{communes} {_UNITS[Level.COMMUNE]}",
        cells=[
            _cell(
                grid.shares.get((agency.pk, column.pk), []),
                [] if opened else grid.below.get((agency.pk, column.pk), []),
                column,
                branch,
                teller,
            )
            for column in shown
        ],
        score=_scored(
            scores[agency.pk],
            {"nhiem-vu": _keys(shown), "co-quan": agency.pk, "rieng": 1},
            links,
        ),
        deep=bool(asked.branch) and agency.pk in grid.district_of,
    )


def _cell(
    own: list[Share], below: list[Share], column: Column, branch: str, teller: Teller
) -> Cell:
    look, url = None, ""
    if own:
        # The newest share counts where a successor inherited what the agency held already.
        share = own[-1]
        look = teller.look(share.facts)
        url = reverse("assignments:detail", args=[share.pk])
    answered = sum(s.facts.status in _ANSWERED and not s.facts.untold for s in below)
    live = sum(share.facts.status not in _GONE for share in below)
    words = f"{answered}/{live} {_UNITS[Level.COMMUNE]}" if live else ""
    if untold := sum(share.facts.untold for share in below):
        words += f", {untold} không rõ"
    return Cell(column.number, look, url, words, branch if words else "")


_ANSWERED = frozenset({"submitted", "accepted"})
_GONE = frozenset({"withdrawn", "transferred"})
_UNTOLD = frozenset({View.LIVE})


def _keys(shown: Iterable[Column]) -> str:
    return ",".join(str(column.pk) for column in shown)


def _list_query(
    asked: Asked, shown: Iterable[Column], level: Level | None = None
) -> dict[str, object]:
    """Return the filters by which the list shows what the board counts in these columns."""
    query: dict[str, object] = {"nhiem-vu": _keys(shown)}
    if asked.branch:
        query["co-quan"] = asked.branch
    if level or asked.level:
        query["cap"] = WORD_OF[level or asked.level]  # type: ignore[index]
    return query


def _untold(counter: Counter[View]) -> int:
    return counter[View.LIVE] - counter[View.DATED] - counter[View.UNDATED]


def _scored(counter: Counter[View], query: Mapping[str, object], links: _Links) -> Score:
    return Score(
        in_time=counter[View.IN_TIME],
        dated=counter[View.DATED],
        undated=counter[View.UNDATED],
        untold=_untold(counter),
        in_time_url=links.rows(query, View.IN_TIME),
        dated_url=links.rows(query, View.DATED),
        undated_url=links.rows(query, View.UNDATED),
    )


_TOLD = (
    (View.DONE, "xong", "done"),
    (View.OVERDUE, "quá hạn", "late"),
    (View.SOON, "sắp đến hạn", "soon"),
    (View.SUBMITTED, "chờ duyệt", "waiting"),
    (View.RETURNED, "bị trả lại", "returned"),
    (View.DONE_LATE, "xong trễ", "donelate"),
)


def _tallies(counter: Counter[View], url_of: Callable[[View], str]) -> list[Tally]:
    found = [
        Tally(counter[view], words, url_of(view), kind)
        for view, words, kind in _TOLD
        if counter[view]
    ]
    if untold := _untold(counter):
        found.append(Tally(untold, "không rõ", "", "none"))
    return found


def _totals(
    grid: Grid,
    asked: Asked,
    shown: list[Column],
    classifier: Classifier,
    scores: Mapping[int, Counter[View]],
    links: _Links,
) -> list[Total]:
    """Return a row of totals for each level: an agency's own share is never mixed with others'."""
    cells: dict[tuple[str, int], Counter[View]] = defaultdict(Counter)
    holders: dict[str, set[int]] = defaultdict(set)
    for (agency, column), shares in grid.shares.items():
        level = grid.agencies[agency].level
        holders[level].add(agency)
        for share in shares:
            cells[level, column].update(_views(share, classifier))
    by_level: dict[str, Counter[View]] = defaultdict(Counter)
    for agency, counter in scores.items():
        by_level[grid.agencies[agency].level].update(counter)
    return [
        Total(
            words=f"{level.label} ({len(holders[level])} cơ quan)",
            cells=[
                (
                    column.number,
                    _tallies(
                        cells[level, column.pk],
                        partial(links.rows, _list_query(asked, [column], level)),
                    ),
                )
                for column in shown
            ],
            score=_scored(by_level[level], _list_query(asked, shown, level), links),
        )
        for level in _levels(holders)
        if asked.level in {None, level}
    ]


def _levels(holders: Iterable[str]) -> list[Level]:
    return sorted((Level(level) for level in holders if level in WORD_OF), key=_RANK.__getitem__)


def _column_pages(asked: Asked, count: int, pages: int) -> list[tuple[str, str, bool]]:
    if pages == 1:
        return []
    return [
        (
            f"NV{first + 1}–{min(first + COLUMNS, count)}",
            replace(asked, columns=number).address(),
            number == asked.columns,
        )
        for number, first in enumerate(range(0, count, COLUMNS), start=1)
    ]
