"""A review whose form asks about each goal: named one by one, saved as one goes, by two at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.apps.reviews.conftest import People, answer_all, conclude, words
from tests.conftest import StrictClient
from tests.factories import Province
from tests.factories.reviews import make_review, make_review_round
from tinhgon.apps.reviews import actions
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Questionnaire, Review
from tinhgon.domain.reviewing import shipped_questionnaires, stamp


@pytest.fixture
def review(province: Province, people: People, march_2024: datetime) -> Review:
    form = shipped_questionnaires()[-1]
    newest, _ = Questionnaire.objects.get_or_create(
        code=form.code,
        version=form.version,
        defaults={"title": form.title, "content": form.content, "added_at": march_2024},
    )
    review_round = make_review_round(
        province.committee, questionnaire=newest, created_by=people.office, at=march_2024
    )
    return make_review(review_round, province.departments[0])


def answer(
    client: StrictClient,
    review: Review,
    key: str,
    value: str,
    *,
    seen: str = "",
    script: bool = True,
) -> Any:
    data = {f"v-{key}": value, f"s-{key}": seen or stamp("", ""), f"r-{key}": ""}
    headers = {"HX-Request": "true"} if script else {}
    return client.post(reverse("reviews:write", args=[review.pk]), data, headers=headers)


def parsed(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def shown(response: Any) -> set[str]:
    """Return the questions about goals that the answer shows, by the ids of their rows."""
    rows = parsed(response).select("tr[id^=q-N]")
    return {str(row["id"]) for row in rows if not row.has_attr("hidden") and "-" in row["id"][3:]}


def test_a_goal_that_is_named_is_asked_about_at_once(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)
    assert shown(client.get(review.get_absolute_url())) == {"q-N1a-a-1", "q-N1b-b-1"}

    response = answer(client, review, "N1a@a:1", "Quản lý biên chế thống nhất")

    # The script puts the rows that hang on it in place; the one that was typed in is left alone.
    assert shown(response) == {"q-N1a-a-2", "q-N2a-a-1", "q-N2b-a-1"}
    assert "Mục tiêu a.1: Quản lý biên chế thống nhất" in response.content.decode()
    page = client.get(review.get_absolute_url())
    assert shown(page) == {"q-N1b-b-1", "q-N1a-a-1"} | shown(response)
    ids = [str(each["id"]) for each in parsed(page).select("[id]")]
    assert len(ids) == len(set(ids))


def test_without_scripts_a_saved_section_has_room_for_the_next_goal(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)
    response = answer(client, review, "N1a@a:1", "Quản lý biên chế", script=False)
    assert response.status_code == 302
    page = client.get(review.get_absolute_url())
    assert {"q-N1a-a-2", "q-N2a-a-1", "q-N2b-a-1"} <= shown(page)
    # A goal that is struck out takes its questions with it.
    kept = stamp("Quản lý biên chế", "")
    answer(client, review, "N1a@a:1", "", seen=kept, script=False)
    assert shown(client.get(review.get_absolute_url())) == {"q-N1a-a-1", "q-N1b-b-1"}


def test_two_who_name_a_goal_at_once_both_keep_their_words(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)
    answer(client, review, "N1a@a:1", "Quản lý biên chế")
    client.force_login(people.colleague)
    answer(client, review, "N1a@a:1", "Đúng thẩm quyền")
    review.refresh_from_db()
    assert review.answers["N1a@a:1"]["value"] == "Quản lý biên chế"
    (aside,) = review.asides["N1a@a:1"]
    assert "Đúng thẩm quyền" in words(client.get(review.get_absolute_url()))
    choose = {"key": "N1a@a:1", "written_at": aside["at"], "taken": "1"}
    client.post(reverse("reviews:choose", args=[review.pk]), choose)
    review.refresh_from_db()
    assert (review.answers["N1a@a:1"]["value"], review.asides) == ("Đúng thẩm quyền", {})


def test_a_review_is_sent_when_every_goal_is_answered_for(
    client: StrictClient, people: People, review: Review, march_2024: datetime
) -> None:
    three = {f"N1a@a:{n}": "" for n in range(3, 9)} | {f"N1b@b:{n}": "" for n in range(2, 9)}
    answer_all(review, people.officer, march_2024, **three, **{"N2b@a:2": ""})
    conclude(review, people.officer, march_2024)
    with pytest.raises(actions.Refused, match="Còn 1 câu chưa trả lời đủ: N2b"):
        actions.finish(review=review, by=people.officer, at=march_2024, seen=review.version)
    client.force_login(people.officer)
    answer(client, review, "N2b@a:2", "yes")
    review.refresh_from_db()
    written = actions.Written("N2b@a:2", "yes", "Đạt", stamp("yes", ""))
    actions.write_answers(review=review, written=[written], by=people.officer, at=march_2024)
    actions.finish(review=review, by=people.officer, at=march_2024, seen=review.version)
    assert Status(review.status) is Status.ANSWERED
    # Whoever only reads, and the printer, find every goal with what was said of it.
    client.force_login(people.head)
    read = words(client.get(review.get_absolute_url()))
    assert "Mục tiêu a.2: Bảo đảm quản lý biên chế" in read
    assert not [row for row in shown(client.get(review.get_absolute_url())) if "-b-2" in row]


def test_the_form_says_what_it_asks_for_each_goal(
    client: StrictClient, people: People, review: Review
) -> None:
    client.force_login(people.officer)
    page = client.get(review.round.questionnaire.get_absolute_url())
    assert "Mục tiêu này có được đáp ứng không? (hỏi cho từng mục tiêu a, b)" in words(page)


def test_a_round_keeps_the_form_that_it_began_with(
    client: StrictClient, people: People, province: Province, march_2024: datetime
) -> None:
    older = make_review_round(province.committee, created_by=people.office, at=march_2024)
    assert older.questionnaire.version == 1
    review = make_review(older, province.departments[0])
    client.force_login(people.officer)
    page = client.get(review.get_absolute_url())
    assert parsed(page).select_one("[name='v-N1a']") is not None
    assert not parsed(page).select("[name^='v-N1a@']")
    answer(client, review, "N1a", "Quản lý biên chế")
    review.refresh_from_db()
    assert review.answers["N1a"]["value"] == "Quản lý biên chế"
