"""What does not fit in the tables of a report: told before it is sent."""

from __future__ import annotations

from django.db.models import Count, Q

from tinhgon.apps.reports.models import EditionFact
from tinhgon.domain.reporting import (
    Fact,
    Finding,
    check_facts,
    check_line,
    check_rows,
    read_fact,
)

from .branch import Branch


def findings(branch: Branch) -> list[Finding]:
    """
    Return what does not fit in Biểu 1 and, until the report is sent, between its rows and Biểu 2.

    Rows are those of the agency itself, and any that stands at two agencies of the branch: what
    only those below tell is looked at on their own pages. One query.
    """
    report = branch.report
    found = check_line(branch.sum_of(report).line)
    if not report.is_open or not branch.basis:
        return found
    own, twice = _rows(branch)
    return [*found, *check_rows(branch.own(report).line, own), *check_facts([*own, *twice])]


def _rows(branch: Branch) -> tuple[list[Fact], list[Fact]]:
    """Return the facts of the agency itself, and those below that another report tells, too."""
    own = branch.basis.get(branch.report.pk)
    rows = EditionFact.objects.filter(edition__in=list(branch.basis.values()))
    told = rows.order_by().values("procedure").annotate(times=Count("pk"))
    twice = Q(procedure__in=told.filter(times__gt=1).values("procedure"))
    mine: list[Fact] = []
    others: list[Fact] = []
    for row in rows.filter(Q(edition=own) | twice).order_by("pk"):
        of = mine if own is not None and row.edition_id == own.pk else others
        of.append(read_fact(row.fact))
    return mine, others
