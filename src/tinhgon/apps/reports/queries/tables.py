"""Biểu 1 as pages show it: the figures of one report, and the lines of those below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.urls import reverse

from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Edition, Report
from tinhgon.domain.reporting import (
    RATIOS,
    SENT,
    Moved,
    Tally,
    Unit,
    moved_figures,
)
from tinhgon.domain.workdays import WorkCalendar

from .branch import Branch
from .standing import Timely, timely

_HUNDRED = Decimal(100)
_NOTHING = Decimal(0)
# Figures that are parts of the one before them, and stand below it.
_PARTS = {
    "loai-a",
    "loai-b",
    "cap-tinh",
    "cap-huyen",
    "cap-xa",
    "bo-sung",
    "con-hieu-luc",
    "bai-bo",
    "gop",
    "don-gian-hoa",
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """
    A figure of Biểu 1: of the agency itself, of those below, of all; `url` opens its facts.

    `was`: the total as it was frozen first, where it was restated since.
    """

    key: str
    words: str
    is_money: bool
    is_part: bool
    own: Decimal
    below: Decimal
    total: Decimal
    was: Decimal | None
    url: str


@dataclass(frozen=True, slots=True)
class RatioRow:
    """A share in hundredths; None where there is nothing to divide by."""

    key: str
    words: str
    own: Decimal | None
    below: Decimal | None
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class BelowLine:
    """A report below: its figures with those below it, and whether it was sent."""

    report: Report
    cells: list[tuple[str, Decimal, str]]
    k2: Decimal | None
    c: Decimal | None
    timely: Timely
    is_sent: bool
    sent_below: int
    asked_below: int


@dataclass(frozen=True, slots=True)
class Restated:
    """A later edition: whose, when, why, and the figures that it changed."""

    agency: str
    edition: Edition
    moved: list[Moved]


# What a line of a report below shows, in this order.
COLUMNS = (
    ("cong-bo", "Đã công bố"),
    ("ra-soat", "Đã rà soát"),
    ("phe-duyet", "Đã phê duyệt"),
    ("thuc-thi", "Đã thực thi"),
)


def figure_rows(branch: Branch) -> list[FigureRow]:
    """Return the figures of the report in the order of the table, without cost."""
    own, below, first = branch.own(branch.report), branch.below_sum, branch.first_sum
    total = branch.sum_of(branch.report)
    restated = any(len(each) > 1 for each in branch.editions.values())
    numbers, lower, before = own.line.numbers, below.line.numbers, first.line.numbers
    rows = []
    for each in total.figures:
        whole = total.line.numbers[each.key]
        was = before.get(each.key, _NOTHING)
        rows.append(
            FigureRow(
                key=each.key,
                words=each.words,
                is_money=each.unit is Unit.DONG,
                is_part=each.key in _PARTS,
                own=numbers.get(each.key, _NOTHING),
                below=lower.get(each.key, _NOTHING),
                total=whole,
                was=was if restated and was != whole else None,
                url=reverse("reports:figure", args=[branch.report.pk, each.key]),
            )
        )
    return rows


def ratio_rows(branch: Branch) -> list[RatioRow]:
    own, below = branch.own(branch.report), branch.below_sum
    total = branch.sum_of(branch.report)
    return [
        RatioRow(each.key, each.words, share(own, key), share(below, key), share(total, key))
        for key, each in RATIOS.items()
    ]


def share(tally: Tally, key: str) -> Decimal | None:
    """Return a ratio in hundredths; None where there is nothing to divide by."""
    found = tally.line.share(key)
    return None if found is None else found * _HUNDRED


def below_line(branch: Branch, report: Report, *, today: date, calendar: WorkCalendar) -> BelowLine:
    """Return the line of a report that goes to the one at the top of the branch."""
    tally = branch.sum_of(report)
    numbers = tally.line.numbers
    under = list(branch.walk(report))[1:]
    return BelowLine(
        report=report,
        cells=[
            (words, numbers[key], f"{_figure_url(branch.report, key)}?bao-cao={report.pk}")
            for key, words in COLUMNS
        ],
        k2=share(tally, "k2"),
        c=share(tally, "c"),
        timely=timely(report, today=today, calendar=calendar),
        is_sent=report.pk not in branch.unsent,
        sent_below=sum(ReportStatus(each.status) in SENT for each in under),
        asked_below=len(under),
    )


def _figure_url(report: Report, key: str) -> str:
    return reverse("reports:figure", args=[report.pk, key])


def restated(branch: Branch) -> Iterator[Restated]:
    """Yield what was corrected after it was frozen, the last corrections first."""
    found = []
    for report in branch.reports:
        editions = branch.editions.get(report.pk, [])
        for was, now in pairwise(editions):
            before, after = branch.of(was), branch.of(now)
            words = {each.key: each.words for each in (*before.figures, *after.figures)}
            moved = moved_figures(before.line, after.line, words)
            found.append(Restated(report.agency.label, now, moved))
    yield from sorted(found, key=lambda each: each.edition.made_at, reverse=True)
