"""One period as its receiver sees it: who has sent, with what figures; and Biểu 5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import ReportMove, Standing
from tinhgon.apps.reports.models import Edition, PeriodDeadline, PeriodDuty, Report, ReportPeriod
from tinhgon.common.http import whole_number
from tinhgon.common.paging import CountedPaginator
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.reporting import Tally, add_up, read_tally
from tinhgon.domain.vntext import fold
from tinhgon.domain.workdays import WorkCalendar

from .listing import COUNTED, seats_of, written_in
from .sources import named, without_procedures
from .standing import Timely, condition, timely
from .tables import COLUMNS, share
from .tree import Tree, tree_rows

PAGE_SIZE = 50
_STANDINGS = {each.value: each for each in Standing}
_LEVELS = {"tinh": Level.PROVINCE, "huyen": Level.DISTRICT, "xa": Level.COMMUNE}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what it says wrongly counts as not said."""

    standing: Standing | None = None
    level: str = ""
    branch: int | None = None
    words: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Asked:
        level = query.get("cap", "")
        return cls(
            standing=_STANDINGS.get(query.get("tinh-trang", "")),
            level=level if level in _LEVELS else "",
            branch=whole_number(query.get("nhanh", "")),
            words=query.get("q", "").replace("\0", "").strip()[:200],
        )

    @property
    def are_set(self) -> bool:
        return self != Asked()

    @property
    def standings(self) -> list[tuple[str, str, bool]]:
        """Value, words, whether chosen: as a select of the page takes them."""
        return [(each.value, each.label, each is self.standing) for each in Standing]

    @property
    def levels(self) -> list[tuple[str, str, bool]]:
        return [(key, level.label, key == self.level) for key, level in _LEVELS.items()]

    @property
    def query(self) -> str:
        """The address of the same rows."""
        pairs = (
            ("tinh-trang", self.standing.value if self.standing else ""),
            ("cap", self.level),
            ("nhanh", str(self.branch or "")),
            ("q", self.words),
        )
        return urlencode([(name, value) for name, value in pairs if value])


@dataclass(frozen=True, slots=True)
class Figures:
    """What a line tells of a report with those below it: the newest figures of each."""

    cells: list[tuple[str, Decimal]]
    k2: Decimal | None
    c: Decimal | None
    sent_below: int
    asked_below: int


@dataclass(frozen=True, slots=True)
class Line:
    """A report in the inbox: how it stands, the figures of its branch, who below it has sent."""

    report: Report
    timely: Timely
    figures: Figures
    below_url: str
    can_receive: bool
    can_return: bool
    is_open: bool


class InboxPage(TypedDict):
    period: ReportPeriod
    filters: Asked
    branch: Report | None
    lines: list[Line]
    page: Page[Any]
    counts: list[tuple[str, str, int]]
    asked: int
    own: Report | None
    deadlines: list[tuple[str, str, str]]
    duties: list[PeriodDuty]
    standings: list[tuple[str, str, bool]]
    levels: list[tuple[str, str, bool]]
    can_change: bool
    can_freeze: bool
    empty: list[str]
    receives: bool
    urges: bool


def rows_asked_for(
    user: User, period: ReportPeriod, asked: Asked, today: date, *, is_folded: bool = True
) -> QuerySet[Report]:
    """
    Return the reports that the address asks for, in the order of the tree.

    Folded, and without any filter, only those that go to the top of what the person sees: those
    below a district stand in its line.
    """
    seen = _seen(user, period)
    tree, tops, _ = _tree(period, seen)
    found = _condition(tree, tops if is_folded else None, asked, today)
    return seen.filter(found).order_by(*_ORDER)


_ORDER = ("-agency__level", "agency__order", "agency__name", "pk")


def _seen(user: User, period: ReportPeriod) -> QuerySet[Report]:
    return Report.objects.visible_to(user).filter(period=period).exclude(receiver=None)


def _tree(
    period: ReportPeriod, seen: QuerySet[Report], *, warns: bool = False
) -> tuple[Tree, list[int], list[str]]:
    """
    Return the reports of the period, the highest of those that are seen and, if it `warns`, the
    names of agencies whose figures would be frozen as zero; one query.
    """
    is_seen = Exists(seen.filter(pk=OuterRef("pk")).order_by())
    rows: QuerySet[Any] = tree_rows(period.pk).annotate(is_seen=is_seen)
    if warns:
        is_empty = ExpressionWrapper(without_procedures(period), output_field=BooleanField())
        rows = rows.annotate(is_empty=is_empty, name=F("agency__name"))
    tree = Tree(rows)
    tops = tree.tops([each.pk for each in rows if each.is_seen])
    empty = [each.name for each in rows if warns and each.is_empty and each.receiver_id]
    return tree, tops, empty


