"""When an agency ends, who stands in its place writes and receives what is still under way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.agencies.queries import successors_on
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.reports.enums import ReportStatus
from tinhgon.apps.reports.models import Report
from tinhgon.common.models import StaleObject

from ._shared import tell_writers


@dataclass(slots=True)
class Followed:
    """How many reports another agency writes, or receives, from now on."""

    written: int = 0
    received: int = 0


@transaction.atomic
def follow_agencies(*, by: audit.Actor, at: datetime) -> Followed:
    """
    Hand reports under way of ended agencies to their heirs; return how many.

    Where no single agency took over the whole (a district that was dissolved), the agency that asks
    for the report stands in. What was received stays as it is.
    """
    today = at.date()
    heirs: dict[int, Agency | None] = {}

    def heir(agency: Agency) -> Agency | None:
        if agency.pk not in heirs:
            found = successors_on(agency, today)
            whole = [each.agency for each in found if each.is_whole]
            only = whole or [each.agency for each in found]
            heirs[agency.pk] = only[0] if len(only) == 1 else None
        return heirs[agency.pk]

    followed, entries = Followed(), []
    for report in _under_way().filter(
        Q(agency__ended_on__lte=today, successor=None) | Q(successor__ended_on__lte=today)
    ):
        new = heir(report.writer) or report.period.agency
        if entry := _hand_over(report, "Cơ quan lập báo cáo", report.writer, new):
            followed.written += 1
            entries.append(entry)
            name = report.agency.label
            tell_writers(report, f"Lập thay {name}: {report.period.name}.", at=at)
    for report in _under_way().filter(receiver__ended_on__lte=today):
        old = report.receiver
        assert old is not None  # noqa: S101 — the filter asks for one
        new = heir(old) or report.period.agency
        new = report.period.agency if new.pk == report.writer.pk else new
        if entry := _hand_over(report, "Nơi nhận", old, new):
            followed.received += 1
            entries.append(entry)
    audit.record_all(entries, by=by, at=at)
    return followed


def _under_way() -> QuerySet[Report]:
    rows = Report.objects.filter(period__closed_on=None)
    return rows.exclude(status=ReportStatus.RECEIVED.value).select_related(
        "agency", "successor", "receiver", "period__agency"
    )


def _hand_over(report: Report, words: str, old: Agency, new: Agency) -> audit.Entry | None:
    """Put the heir in; None where somebody moves the report this very moment: it waits a day."""
    field = {"receiver": new} if words == "Nơi nhận" else {"successor": new}
    try:
        report.change(seen_version=report.version, **field)
    except StaleObject:
        return None
    change = audit.Change(words, old.name, new.name)
    return audit.Entry("reports.inherited", report, (change,))
