"""The table of a programme: how far each agency is, beside how far it was a month before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypedDict
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.queries.filters import LEVELS
from tinhgon.apps.audit.queries import Moment
from tinhgon.apps.monitoring import policies
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reviews.models import ReviewRound
from tinhgon.domain.access import Permission
from tinhgon.domain.monitoring import (
    AREA_LABELS,
    RANKED,
    month_before,
)

from .asked import SORTS, Asked
from .places import Place, levels_of, places_on
from .setting import rule_of, rule_words
from .table import Row, Table
from .tallies import Figures, tallies

ROWS = 40


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
    board_url: str
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
        "board_url": asked.board_url,
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
    if len(selected) > 1:  # of one agency alone they would say its row again
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