def _condition(tree: Tree, tops: list[int] | None, asked: Asked, today: date) -> Q:
    found = Q()
    if asked.branch is not None:
        found &= Q(pk__in=tree.children(asked.branch))
    elif tops is not None and not asked.are_set:
        found &= Q(pk__in=tops)
    if asked.standing is not None:
        found &= condition(asked.standing, today)
    if asked.level:
        found &= Q(agency__level=_LEVELS[asked.level])
    for word in fold(asked.words).split():
        found &= Q(agency__folded_name__contains=word)
    return found


def inbox_page(
    *, user: User, period: ReportPeriod, asked: Asked, number: str, today: date
) -> InboxPage:
    """Return the period with the reports asked for; nine queries."""
    calendar, seen = calendars.calendar(), _seen(user, period)
    can_change = policies.can_change(user, period)
    warns = can_change and period.frozen_at is None
    tree, tops, empty = _tree(period, seen, warns=warns)
    wanted = _condition(tree, tops, asked, today)
    counted = seen.aggregate(
        asked=Count("pk"),
        shown=Count("pk", filter=wanted),
        **{each.name: Count("pk", filter=condition(each, today)) for each in _SHOWN},
    )
    rows = seen.filter(wanted).order_by(*_ORDER)
    shown = CountedPaginator(
        rows.select_related("agency", "receiver", "successor"), PAGE_SIZE, counted=counted["shown"]
    ).get_page(number)
    reports = list(shown.object_list)
    for each in reports:
        each.period = period
    figures = figures_of(reports, tree)
    lines = [
        _line(user, each, figures[each.pk], today=today, calendar=calendar) for each in reports
    ]
    own, branch = _named(user, period, asked)
    return {
        "period": period,
        "filters": asked,
        "branch": branch,
        "lines": lines,
        "page": shown,
        "counts": [(each.value, each.label, counted[each.name]) for each in _SHOWN],
        "asked": counted["asked"],
        "own": own,
        "deadlines": _deadlines(period, calendar),
        "duties": _duties(user, period),
        "standings": asked.standings,
        "levels": asked.levels,
        "can_change": can_change,
        "can_freeze": policies.can_freeze(user, period, today),
        "empty": list(named(empty)),
        "receives": any(line.can_receive for line in lines),
        "urges": any(line.is_open for line in lines),
    }


_SHOWN = (*COUNTED, Standing.TO_RECEIVE, Standing.RETURNED)


def _named(user: User, period: ReportPeriod, asked: Asked) -> tuple[Report | None, Report | None]:
    """Return the person's own report and that whose branch he looks at; one query."""
    rows = Report.objects.visible_to(user).filter(period=period)
    found = rows.filter(written_in(seats_of(user)) | Q(pk=asked.branch))
    own = branch = None
    for row in found.select_related("agency", "successor").order_by("-pk"):
        if row.pk == asked.branch:
            branch = row
        if row.writer.pk in seats_of(user):
            own = row
    return own, branch


def _duties(user: User, period: ReportPeriod) -> list[PeriodDuty]:
    rows = period.duties.filter(duty__in=Duty.objects.visible_to(user))
    return list(rows.select_related("duty__directive__document"))


def _deadlines(period: ReportPeriod, calendar: WorkCalendar) -> list[tuple[str, str, str]]:
    rows = PeriodDeadline.objects.filter(period=period).order_by("-level")
    return [
        (each.get_level_display(), last_day_words(each.due_on, calendar), each.due_text)
        for each in rows
    ]


def figures_of(reports: Sequence[Report], tree: Tree) -> dict[int, Figures]:
    """Return the figures of these reports by key; one query."""
    below = {each.pk: list(tree.below(each.pk)) for each in reports}
    under = [pk for rows in below.values() for pk in rows]
    tallies = _tallies([*(each.pk for each in reports), *under])
    found = {}
    for report in reports:
        keys = below[report.pk]
        tally = add_up(tallies[pk] for pk in (report.pk, *keys) if pk in tallies)
        numbers = tally.line.numbers
        found[report.pk] = Figures(
            cells=[(words, numbers[key]) for key, words in COLUMNS],
            k2=share(tally, "k2"),
            c=share(tally, "c"),
            sent_below=len(tree.sent.intersection(keys)),
            asked_below=len(keys),
        )
    return found


def _tallies(keys: list[int]) -> dict[int, Tally]:
    """Return the newest figures of each report; one query."""
    newest = Edition.objects.filter(report__in=keys).order_by("number")
    return {
        report: read_tally(figures) for report, figures in newest.values_list("report", "figures")
    }


def _line(
    user: User, report: Report, figures: Figures, *, today: date, calendar: WorkCalendar
) -> Line:
    return Line(
        report=report,
        timely=timely(report, today=today, calendar=calendar),
        figures=figures,
        below_url=f"?{Asked(branch=report.pk).query}",
        can_receive=policies.can(user, ReportMove.RECEIVE, report),
        can_return=policies.can(user, ReportMove.RETURN, report),
        is_open=report.is_open and policies.may(user, ReportMove.RECEIVE, report),
    )
