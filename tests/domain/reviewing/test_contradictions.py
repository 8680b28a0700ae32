from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.domain.reviewing.made import FACTS, FORM, TODAY, record, sound_answers
from tinhgon.domain.procedures import Basis, Manner, Record
from tinhgon.domain.reviewing import (
    REGISTRY,
    Answer,
    Conclusion,
    Facts,
    Outcome,
    Twin,
    contradictions,
    outcome_faults,
    prefill,
)

TWIN = Facts(TODAY, twins=(Twin("7", "Cấp thẻ", "Sở A"),))
EXPIRED = Basis("Thông tư 1", "01/2015/TT-BNV", ended_on=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("key", "value", "of", "facts", "text"),
    [
        ("R5a", "1", record(dossier_sets=2), FACTS, "“01”, sổ thủ tục ghi: 02 bộ"),
        ("R9a", "no", record(fee="50.000 đồng"), FACTS, "“Không”, sổ thủ tục ghi: 50.000 đồng"),
        ("H1b", "yes", record(bases=(EXPIRED,)), FACTS, "hết hiệu lực từ ngày 01/01/2024"),
        ("R3a", "yes", record(manners=(Manner.POST,)), FACTS, "không có cách gửi"),
        ("R6a", "no", record(), FACTS, "05 ngày làm việc"),
        ("N4", "no", record(), TWIN, "Cấp thẻ (Sở A)"),
        ("N5", "4", record(), Facts(TODAY, cases=0), "0 hồ sơ"),
    ],
)  # fmt: skip
def test_an_answer_that_the_registry_contradicts(
    key: str, value: str, of: Record, facts: Facts, text: str
) -> None:
    (found,) = contradictions(FORM, of, facts, {key: Answer(value, "Đã xem")})

    assert found.key == key
    assert text in found.text.replace("01/1/2024", "01/01/2024")


def test_what_the_registry_filled_in_does_not_contradict_it() -> None:
    of = record(dossier_sets=2, fee="10 đồng", bases=(EXPIRED,))

    assert contradictions(FORM, of, FACTS, prefill(FORM, of, FACTS)) == ()


def test_answers_that_cannot_all_be_right() -> None:
    answers = {"N5": Answer("0"), "N6": Answer("yes", "Cần")}

    (found,) = contradictions(FORM, record(), FACTS, answers)

    assert found.key == "N6"
    assert "không phát sinh hồ sơ" in found.text


def test_a_proposal_against_the_answers_of_its_section() -> None:
    answers = {"R2c": Answer("yes", "Bước 2 thừa"), "R2p": Answer("keep")}
    (found,) = contradictions(FORM, record(), FACTS, answers)
    assert (found.key, "câu R2c" in found.text) == ("R2p", True)

    sound = sound_answers(record())
    answers = {k: sound[k] for k in ("R12a", "R12b")} | {"R12p": Answer("amend", "Sửa")}
    (found,) = contradictions(FORM, record(), FACTS, answers)
    assert found.key == "R12p"


def test_a_question_that_is_not_asked_contradicts_nothing() -> None:
    """Whether time is counted in working days is asked only where there is a time limit."""
    answers = {"R6c": Answer("no", "Không")}

    assert contradictions(FORM, record(), FACTS, answers) == ()


@pytest.mark.parametrize(
    ("outcome", "proposed", "texts"),
    [
        (None, {}, ["Chưa chọn kết quả"]),
        ("keep", {"Np": "keep", "R5p": "keep"}, []),
        ("keep", {"R5p": "amend"}, ["số lượng hồ sơ"]),
        ("amend", {"Np": "keep"}, ["mọi phần đều đề xuất giữ nguyên"]),
        ("amend", {"R5p": "amend"}, []),
        ("amend", {"Np": "abolish"}, ["đề xuất bãi bỏ"]),
        ("abolish", {"Np": "abolish"}, []),
        ("abolish", {"Np": "replace"}, []),
        ("abolish", {"Np": "keep"}, ["không đề xuất bãi bỏ"]),
        ("replace", {"Np": "replace"}, []),
        ("merge", {"Np": "amend"}, ["Chưa chọn thủ tục sẽ gộp vào"]),
    ],
)
def test_an_outcome_against_what_was_proposed(
    outcome: str | None, proposed: dict[str, str], texts: list[str]
) -> None:
    answers = {key: Answer(value, "Vì sao") for key, value in proposed.items()}
    conclusion = Conclusion(Outcome(outcome) if outcome else None, "Lý do")

    found = outcome_faults(FORM, answers, conclusion)

    assert len(found) == len(texts)
    assert all(text in fault.text for text, fault in zip(texts, found, strict=True))


def test_no_outcome_without_its_reason() -> None:
    (found,) = outcome_faults(FORM, {}, Conclusion(Outcome.KEEP, "  "))

    assert "lý do" in found.text


def test_a_merge_says_into_what() -> None:
    assert outcome_faults(FORM, {}, Conclusion(Outcome.MERGE, "Trùng", "NB-00007")) == ()


def test_an_answer_whose_question_fell_away_clashes_with_nothing() -> None:
    clash = replace(FORM.clashes[0], answers={"R2e": "no", "R2f": "yes"})
    form = replace(FORM, clashes=(clash,))
    stale = {"R2e": Answer("no", "Không có"), "R2f": Answer("yes", "Đã xem")}

    assert contradictions(form, record(), FACTS, stale) == ()


def test_bases_that_nobody_ended_are_not_known_to_hold() -> None:
    assert REGISTRY["bases_in_force"](record(), FACTS) is None
    ended = REGISTRY["bases_in_force"](record(bases=(EXPIRED,)), FACTS)
    assert ended is not None
    assert ended.value == "no"


def test_a_replacement_needs_a_part_that_changes() -> None:
    kept = {section.proposal: Answer("keep", "Đã xem") for section in FORM.sections}
    (fault,) = outcome_faults(FORM, kept, Conclusion(Outcome.REPLACE, "Lý do"))

    assert fault.text == "Kết quả là thay thế nhưng mọi phần đều đề xuất giữ nguyên."
