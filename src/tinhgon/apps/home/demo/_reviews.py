"""The two review rounds of the demo: the first over and decided on, the second on its way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews import actions, queries
from tinhgon.apps.reviews.enums import Move, Outcome
from tinhgon.apps.reviews.models import Questionnaire, Review, ReviewRound
from tinhgon.domain.reviewing import Answer, Asked, QuestionKind, asked, is_spare, stamp

from ._costs import estimate
from ._plans import Days, PlanStory, decide, people_of, planned
from ._programme import FIRST, SECOND
from ._story import at_hour

# The first round was held on paper; its results were entered when the system came.
ENTERED = date(2024, 3, 27)
IN_FORCE = date(2023, 3, 31)
APPROVED = ("2215", date(2023, 12, 28))
OLD_LETTER = "Kế hoạch số 243/KH-UBND ngày 02/12/2022, kết quả nhập lại từ hồ sơ giấy"
OPENED = date(2024, 9, 16)
DUE = date(2024, 11, 29)
LETTER = "Công văn số 318/UBND-TTPVHCC ngày 28/3/2024"
RETURNED = "Chưa nêu số hồ sơ phát sinh của từng năm. Đề nghị bổ sung số liệu và tài liệu kèm theo."
_GOALS = {
    "N1a": "Bảo đảm việc quản lý trong lĩnh vực được thống nhất, đúng thẩm quyền.",
    "N1b": "Cơ quan, đơn vị có căn cứ tổ chức thực hiện và được trả lời đúng hạn.",
    "R7c": "26",
    "N5": "31",
}
_REASONS = {
    "R2c": "Bước trình lãnh đạo phòng xem trước có thể gộp với bước thẩm định.",
    "R6d": "Thực tế giải quyết nhanh hơn thời hạn quy định.",
}
_PROPOSED = {"Np", "R2p", "R6p"}
_ENDED = {"N6": "no", "Np": "abolish"}
DISMISSED = "Đơn vị đang dùng hồ sơ giấy để đối chiếu; xem lại sau khi kết nối hệ thống."


@dataclass(slots=True)
class ReviewStory:
    """Tells what the two rounds found, and how far one department has come in the second."""

    people: dict[str, User]
    issuer: Agency
    office: Agency

    def tell_first(self) -> None:
        """Enter the round that was over before the system came, with its plans and decision."""
        review_round = self._open(FIRST, ENTERED, on=IN_FORCE, until=date(2024, 3, 29))
        day = at_hour(ENTERED, 10)
        self._review_all(review_round, found_in(FIRST), day)
        days = Days(*(at_hour(date(2024, 3, 28), hour) for hour in (9, 10, 14, 15)))
        drafted = PlanStory(self.people, self.office, days).tell(review_round, FIRST)
        decide(
            drafted,
            issuer=self.issuer,
            signed=APPROVED,
            by=self.people["vanthu"],
            at=at_hour(date(2024, 3, 29), 9),
        )
        actions.close_round(
            review_round=review_round,
            by=self.people["dieuphoi"],
            at=at_hour(date(2024, 3, 29), 16),
            seen=review_round.version,
        )

    def tell_second(self) -> None:
        review_round = self._open(SECOND, OPENED, on=OPENED, until=DUE)
        found = found_in(SECOND)
        self._review_all(review_round, found, at_hour(date(2024, 10, 10), 10), only_planned=True)
        days = Days(*(at_hour(date(2024, 11, day), 9) for day in (11, 12, 18, 20)))
        PlanStory(self.people, self.office, days).tell(review_round, SECOND)
        rows = review_round.reviews.filter(agency__name="Sở Tư pháp").order_by("pk")
        for order, review in enumerate(_ready(rows)[:5]):
            self._review(review, order)

    def _open(self, name: str, day: date, *, on: date, until: date) -> ReviewRound:
        round_ = Round.objects.select_related("programme__agency").get(name=name)
        agency = round_.programme.agency
        plan = actions.Plan(
            round=round_,
            questionnaire=Questionnaire.objects.get(code="02/RS-KSTT", version=1),
            scope=queries.Scope.of(agency, on),
            due_on=until,
            check_due_on=max(until, date(2024, 12, 13)) if name == SECOND else None,
            basis=LETTER if name == SECOND else OLD_LETTER,
        )
        return actions.open_round(plan=plan, by=self.people["dieuphoi"], at=at_hour(day, 9))

    def _review_all(
        self,
        review_round: ReviewRound,
        found: Mapping[tuple[str, str], dict[str, Any]],
        at: datetime,
        *,
        only_planned: bool = False,
    ) -> None:
        """Review what each agency has, or of those with a plan only; heads and Office agree."""
        wanted = {agency for agency, _ in found}
        rows = _ready(review_round.reviews.order_by("agency", "pk"))
        if only_planned:
            rows = [review for review in rows if review.agency.name in wanted]
        for _, group in groupby(rows, key=lambda review: review.agency_id):
            reviews = list(group)
            agency = reviews[0].agency
            officer, head = people_of(self.people, agency)
            for review in reviews:
                item = found.get((agency.name, review.procedure_version.name))
                self._conclude(review, item, officer, at)
            self._pass(reviews, Move.CONFIRM, head, at)
            if agency != self.office:  # nobody checks his own agency
                self._pass(reviews, Move.CHECK, self.people["dieuphoi"], at)

    def _conclude(
        self, review: Review, item: dict[str, Any] | None, officer: User, at: datetime
    ) -> None:
        outcome = Outcome(item["outcome"]) if item else Outcome.KEEP
        into = ""
        if item and "into" in item:
            other = review.round.reviews.get(procedure_version__name=item["into"])
            into = other.procedure.local_code
        _answer(review, officer, at, outcome=outcome)
        estimate(review, item, officer, at)
        reason = item["reason"] if item else "Thủ tục cần thiết, hợp lý."
        concluded = actions.Concluded(outcome.value, reason, into, "")
        actions.conclude(review=review, concluded=concluded, by=officer, at=at)
        actions.finish(review=review, by=officer, at=at, seen=review.version)

    def _pass(self, reviews: list[Review], move: Move, by: User, at: datetime) -> None:
        seen = {review.pk: review.version for review in reviews}
        actions.move_many(reviews=reviews, move=move, by=by, at=at, seen=seen)

    def _review(self, review: Review, order: int) -> None:
        """Each further one is a step less far: checked, returned, confirmed, answered, begun."""
        at = at_hour(date(2024, 11, 19 + order % 3), 10)
        outcome = Outcome.AMEND if order % 2 == 1 else Outcome.KEEP
        officer = self.people["chuyenvien"]
        _answer(review, officer, at, outcome=outcome, only="N" if order == 4 else "")
        estimate(review, None, officer, at)
        self._judge(review, officer, at)
        if order == 4:
            return
        reason = "Gộp bước, rút ngắn thời hạn." if order % 2 else "Thủ tục cần thiết, hợp lý."
        concluded = actions.Concluded(outcome.value, reason, "", "")
        actions.conclude(review=review, concluded=concluded, by=officer, at=at)
        actions.finish(review=review, by=officer, at=at, seen=review.version)
        moves = [(Move.CONFIRM, "giamdoc", ""), (Move.CHECK, "dieuphoi", "")]
        if order == 1:
            moves[1] = (Move.RETURN, "dieuphoi", RETURNED)
        for move, who, why in moves[: max(0, 3 - order) if order else 2]:
            actions.move_review(
                review=review,
                move=move,
                by=self.people[who],
                at=at_hour(date(2024, 11, 22), 9),
                seen=review.version,
                reason=why,
            )

    def _judge(self, review: Review, officer: User, at: datetime) -> None:
        """Take the first suggestion as a measure, dismiss the second, leave the others open."""
        known = queries.known_of(review, today=at.date())
        answers = queries.answers_of(review, known)
        form = review.round.questionnaire.form
        for order, each in enumerate(queries.suggestions_for(form, known, answers)[:2]):
            actions.judge(
                review=review,
                rule=each.rule,
                target=each.target,
                accepted=order == 0,
                reason=DISMISSED if order else "",
                by=officer,
                at=at,
            )


def found_in(name: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what was found, by agency and procedure, in the round with this name."""
    return {(each.agency, item["procedure"]): item for each in planned(name) for item in each.items}


