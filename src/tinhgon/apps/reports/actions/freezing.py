"""Freezing the figures of a period, and correcting them openly afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.audit.actions import Actor, Change
from tinhgon.apps.reports import policies
from tinhgon.apps.reports.models import Edition, EditionFact, Report, ReportPeriod
from tinhgon.apps.reports.queries import shares
from tinhgon.apps.reports.queries.sources import agencies_without_procedures, named
from tinhgon.common.bulk import insert
from tinhgon.common.refusal import Refused
from tinhgon.domain.reporting import Fact, Moved, tally
from tinhgon.domain.vntext import format_date, format_number

from ._shared import tell_writers


@transaction.atomic
def freeze_period(*, period: ReportPeriod, by: Actor, at: datetime) -> int:
    """
    Keep what the records say as at the cut-off as the first edition of every report.

    Return the number of procedures. A report that has an edition keeps it.

    :raises PermissionDenied: if a person asks for it who does not run the period.
    :raises Refused: if its last day is not over, its figures are frozen already, or it is closed.
    :raises StaleObject: if somebody else freezes or changes the period now.
    """
    if isinstance(by, User):
        policies.check_manage(by, period.agency)
    if period.closed_on is not None:
        raise Refused("Kỳ báo cáo đã kết thúc, không chốt số liệu nữa.")
    if period.frozen_at is not None:
        raise Refused("Số liệu của kỳ này đã chốt.")
    if at.date() <= period.to_on:
        raise Refused(f"Hết ngày {format_date(period.to_on)} mới chốt được số liệu.")
    period.change(seen_version=period.version, frozen_at=at)
    empty = agencies_without_procedures(period)
    found = shares.shares_of(period)
    reports = period.reports.filter(editions=None)
    made = _keep(((report, 1, "", found.get(report.pk, [])) for report in reports), by=by, at=at)
    changes = [
        Change("Ngày chốt số liệu", "", format_date(period.to_on)),
        Change("Số thủ tục", "", format_number(made)),
        *(Change("Chưa có thủ tục, số liệu bằng 0", "", each) for each in named(empty)),
    ]
    if not isinstance(by, User):
        changes.append(Change("Cách chốt", "", "tự động, sau khi hết ngày chốt"))
    audit.record("reports.period_frozen", period, by=by, at=at, changes=changes)
    return made


def freeze_due(*, by: Actor, at: datetime) -> int:
    """Freeze every period whose last day is over; return how many, each in its own transaction."""
    periods = list(shares.due_periods(at.date()).select_related("programme", "agency"))
    for period in periods:
        freeze_period(period=period, by=by, at=at)
    return len(periods)


@transaction.atomic
def restate(*, report: Report, reason: str, by: User, at: datetime, seen: int) -> Edition:
    """
    Keep what the records say by now of the same cut-off as a new edition, with the reason.

    The report itself rests on it from now on. Reports above that were sent keep the figures that
    they were sent with; who wrote them is told.

    :raises PermissionDenied: if `by` does not write the report, or the period is not frozen yet, or
        over.
    :raises Refused: without a reason, or if nothing has changed.
    :raises StaleObject: if the report changed since `seen` was seen, or was restated meanwhile.
    """
    policies.check_restate(by, report)
    if not reason.strip():
        raise Refused("Ghi rõ vì sao số liệu thay đổi: văn bản nào, sai ở đâu.", "reason")
    drift = shares.drift_of(report)
    if drift is None:
        raise Refused("Số liệu của kỳ này chưa chốt nên chưa có gì để điều chỉnh.")
    if not drift.changed:
        raise Refused("Số liệu trong hệ thống vẫn như trong báo cáo, không có gì để điều chỉnh.")
    words, number = reason.strip()[:500], drift.edition.number + 1
    report.change(seen_version=seen)
    _keep([(report, number, words, drift.now)], by=by, at=at)
    edition = report.editions.get(number=number)
    report.bases.filter(edition__report=report).update(edition=edition)
    for above in shares.reports_resting_on(report.editions.all()):
        tell_writers(above, f"{report.agency.label} điều chỉnh số liệu: {words}", at=at)
    audit.record(
        "reports.restated", report, by=by, at=at, changes=_changes(drift.moved), reason=words
    )
    return edition


def _changes(moved: Sequence[Moved]) -> list[Change]:
    return [
        Change(
            each.words[:1].upper() + each.words[1:],
            format_number(each.was),
            format_number(each.now),
        )
        for each in moved
    ]


def _keep(
    rows: Iterable[tuple[Report, int, str, Sequence[Fact]]], *, by: Actor, at: datetime
) -> int:
    """Write editions with their facts; return the number of facts."""
    kept = list(rows)
    person = by if isinstance(by, User) else None
    editions = insert(
        Edition(
            report=report,
            number=number,
            reason=reason,
            figures=tally(facts).to_json(),
            made_at=at,
            made_by=person,
        )
        for report, number, reason, facts in kept
    )
    written = insert(
        EditionFact(edition=edition, procedure=fact.procedure, fact=fact.to_json())
        for edition, (_, _, _, facts) in zip(editions, kept, strict=True)
        for fact in facts
    )
    return len(written)
