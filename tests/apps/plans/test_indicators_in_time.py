"""Indicators when agencies merge, rounds follow one another, procedures change hands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from tests.apps.plans.test_following import end
from tests.conftest import VIETNAM
from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.assignments import make_calendar
from tests.factories.plans import make_decided
from tests.factories.procedures import make_version
from tests.factories.reviews import make_programme_round, make_review, make_review_round
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.plans.queries.indicators.asked import Asked
from tinhgon.apps.plans.queries.indicators.page import indicators_page
from tinhgon.apps.plans.queries.indicators.rows import RowsPage, rows_page
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.programmes.models import Round
from tinhgon.apps.reviews.models import Review, ReviewRound


@pytest.fixture
def province(db: None) -> Province:
    make_calendar()
    return make_province()


@pytest.fixture
def office(province: Province) -> User:
    return make_user(province.committee, "coordinator")


def total_of(user: User, today: date, **query: str) -> tuple[int, list[int]]:
    """Return how many procedures are in scope, and how many came to each stage."""
    page = indicators_page(user=user, asked=Asked.read(query), today=today)
    assert page["total"]
    return page["total"].listed.number, [stage.number for stage in page["total"].stages]


def rows_of(user: User, today: date, **query: str) -> RowsPage:
    found = rows_page(user=user, asked=Asked.read(query), today=today)
    assert found
    return found


def two_rounds(province: Province, **values: Any) -> tuple[ReviewRound, ReviewRound]:
    first = make_programme_round(province.committee, "Lần 1")
    second = Round.objects.create(programme=first.programme, name="Lần 2", order=3)
    return (
        make_review_round(province.committee, round=first, opened_on=date(2023, 6, 1), **values),
        make_review_round(province.committee, round=second, opened_on=date(2024, 6, 1), **values),
    )


def test_a_merger_takes_nothing_from_what_was_approved(province: Province, office: User) -> None:
    old, new = province.departments
    plan, _ = make_decided(old, 2)
    ReviewRound.objects.filter(pk=plan.round_id).update(scope={"path": "/"})
    make_review(plan.round, new)
    open_review = make_review(plan.round, old)
    now = datetime(2025, 3, 3, 8, tzinfo=VIETNAM)
    before = total_of(office, now.date())
    end(old, new)
    with time_machine.travel(now, tick=False):
        call_command("remind")
    assert total_of(office, now.date()) == before == (4, [2, 2, 0])
    assert rows_of(office, now.date(), nhom="phe-duyet")["page"].paginator.count == 2
    assert {each.agency for each in Review.objects.filter(plan_items__plan=plan)} == {old}
    open_review.refresh_from_db()
    assert open_review.agency == new


def test_rounds_together_count_only_those_that_had_begun(province: Province, office: User) -> None:
    first, second = two_rounds(province, scope={"path": "/"})
    home = province.departments[0]
    make_review(first, home)
    for _ in range(2):
        make_review(second, home)
    together = {"dot": f"ct-{first.round.programme_id}"}
    today = date(2024, 7, 8)
    assert total_of(office, today, **together)[0] == 3
    assert total_of(office, today, **together, **{"tai-ngay": "2024-01-15"})[0] == 1


def test_what_no_round_reviews_counts_once_where_it_came_last(
    province: Province, office: User
) -> None:
    """In figures and in the list behind them alike, for whoever looks."""
    first, _ = two_rounds(province)
    before, after = province.departments
    make_review(first, before)  # a round is there for each of them
    make_review(first, after)
    moved = make_version(
        before, status=Status.PUBLISHED, valid_from=date(2023, 1, 1), valid_to=date(2024, 1, 1)
    )
    amended = make_version(before, status=Status.PUBLISHED, valid_from=date(2024, 1, 1))
    ProcedureVersion.objects.filter(pk=amended.pk).update(procedure=moved.procedure_id, number=2)
    Procedure.objects.filter(pk=moved.procedure_id).update(agency=after)
    today, together = date(2024, 7, 8), {"dot": f"ct-{first.round.programme_id}"}

    def seen_of(user: User, agency: Agency) -> tuple[int, int]:
        asked = {**together, "co-quan": str(agency.pk)}
        rows = rows_of(user, today, **asked)
        return total_of(user, today, **asked)[0], rows["page"].paginator.count + rows["unreviewed"]

    assert seen_of(office, before) == (1, 1)
    assert seen_of(office, after) == (2, 2)
    assert seen_of(make_user(before, "officer"), before) == (1, 1)
    assert seen_of(make_user(after, "officer"), after) == (2, 2)
    page = indicators_page(user=office, asked=Asked.read(together), today=today)
    assert page["total"]
    assert page["total"].listed.number == 3
    assert rows_of(office, today, **together)["unreviewed"] == 1
