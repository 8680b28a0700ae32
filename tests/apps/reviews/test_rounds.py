"""Rounds through the door: opened for a scope, covered agency by agency, added to, closed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse

from tests.apps.reviews.conftest import Finish, People, moved, words
from tests.conftest import StrictClient
from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tests.factories.reviews import (
    make_programme_round,
    make_questionnaire,
    make_review,
)
from tinhgon.apps.audit.models import Event
from tinhgon.apps.notices.models import Notice
from tinhgon.apps.procedures.enums import Status as VersionStatus
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.reviews import actions
from tinhgon.apps.reviews.enums import Move, Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.apps.reviews.queries import Scope

OPEN = reverse("reviews:open")
PUBLISHED = VersionStatus.PUBLISHED


@pytest.fixture
def versions(province: Province, march_2024: datetime) -> list[ProcedureVersion]:
    """Two procedures of one department, one of the other, and one that is no longer in force."""
    home, abroad = province.departments
    make_version(home, status=PUBLISHED, valid_to=date(2024, 2, 1))
    return [
        make_version(home, status=PUBLISHED),
        make_version(home, status=PUBLISHED),
        make_version(abroad, status=PUBLISHED),
    ]


def asked(province: Province, **values: Any) -> dict[str, Any]:
    return {
        "round": make_programme_round(province.committee).pk,
        "agency": "",
        "on": "26/3/2024",
        "questionnaire": make_questionnaire().pk,
        "due_on": "31/10/2024",
        "step": "open",
        **values,
    }


def test_the_scope_is_seen_before_it_is_opened(
    client: StrictClient, people: People, province: Province, versions: list[ProcedureVersion]
) -> None:
    client.force_login(people.office)

    response = client.post(OPEN, asked(province, step="preview", due_on=""))

    page = words(response)
    assert response.status_code == 200
    assert "Thủ tục trong phạm vi 3" in page
    assert "Sở Nội vụ 2" in page
    assert "còn hiệu lực ngày 26/3/2024" in page
    assert not ReviewRound.objects.exists()


def test_opening_makes_a_review_of_each_procedure_in_scope(
    client: StrictClient, people: People, province: Province, versions: list[ProcedureVersion]
) -> None:
    client.force_login(people.office)
    home = province.departments[0]

    response = client.post(OPEN, asked(province, **{f"reviewer-{home.pk}": people.colleague.pk}))

    assert response.status_code == 302
    assert {each.procedure_version for each in Review.objects.all()} == set(versions)
    assert {each.reviewer for each in Review.objects.filter(agency=home)} == {people.colleague}
    told = Notice.objects.filter(kind="reviews.round")
    assert {people.colleague, people.stranger} <= {each.user for each in told}
    assert not told.filter(user=people.officer).exists()
    assert "rà soát 2 thủ tục, chậm nhất ngày 31/10/2024" in told.get(user=people.colleague).text
    assert Event.objects.filter(kind="reviews.opened").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"agency": "Sở Vũ trụ"}, "Không rõ cơ quan"),
        ({"tier": "commune"}, "Không có thủ tục nào trong phạm vi"),
        ({"due_on": "01/01/2024"}, "Thời hạn không thể trước hôm nay"),
        ({"check_due_on": "01/10/2024"}, "kiểm tra sau khi các cơ quan rà soát xong"),
        ({"due_on": ""}, "rà soát xong ngày"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_words(
    client: StrictClient,
    people: People,
    province: Province,
    versions: list[ProcedureVersion],
    typed: dict[str, str],
    said: str,
) -> None:
    client.force_login(people.office)

    response = client.post(OPEN, asked(province, **typed))

    assert response.status_code == 422
    assert said in words(response)
    assert not ReviewRound.objects.exists()


def test_a_round_of_a_programme_is_opened_once(
    people: People,
    province: Province,
    versions: list[ProcedureVersion],
    review_round: ReviewRound,
    march_2024: datetime,
) -> None:
    plan = actions.Plan(
        round=review_round.round,
        questionnaire=review_round.questionnaire,
        scope=Scope.of(province.committee, march_2024.date()),
        due_on=date(2024, 10, 31),
    )
    with pytest.raises(actions.Refused, match="đã mở"):
        actions.open_round(plan=plan, by=people.office, at=march_2024)


def test_somebody_who_does_not_review_there_is_not_named(
    client: StrictClient, people: People, province: Province, versions: list[ProcedureVersion]
) -> None:
    client.force_login(people.office)
    home = province.departments[0]

    response = client.post(OPEN, asked(province, **{f"reviewer-{home.pk}": people.stranger.pk}))

    assert response.status_code == 422
    assert "không thuộc cơ quan" in words(response)


def opened(client: StrictClient, people: People, province: Province) -> ReviewRound:
    client.force_login(people.office)
    client.post(OPEN, asked(province))
    return ReviewRound.objects.get()


def test_each_number_of_the_page_opens_its_list(
    client: StrictClient,
    people: People,
    province: Province,
    versions: list[ProcedureVersion],
    finish: Finish,
) -> None:
    review_round = opened(client, people, province)
    home = province.departments[0]
    finish(
        Review.objects.select_related("round__questionnaire", "procedure", "agency").filter(
            agency=home
        )[0]
    )

    page = words(client.get(review_round.get_absolute_url()))

    assert "3 thủ tục" in page
    assert "2 còn phải làm" in page
    assert "1 chờ thủ trưởng xác nhận" in page
    assert "1 giữ nguyên" in page
    listed = reverse("reviews:reviews", args=[review_round.pk])
    for query, number in (
        ("", 3),
        ("?trang-thai=can-lam", 2),
        (f"?co-quan={home.pk}", 2),
        (f"?co-quan={home.pk}&trang-thai=answered", 1),
        ("?ket-qua=keep", 1),
        ("?trang-thai=tre", 0),
        ("?cua-toi=1", 0),
        ("?q=khong+co+chu+nay", 0),
    ):
        text = words(client.get(f"{listed}{query}"))
        assert (f"{number} phiếu" in text) if number else ("Không có phiếu nào" in text)


def test_agencies_see_only_their_own_numbers(
    client: StrictClient, people: People, province: Province, versions: list[ProcedureVersion]
) -> None:
    review_round = opened(client, people, province)
    client.force_login(people.officer)

    page = words(client.get(review_round.get_absolute_url()))

    assert "2 thủ tục" in page
    assert "Sở Tư pháp" not in page
    outsider = make_user(province.districts[0], "officer")
    client.force_login(outsider)
    assert client.get(review_round.get_absolute_url()).status_code == 404


def test_what_is_published_late_is_added(
    client: StrictClient, people: People, province: Province, versions: list[ProcedureVersion]
) -> None:
    review_round = opened(client, people, province)
    late = make_version(province.departments[0], status=PUBLISHED)
    url = reverse("reviews:add", args=[review_round.pk])
    assert "Có 1 thủ tục thuộc phạm vi chưa có trong đợt" in words(
        client.get(review_round.get_absolute_url())
    )
    assert late.name in words(client.get(url))
    assert client.post(url, {"pk": [versions[0].procedure_id]}).status_code == 422
    assert client.post(url, {}).status_code == 422

    client.post(url, {"pk": [late.procedure_id]})

    assert Review.objects.get(procedure=late.procedure).is_late_addition
    client.force_login(people.officer)
    assert client.get(url).status_code == 403


def test_an_agency_names_its_reviewer(
    client: StrictClient, people: People, province: Province, versions: list[ProcedureVersion]
) -> None:
    review_round = opened(client, people, province)
    home = province.departments[0]
    url = reverse("reviews:assign", args=[review_round.pk])
    client.force_login(people.head)

    client.post(url, {"agency": home.pk, "reviewer": people.officer.pk})

    named = Review.objects.filter(reviewer=people.officer)
    assert named.count() == 2
    assert Notice.objects.filter(user=people.officer, kind="reviews.assigned").exists()
    client.post(url, {"agency": home.pk, "reviewer": people.stranger.pk})
    assert named.count() == 2
    client.force_login(people.stranger)
    client.post(url, {"agency": home.pk, "reviewer": people.stranger.pk})
    assert named.count() == 2


def test_the_head_confirms_many_at_once_and_is_told_what_was_left_out(
    client: StrictClient,
    people: People,
    review_round: ReviewRound,
    province: Province,
    finish: Finish,
) -> None:
    home = province.departments[0]
    ready = [finish(make_review(review_round, home)) for _ in range(2)]
    begun = make_review(review_round, home)
    client.force_login(people.head)
    listed = reverse("reviews:reviews", args=[review_round.pk])
    assert "Xác nhận các phiếu đã chọn" in words(client.get(listed))
    rows = [*ready, begun]
    data: dict[str, Any] = {f"seen-{each.pk}": each.version for each in rows}
    data["pk"] = [each.pk for each in rows]

    response = client.post(
        reverse("reviews:confirm_many", args=[review_round.pk]), data, follow=True
    )

    assert "1 phiếu đã chuyển bước khác" in words(response)
    assert Review.objects.filter(status=Status.CONFIRMED).count() == 2
    assert Event.objects.filter(kind="reviews.moved").count() == 4
    client.force_login(people.office)
    data |= {f"seen-{each.pk}": each.version + 1 for each in ready}
    client.post(reverse("reviews:check_many", args=[review_round.pk]), data)
    assert Review.objects.filter(status=Status.CHECKED).count() == 2


def test_a_round_is_closed_and_opened_again(
    client: StrictClient, people: People, review: Review
) -> None:
    url = reverse("reviews:close", args=[review.round_id])
    client.force_login(people.head)
    assert client.post(url, {"version": 1}).status_code == 403
    client.force_login(people.office)

    client.post(url, {"version": 7})
    assert ReviewRound.objects.get().closed_on is None
    client.post(url, {"version": 1})
    assert ReviewRound.objects.get().closed_on == date(2024, 3, 27)
    client.post(url, {"version": 2, "again": "1"})
    assert ReviewRound.objects.get().closed_on is None


def test_the_lists_open(client: StrictClient, people: People, review: Review) -> None:
    client.force_login(people.officer)

    assert str(review.round) in words(client.get(reverse("reviews:list")))
    form = words(client.get(review.round.questionnaire.get_absolute_url()))
    assert "Phải nộp mấy bộ hồ sơ" in form
    assert client.get(reverse("reviews:questionnaire", args=[99999])).status_code == 404


def test_what_waits_stands_on_the_page_of_the_day(
    client: StrictClient,
    people: People,
    review: Review,
    finish: Finish,
    march_2024: datetime,
) -> None:
    page = reverse("my_work")
    client.force_login(people.officer)
    assert "Thủ tục cần rà soát 1" in words(client.get(page))
    finish(review)
    client.force_login(people.head)
    assert "chờ thủ trưởng xác nhận 1" in words(client.get(page))
    moved(review, Move.CONFIRM, people.head, march_2024)
    client.force_login(people.office)
    assert "chờ Văn phòng kiểm tra 1" in words(client.get(page))
    client.force_login(people.stranger)
    assert "rà soát" not in words(client.get(page)).lower()
