"""
The reports that the letter asks for. That of July: sent in time, late, empty or never, and restated
since; that of the year: open.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments.models import Duty
from tinhgon.apps.audit.actions import System
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reports import actions as reports
from tinhgon.apps.reports.enums import PeriodKind, ReportStatus
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.apps.reports.queries.opening import TIERS
from tinhgon.domain.reporting import Cycle, Regime, Tier, seed_regime

from ._people import SHOWN_DISTRICT
from ._reviews import LETTER
from ._story import at_hour

OPENED, FROZEN = date(2024, 6, 24), date(2024, 7, 1)
_DUE = {
    Level.PROVINCE: reports.Deadline(date(2024, 7, 4), "trước ngày 05/7/2024"),
    Level.DISTRICT: reports.Deadline(date(2024, 7, 4), "trước ngày 05/7/2024"),
    Level.COMMUNE: reports.Deadline(date(2024, 7, 2), "chậm nhất ngày 02/7/2024"),
}
_TEXTS = {
    "chi-dao": (
        "Đã phân công một lãnh đạo phụ trách, giao phòng chuyên môn rà từng thủ tục hằng tuần.",
        "Đã ban hành văn bản chỉ đạo các phòng, đơn vị; đưa kết quả rà soát vào giao ban tháng.",
    ),
    "danh-gia": (
        "Thuận lợi: nhiều bước đã làm trên mạng. Khó khăn: phải sửa quy chế của nhiều đơn vị.",
        "Số thủ tục ít nhưng liên quan nhiều cơ quan, thời gian lấy ý kiến còn dài.",
    ),
    "phuong-huong": (
        "Trong quý III hoàn thành các văn bản còn lại, trình công bố lại thủ tục đã sửa.",
    ),
    "kien-nghi": ("Đề nghị hướng dẫn thống nhất cách xác định số lần thực hiện trong năm.",),
}
NAME = "Báo cáo kết quả thực thi phương án đơn giản hóa lần 1"
STRAGGLERS, TIDIED, LAST_OF_ALL = date(2024, 7, 9), date(2024, 7, 10), date(2024, 11, 22)
SENT_UP = date(2024, 7, 11)
RETURNS = "Sở Tài chính"
AT_YEAR = "công tác kiểm soát TTHC năm 2024"
WHY_RESTATED = (
    "Văn bản sửa đổi, quyết định công bố đã ban hành trước ngày chốt số liệu nhưng đến ngày "
    "20/8/2024 mới được cập nhật."
)
NAME = "Báo cáo kết quả thực thi phương án đơn giản hóa lần 1"
STRAGGLERS, TIDIED, LAST_OF_ALL = date(2024, 7, 9), date(2024, 7, 10), date(2024, 11, 22)
SENT_UP = date(2024, 7, 11)
RESTATES, RESTATED, YEAR_OPENED = "Sở Giao thông vận tải", date(2024, 8, 20), date(2024, 11, 20)
RETURNS = "Sở Tài chính"
RESTATES, RESTATED, YEAR_OPENED = "Sở Giao thông vận tải", date(2024, 8, 20), date(2024, 11, 20)
AT_YEAR = "công tác kiểm soát TTHC năm 2024"
WHY_RESTATED = (
    "Văn bản sửa đổi, quyết định công bố đã ban hành trước ngày chốt số liệu nhưng đến ngày "
    "20/8/2024 mới được cập nhật."
)
RETURNED = "Chưa nêu số, ngày của văn bản đã sửa quy trình. Đề nghị bổ sung vào mục II.3."


@dataclass(slots=True)
class ReportStory:
    """Tells of the report on carrying out the plans of the first round, and of that of the year."""

    people: Mapping[str, User]
    issuer: Agency
    programme: Programme
    chance: random.Random = field(default_factory=lambda: random.Random(57))  # noqa: S311

    def tell_of_july(self) -> None:
        period = self._open()
        reports.freeze_period(period=period, by=System(), at=at_hour(FROZEN, 1))
        rows = Report.objects.filter(period=period).exclude(receiver=None)
        related = rows.select_related("period__agency", "agency", "receiver", "successor")
        # Communes first: their district sends what they say.
        for number, report in enumerate(related.order_by("due_on", "pk")):
            self._live(report, number)

    def tell_of_autumn(self) -> None:
        """Let latecomers send, send the whole up, restate a report, open that of the year."""
        *later, last = self._of_july(ReportStatus.DRAFT)[1:]  # the first never came
        for report in later:
            self._send_nil(report, STRAGGLERS)
        for report in self._of_july(ReportStatus.SENT, ReportStatus.NIL):
            self._receive(report)
        self._send_nil(last, LAST_OF_ALL)  # and waits to be received
        self._send_up(Report.objects.get(period__name=NAME, receiver=None))
        restated = next(each for each in self._of_july() if each.agency.name == RESTATES)
        reports.restate(
            report=restated,
            reason=WHY_RESTATED,
            by=self._head(restated.agency) or self.people["giamdoc"],
            at=at_hour(RESTATED, 10),
            seen=restated.version,
        )
        self._open_year()

    def _of_july(self, *statuses: ReportStatus) -> list[Report]:
        """Return the reports of agencies with a head, those in these states if any are given."""
        rows = Report.objects.filter(period__name=NAME).exclude(receiver=None)
        related = rows.select_related("period__agency", "agency", "receiver", "successor")
        return [
            report
            for report in related.order_by("due_on", "pk")
            if self._head(report.agency) and (not statuses or report.status in statuses)
        ]

    def _send_nil(self, report: Report, on: date) -> None:
        head = self._head(report.agency) or self.people["giamdoc"]
        reports.send_nil(report=report, by=head, at=at_hour(on, 10), seen=report.version)

    def _receive(self, report: Report) -> None:
        by = self._receiver_of(report)
        reports.receive(report=report, by=by, at=at_hour(TIDIED, 9), seen=report.version)

    def _send_up(self, report: Report) -> None:
        """Record the report of the whole province as it was signed."""
        office, at = self.people["dieuphoi"], at_hour(SENT_UP, 16)
        self._write(report, office, at_hour(SENT_UP, 9))
        reports.record_sent(
            report=report,
            signed=reports.SignedReport(
                "451", "BC-UBND", SENT_UP, signer_name="", signer_title="Chủ tịch"
            ),
            upload=None,
            by=office,
            at=at,
            seen=report.version,
        )

    def _open_year(self) -> None:
        """Open the report of the year, at which the letter wants to hear of the second round."""
        regime = seed_regime()
        year = regime.periodic(Cycle.YEAR, 2024)
        duties = Duty.objects.filter(parent=None, report_due_text__contains=AT_YEAR)
        asked = reports.Asked(
            name=year.name,
            kind=PeriodKind.YEAR,
            programme=self.programme,
            agency=self.issuer,
            from_on=year.from_on,
            to_on=year.to_on,
            addressee=year.addressee.name,
            due_on=year.due_on[Tier.PROVINCE],
            deadlines={level: reports.Deadline(year.due_on[tier]) for level, tier in TIERS.items()},
            headings=_headings(regime),
            basis=LETTER,
            duties=list(duties),
            only=_asked(self.issuer),
        )
        reports.open_period(asked=asked, by=self.people["dieuphoi"], at=at_hour(YEAR_OPENED, 9))

    def _open(self) -> ReportPeriod:
        regime = seed_regime()
        asked = reports.Asked(
            name=NAME,
            kind=PeriodKind.SPECIAL,
            programme=self.programme,
            agency=self.issuer,
            from_on=date(2024, 1, 1),
            to_on=date(2024, 6, 30),
            addressee=regime.addressee_on(FROZEN).name,
            due_on=date(2024, 7, 12),
            deadlines=_DUE,
            headings=_headings(regime),
            basis=LETTER,
            only=_asked(self.issuer),
        )
        return reports.open_period(asked=asked, by=self.people["dieuphoi"], at=at_hour(OPENED, 9))

    def _live(self, report: Report, number: int) -> None:
        """One agency's report: most come in time, some late or empty, one goes back."""
        is_returned = report.agency.name == RETURNS
        lot = 0.5 if report.agency.name in (RETURNS, RESTATES) else self.chance.random()
        head = self._head(report.agency)
        if head is None or lot > 0.9:
            return
        is_late = lot > 0.78
        on = date(2024, 7, 5) if is_late else self.chance.choice(_days(report))
        at = at_hour(on, 8 + number % 9)
        if lot < 0.12:
            reports.send_nil(report=report, by=head, at=at, seen=report.version)
        else:
            self._write(report, head, at)
            reports.send(report=report, by=head, at=at, seen=report.version)
        if number % 4 or is_returned:
            self._take(report)

    def _head(self, agency: Agency) -> User | None:
        if agency.name == "Sở Tư pháp":
            return self.people["giamdoc"]
        return self.people.get(f"tt{agency.pk}")

    def _write(self, report: Report, by: User, at: datetime) -> None:
        for section in report.period.sections.all():
            texts: Sequence[str] = _TEXTS.get(section.key, ())
            if texts and self.chance.random() < 0.7:
                text = self.chance.choice(texts)
                reports.write_text(report=report, section=section, text=text, by=by, at=at, seen=0)

    def _take(self, report: Report) -> None:
        """Let whoever it went to receive it; one of them is sent back."""
        by, at = self._receiver_of(report), at_hour(date(2024, 7, 5), 16)
        if report.agency.name == RETURNS:
            reports.return_report(report=report, reason=RETURNED, by=by, at=at, seen=report.version)
        else:
            reports.receive(report=report, by=by, at=at, seen=report.version)

    def _receiver_of(self, report: Report) -> User:
        receiver = report.receiver
        is_district = receiver is not None and receiver.name == SHOWN_DISTRICT
        return self.people["huyen" if is_district else "dieuphoi"]


def _headings(regime: Regime) -> list[reports.Heading]:
    return [reports.Heading(each.title, each.hint, key=each.key) for each in regime.sections]


def _days(report: Report) -> list[date]:
    last = report.due_on.day
    return [date(2024, 7, day) for day in range(1, last + 1)]


def _asked(issuer: Agency) -> list[int]:
    """Return those that the letter names: departments, and one district with its communes."""
    below = Agency.objects.filter(parent=issuer).existing_on(FROZEN)
    departments = below.filter(kind__in=[Kind.DEPARTMENT, Kind.OFFICE])
    shown = below.filter(name=SHOWN_DISTRICT)
    return [*departments.values_list("pk", flat=True), *shown.values_list("pk", flat=True)]
