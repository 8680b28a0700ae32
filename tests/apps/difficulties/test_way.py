"""A difficulty on its way: up one level at a time, by whom, told to whom, and back answered."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from tests.conftest import StrictClient
from tests.factories.difficulties import (
    AT,
    DUE,
    PDF,
    answer,
    content,
    make_answered,
    make_difficulty,
    make_sent,
)
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit.models import Event
from tinhgon.apps.difficulties import actions
from tinhgon.apps.difficulties.actions import Paper, Refused, StaleObject
from tinhgon.apps.difficulties.enums import Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.documents.enums import Direction
from tinhgon.apps.documents.models import Document
from tinhgon.apps.notices.models import Notice
from tinhgon.domain.lifecycle import IllegalMove

from .conftest import People

pytestmark = pytest.mark.django_db


def main_of(response: Any) -> str:
    found = BeautifulSoup(response.content, "html.parser").select_one("main")
    assert found is not None
    return " ".join(found.get_text(" ").split())


def do(
    client: StrictClient, user: User, difficulty: Difficulty, move: str, **said: Any
) -> Difficulty:
    """Make a move through its address as a person does, and return the difficulty as it is then."""
    client.force_login(user)
    difficulty.refresh_from_db()
    data = {"version": difficulty.version, **said}
    response = client.post(reverse(f"difficulties:{move}", args=[difficulty.pk]), data)
    assert response.status_code == 302, main_of(response)
    return Difficulty.objects.get(pk=difficulty.pk)


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(user=user).values_list("text", flat=True))


def test_from_the_commune_to_the_centre_and_back(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    """The whole way through the addresses that people use: each level is asked after the other."""
    difficulty = make_difficulty(people.commune)

    difficulty = do(client, people.commune_head, difficulty, "send")
    assert (difficulty.status, difficulty.holder) == (Status.PASSED_UP, people.district)
    assert any("gửi đến" in text for text in told(people.district_officer))
    assert not told(people.coordinator)

    difficulty = do(client, people.district_officer, difficulty, "take_on")
    assert difficulty.status == Status.IN_HAND
    assert any("đã tiếp nhận" in text for text in told(people.commune_officer))

    difficulty = do(client, people.district_head, difficulty, "pass_up", words="Vượt thẩm quyền.")
    assert (difficulty.status, difficulty.holder) == (Status.PASSED_UP, people.office)
    assert any("gửi đến" in text for text in told(people.coordinator))

    difficulty = do(
        client,
        people.office_head,
        difficulty,
        "pass_up",
        words="Kiến nghị sửa văn bản.",
        addressee="Bộ Nội vụ",
    )
    assert (difficulty.status, difficulty.holder) == (Status.AT_CENTRE, people.office)
    assert difficulty.steps.filter(addressee="Bộ Nội vụ").exists()

    difficulty = do(
        client,
        people.coordinator,
        difficulty,
        "answer",
        words="Thực hiện theo mẫu.",
        number="1234",
        symbol="BNV-CCHC",
        issued_on="18/6/2024",
        issuer_name="Bộ Nội vụ",
    )
    assert difficulty.status == Status.ANSWERED
    assert difficulty.answer is not None
    document = difficulty.answer.document
    assert document is not None
    assert (document.code, document.agency_name) == ("1234/BNV-CCHC", "Bộ Nội vụ")

    difficulty = do(client, people.commune_officer, difficulty, "accept")
    assert difficulty.status == Status.CLOSED
    assert [step.move for step in difficulty.steps.all()] == [
        "raised",
        "send",
        "take_on",
        "pass_up",
        "send_to_centre",
        "answer",
        "accept",
    ]
    kinds = Event.objects.filter(subject_ref=f"difficulties.difficulty:{difficulty.pk}")
    assert set(kinds.values_list("kind", flat=True)) >= {
        "difficulties.sent",
        "difficulties.sent_to_centre",
        "difficulties.answered",
        "difficulties.accepted",
    }


def test_without_a_district_the_commune_asks_the_office(people: People) -> None:
    """As the tree of the day says: from 1/7/2025 communes stand below the province."""
    before = make_sent(people.commune)
    people.commune.states.update(parent=people.province.committee)

    after = make_sent(people.commune)

    assert (before.holder, after.holder) == (people.district, people.office)


def test_a_department_asks_the_office(people: People) -> None:
    assert make_sent(people.department).holder == people.office


def test_the_office_itself_has_only_the_centre_above(people: People) -> None:
    difficulty = make_sent(people.office)

    assert (difficulty.status, difficulty.holder) == (Status.AT_CENTRE, people.office)
    assert difficulty.steps.filter(addressee="Văn phòng Chính phủ").exists()


@pytest.mark.parametrize("lacking", ["own_part", "proposal"])
def test_what_was_not_tried_or_asks_for_nothing_does_not_go_up(
    client: StrictClient, people: People, lacking: str, june_2024: datetime
) -> None:
    parts: dict[str, Any] = {lacking: ""}
    difficulty = make_difficulty(people.commune, **parts)
    client.force_login(people.commune_head)

    response = client.post(
        reverse("difficulties:send", args=[difficulty.pk]), {"version": difficulty.version}
    )

    assert response.status_code == 422
    assert "trước khi gửi cấp trên" in main_of(response)
    assert Difficulty.objects.get().status == Status.NEW


def test_an_officer_does_not_send_for_the_head(client: StrictClient, people: People) -> None:
    difficulty = make_difficulty(people.commune)
    client.force_login(people.commune_officer)

    response = client.post(
        reverse("difficulties:send", args=[difficulty.pk]), {"version": difficulty.version}
    )

    assert response.status_code == 403


@pytest.mark.parametrize("who", ["neighbour", "stranger", "department_officer"])
@pytest.mark.parametrize("page", ["detail", "edit", "answer", "accept", "letter"])
def test_whoever_has_no_part_in_it_is_told_that_there_is_none(
    client: StrictClient, people: People, who: str, page: str
) -> None:
    difficulty = make_sent(people.commune)
    client.force_login(getattr(people, who))
    more = ["docx"] if page == "letter" else []
    url = reverse(f"difficulties:{page}", args=[difficulty.pk, *more])

    get = page in {"detail", "edit", "letter"}
    assert (client.get(url) if get else client.post(url)).status_code == 404


def test_the_head_of_the_office_sees_what_came_to_it_and_nothing_else(
    client: StrictClient, people: People
) -> None:
    """His branch is the Office alone: what lies with a district is none of his yet."""
    below, came = make_sent(people.commune), make_sent(people.department)
    client.force_login(people.office_head)

    assert client.get(below.get_absolute_url()).status_code == 404
    assert client.get(came.get_absolute_url()).status_code == 200


def test_whoever_passed_it_on_still_sees_it(client: StrictClient, people: People) -> None:
    difficulty = make_sent(people.department)
    actions.refer_difficulty(
        difficulty=difficulty,
        to=people.province.departments[1],
        opinion="",
        by=people.coordinator,
        at=AT,
        seen=difficulty.version,
    )
    client.force_login(people.office_head)

    assert client.get(difficulty.get_absolute_url()).status_code == 200


def test_the_office_gives_it_to_the_department_whose_field_it_is(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    difficulty = make_sent(people.province.departments[1])

    difficulty = do(client, people.coordinator, difficulty, "refer", agency="Sở Nội vụ")
    assert (difficulty.status, difficulty.holder) == (Status.REFERRED, people.department)

    difficulty = do(client, people.department_officer, difficulty, "answer", words="Theo mẫu cũ.")
    assert difficulty.status == Status.ANSWERED


@pytest.mark.parametrize("name", ["Ủy ban nhân dân huyện Cao Lộc", "Sở không có"])
def test_only_a_department_is_referred_to(
    client: StrictClient, people: People, name: str, june_2024: datetime
) -> None:
    difficulty = make_sent(people.department)
    client.force_login(people.coordinator)

    response = client.post(
        reverse("difficulties:refer", args=[difficulty.pk]),
        {"version": difficulty.version, "agency": name},
    )

    assert response.status_code == 422
    assert Difficulty.objects.get().status == Status.PASSED_UP


def test_a_district_refers_to_nobody(people: People) -> None:
    difficulty = make_sent(people.commune)

    with pytest.raises(Refused, match="Chỉ Văn phòng"):
        actions.refer_difficulty(
            difficulty=difficulty,
            to=people.department,
            opinion="",
            by=people.district_officer,
            at=AT,
            seen=difficulty.version,
        )


def test_what_was_returned_goes_straight_back_to_who_returned_it(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    difficulty = make_sent(people.commune)
    difficulty = do(client, people.district_head, difficulty, "pass_up", words="Vượt thẩm quyền.")

    difficulty = do(client, people.coordinator, difficulty, "return", words="Nêu rõ điều khoản.")
    assert (difficulty.status, difficulty.holder) == (Status.RETURNED, people.commune)
    assert any("trả lại" in text for text in told(people.commune_officer))

    difficulty = do(client, people.commune_head, difficulty, "send")
    assert (difficulty.status, difficulty.holder) == (Status.PASSED_UP, people.office)


@pytest.mark.parametrize("move", ["return", "reopen", "close", "withdraw"])
def test_a_reason_is_asked_for(
    client: StrictClient, people: People, move: str, june_2024: datetime
) -> None:
    difficulty = make_answered(people.commune) if move == "reopen" else make_sent(people.commune)
    user = {"reopen": people.commune_officer, "withdraw": people.commune_head}
    client.force_login(user.get(move, people.district_officer))

    response = client.post(
        reverse(f"difficulties:{move}", args=[difficulty.pk]), {"version": difficulty.version}
    )

    assert response.status_code == 422
    assert Difficulty.objects.get().status == difficulty.status


def test_an_answer_that_does_not_settle_it_goes_back_to_who_gave_it(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    difficulty = make_answered(people.commune)

    difficulty = do(client, people.commune_officer, difficulty, "reopen", words="Chưa rõ mẫu nào.")

    assert (difficulty.status, difficulty.holder) == (Status.IN_HAND, people.district)
    assert difficulty.answer is None
    assert any("chưa đồng ý" in text for text in told(people.district_officer))


def test_an_answer_in_words_needs_no_paper_and_one_on_paper_no_words(people: People) -> None:
    in_words, on_paper = make_sent(people.commune), make_sent(people.commune)

    answer(in_words)
    actions.answer_difficulty(
        difficulty=on_paper,
        text="",
        paper=Paper(number="45", symbol="UBND-VP", issued_on=AT.date(), upload=PDF),
        by=people.district_officer,
        at=AT,
        seen=on_paper.version,
    )

    assert in_words.answer is not None
    assert in_words.answer.document is None
    assert on_paper.answer is not None
    assert on_paper.answer.document is not None
    assert on_paper.answer.document.file is not None


@pytest.mark.parametrize(
    ("paper", "says"),
    [
        (Paper(), "Ghi nội dung trả lời"),
        (Paper(number="45"), "Ghi ngày văn bản"),
        (Paper(issued_on=date(2024, 6, 1)), "Ghi số văn bản"),
        (Paper(number="45", issued_on=date(2024, 6, 30)), "không thể sau hôm nay"),
    ],
)
def test_an_answer_without_its_marks_is_refused(people: People, paper: Paper, says: str) -> None:
    difficulty = make_sent(people.commune)

    with pytest.raises(Refused, match=says):
        actions.answer_difficulty(
            difficulty=difficulty,
            text="",
            paper=paper,
            by=people.district_officer,
            at=AT,
            seen=difficulty.version,
        )


def test_nobody_answers_in_the_name_of_a_ministry_that_was_not_asked(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    difficulty = make_sent(people.commune)
    client.force_login(people.district_officer)

    response = client.post(
        reverse("difficulties:answer", args=[difficulty.pk]),
        {
            "version": difficulty.version,
            "words": "Thực hiện theo mẫu.",
            "number": "12",
            "issued_on": "10/6/2024",
            "issuer_name": "Bộ Nội vụ",
        },
    )

    assert response.status_code == 422
    assert "chưa kiến nghị Trung ương" in main_of(response)
    assert not Document.objects.exists()


def test_an_answer_of_the_centre_comes_in_from_whom_was_asked(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    difficulty = make_sent(people.office)
    assert difficulty.status == Status.AT_CENTRE
    [asked] = difficulty.steps.filter(move="send_to_centre")

    client.force_login(people.coordinator)
    page = client.get(difficulty.get_absolute_url()).content.decode()
    said = {"number": "88", "symbol": "BTP-CTHC", "issued_on": "10/6/2024", "signer_name": "Lê Mẫu"}
    do(client, people.coordinator, difficulty, "answer", **said)

    document = Document.objects.get()
    assert f'value="{asked.addressee}"' in page
    required = BeautifulSoup(page, "html.parser").select("#answer [required]")
    assert {each["name"] for each in required} == {"issuer_name", "number", "issued_on"}
    assert document.direction == Direction.INCOMING
    assert (document.owner, document.agency_name) == (people.office, asked.addressee)
    assert (document.code, document.signer_name) == ("88/BTP-CTHC", "Lê Mẫu")


def test_what_the_centre_answers_is_recorded_with_its_paper(people: People) -> None:
    difficulty = make_sent(people.office)

    with pytest.raises(Refused, match="cơ quan Trung ương"):
        actions.answer_difficulty(
            difficulty=difficulty,
            text="Đã trả lời qua điện thoại.",
            by=people.office_head,
            at=AT,
            seen=difficulty.version,
        )


def test_the_head_takes_back_what_he_sent(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    difficulty = make_sent(people.commune)
    with pytest.raises(PermissionDenied):
        actions.withdraw_difficulty(
            difficulty=difficulty,
            reason="Đã có hướng dẫn.",
            by=people.commune_officer,
            at=AT,
            seen=difficulty.version,
        )

    do(client, people.commune_head, difficulty, "withdraw", words="Đã có hướng dẫn.")

    assert any("không phải xử lý nữa" in text for text in told(people.district_officer))


def test_who_saw_an_older_state_loses_nothing_and_overwrites_nothing(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    """The district answers while it is being returned: the second keeps what was typed."""
    difficulty = make_sent(people.commune)
    actions.take_on(
        difficulty=difficulty, by=people.district_officer, at=AT, seen=difficulty.version
    )
    client.force_login(people.district_head)

    response = client.post(
        reverse("difficulties:answer", args=[difficulty.pk]),
        {"version": difficulty.version - 1, "words": "Nội dung vừa gõ."},
    )

    assert response.status_code == 422
    assert "Người khác vừa thay đổi" in main_of(response)
    assert "Nội dung vừa gõ." in response.content.decode()
    assert Difficulty.objects.get().status == Status.IN_HAND


def test_two_steps_from_one_state_make_one(people: People) -> None:
    difficulty = make_sent(people.commune)
    same = Difficulty.objects.select_related("agency", "holder").get()
    answer(difficulty)

    with pytest.raises(StaleObject):
        actions.return_difficulty(
            difficulty=same, reason="Nêu rõ.", by=people.district_officer, at=AT, seen=same.version
        )
    with pytest.raises(IllegalMove):
        answer(difficulty)
    assert Difficulty.objects.get().steps.filter(move="return").count() == 0


def test_the_page_offers_what_may_be_done_and_says_whose_turn_it_is(
    client: StrictClient, people: People, june_2024: datetime
) -> None:
    difficulty = make_sent(people.commune)

    client.force_login(people.district_head)
    mine = main_of(client.get(difficulty.get_absolute_url()))
    client.force_login(people.commune_officer)
    theirs = main_of(client.get(difficulty.get_absolute_url()))

    for words in ("Tiếp nhận", "Trả lời", "Chuyển Văn phòng", "Trả lại để làm rõ"):
        assert words in mine
    assert "Chuyển cơ quan chuyên môn" not in mine
    assert f"Đang chờ {people.district.name} xử lý" in theirs


def test_to_deal_with_it_comes_before_to_hand_it_on(client: StrictClient, people: People) -> None:
    difficulty = make_sent(people.commune)
    firsts = []
    for move in ("take_on", ""):
        client.force_login(people.district_head)
        page = BeautifulSoup(client.get(difficulty.get_absolute_url()).content, "html.parser")
        first = page.select_one(".steps .button")
        assert first is not None
        firsts.append(first.get_text(" ", strip=True))
        if move:
            difficulty = do(client, people.district_head, difficulty, move)

    assert firsts == ["Tiếp nhận", "Trả lời"]


def test_the_day_by_which_the_answer_is_needed_cannot_have_gone_by(people: People) -> None:
    difficulty = make_difficulty(people.commune, due_on=AT.date())
    with pytest.raises(Refused, match="đã qua"):
        actions.send_difficulty(
            difficulty=difficulty,
            by=people.commune_head,
            at=AT.replace(day=11),
            seen=difficulty.version,
        )
    with pytest.raises(Refused, match="trước hôm nay"):
        actions.edit_difficulty(
            difficulty=difficulty,
            content=content(due_on=DUE.replace(day=1)),
            by=people.commune_officer,
            at=AT,
            seen=difficulty.version,
        )