def _ready(rows: Any) -> list[Review]:
    return list(
        rows.select_related("round__questionnaire", "procedure", "procedure_version", "agency")
    )


def _answer(
    review: Review, officer: User, at: datetime, *, outcome: Outcome, only: str = ""
) -> None:
    for _ in range(3):  # what depends on other answers is asked after them
        known = queries.known_of(review, today=at.date())
        answers = queries.answers_of(review, known)
        form = review.round.questionnaire.form
        written = []
        for each in asked(form, known.record, answers):
            old, new = answers.get(each.key, Answer()), _written(each, outcome)
            proposes = each.key in _PROPOSED and (old.value or new.value) != new.value
            if is_spare(each, answers):
                continue
            if each.section.id.startswith(only) and (old.is_empty or old.again or proposes):
                written.append(replace(new, seen=stamp(old.value, old.reason), stands=True))
        if written:
            actions.write_answers(review=review, written=written, by=officer, at=at)


def _written(each: Asked, outcome: Outcome) -> actions.Written:
    question = each.question
    amends = outcome is Outcome.AMEND
    if outcome is Outcome.ABOLISH and each.key in _ENDED:
        return actions.Written(each.key, _ENDED[each.key], "Việc này không cần thủ tục.", "")
    if amends and question.id in _REASONS:
        return actions.Written(each.key, "yes", _REASONS[question.id], "")
    if amends and each.key in {"R2p", "R6p"}:
        return actions.Written(each.key, "amend", "Theo nội dung nêu trên.", "")
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER):
        words = "Còn 2/3 thời hạn, ở bước thẩm định." if question.id == "R6e" else "Theo hồ sơ lưu."
        return actions.Written(each.key, _GOALS.get(question.id, words), "", "")
    reason = "" if question.kind is QuestionKind.PROPOSAL else "Đã đối chiếu hồ sơ lưu năm 2023."
    return actions.Written(each.key, question.sound or "no", reason, "")
