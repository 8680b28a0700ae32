from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from tests.factories import Province, make_province, make_user
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import actions
from tinhgon.apps.reviews.enums import Move
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.apps.reviews.queries import known_of
from tinhgon.domain.procedures import from_json, to_json
from tinhgon.domain.reviewing import every_question


@dataclass(frozen=True, slots=True)
class People:
    """Who takes part: of the department under review, of the Office, and a stranger."""

    officer: User
    colleague: User
    head: User
    office: User
    stranger: User


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


@pytest.fixture
def people(province: Province) -> People:
    home, abroad = province.departments
    return People(
        officer=make_user(home, "officer", name="Hoàng Thị Mai"),
        colleague=make_user(home, "officer", name="Lý Văn Bình"),
        head=make_user(home, "head"),
        office=make_user(province.office, "coordinator", scope=province.committee),
        stranger=make_user(abroad, "head"),
    )


@pytest.fixture
def review_round(province: Province, people: People, march_2024: datetime) -> ReviewRound:
    return make_review_round(
        province.committee, created_by=people.office, at=march_2024, due_on=date(2024, 10, 31)
    )


@pytest.fixture
def review(review_round: ReviewRound, province: Province, march_2024: datetime) -> Review:
    return make_review(review_round, province.departments[0], at=march_2024)


def answer_all(review: Review, by: User, at: datetime, **values: str) -> None:
    """Answer every question soundly, with `values` in place of some, and keep the procedure."""
    known = known_of(review, today=at.date())
    plain = {"number": "1", "text": "Bảo đảm quản lý biên chế"}
    written = [
        actions.Written(
            each.key,
            values.get(each.key, each.question.sound or plain.get(each.question.kind.value, "no")),
            "" if each.question.kind.value in plain else "Đã đối chiếu hồ sơ",
            "",
        )
        for each in every_question(review.round.questionnaire.form, known.record)
    ]
    result = actions.write_answers(review=review, written=written, by=by, at=at)
    assert not result.refused


def conclude(review: Review, by: User, at: datetime, outcome: str = "keep", into: str = "") -> None:
    concluded = actions.Concluded(outcome, "Thủ tục cần thiết, hợp lý", into, "")
    actions.conclude(review=review, concluded=concluded, by=by, at=at)


def moved(review: Review, move: Move, by: User, at: datetime) -> None:
    actions.move_review(review=review, move=move, by=by, at=at, seen=review.version)


def finished(review: Review, by: User, at: datetime) -> Review:
    """Bring a review to where it waits for the head."""
    answer_all(review, by, at)
    conclude(review, by, at)
    actions.finish(review=review, by=by, at=at, seen=review.version)
    return review


Finish = Callable[[Review], Review]


@pytest.fixture
def finish(people: People, march_2024: datetime) -> Finish:
    return lambda review: finished(review, people.officer, march_2024)


def supersede(review: Review, **parts: Any) -> ProcedureVersion:
    """Put another version in force in place of the one under review."""
    old = review.procedure_version
    day = date(2024, 3, 1)
    ProcedureVersion.objects.filter(pk=old.pk).update(valid_to=day, is_superseded=True)
    content = to_json(from_json(old.content)) | parts
    return ProcedureVersion.objects.create(
        procedure=old.procedure,
        number=old.number + 1,
        status=VersionStatus.PUBLISHED.value,
        content=content,
        name=old.name,
        sort_name=old.sort_name,
        folded=old.folded,
        name_key=old.name_key,
        agency=old.agency,
        holder=old.holder,
        valid_from=day,
        created_at=old.created_at,
        created_by=old.created_by,
        changed_at=old.changed_at,
    )


def words(response: Any) -> str:
    main = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())
