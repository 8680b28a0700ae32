"""Who stands behind a review, and until when: ended versions, closed rounds, late days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.reviews.conftest import People, supersede
from tests.conftest import VIETNAM, StrictClient
from tests.factories import Province
from tests.factories.procedures import make_version
from tests.factories.reviews import (
    answered,
    checked,
    confirmed,
    make_programme_round,
    make_questionnaire,
)
from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import actions
from tinhgon.apps.reviews.enums import Move, Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.apps.reviews.queries.facts import conclusion_stamp
from tinhgon.apps.reviews.queries.rounds import late_condition
from tinhgon.apps.reviews.queries.scope import Scope

LATE_DAY = date(2024, 11, 2)


def conclude(client: StrictClient, review: Review, **typed: str) -> Any:
    """Save the conclusion as the page does, on what it showed."""
    review.refresh_from_db()
    data = {"seen": conclusion_stamp(review), **typed}
    return client.post(reverse("reviews:conclude", args=[review.pk]), data)


def is_late(review: Review, day: date) -> bool:
    """Return whether it is late, as the row and as the count say."""
    review.refresh_from_db()
    counted = Review.objects.filter(late_condition(review.round, day), pk=review.pk).exists()
    assert counted is review.is_late_on(day)
    return counted


@pytest.mark.parametrize(
    ("confirmed_at", "late"),
    [
        (datetime(2024, 10, 31, 23, 50, tzinfo=VIETNAM), False),
        (datetime(2024, 11, 1, 6, tzinfo=VIETNAM), True),
    ],
)
def test_days_are_those_of_vietnam(
    people: People, review: Review, confirmed_at: datetime, late: bool
) -> None:
    values = confirmed(people.officer) | {"confirmed_at": confirmed_at}
    Review.objects.filter(pk=review.pk).update(**values)

    assert is_late(review, LATE_DAY) is late


def test_what_is_returned_has_nobody_behind_it_and_may_be_late(
    people: People, review: Review, march_2024: datetime
) -> None:
    Review.objects.filter(pk=review.pk).update(**checked(people.officer))
    review.refresh_from_db()
    assert not is_late(review, LATE_DAY)

    actions.move_review(
        review=review, move=Move.RETURN, by=people.office, at=march_2024,
        seen=review.version, reason="Thiếu số liệu",
    )  # fmt: skip

    assert is_late(review, LATE_DAY)
    behind = (review.confirmed_at, review.confirmed_by, review.checked_at, review.checked_by)
    assert behind == (None, None, None, None)


@pytest.mark.parametrize(("values", "move"), [(answered, Move.CONFIRM), (confirmed, Move.CHECK)])
def test_nobody_stands_behind_a_version_that_has_ended(
    people: People, review: Review, march_2024: datetime, values: Any, move: Move
) -> None:
    Review.objects.filter(pk=review.pk).update(**values(people.officer))
    ProcedureVersion.objects.filter(pk=review.procedure_version_id).update(
        valid_to=date(2024, 1, 2)
    )
    review = Review.objects.get(pk=review.pk)
    by = people.head if move is Move.CONFIRM else people.office

    with pytest.raises(actions.Refused, match="không còn hiệu lực"):
        actions.move_review(review=review, move=move, by=by, at=march_2024, seen=review.version)
    seen = {review.pk: review.version}
    left = actions.move_many(reviews=[review], move=move, by=by, at=march_2024, seen=seen)

    assert left == [review]


def test_a_list_offers_no_tick_for_it(client: StrictClient, people: People, review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(**answered(people.officer))
    client.force_login(people.head)
    url = reverse("reviews:reviews", args=[review.round_id])
    assert f'name="pk" value="{review.pk}"' in client.get(url).content.decode()

    ProcedureVersion.objects.filter(pk=review.procedure_version_id).update(
        valid_to=date(2024, 1, 2)
    )

    assert f'name="pk" value="{review.pk}"' not in client.get(url).content.decode()


def test_in_a_closed_round_the_office_checks_but_returns_nothing(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    Review.objects.filter(pk=review.pk).update(**confirmed(people.officer))
    ReviewRound.objects.update(closed_on=march_2024.date())
    review.refresh_from_db()
    client.force_login(people.office)

    returned = client.post(
        reverse("reviews:return", args=[review.pk]),
        {"reason": "Thiếu số liệu", "version": review.version},
    )
    page = client.get(review.get_absolute_url()).content.decode()
    checked_ = client.post(reverse("reviews:check", args=[review.pk]), {"version": review.version})

    assert returned.status_code == 422
    assert "Đợt rà soát đã kết thúc" in page
    assert "Trả lại" not in page.split('aria-label="Tiến độ', 1)[1]
    assert checked_.status_code == 302
    review.refresh_from_db()
    assert review.status == Status.CHECKED


def test_a_conclusion_leaves_a_trace(client: StrictClient, people: People, review: Review) -> None:
    client.force_login(people.officer)
    conclude(client, review, outcome="keep", reason="Còn cần thiết")
    client.force_login(people.colleague)
    conclude(client, review, outcome="abolish", reason="Không còn hồ sơ nào")
    conclude(client, review, outcome="abolish", reason="Không còn hồ sơ nào")

    events = Event.objects.filter(kind="reviews.concluded").order_by("pk")

    assert [event.actor_ref for event in events] == [
        people.officer.audit_ref,
        people.colleague.audit_ref,
    ]
    page = client.get(f"{review.get_absolute_url()}?phan=lich-su").content.decode()
    assert "Giữ nguyên" in page
    assert "Bãi bỏ" in page


@pytest.mark.parametrize("status", [VersionStatus.PROPOSED, VersionStatus.PUBLISHED])
def test_a_merger_goes_into_what_is_in_force_only(
    client: StrictClient, people: People, province: Province, review: Review, status: VersionStatus
) -> None:
    """What another agency has not published yet is not even confirmed to exist."""
    other = make_version(province.departments[1], name="Thủ tục chưa ai biết", status=status)
    client.force_login(people.officer)

    response = conclude(
        client, review, outcome="merge", reason="Trùng", into=other.procedure.local_code
    )

    review.refresh_from_db()
    known = status is VersionStatus.PUBLISHED
    assert (review.merge_into == other.procedure) is known
    assert ("Không có thủ tục nào khác" in response.content.decode()) is not known


def test_what_was_typed_stays_beside_what_is_wrong(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)
    typed = {"outcome": "merge", "reason": "Trùng với thủ tục kia", "into": "x" * 40}
    url = reverse("reviews:conclude", args=[review.pk])

    page = client.post(url, typed)
    part = client.post(url, typed, headers={"HX-Request": "true"})

    assert page.status_code == part.status_code == 422
    assert "mã nội bộ của thủ tục nhận gộp" in page.content.decode()
    assert "Trùng với thủ tục kia" in page.content.decode()
    assert "mã nội bộ của thủ tục nhận gộp" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_the_next_version_keeps_what_stands_side_by_side(
    people: People, review: Review, march_2024: datetime
) -> None:
    asides = {"R1a": [{"value": "no", "reason": "Chưa rõ", "by": "Lý Văn Bình", "at": "2024"}]}
    Review.objects.filter(pk=review.pk).update(
        status=Status.IN_PROGRESS.value,
        answers={"R1a": {"value": "yes", "source": "typed", "reason": "Rõ"}},
        asides=asides,
    )
    supersede(review)
    review = Review.objects.get(pk=review.pk)

    actions.renew(review=review, by=people.officer, at=march_2024, seen=review.version)

    review.refresh_from_db()
    assert review.procedure_version.number == 2
    assert review.asides == asides


def test_nobody_is_chosen_by_leaving_the_choice_open(
    client: StrictClient, people: People, review: Review
) -> None:
    Review.objects.filter(pk=review.pk).update(reviewer=people.colleague)
    client.force_login(people.officer)
    url = reverse("reviews:assign", args=[review.round_id])
    agency = review.agency_id

    page = client.get(review.round.get_absolute_url()).content.decode()
    client.post(url, {"agency": agency, "reviewer": ""})
    assert Review.objects.get().reviewer == people.colleague
    assert '<option value="">Lý Văn Bình</option>' in page

    client.post(url, {"agency": agency, "reviewer": people.officer.pk})
    client.post(url, {"agency": agency, "reviewer": "0"})

    assert Review.objects.get().reviewer is None
    first, second = Event.objects.filter(kind="reviews.assigned").order_by("pk")
    assert "Lý Văn Bình" in str(first.changes)
    assert "Hoàng Thị Mai" in str(second.changes)


def test_who_was_named_stays_named_while_the_scope_is_looked_at(
    client: StrictClient, people: People, province: Province
) -> None:
    make_version(province.departments[0], status=VersionStatus.PUBLISHED)
    home = province.departments[0]
    client.force_login(people.office)

    page = client.post(
        reverse("reviews:open"),
        {
            "round": make_programme_round(province.committee).pk,
            "questionnaire": make_questionnaire().pk,
            "on": "27/03/2024",
            "step": "preview",
            f"reviewer-{home.pk}": people.colleague.pk,
        },
    ).content.decode()

    assert f'<option value="{people.colleague.pk}" selected>' in page


def test_opening_asks_no_more_for_more_procedures(
    people: People, province: Province, march_2024: datetime
) -> None:
    home = province.departments[0]

    def statements(procedures: int) -> int:
        for _ in range(procedures):
            make_version(home, status=VersionStatus.PUBLISHED)
        plan = actions.Plan(
            round=make_programme_round(province.committee),
            questionnaire=make_questionnaire(),
            scope=Scope.of(province.committee, march_2024.date()),
            due_on=date(2024, 10, 31),
            reviewers={home.pk: people.colleague.pk},
        )
        with CaptureQueriesContext(connection) as queries:
            actions.open_round(plan=plan, by=people.office, at=march_2024)
        return len(queries)

    statements(1)
    assert statements(1) == statements(20)
