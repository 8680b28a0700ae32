from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT
from tests.factories.reviews import make_review, make_review_round, make_reviewed
from tinhgon.apps.reviews.enums import Outcome, Status
from tinhgon.apps.reviews.models import Review, ReviewRound


@pytest.fixture
def province(db: None) -> Province:
    return make_province()


def test_who_sees_a_round_and_its_reviews(province: Province) -> None:
    home, abroad = province.departments
    reviewed = make_reviewed(province.committee, home, n=2)
    for agency, role, seen in (
        (home, "officer", 2),
        (province.committee, "coordinator", 2),
        (abroad, "head", 0),
    ):
        user = make_user(agency, role)
        assert Review.objects.visible_to(user).count() == seen
        assert ReviewRound.objects.visible_to(user).exists() == bool(seen)
    assert reviewed.reviews[0].status_words == "Chưa rà soát"


def test_a_procedure_is_reviewed_once_a_round(province: Province) -> None:
    review = make_reviewed(province.committee, province.departments[0]).reviews[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        make_review(review.round, review.agency, review.procedure_version)
    make_review(make_review_round(province.committee), review.agency, review.procedure_version)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "unheard"},
        {"outcome": "unheard"},
        {"status": Status.ANSWERED.value},
        {"status": Status.ANSWERED.value, "outcome": Outcome.KEEP.value},
        {"status": Status.CHECKED.value, "outcome": Outcome.KEEP.value, "answered_at": AT},
    ],
)
def test_what_the_database_does_not_take(province: Province, values: dict[str, Any]) -> None:
    review_round = make_review_round(province.committee)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_review(review_round, province.departments[0], **values)
