"""What the agencies did with the letter, from the end of March to the beginning of July."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.enums import Level
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.models import Assignment, Duty
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.directives.models import Directive
from tinhgon.domain.workdays import WorkCalendar

from ._papers import report

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
NOTES = [
    (20, "Đã phân công phòng chuyên môn rà soát, lập danh sách thủ tục phải thực hiện."),
    (45, "Đã dự thảo văn bản sửa đổi quy trình, đang lấy ý kiến các phòng."),
    (60, "Đã hoàn thiện dự thảo, trình lãnh đạo cơ quan xem xét."),
    (80, "Đã hoàn thành phần lớn nội dung, còn chờ ý kiến của cơ quan phối hợp."),
]
SPRING_ENDS, SPRING_TOLD = date(2024, 6, 28), date(2024, 7, 8)
RETURNED = "Báo cáo chưa nêu số, ngày văn bản sửa đổi quy trình; đề nghị bổ sung."
WHY_LATER = "Văn bản cần sửa đổi phải lấy ý kiến Bộ quản lý ngành, chưa nhận được trả lời."


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day in Vietnam."""
    return datetime.combine(day, time(hour, minute), tzinfo=VIETNAM)


@dataclass(slots=True)
class Story:
    """Tells the months from issuing to `until`; the same every time."""

    people: dict[str, User]
    calendar: WorkCalendar
    until: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(318))  # noqa: S311
    by_agency: dict[int, User] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def tell(self, directive: Directive) -> None:
        """Let every agency do what it did, duty by duty."""
        for user in self.people.values():
            for position in user.current_positions:
                self.by_agency.setdefault(position.agency_id, user)
        for duty in directive.duties.order_by("order"):
            for assignment in duty.assignments.select_related("agency", "duty__issuer"):
                self._live(assignment)

    def _live(self, assignment: Assignment) -> None:
        """One agency's assignment: some finish, some are on the way, some have not opened it."""
        due = assignment.due_on
        soon = due is not None and due < self.until.date() + timedelta(days=30)
        lot = self.chance.random()
        if assignment.agency.level == Level.DISTRICT and lot < 0.75 and due and soon:
            self._pass_on(assignment)
        ways: list[tuple[float, Callable[[Assignment], None]]] = (
            [
                (0.40, self._finish_in_time),
                (0.52, self._finish_late),
                (0.60, self._say_nil),
                (0.68, self._wait_for_decision),
                (0.73, self._be_returned),
                (0.84, self._ask_for_time),
                (0.92, self.be_on_the_way),
                (0.96, self.take_note),
            ]
            if soon
            else [
                (0.05, self._finish_in_time),
                (0.60, self.be_on_the_way),
                (0.90, self.take_note),
            ]
        )
        lot = self.chance.random()
        for bound, way in ways:
            if lot < bound:
                way(assignment)
                return

    def take_note(self, assignment: Assignment) -> None:
        """Let the agency see the work, unless it has."""
        if assignment.acknowledged_at is None:
            day = self._working_day(date(2024, 4, 1), date(2024, 4, 12))
            actions.acknowledge(
                assignment=assignment,
                by=self.officer(assignment),
                at=at_hour(day, 8 + self.chance.randrange(8), self.chance.randrange(60)),
                version=assignment.version,
            )

    def be_on_the_way(
        self, assignment: Assignment, first: date = date(2024, 5, 6), last: date = SPRING_ENDS
    ) -> None:
        """Take note of the work, and tell of progress on a working day between the two."""
        self.take_note(assignment)
        percent, text = self.chance.choice(NOTES)
        actions.report_progress(
            assignment=assignment,
            percent=percent,
            text=text,
            upload=None,
            by=self.officer(assignment),
            at=at_hour(self._working_day(first, last), 10),
            version=assignment.version,
        )

    def submit(self, assignment: Assignment, first: date, last: date) -> date:
        """Send the result on a working day between the two; return that day."""
        self.take_note(assignment)
        day = self._working_day(first, last)
        number = self.numbers.get(assignment.agency_id, 10) + self.chance.randrange(1, 9)
        self.numbers[assignment.agency_id] = number
        agency = assignment.agency
        actions.submit_proof(
            assignment=assignment,
            document_code=f"{number:02}/BC-{agency.symbol or 'UBND'}",
            document_on=day,
            text="",
            upload=report(agency, f"{number:02}", day, assignment.duty.summary),
            by=self.officer(assignment),
            at=at_hour(day, 14, self.chance.randrange(60)),
            version=assignment.version,
        )
        return day

    def accept(self, assignment: Assignment, after: date) -> None:
        """Accept the answer two working days after it came."""
        actions.accept_answer(
            assignment=assignment,
            by=self.reviewer(assignment),
            at=at_hour(self.calendar.add_working_days(after, 2), 9),
            version=assignment.version,
        )

    def _accept_by_then(self, assignment: Assignment, after: date) -> None:
        if at_hour(self.calendar.add_working_days(after, 2), 9) < self.until:
            self.accept(assignment, after)

    def _finish_in_time(self, assignment: Assignment) -> None:
        last = min(assignment.due_on or date(2024, 6, 28), date(2024, 6, 28))
        self._accept_by_then(assignment, self.submit(assignment, date(2024, 5, 13), last))

    def _finish_late(self, assignment: Assignment) -> None:
        due = assignment.due_on or date(2024, 6, 30)
        last = self.until.date() - timedelta(days=1)
        self._accept_by_then(assignment, self.submit(assignment, due + timedelta(days=1), last))

    def _wait_for_decision(self, assignment: Assignment) -> None:
        self.submit(assignment, date(2024, 6, 24), self.until.date() - timedelta(days=1))

    def _say_nil(self, assignment: Assignment) -> None:
        if "bổ sung" not in assignment.duty.text:
            self._finish_in_time(assignment)
            return
        self.take_note(assignment)
        day = self._working_day(date(2024, 6, 3), date(2024, 6, 28))
        actions.submit_nil(
            assignment=assignment,
            text="Đã rà soát, không có thủ tục nào còn thiếu hoặc bỏ sót.",
            by=self.officer(assignment),
            at=at_hour(day, 9, 30),
            version=assignment.version,
        )
        self._accept_by_then(assignment, day)

    def _be_returned(self, assignment: Assignment) -> None:
        day = self.submit(assignment, date(2024, 6, 10), date(2024, 6, 28))
        actions.return_answer(
            assignment=assignment,
            reason=RETURNED,
            by=self.reviewer(assignment),
            at=at_hour(self.calendar.add_working_days(day, 1), 16),
            version=assignment.version,
        )

    def _ask_for_time(self, assignment: Assignment) -> None:
        self.be_on_the_way(assignment)
        if assignment.duty.parent_id is not None:  # never later than the district's own day
            return
        asked = self._working_day(date(2024, 6, 17), date(2024, 6, 26))
        actions.ask_extension(
            assignment=assignment,
            asked_due_on=date(2024, 7, 31),
            reason=WHY_LATER,
            by=self.officer(assignment),
            at=at_hour(asked, 15),
            version=assignment.version,
        )
        if self.chance.random() < 0.6:
            actions.decide_extension(
                assignment=assignment,
                granted_due_on=self.chance.choice([date(2024, 7, 12), date(2024, 7, 19)]),
                reason="Đồng ý gia hạn một lần.",
                by=self.reviewer(assignment),
                at=at_hour(self.calendar.add_working_days(asked, 1), 10),
                version=assignment.version,
            )

    def _pass_on(self, assignment: Assignment) -> None:
        """The district gives the work to its communes, some days earlier than its own deadline."""
        communes = Agency.objects.existing_on(date(2024, 4, 8)).filter(parent=assignment.agency)
        due = assignment.due_on
        duty = actions.pass_on(
            assignment=assignment,
            parts=dict.fromkeys(communes, Part.LEAD),
            note="Đề nghị UBND các xã, thị trấn thực hiện và báo cáo UBND huyện.",
            due_on=due - timedelta(days=10) if due else None,
            by=self.officer(assignment),
            at=at_hour(self._working_day(date(2024, 4, 3), date(2024, 4, 17)), 10),
            version=assignment.version,
        )
        for child in duty.assignments.select_related("agency", "duty__issuer"):
            if self.officer(child) == self.people["xa"]:  # who tries this account has work to do
                self.be_on_the_way(child)
            else:
                self._live(child)

    def _working_day(self, first: date, last: date) -> date:
        """Return some working day from `first` to `last`, or the nearest one before."""
        span = max((last - first).days, 0)
        return self.calendar.last_working_day_on_or_before(
            first + timedelta(days=self.chance.randrange(span + 1))
        )

    def officer(self, assignment: Assignment) -> User:
        """Return who works on it at its agency."""
        return self.by_agency[assignment.agency_id]

    def reviewer(self, assignment: Assignment) -> User:
        """Return who decides on its answer: the Office, or who passed it on."""
        duty: Duty = assignment.duty
        if duty.parent_id is None:
            return self.people["dieuphoi"]
        return self.by_agency[duty.issuer_id]
