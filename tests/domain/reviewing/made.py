"""Records for the tests of reviews, of our own wording."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from tinhgon.domain.procedures import (
    Basis,
    Body,
    CopyKind,
    Duration,
    Manner,
    Paper,
    Part,
    Record,
    Step,
    Unit,
)
from tinhgon.domain.reviewing import Answer, Facts, Questionnaire, every_question
from tinhgon.domain.reviewing import shipped_questionnaires as shipped

TODAY = date(2024, 8, 1)
FACTS = Facts(on=TODAY)
FORM: Questionnaire = shipped()[0]


def days(amount: int) -> Duration:
    return Duration(Decimal(amount), Unit.WORKING_DAY)


def record(**parts: Any) -> Record:
    """Return a record in which no rule finds anything, with `parts` in place of its own."""
    made = Record(
        name="Thẩm định kế hoạch biên chế",
        steps=(
            Step(1, "Gửi hồ sơ", "Phòng chuyên môn", days(1), "Tờ trình"),
            Step(2, "Xem xét hồ sơ", "Sở Nội vụ", days(3), "Báo cáo"),
            Step(3, "Ký ban hành", "Giám đốc Sở", days(1), "Quyết định"),
        ),
        manners=(Manner.E_OFFICE,),
        papers=(
            Paper("Tờ trình", CopyKind.ELECTRONIC),
            Paper("Dự thảo kế hoạch", CopyKind.ELECTRONIC),
        ),
        dossier_sets=1,
        time_limit=days(5),
        subjects=("Các phòng thuộc Sở",),
        bodies=(Body(Part.DECIDING, "Giám đốc Sở"), Body(Part.EXECUTING, "Sở Nội vụ")),
        result="Quyết định",
        fee="Không",
        bases=(Basis("Nghị định số 30/2020/NĐ-CP", "30/2020/NĐ-CP"),),
    )
    return replace(made, **parts)


def sound_answers(of: Record) -> dict[str, Answer]:
    """Answer every question as somebody does who finds nothing to change."""
    plain = {"number": "1", "text": "Bảo đảm quản lý biên chế"}
    return {
        each.key: Answer(each.question.sound or plain.get(each.question.kind.value, "no"), "Đã xem")
        for each in every_question(FORM, of)
    }
