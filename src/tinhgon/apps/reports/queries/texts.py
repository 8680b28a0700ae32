"""What agencies wrote: one's own words, and those of the agencies below, attributed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber

from tinhgon.apps.reports.models import PeriodSection, Report, ReportText

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

    `typed`: what the person had typed when somebody else was faster.
    """

    section: PeriodSection
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
    report: Report, *, below: bool, typed: Mapping[int, str] | None = None
) -> list[SectionView]:
    """Return the sections of a report; two queries, three where there are reports below."""
    sections = list(
        PeriodSection.objects.filter(period=report.period_id).select_related(
            "duty__directive__document"
        )
    )
    own = {
        each.section_id: each
        for each in ReportText.objects.filter(report=report).select_related("written_by")
    }
    told, counts = _first_below(report) if below else ({}, {})
    views = []
    for section in sections:
        text = own.get(section.pk)
        views.append(
            SectionView(
                section=section,
                text=text.text if text else "",
                version=text.version if text else 0,
                author=text.written_by.full_name if text else "",
                others=told.get(section.pk, []),
                in_all=counts.get(section.pk, 0),
                typed=(typed or {}).get(section.pk),
            )
        )
    return views


def _first_below(report: Report) -> tuple[dict[int, list[Told]], dict[int, int]]:
    rows: QuerySet[Any] = _below(report).annotate(
        place=Window(RowNumber(), partition_by=[F("section")], order_by=_ORDER),
        in_all=Window(Count("pk"), partition_by=[F("section")]),
    )
    told: dict[int, list[Told]] = defaultdict(list)
    counts: dict[int, int] = {}
    for row in rows.filter(place__lte=SHOWN).order_by("section", "place"):
        told[row.section_id].append(Told(row.report, row.text))
        counts[row.section_id] = row.in_all
    return told, counts


_ORDER = ["-report__agency__level", "report__agency__order", "report__agency__name", "report"]


def _below(report: Report) -> QuerySet[ReportText]:
    """Return what the agencies wrote whose reports go to this one."""
    return (
        ReportText.objects.filter(
            report__period=report.period_id, report__receiver=report.agency_id
        )
        .exclude(report=report.pk)
        .exclude(text="")
        .select_related("report__agency")
    )


def texts_page(*, report: Report, section: PeriodSection, number: str) -> TextsPage:
    """Return all that the agencies below wrote under one section."""
    rows = _below(report).filter(section=section).order_by(*_ORDER)
    page = Paginator(rows, _PAGE).get_page(number)
    told = [Told(row.report, row.text) for row in page.object_list]
    return {"report": report, "section": section, "page": page, "told": told}
