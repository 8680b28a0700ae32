"""The facts behind one figure of a report: only the editions of the page that is shown are read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.urls import reverse

from tinhgon.apps.reports.models import Edition, Report
from tinhgon.common.http import whole_number
from tinhgon.domain.reporting import Fact, Shown, Unit, count_for, read_fact

from .branch import Branch, load_branch

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A fact and the agency in whose report it stands; what it adds to an amount in đồng."""

    fact: Fact
    report: Report
    adds: Decimal

    @property
    def url(self) -> str:
        return reverse("procedures:detail", args=[self.fact.procedure])


class FigurePage(TypedDict):
    report: Report
    figure: Shown
    is_money: bool
    narrowed: Report | None
    total: Decimal
    page: Page[Any]
    rows: list[Row]


class NoSuchFigure(Exception):
    """The table has no figure with this key."""


class _Window:
    """The rows of all editions in order, of which only those asked for are read."""

    def __init__(self, branch: Branch, reports: list[Report], key: str) -> None:
        self._key = key
        self._parts: list[tuple[Report, Edition, int]] = []
        for report in reports:
            edition = branch.basis.get(report.pk)
            number = branch.of(edition).facts_behind(key)
            if edition is not None and number:
                self._parts.append((report, edition, number))

    def __len__(self) -> int:
        return sum(number for _, _, number in self._parts)

    def __getitem__(self, asked: slice) -> list[Row]:
        wanted, start = [], 0
        for report, edition, number in self._parts:
            if start < asked.stop and start + number > asked.start:
                wanted.append((report, edition, start))
            start += number
        editions = [edition for _, edition, _ in wanted]
        prefetch_related_objects(editions, "facts")
        found: list[Row] = []
        for report, edition, begin in wanted:
            rows = self._rows(report, edition.facts.all())
            found += rows[max(0, asked.start - begin) : asked.stop - begin]
        return found

    def _rows(self, report: Report, stored: Any) -> list[Row]:
        facts = [read_fact(each.fact) for each in stored]
        count = count_for(self._key, facts)
        if count is None:
            return []
        return [Row(fact, report, count.adds(fact)) for fact in count.rows(facts)]


def figure_page(*, report: Report, key: str, narrowed: str, number: str) -> FigurePage:
    """
    Return the facts behind a figure, of the whole branch or of one report below (its key).

    :raises NoSuchFigure: if there is no such figure.
    """
    branch = load_branch(report)
    only = next((each for each in branch.below if each.pk == whole_number(narrowed)), None)
    reports = list(branch.walk(only or report))
    total = branch.sum_of(only or report)
    shown = next((each for each in total.figures if each.key == key), None)
    if shown is None:
        raise NoSuchFigure(key)
    window: Any = _Window(branch, reports, key)
    page: Page[Any] = Paginator(window, _PAGE).get_page(number)
    return {
        "report": report,
        "figure": shown,
        "is_money": shown.unit is Unit.DONG,
        "narrowed": only,
        "total": total.line.numbers[key],
        "page": page,
        "rows": list(page.object_list),
    }
