"""Reports that have nothing to be counted from: their figures are, or would be frozen as, zero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.domain.vntext import format_number

from .branch import Branch
from .facts import counted_versions, tenures_on

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Empty:
    """A report of zeros: frozen, or about to be; `lacks_work`: its agency has no work to do yet."""

    is_frozen: bool
    lacks_work: bool


def without_procedures(period: ReportPeriod) -> Q:
    """Return the condition on reports of the period that no agency in or below theirs held any."""
    versions, tenures = counted_versions(period.programme, period.to_on), tenures_on(period.to_on)
    below = {"agency__path__startswith": OuterRef("agency__path")}
    held = tenures.filter(procedure__in=versions.values("procedure"))
    led = versions.exclude(procedure__in=tenures.values("procedure"))
    return ~Exists(held.filter(**below)) & ~Exists(led.filter(**below))


def agencies_without_procedures(period: ReportPeriod) -> list[str]:
    """Return the names of those asked whose report would tell of no procedure; one query."""
    rows = Report.objects.filter(without_procedures(period), period=period).exclude(receiver=None)
    ordered = rows.order_by("-agency__level", "agency__order", "agency__name", "pk")
    return list(ordered.values_list("agency__name", flat=True))


def named(names: Sequence[str]) -> Iterator[str]:
    """Yield "7 cơ quan (A; B; C; D; E và 2 cơ quan nữa)"; nothing for none."""
    if names:
        more = len(names) - _NAMED
        rest = f" và {format_number(more)} cơ quan nữa" if more > 0 else ""
        yield f"{format_number(len(names))} cơ quan ({'; '.join(names[:_NAMED])}{rest})"


def why_empty(branch: Branch) -> Empty | None:
    """
    Return why a report still to be sent says zero of everything, None where it does not; one query
    before it is frozen, none afterwards.
    """
    report = branch.report
    if not report.is_open:
        return None
    if report.period.frozen_at is not None:
        has_figures = any(branch.sum_of(report).line.numbers.values())
        return None if has_figures else Empty(is_frozen=True, lacks_work=False)
    work = Assignment.objects.filter(
        agency=report.writer, duty__programme=report.period.programme_id
    )
    rows = Report.objects.filter(without_procedures(report.period), pk=report.pk)
    found = rows.values_list(~Exists(work), flat=True).first()
    return None if found is None else Empty(is_frozen=False, lacks_work=bool(found))
