"""Review rounds for tests: a round with reviews of published procedures of an agency."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.factories.people import make_user
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.actions import store_file
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.apps.reviews.enums import Outcome, Status
from tinhgon.apps.reviews.models import Evidence, Questionnaire, Review, ReviewRound
from tinhgon.domain.reviewing import shipped_questionnaires

_numbers = itertools.count(1)


def make_programme_round(agency: Agency, name: str = "Đợt rà soát lần 2") -> Round:
    """Make a round of a programme run by the agency."""
    programme = Programme.objects.create(
        name=f"Chương trình rà soát {next(_numbers)}", agency=agency, starts_on=date(2022, 9, 15)
    )
    return Round.objects.create(programme=programme, name=name, order=2)


def make_questionnaire() -> Questionnaire:
    """Return the shipped questionnaire, as a row."""
    form = shipped_questionnaires()[0]
    row, _ = Questionnaire.objects.get_or_create(
        code=form.code,
        version=form.version,
        defaults={"title": form.title, "content": form.content, "added_at": AT},
    )
    return row


def answered(person: User) -> dict[str, Any]:
    """Return the columns of a review that waits for the head."""
    return {
        "status": Status.ANSWERED.value,
        "outcome": Outcome.KEEP.value,
        "outcome_reason": "Thủ tục cần thiết, hợp lý",
        "answered_at": AT,
        "answered_by": person,
    }


def confirmed(person: User) -> dict[str, Any]:
    """Return the columns of a review that waits for the Office."""
    confirmed = {"status": Status.CONFIRMED.value, "confirmed_at": AT, "confirmed_by": person}
    return answered(person) | confirmed


def checked(person: User) -> dict[str, Any]:
    """Return the columns of a review that the Office has checked."""
    checked = {"status": Status.CHECKED.value, "checked_at": AT, "checked_by": person}
    return confirmed(person) | checked


def lapsed(_person: User) -> dict[str, Any]:
    """Return the columns of a review of a procedure that is no longer in force."""
    return {"status": Status.LAPSED.value, "reason": "Thủ tục không còn hiệu lực."}


def make_evidence(review: Review, person: User, question: str = "R5a") -> Evidence:
    """Make a file that bears out an answer."""
    stored = store_file(
        data="Số hồ sơ phát sinh: 12".encode(), name="so-lieu.txt", content_type="text/plain",
        at=AT, allowed={"txt"},
    )  # fmt: skip
    return Evidence.objects.create(
        review=review, question=question, file=stored, name=stored.name, added_at=AT,
        added_by=person,
    )  # fmt: skip


def make_review_round(agency: Agency, *, at: datetime = AT, **values: Any) -> ReviewRound:
    """Make a round that the agency runs, without any review yet."""
    defaults: dict[str, Any] = {
        "round": values.pop("round", None) or make_programme_round(agency),
        "questionnaire": make_questionnaire(),
        "scope": {},
        "opened_on": at.date(),
        "due_on": date(2024, 10, 31),
        "created_at": at,
    }
    creator = values.pop("created_by", None) or make_user(agency, "coordinator")
    return ReviewRound.objects.create(agency=agency, created_by=creator, **{**defaults, **values})


def make_review(
    review_round: ReviewRound,
    agency: Agency,
    version: ProcedureVersion | None = None,
    *,
    at: datetime = AT,
    **values: Any,
) -> Review:
    """Make the review of a published procedure of the agency, to do unless `values` say more."""
    version = version or make_version(agency, status=VersionStatus.PUBLISHED, at=at)
    return Review.objects.create(
        round=review_round,
        procedure=version.procedure,
        procedure_version=version,
        agency=agency,
        created_at=at,
        changed_at=at,
        **values,
    )


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A round with its reviews."""

    round: ReviewRound
    reviews: Sequence[Review]


def make_reviewed(runs: Agency, agency: Agency, n: int = 1) -> Reviewed:
    """Make a round run by `runs`, with `n` reviews of published procedures of `agency`."""
    review_round = make_review_round(runs)
    return Reviewed(review_round, [make_review(review_round, agency) for _ in range(n)])
