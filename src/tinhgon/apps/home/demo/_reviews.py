"""The second review round of the demo: just begun, some reviews on their way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews import actions, queries
from tinhgon.apps.reviews.enums import Move, Outcome
from tinhgon.apps.reviews.models import Questionnaire, Review, ReviewRound
from tinhgon.domain.reviewing import Asked, QuestionKind, asked

from ._programme import SECOND
from ._story import at_hour

OPENED = date(2024, 7, 1)
DUE = date(2024, 10, 15)
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


@dataclass(slots=True)
class ReviewStory:
    """Tells how the procedures of one department were taken up in the second round."""

    people: dict[str, User]

    def tell(self) -> None:
        review_round = self._open()
        rows = review_round.reviews.filter(agency__name="Sở Tư pháp").order_by("pk")
        reviews = list(
            rows.select_related("round__questionnaire", "procedure", "procedure_version", "agency")
        )
        for order, review in enumerate(reviews[:5]):
            self._review(review, order)

    def _open(self) -> ReviewRound:
        round_ = Round.objects.select_related("programme__agency").get(name=SECOND)
        agency = round_.programme.agency
        plan = actions.Plan(
            round=round_,
            questionnaire=Questionnaire.objects.get(code="02/RS-KSTT", version=1),
            scope=queries.Scope.of(agency, OPENED),
            due_on=DUE,
            check_due_on=date(2024, 10, 31),
            basis=LETTER,
        )
        return actions.open_round(plan=plan, by=self.people["dieuphoi"], at=at_hour(OPENED, 9))

    def _review(self, review: Review, order: int) -> None:
        """Each further one is a step less far: checked, returned, confirmed, answered, begun."""
        at = at_hour(date(2024, 7, 2 + order % 3), 10)
        amends = order % 2 == 1
        self._answer(review, at, amends=amends, only="N" if order == 4 else "")
        if order == 4:
            return
        outcome = Outcome.AMEND if amends else Outcome.KEEP
        reason = "Gộp bước, rút ngắn thời hạn." if amends else "Thủ tục cần thiết, hợp lý."
        officer = self.people["chuyenvien"]
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
                at=at_hour(date(2024, 7, 5), 9),
                seen=review.version,
                reason=why,
            )

    def _answer(self, review: Review, at: datetime, *, amends: bool, only: str) -> None:
        officer = self.people["chuyenvien"]
        for _ in range(2):  # what depends on other answers is asked after them
            known = queries.known_of(review, today=at.date())
            answers = queries.answers_of(review, known)
            form = review.round.questionnaire.form
            written = [
                _written(each, amends=amends)
                for each in asked(form, known.record, answers)
                if each.key not in answers and each.section.id.startswith(only)
            ]
            actions.write_answers(review=review, written=written, by=officer, at=at)


def _written(each: Asked, *, amends: bool) -> actions.Written:
    question = each.question
    if amends and question.id in _REASONS:
        return actions.Written(each.key, "yes", _REASONS[question.id], "")
    if amends and each.key in {"R2p", "R6p"}:
        return actions.Written(each.key, "amend", "Theo nội dung nêu trên.", "")
    if question.kind in (QuestionKind.TEXT, QuestionKind.NUMBER):
        words = "Còn 2/3 thời hạn, ở bước thẩm định." if question.id == "R6e" else "Theo hồ sơ lưu."
        return actions.Written(each.key, _GOALS.get(question.id, words), "", "")
    reason = "" if question.kind is QuestionKind.PROPOSAL else "Đã đối chiếu hồ sơ lưu năm 2023."
    return actions.Written(each.key, question.sound or "no", reason, "")
