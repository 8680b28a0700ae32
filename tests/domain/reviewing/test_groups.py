"""Questions asked for each goal, of which whoever reviews says himself how many there are."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from tests.domain.reviewing.made import FACTS, record
from tinhgon.domain.reviewing import (
    Answer,
    Former,
    Lack,
    NotAQuestionnaire,
    asked,
    contradictions,
    every_question,
    make_questionnaire,
    missing,
    prefill,
    renew,
    shipped_questionnaires,
)

SECOND, FORM = shipped_questionnaires()[1:3]
TWO = {"N1a@a:1": Answer("Quản lý biên chế"), "N1a@a:2": Answer("Đúng thẩm quyền")}


def goals(answers: dict[str, Answer]) -> list[str]:
    return [each.key for each in asked(FORM, record(), answers) if each.group]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ({}, ["N1a@a:1", "N1b@b:1"]),
        ({"N1a@a:1": " "}, ["N1a@a:1", "N1b@b:1"]),
        ({"N1a@a:1": "Một"}, ["N1a@a:1", "N1a@a:2", "N1b@b:1", "N2a@a:1", "N2b@a:1"]),
        # A goal that was struck out leaves its place, and the others keep theirs.
        (
            {"N1a@a:1": "Một", "N1a@a:3": "Ba"},
            [
                *("N1a@a:1", "N1a@a:2", "N1a@a:3", "N1a@a:4", "N1b@b:1"),
                *("N2a@a:1", "N2a@a:3", "N2b@a:1", "N2b@a:3"),
            ],
        ),
        (
            {"N1b@b:1": "Đúng hạn", "N2b@b:1": "no"},
            ["N1a@a:1", "N1b@b:1", "N1b@b:2", "N2a@b:1", "N2b@b:1", "N2c@b:1"],
        ),
    ],
)
def test_each_goal_is_asked_about_and_one_more_may_be_named(
    named: dict[str, str], expected: list[str]
) -> None:
    assert goals({key: Answer(value) for key, value in named.items()}) == expected


def test_there_are_no_more_goals_than_the_form_has_room_for() -> None:
    every = {f"N1a@a:{n}": Answer("Mục tiêu") for n in range(1, 12)}
    assert [key for key in goals(every) if key.startswith("N1a")] == [
        f"N1a@a:{n}" for n in range(1, 9)
    ]


def test_a_question_says_which_goal_it_is_about() -> None:
    about = {each.key: each.about for each in every_question(FORM, record(), TWO)}
    assert about["N1a@a:2"] == "Mục tiêu a.2"
    assert about["N2b@a:2"] == "Mục tiêu a.2: Đúng thẩm quyền"


def test_every_goal_needs_its_answers_and_a_spare_row_none() -> None:
    answers = {**TWO, "N1b@b:1": Answer("Đúng hạn"), "N2a@a:1": Answer("no")}
    of_goals = [(m.asked.key, m.lack) for m in missing(FORM, record(), answers) if m.asked.group]
    assert of_goals == [
        ("N2a@a:1", Lack.REASON),
        ("N2a@a:2", Lack.ANSWER),
        ("N2a@b:1", Lack.ANSWER),
        ("N2b@a:1", Lack.ANSWER),
        ("N2b@a:2", Lack.ANSWER),
        ("N2b@b:1", Lack.ANSWER),
    ]
    first = [m.asked.key for m in missing(FORM, record(), {}) if m.asked.group]
    assert first == ["N1a@a:1", "N1b@b:1"]


def test_one_goal_that_is_not_met_contradicts_that_all_is_needed() -> None:
    met = {**TWO, "N2b@a:1": Answer("yes", "Đạt"), "N6": Answer("yes", "Cần")}
    assert not contradictions(FORM, record(), FACTS, {**met, "N2b@a:2": Answer("yes", "Đạt")})
    unmet = {**met, "N2b@a:2": Answer("no", "Chưa đạt")}
    assert [each.key for each in contradictions(FORM, record(), FACTS, unmet)] == ["N6"]
    # Neither does a goal that was struck out since.
    gone = {**unmet, "N1a@a:2": Answer("")}
    assert not contradictions(FORM, record(), FACTS, gone)


def test_keeping_what_does_not_meet_a_goal_is_told() -> None:
    answers = {**TWO, "N2b@a:1": Answer("no", "Chưa"), "Np": Answer("keep")}
    (found,) = contradictions(FORM, record(), FACTS, answers)
    assert (found.key, "câu N2b cho thấy" in found.text) == ("Np", True)


def test_goals_of_the_last_round_come_along() -> None:
    said = {**TWO, "N2a@a:2": Answer("no", "Không đổi", by="Nguyễn A")}
    found = prefill(FORM, record(), FACTS, Former(record(), said))
    assert [found[key].value for key in said] == ["Quản lý biên chế", "Đúng thẩm quyền", "no"]
    assert not any(found[key].again for key in said)
    # The goals are about the procedure as a whole: where its name changed they are looked at again.
    renamed = prefill(FORM, record(name="Khác"), FACTS, Former(record(), said))
    assert all(renamed[key].again for key in said)
    kept = renew(FORM, record(name="Khác"), FACTS, old=record(), answers=said)
    assert kept["N2a@a:2"].by == "Nguyễn A"


@pytest.mark.parametrize(
    ("whole", "goals"),
    [
        ("Quản lý biên chế", ["Quản lý biên chế"]),
        ("a.1 Biên chế\n\na.2. Đúng hạn\n- Rõ người", ["Biên chế", "Đúng hạn", "Rõ người"]),
        ("1) Một\n2) Hai\na) Ba", ["Một", "Hai", "Ba"]),
        ("100% hồ sơ đúng hạn\n02 ngày", ["100% hồ sơ đúng hạn", "02 ngày"]),
        ("\n".join("123456789"), [*"1234567", "8; 9"]),
    ],
)
def test_goals_that_were_one_answer_become_rows_to_look_at(whole: str, goals: list[str]) -> None:
    """Of the version before, which asked for all of them in one text."""
    assert "N1a" in {each.key for each in every_question(SECOND, record())}
    old = {"N1a": Answer(whole), "N2a": Answer("no", "Không mục tiêu nào đổi")}
    found = prefill(FORM, record(), FACTS, Former(record(), old))
    named = {key: each for key, each in found.items() if key.startswith("N1a")}
    assert [each.value for each in named.values()] == goals
    assert all(each.again for each in named.values())
    # What was said of all of them at once is no answer about one.
    assert not [key for key in found if key.startswith("N2a")]


def question(content: dict[str, Any], ident: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        each for s in content["section"] for each in s["question"] if each["id"] == ident
    )
    return found


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (lambda c: question(c, "N1a").update(kind="number"), "câu N1a phải là câu chữ"),
        (lambda c: question(c, "N1a").update(groups=["a", "b"]), "câu N1a phải là câu chữ"),
        (lambda c: question(c, "N2a").update(groups=["z"]), "không có nhóm z"),
        (lambda c: question(c, "N2a").update(each="paper"), "không cả hai"),
        (lambda c: c["group"][0].update(most=0), "mã hoặc số dòng"),
        (lambda c: c["group"][0].update(most=200), "mã hoặc số dòng"),
        (lambda c: c["group"][0].update(id="A:"), "câu N1a phải"),
        (lambda c: c["group"].append({**c["group"][0]}), "Có hai nhóm cùng mã"),
        (lambda c: c["section"][0]["question"].reverse(), "phải đứng trước"),
        (lambda c: c["group"][0].pop("names"), "Thiếu “names”"),
    ],
)
def test_groups_that_do_not_hold_together(
    break_it: Callable[[dict[str, Any]], object], says: str
) -> None:
    content = copy.deepcopy(dict(FORM.content))
    break_it(content)
    with pytest.raises(NotAQuestionnaire, match=says):
        make_questionnaire(content)
