"""The period of a year as the Office opens it, for the tests of reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.factories.agencies import Province
from tests.factories.assignments import issue, make_directive, make_proposal
from tests.factories.reports import make_programme
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.reports import actions
from tinhgon.apps.reports.enums import PeriodKind
from tinhgon.apps.reports.models import Report, ReportPeriod

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
OPENED = datetime(2024, 12, 2, 9, tzinfo=VIETNAM)
AT = datetime(2024, 12, 16, 9, tzinfo=VIETNAM)

DAYS = {
    Level.COMMUNE: actions.Deadline(date(2024, 12, 18)),
    Level.DISTRICT: actions.Deadline(date(2024, 12, 20)),
    Level.PROVINCE: actions.Deadline(date(2024, 12, 20), "trước ngày 21/12/2024"),
}
HEADINGS = (
    actions.Heading("I. Chỉ đạo", "Văn bản đã ban hành.", key="chi-dao"),
    actions.Heading("V. Kiến nghị", key="kien-nghi"),
)


def asked(agency: Agency, **values: Any) -> actions.Asked:
    """Return what the Office asks for the year 2024."""
    usual: dict[str, Any] = {
        "name": "Báo cáo năm 2024",
        "kind": PeriodKind.YEAR,
        "from_on": date(2023, 12, 15),
        "to_on": date(2024, 12, 14),
        "addressee": "Văn phòng Chính phủ",
        "due_on": date(2024, 12, 25),
        "deadlines": DAYS,
        "headings": HEADINGS,
    }
    programme = values.pop("programme", None) or make_programme(agency)
    return actions.Asked(agency=agency, programme=programme, **{**usual, **values})


def open_year(province: Province, by: User, *, frozen: bool = True, **values: Any) -> ReportPeriod:
    """Open the period of 2024 for the whole province; frozen, unless it is said otherwise."""
    period = actions.open_period(asked=asked(province.committee, **values), by=by, at=OPENED)
    if frozen:
        period.change(seen_version=period.version, frozen_at=AT)
    return period


def report_of(period: ReportPeriod, agency: Agency) -> Report:
    """Return the report of the agency, loaded anew."""
    found = Report.objects.select_related(
        "period__agency", "agency", "receiver", "successor", "sent_by", "document__file"
    )
    return found.get(period=period, agency=agency)


def make_duty(
    giver: Agency, agencies: Sequence[Agency], by: User, *, due_on: date = date(2024, 12, 20)
) -> Duty:
    """Make a letter that gives the agencies one piece of work, and issue it."""
    directive = make_directive(giver, by)
    make_proposal(directive, agencies, due_on=due_on, text="Rà soát, trình phê duyệt lần 2")
    [duty] = issue(directive, by, at=OPENED)
    return duty
