"""One report on one page: its figures, those below it, its words, what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.calendars import queries as calendars
from tinhgon.apps.difficulties.queries import TableRow, counts_on, rows_of_table_4
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.enums import ReportMove
from tinhgon.apps.reports.models import Report
from tinhgon.domain.deadlines import last_day_words
from tinhgon.domain.difficulties import Counts
from tinhgon.domain.reporting import Finding

from .branch import load_branch
from .checks import findings
from .sources import Empty, why_empty
from .standing import Timely, timely
from .tables import (
    BelowLine,
    FigureRow,
    RatioRow,
    Restated,
    below_line,
    figure_rows,
    ratio_rows,
    restated,
)
from .texts import SectionView, section_views

_PAGE = 50
RESTATED_SHOWN = 20


class Can(TypedDict):
    """What the person may do with the report now."""

    write: bool
    send: bool
    recall: bool
    receive: bool
    give_back: bool
    record: bool
    restate: bool
    enter: bool


class ReportPage(TypedDict):
    report: Report
    timely: Timely
    due_words: str
    figures: list[FigureRow]
    ratios: list[RatioRow]
    has_below: bool
    lines: list[BelowLine]
    page: Page[Any]
    unsent: int
    sections: list[SectionView]
    findings: list[Finding]
    restated: list[Restated]
    has_remarks: bool
    can: Can
    waits_for_freezing: bool
    empty: Empty | None
    difficulties: Counts
    history: list[Event]
    read_at: datetime


def report_page(
    *,
    user: User,
    report: Report,
    number: str,
    now: datetime,
    typed: Mapping[int, str] | None = None,
) -> ReportPage:
    """Return what the page of one report shows; at most ten queries."""
    today = now.date()
    calendar = calendars.calendar()
    branch = load_branch(report)
    page = Paginator(branch.children(report), _PAGE).get_page(number)
    can = _can(user, report)
    return {
        "report": report,
        "timely": timely(report, today=today, calendar=calendar),
        "due_words": last_day_words(report.due_on, calendar),
        "figures": figure_rows(branch),
        "has_remarks": vars(report)["has_remarks"],
        "ratios": ratio_rows(branch),
        "has_below": bool(branch.below),
        "page": page,
        "lines": [
            below_line(branch, each, today=today, calendar=calendar) for each in page.object_list
        ],
        "unsent": len(branch.unsent),
        "sections": section_views(user, report, branch.tree, typed=typed),
        "findings": findings(branch),
        "restated": list(restated(branch))[:RESTATED_SHOWN],
        "can": can,
        "waits_for_freezing": _would_send(user, report) and report.period.frozen_at is None,
        "empty": why_empty(branch),
        "difficulties": counts_on(agency=report.agency, day=report.period.to_on),
        "history": audit.history_of(report, report.period),
        "read_at": now,
    }


def _can(user: User, report: Report) -> Can:
    frozen = report.period.frozen_at is not None
    return {
        "write": policies.can(user, ReportMove.EDIT, report),
        "send": policies.can_send(user, report),
        "record": frozen and report.receiver_id is None and _would_send(user, report),
        "recall": policies.can(user, ReportMove.RECALL, report),
        "receive": policies.can(user, ReportMove.RECEIVE, report),
        "give_back": policies.can(user, ReportMove.RETURN, report),
        "restate": policies.may_restate(user, report),
        "enter": policies.may_enter(user, report) and policies.is_open(report),
    }


def _would_send(user: User, report: Report) -> bool:
    return policies.can(user, ReportMove.SEND, report)


class DifficultiesPage(TypedDict):
    report: Report
    rows: list[TableRow]


def difficulties_page(report: Report) -> DifficultiesPage:
    """Return Biểu 4 of the report: the difficulties of its branch in the period; eight queries."""
    period = report.period
    rows = rows_of_table_4(agency=report.agency, since=period.from_on, until=period.to_on)
    return {"report": report, "rows": rows}
