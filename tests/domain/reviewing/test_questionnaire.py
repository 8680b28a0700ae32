from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.domain.reviewing.made import FACTS, FORM, record, sound_answers
from tinhgon.domain.procedures import Manner, Paper, Record, Step
from tinhgon.domain.reviewing import (
    Answer,
    Lack,
    NotAnAnswer,
    NotAQuestionnaire,
    QuestionKind,
    answers_from_json,
    answers_to_json,
    asked,
    clean,
    contradictions,
    make_questionnaire,
    missing,
    prefill,
    read_questionnaire,
    shipped_questionnaires,
)


def keys(answers: dict[str, Answer], **parts: Any) -> list[str]:
    return [each.key for each in asked(FORM, record(**parts), answers)]


def test_the_shipped_form_covers_every_part_and_ends_each_with_a_proposal() -> None:
    assert [section.id for section in FORM.sections] == [
        "N", *(f"R{n}" for n in range(1, 13)), "H1",
    ]  # fmt: skip
    for section in FORM.sections:
        assert section.questions[-1].kind is QuestionKind.PROPOSAL
        assert section.proposal == f"{section.id}p"


def test_it_comes_back_from_json() -> None:
    content = json.loads(json.dumps(FORM.content))

    assert make_questionnaire(content) == FORM


def test_a_question_about_papers_is_asked_of_each_paper() -> None:
    found = keys({}, papers=(Paper("Tờ trình"), Paper("Dự thảo")))

    assert "R4a@paper:1" in found
    assert "R4a@paper:2" in found
    assert not [key for key in keys({}, papers=()) if key.startswith("R4a")]


@pytest.mark.parametrize(
    ("key", "value", "then"),
    [
        ("R5a", "2", "R5b"),
        ("N2b", "no", "N2c"),
        ("R9a", "yes", "R9b"),
        ("R10a", "no", "R10d"),
        ("R2e", "yes", "R2f"),
    ],
)
def test_a_question_that_depends_on_another(key: str, value: str, then: str) -> None:
    assert then not in keys({})
    assert then in keys({key: Answer(value)})
    assert then not in keys({key: Answer({"2": "1", "no": "yes", "yes": "no"}[value])})


def test_what_is_missing() -> None:
    of = record()
    answers = sound_answers(of)
    assert missing(FORM, of, answers) == ()

    answers["N2a"] = Answer("no")  # without its reason
    answers["R1p"] = Answer("amend")
    answers["R6a"] = Answer("yes", "Có", again=True)
    del answers["N1a"]

    assert [(each.asked.key, each.lack) for each in missing(FORM, of, answers)] == [
        ("N1a", Lack.ANSWER),
        ("N2a", Lack.REASON),
        ("R1p", Lack.REASON),
        ("R6a", Lack.LOOK),
    ]


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("N2a", "yes", "yes"),
        ("N2a", "maybe", None),
        ("N5", " 1.200 ", "1200"),
        ("N5", "007", "7"),
        ("N5", "1.234.567", "1234567"),
        ("N5", "1.5", None),
        ("N5", "1 2", None),
        ("N5", "1.2345", None),
        ("N5", "0.125", None),
        ("N5", "-1", None),
        ("N5", "٣", None),
        ("N5", "9" * 10, None),
        ("N5", "", ""),
        ("Np", "abolish", "abolish"),
        ("Np", "merge", None),
        ("N1a", "x" * 4001, None),
    ],
)
def test_what_a_question_takes(key: str, value: str, kept: str | None) -> None:
    question = FORM.questions[key]
    if kept is None:
        with pytest.raises(NotAnAnswer):
            clean(question, value)
    else:
        assert clean(question, value) == (kept, "")


def test_answers_come_back_from_json() -> None:
    answers = {**prefill(FORM, record(), FACTS), "N1a": Answer("Một", by="Nguyễn A", at="2024")}

    assert answers_from_json(json.loads(json.dumps(answers_to_json(answers)))) == answers


def _without(name: str) -> Callable[[Any], Any]:
    return lambda content: content.pop(name)


@pytest.mark.parametrize(
    "spoil",
    [
        _without("version"),
        lambda c: c.update(necessity="Z"),
        lambda c: c["section"][0]["question"][0].update(id="N1b"),
        lambda c: c["section"][0]["question"][0].update(kind="song"),
        lambda c: c["section"][0]["question"][0].update(id="<b>"),
        lambda c: c["section"][0]["question"][2].update(sound="maybe"),
        lambda c: c["section"][0]["question"][2].update(registry="weather"),
        lambda c: c["section"][0]["question"][2].update(when={"question": "R12a"}),
        lambda c: c["section"][0].update(part="colour"),
        lambda c: c["clash"][0].update(answers={"Z9": "yes"}),
    ],
)
def test_a_questionnaire_that_does_not_hold_together(spoil: Callable[[Any], Any]) -> None:
    content = copy.deepcopy(dict(FORM.content))
    spoil(content)

    with pytest.raises(NotAQuestionnaire):
        make_questionnaire(content)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"code = ", b""])
def test_a_file_that_is_no_questionnaire(data: bytes) -> None:
    with pytest.raises(NotAQuestionnaire):
        read_questionnaire(data)


NEWEST = shipped_questionnaires()[-1]
QUIET = Record("A", steps=(Step(1, "Xem xét", "Sở Nội vụ"),), manners=(Manner.POST,))


def test_versions_stand_beside_each_other_and_changed_questions_have_other_numbers() -> None:
    first, second, _ = shipped_questionnaires()
    assert [(each.code, each.version) for each in shipped_questionnaires()] == [
        ("02/RS-KSTT", 1),
        ("02/RS-KSTT", 2),
        ("02/RS-KSTT", 3),
    ]
    changed = {"R2b", "R3a"}
    assert changed <= set(first.questions)
    assert not changed & set(second.questions)
    former = first.questions.keys() - changed
    assert second.questions.keys() - former == {"R2g", "R2h", "R3c", "R3d", "R4d", "R12c"}


@pytest.mark.parametrize(
    ("answers", "contradicted"),
    [
        # who acts stands in every step, yet who answers for what is not said
        ({"R2g": "yes", "R2h": "no"}, []),
        # it does not go by the network, but it could
        ({"R3c": "no", "R3d": "yes"}, []),
        ({"R3c": "yes"}, ["R3c"]),
        ({"R2g": "no"}, ["R2g"]),
    ],
)
def test_an_honest_answer_contradicts_nothing(
    answers: dict[str, str], contradicted: list[str]
) -> None:
    said = {key: Answer(value, "Đã xem") for key, value in answers.items()}
    found = contradictions(NEWEST, QUIET, FACTS, said)

    assert [each.key for each in found] == contradicted
