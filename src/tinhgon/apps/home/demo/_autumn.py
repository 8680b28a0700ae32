"""What became of the letter's work from July to the day the demo opens, eight months in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.assignments import actions
from tinhgon.apps.assignments.enums import ExtensionStatus
from tinhgon.apps.assignments.models import Assignment
from tinhgon.apps.directives.enums import Part
from tinhgon.apps.directives.models import Directive
from tinhgon.domain.assigning import Status

from ._people import SHOWN_DISTRICT
from ._story import RETURNED, SPRING_TOLD, Story, at_hour

SUMMER_FROM, SUMMER_TO = date(2024, 7, 15), date(2024, 8, 30)
LAST_DUTIES = date(2024, 10, 31)
MORE, REVIEWING = "bổ sung các TTHC", "Rà soát 100%"
GRANTED, COMMUNES_DUE = date(2024, 12, 13), date(2024, 12, 5)
WHY_LATER = "Còn chờ ý kiến thẩm định của Sở Tư pháp về văn bản phải sửa đổi."


@dataclass(slots=True)
class AutumnStory:
    """Goes on where the spring ended: old work is finished, October comes in, some is late."""

    spring: Story
    last: date
    people: Mapping[str, User] = field(init=False)

    def __post_init__(self) -> None:
        self.people = self.spring.people

    def tell(self, directive: Directive) -> None:
        """Communes first: their district waits for them."""
        rows = Assignment.objects.filter(duty__directive=directive)
        related = rows.select_related("agency", "duty__issuer", "duty__directive")
        for assignment in related.order_by("-duty__parent", "duty__order", "agency", "pk"):
            if assignment.due_on is None or assignment.status == Status.ACCEPTED:
                continue
            if assignment.due_on < LAST_DUTIES:
                self._summer(assignment)
            else:
                self._october(assignment)

    def _summer(self, assignment: Assignment) -> None:
        """Nearly all that was open in July is done by the end of August; a few never answered."""
        lot = self.spring.chance.random()
        asked = assignment.extensions.filter(status=ExtensionStatus.ASKED).first()
        if asked is not None:
            self._grant(assignment, asked.asked_due_on, at_hour(SPRING_TOLD, 15))
        if assignment.status == Status.SUBMITTED:
            self.spring.accept(assignment, SUMMER_FROM)
        elif self._is_of_somebody_shown(assignment):
            return
        elif lot < 0.86:
            self.spring.accept(assignment, self._send(assignment, SUMMER_FROM, SUMMER_TO))

    def _grant(self, assignment: Assignment, until: date, at: datetime) -> None:
        actions.decide_extension(
            assignment=assignment,
            granted_due_on=until,
            reason="Đồng ý gia hạn một lần.",
            by=self.spring.reviewer(assignment),
            at=at,
            version=assignment.version,
        )

    def _october(self, assignment: Assignment) -> None:
        if assignment.agency.name == SHOWN_DISTRICT and REVIEWING in assignment.duty.text:
            self._pass_on_late(assignment)
            return
        if assignment.agency.name == SHOWN_DISTRICT:
            self.spring.be_on_the_way(assignment, date(2024, 10, 14), date(2024, 10, 30))
            return
        lot = self.spring.chance.random()
        if lot < 0.58:
            self.spring.accept(assignment, self._send(assignment, date(2024, 10, 7), LAST_DUTIES))
        elif lot < 0.70:
            late = self._send(assignment, date(2024, 11, 1), date(2024, 11, 15))
            self.spring.accept(assignment, late)
        elif lot < 0.78:
            self._send(assignment, date(2024, 11, 19), self.last - timedelta(days=1))
        elif lot < 0.84:
            day = self._send(assignment, date(2024, 11, 11), date(2024, 11, 18))
            self._return(assignment, day)
        elif lot < 0.92:
            self._ask_for_time(assignment)
        elif lot < 0.97:
            self.spring.be_on_the_way(assignment, date(2024, 10, 14), date(2024, 11, 15))

    def _pass_on_late(self, assignment: Assignment) -> None:
        """The district got a later day and gave its communes what is still missing."""
        self._ask_for_time(assignment)
        communes = Agency.objects.existing_on(self.last).filter(parent=assignment.agency)
        duty = actions.pass_on(
            assignment=assignment,
            parts=dict.fromkeys(communes, Part.LEAD),
            note="Đề nghị UBND các xã, thị trấn rà soát thủ tục của xã và báo cáo UBND huyện.",
            due_on=COMMUNES_DUE,
            by=self.spring.officer(assignment),
            at=at_hour(date(2024, 10, 30), 10),
            version=assignment.version,
        )
        for child in duty.assignments.select_related("agency", "duty__issuer"):
            lot = self.spring.chance.random()
            if self.spring.officer(child) == self.people["xa"]:
                self.spring.be_on_the_way(child, date(2024, 11, 11), date(2024, 11, 20))
            elif lot < 0.4:
                self.spring.accept(child, self._send(child, date(2024, 11, 11), date(2024, 11, 20)))
            elif lot < 0.7:
                self._send(child, date(2024, 11, 20), self.last - timedelta(days=1))

    def _ask_for_time(self, assignment: Assignment) -> None:
        self.spring.be_on_the_way(assignment, date(2024, 10, 7), date(2024, 10, 16))
        actions.ask_extension(
            assignment=assignment,
            asked_due_on=date(2024, 12, 16),
            reason=WHY_LATER,
            by=self.spring.officer(assignment),
            at=at_hour(date(2024, 10, 22), 15),
            version=assignment.version,
        )
        self._grant(assignment, GRANTED, at_hour(date(2024, 10, 24), 10))

    def _send(self, assignment: Assignment, first: date, last: date) -> date:
        return self.spring.submit(assignment, first, last)

    def _return(self, assignment: Assignment, day: date) -> None:
        actions.return_answer(
            assignment=assignment,
            reason=RETURNED,
            by=self.people["dieuphoi"],
            at=at_hour(self.spring.calendar.add_working_days(day, 1), 16),
            version=assignment.version,
        )

    def _is_of_somebody_shown(self, assignment: Assignment) -> bool:
        """Return whether it is left to a printed account: who tries it finds something late."""
        if MORE not in assignment.duty.text:
            return False
        shown = [self.people[name] for name in ("chuyenvien", "huyen", "xa")]
        return self.spring.officer(assignment) in shown
