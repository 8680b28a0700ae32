"""Report periods for tests: opened, with frozen facts where figures are wanted."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.people import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reports.enums import PeriodKind, ReportStatus
from tinhgon.apps.reports.models import Edition, EditionFact, PeriodSection, Report, ReportPeriod
from tinhgon.domain.reporting import Counts, Fact, Proof, Reviewed, tally

AT = datetime(2024, 12, 16, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = date(2024, 12, 20)
_numbers = itertools.count(1)
_SENT = {ReportStatus.SENT, ReportStatus.NIL, ReportStatus.RECEIVED, ReportStatus.RETURNED}


def make_programme(agency: Agency) -> Programme:
    return Programme.objects.create(
        name=f"Rà soát TTHC nội bộ {next(_numbers)}", agency=agency, starts_on=date(2022, 9, 15)
    )


def make_period(agency: Agency, *, frozen: bool = True, **values: Any) -> ReportPeriod:
    """Make the period of the year 2024 that the agency runs, with two sections."""
    usual = {
        "name": "Báo cáo năm 2024",
        "kind": PeriodKind.YEAR,
        "from_on": date(2023, 12, 15),
        "to_on": date(2024, 12, 14),
        "addressee": "Văn phòng Chính phủ",
        "opened_on": date(2024, 12, 1),
        "frozen_at": AT if frozen else None,
        "created_at": AT,
    }
    creator = values.pop("created_by", None) or make_user(agency, "coordinator")
    programme = values.pop("programme", None) or make_programme(agency)
    period = ReportPeriod.objects.create(
        agency=agency, programme=programme, created_by=creator, **{**usual, **values}
    )
    for order, (key, title) in enumerate(
        (("chi-dao", "I. Chỉ đạo"), ("kien-nghi", "V. Kiến nghị"))
    ):
        PeriodSection.objects.create(period=period, key=key, order=order, title=title)
    return period


def make_report(
    period: ReportPeriod,
    agency: Agency,
    receiver: Agency | None = None,
    *,
    status: ReportStatus = ReportStatus.DRAFT,
    by: User | None = None,
    at: datetime = AT,
    **values: Any,
) -> Report:
    """Make the report of the agency as it stands in a state."""
    usual: dict[str, Any] = {"due_on": DUE}
    if status in _SENT:
        usual |= {"first_sent_at": at, "sent_at": at, "sent_by": by or make_user(agency, "head")}
    if status is ReportStatus.NIL:
        usual["is_nil"] = True
    if status is ReportStatus.RECEIVED:
        usual |= {"received_at": at, "received_by": by or make_user(agency, "head")}
    if status is ReportStatus.RETURNED:
        usual["reason"] = "Số liệu chưa khớp với quyết định đã ký."
    return Report.objects.create(
        period=period, agency=agency, receiver=receiver, status=status.value, **{**usual, **values}
    )


def make_fact(agency: Agency, **values: Any) -> Fact:
    """Make the fact of a published procedure, reviewed in the first round."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "procedure": number,
        "name": f"Thủ tục số {number}",
        "agency": agency.pk,
        "agency_name": agency.name,
        "level": agency.level,
        "is_between": True,
        "published": Proof("12/QĐ-UBND", date(2023, 3, 28), "/quyet-dinh/3/"),
        "reviews": (Reviewed(1, "lần 1", 1, "Giữ nguyên", date(2023, 9, 1)),),
    }
    return Fact(**{**usual, **values})


def make_cut(agency: Agency, **values: Any) -> Fact:
    """Make the fact of a procedure whose approved plan abolishes it."""
    usual: dict[str, Any] = {
        "counts": Counts.ABOLISHED,
        "is_planned": True,
        "approved": Proof("91/QĐ-UBND", date(2023, 12, 20), "/phuong-an/quyet-dinh/4/"),
        "before": Decimal(3_000_000),
        "saved": Decimal(3_000_000),
    }
    return make_fact(agency, **{**usual, **values})


def make_edition(
    report: Report, facts: Sequence[Fact] = (), *, reason: str = "", at: datetime = AT
) -> Edition:
    """Freeze facts for the report: its first edition, or a later one with a reason."""
    number = report.editions.count() + 1
    edition = Edition.objects.create(
        report=report,
        number=number,
        reason=reason or ("Bổ sung quyết định ký muộn." if number > 1 else ""),
        figures=tally(facts).to_json(),
        made_at=at,
    )
    _keep(edition, facts)
    return edition


def _keep(edition: Edition, facts: Iterable[Fact]) -> None:
    EditionFact.objects.bulk_create(
        EditionFact(edition=edition, procedure=each.procedure, fact=each.to_json())
        for each in facts
    )
