"""Whose report tells of which procedure, and what the records say by now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.reports.models import Edition, EditionFact, Report, ReportPeriod
from tinhgon.domain.reporting import (
    Changed,
    Fact,
    Moved,
    changed_facts,
    line_of,
    moved_figures,
    read_fact,
    round_counts,
)

from .facts import facts_of


def due_periods(today: date) -> QuerySet[ReportPeriod]:
    """Return the periods whose last day is over and whose figures still move."""
    rows = ReportPeriod.objects.filter(frozen_at=None, closed_on=None, to_on__lt=today)
    return rows.order_by("to_on", "pk")


def shares_of(period: ReportPeriod) -> dict[int, list[Fact]]:
    """
    Return by report the facts that the records give it as at the cut-off.

    What an agency holds that is not asked itself is told by the nearest one above it that is, at
    last by the agency that asks; so every procedure is told once. A report without any has none.
    """
    facts = facts_of(programme=period.programme, agency=period.agency, on=period.to_on)
    told_by = _told_by(period, {fact.agency for fact in facts})
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        if report := told_by.get(fact.agency):
            found[report].append(fact)
    return found


def _told_by(period: ReportPeriod, holders: set[int]) -> Mapping[int, int]:
    reports = dict(period.reports.values_list("agency", "pk"))
    rows = Agency.objects.filter(pk__in=holders).values_list("pk", "path")
    found = {}
    for holder, path in rows:
        steps = reversed((path or "").strip("/").split("/"))
        above = (reports.get(int(step)) for step in steps if step)
        if report := next((each for each in above if each), None):
            found[holder] = report
    return found


def newest_edition(report: Report) -> Edition | None:
    return report.editions.order_by("-number").first()


def facts_in(edition: Edition) -> list[Fact]:
    """Return the facts of an edition, in the order in which they were frozen."""
    rows = EditionFact.objects.filter(edition=edition).order_by("pk")
    return [read_fact(data) for data in rows.values_list("fact", flat=True)]


@dataclass(frozen=True, slots=True)
class Drift:
    """What the records say by now, against what an edition says."""

    edition: Edition
    now: Sequence[Fact]
    changed: Sequence[Changed]
    moved: Sequence[Moved]


def drift_of(report: Report) -> Drift | None:
    """Return how far the records have moved from the newest edition; None without an edition."""
    edition = newest_edition(report)
    if edition is None:
        return None
    was = facts_in(edition)
    now = shares_of(report.period).get(report.pk, [])
    return Drift(edition, now, changed_facts(was, now), _moved(was, now))


def _moved(was: Sequence[Fact], now: Sequence[Fact]) -> list[Moved]:
    rounds = round_counts([*was, *now])
    words = {each.key: each.words for each in rounds}
    return moved_figures(line_of(was, rounds), line_of(now, rounds), words)


def reports_resting_on(editions: Iterable[Edition]) -> list[Report]:
    """Return the reports above that were sent with these editions, the nearest first."""
    rows = Report.objects.filter(bases__edition__in=list(editions)).exclude(
        pk=F("bases__edition__report")
    )
    return list(rows.select_related("agency", "period", "receiver", "successor").distinct())
