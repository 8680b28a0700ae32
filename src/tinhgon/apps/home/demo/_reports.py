"""The report that the letter asks for: sent in time, late, with nothing to say, or not yet."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Kind, Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.actions import System
from tinhgon.apps.programmes.models import Programme
from tinhgon.apps.reports import actions as reports
from tinhgon.apps.reports.enums import PeriodKind
from tinhgon.apps.reports.models import Report, ReportPeriod
from tinhgon.domain.reporting import seed_regime

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
RETURNED = "Chưa nêu số, ngày của văn bản đã sửa quy trình. Đề nghị bổ sung vào mục II.3."


@dataclass(slots=True)
class ReportStory:
    """Tells of the special report on carrying out the plans of the first round."""

    people: Mapping[str, User]
    issuer: Agency
    programme: Programme
    chance: random.Random = field(default_factory=lambda: random.Random(57))  # noqa: S311

    def tell(self) -> None:
        period = self._open()
        reports.freeze_period(period=period, by=System(), at=at_hour(FROZEN, 1))
        rows = Report.objects.filter(period=period).exclude(receiver=None)
        related = rows.select_related("period__agency", "agency", "receiver", "successor")
        # Communes first: their district sends what they say.
        for number, report in enumerate(related.order_by("due_on", "pk")):
            self._live(report, number)

    def _open(self) -> ReportPeriod:
        regime = seed_regime()
        asked = reports.Asked(
            name="Báo cáo kết quả thực thi phương án đơn giản hóa lần 1",
            kind=PeriodKind.SPECIAL,
            programme=self.programme,
            agency=self.issuer,
            from_on=date(2024, 1, 1),
            to_on=date(2024, 6, 30),
            addressee=regime.addressee_on(FROZEN).name,
            due_on=date(2024, 7, 12),
            deadlines=_DUE,
            headings=[
                reports.Heading(each.title, each.hint, key=each.key) for each in regime.sections
            ],
            basis=LETTER,
            only=_asked(self.issuer),
        )
        return reports.open_period(asked=asked, by=self.people["dieuphoi"], at=at_hour(OPENED, 9))

    def _live(self, report: Report, number: int) -> None:
        """One agency's report: most come in time, some late or empty, one goes back."""
        lot = self.chance.random()
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
        if number % 4:
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
        receiver = report.receiver
        name = "huyen" if receiver and receiver.name == SHOWN_DISTRICT else "dieuphoi"
        by, at = self.people[name], at_hour(date(2024, 7, 5), 16)
        if report.agency.name == "Sở Tài chính":
            reports.return_report(report=report, reason=RETURNED, by=by, at=at, seen=report.version)
        else:
            reports.receive(report=report, by=by, at=at, seen=report.version)


def _days(report: Report) -> list[date]:
    last = report.due_on.day
    return [date(2024, 7, day) for day in range(1, last + 1)]


def _asked(issuer: Agency) -> list[int]:
    """Return those that the letter names: departments, and one district with its communes."""
    below = Agency.objects.filter(parent=issuer).existing_on(FROZEN)
    departments = below.filter(kind__in=[Kind.DEPARTMENT, Kind.OFFICE])
    shown = below.filter(name=SHOWN_DISTRICT)
    return [*departments.values_list("pk", flat=True), *shown.values_list("pk", flat=True)]
