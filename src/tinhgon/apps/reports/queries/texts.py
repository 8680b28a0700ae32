"""What agencies wrote: one's own words, and those of the agencies below, attributed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from tinhgon.apps.accounts.models import User
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.reports.models import PeriodSection, Report, ReportText

from .tree import Tree, tree_rows

SHOWN = 5
_PAGE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What one agency wrote under a section."""

    report: Report
    text: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """
    A section with one's own words and the first of what those below wrote; `in_all` of them.

    `duty`: what a letter wants told there, where the person sees it.
    `typed`: what the person had typed when somebody else was faster.
    """

    section: PeriodSection
    duty: Duty | None
    text: str
    version: int
    author: str
    others: list[Told]
    in_all: int
    typed: str | None = None

    @property
    def anchor(self) -> str:
        return f"muc-{self.section.pk}"

    @property
    def more(self) -> int:
        return self.in_all - len(self.others)


class TextsPage(TypedDict):
    report: Report
    section: PeriodSection
    page: Page[Any]
    told: list[Told]


def section_views(
    user: User, report: Report, tree: Tree, *, typed: Mapping[int, str] | None = None
) -> list[SectionView]:
    """Return the sections of a report with its own words and those from below; two queries."""
    own_duty = Duty.objects.visible_to(user).filter(pk=OuterRef("duty"))
    sections: QuerySet[Any] = PeriodSection.objects.filter(period=report.period_id)
    sections = sections.select_related("duty__directive__document").annotate(
        sees_duty=Exists(own_duty.order_by())
    )
    own, told, counts = _written(report, tree)
    views = []
    for section in sections:
        text = own.get(section.pk)
        views.append(
            SectionView(
                section=section,
                duty=section.duty if section.sees_duty else None,
                text=text.text if text else "",
                version=text.version if text else 0,
                author=text.written_by.full_name if text else "",
                others=told.get(section.pk, []),
                in_all=counts.get(section.pk, 0),
                typed=(typed or {}).get(section.pk),
            )
        )
    return views


def _written(
    report: Report, tree: Tree
) -> tuple[dict[int, ReportText], dict[int, list[Told]], dict[int, int]]:
    """Return by section one's own words, the first of those from below, and how many these are."""
    mine = Q(report=report.pk)
    rows: QuerySet[Any] = (
        ReportText.objects.filter(mine | _from_below(report, tree))
        .select_related("report__agency", "written_by")
        .annotate(is_own=Case(When(mine, then=1), default=0))
    )
    parts = [F("section"), F("is_own")]
    rows = rows.annotate(
        place=Window(RowNumber(), partition_by=parts, order_by=_ORDER),
        in_all=Window(Count("pk"), partition_by=parts),
    )
    own: dict[int, ReportText] = {}
    told: dict[int, list[Told]] = defaultdict(list)
    counts: dict[int, int] = {}
    for row in rows.filter(place__lte=SHOWN).order_by("section", "place"):
        if row.is_own:
            own[row.section_id] = row
        else:
            told[row.section_id].append(Told(row.report, row.text))
            counts[row.section_id] = row.in_all
    return own, told, counts


_ORDER = ["-report__agency__level", "report__agency__order", "report__agency__name", "report"]


def _from_below(report: Report, tree: Tree) -> Q:
    """Return which texts came with the reports that were sent to this one; empty ones are none."""
    return Q(report__in=tree.sent.intersection(tree.children(report.pk))) & ~Q(text="")


def words_of(report: Report, tree: Tree) -> tuple[dict[int, str], dict[int, list[tuple[str, str]]]]:
    """
    Return by section one's own words, and those from below as (agency, words); one query.

    Agencies come in the order of the tree, districts before communes.
    """
    own: dict[int, str] = {}
    below: dict[int, list[tuple[str, str]]] = defaultdict(list)
    shown = Q(report=report.pk) | _from_below(report, tree)
    rows = ReportText.objects.filter(shown).order_by(*_ORDER)
    for section, writer, agency, text in rows.values_list(
        "section", "report", "report__agency__name", "text"
    ):
        if writer == report.pk:
            own[section] = text
        else:
            below[section].append((agency, text))
    return own, below


def texts_page(*, report: Report, section: PeriodSection, number: str) -> TextsPage:
    """Return all that the agencies below wrote under one section."""
    rows = ReportText.objects.filter(
        _from_below(report, Tree(tree_rows(report.period_id))), section=section
    )
    rows = rows.select_related("report__agency").order_by(*_ORDER)
    page = Paginator(rows, _PAGE).get_page(number)
    told = [Told(row.report, row.text) for row in page.object_list]
    return {"report": report, "section": section, "page": page, "told": told}
