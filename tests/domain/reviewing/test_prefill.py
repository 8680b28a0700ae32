from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.reviewing.made import FACTS, FORM, TODAY, days, record, sound_answers
from tinhgon.domain.procedures import Paper, Record, Step
from tinhgon.domain.reviewing import Answer, Facts, Former, Source, prefill, renew


@pytest.mark.parametrize(
    ("key", "of", "value", "reason"),
    [
        ("R5a", record(dossier_sets=2), "2", ""),
        ("R9a", record(fee="Không"), "no", "Sổ thủ tục ghi: Không."),
        ("R9a", record(fee="50.000 đồng"), "yes", "Sổ thủ tục ghi: 50.000 đồng."),
        ("R6a", record(time_limit=None, time_limit_text="Không quy định"), "no", ""),
        ("R6c", record(time_limit=days(5)), "yes", "Sổ thủ tục ghi: 05 ngày làm việc."),
        ("R2b", record(steps=(Step(1, "Gửi"),)), "no", "Sổ thủ tục ghi: bước 1 chưa ghi ai"),
        ("R11a", record(conditions=("Có chỉ tiêu",)), "yes", ""),
        ("N5", record(), "0", ""),
    ],
)
def test_what_the_registry_knows_is_filled_in(
    key: str, of: Record, value: str, reason: str
) -> None:
    answer = prefill(FORM, of, Facts(on=TODAY, cases=0))[key]

    assert (answer.value, answer.source) == (value, Source.REGISTRY)
    assert answer.reason.startswith(reason)


def test_where_the_registry_says_nothing_it_is_asked() -> None:
    found = prefill(FORM, record(dossier_sets=None, fee=""), FACTS)

    assert not {"R5a", "R9a", "N5", "N1a", "Np"} & set(found)


def test_an_earlier_answer_stands_unless_its_part_has_changed() -> None:
    old = record()
    former = Former(old, {"R12a": Answer("yes", "Phù hợp"), "R6d": Answer("no", "Đã ngắn")})
    found = prefill(FORM, record(time_limit=days(9)), FACTS, former)

    assert found["R12a"] == Answer("yes", "Phù hợp", Source.FORMER)
    assert found["R6d"] == Answer("no", "Đã ngắn", Source.FORMER, again=True)


def test_the_registry_goes_before_an_earlier_answer_that_it_contradicts() -> None:
    former = Former(record(dossier_sets=2), {"R5a": Answer("2"), "R9a": Answer("no", "Đã bỏ")})
    found = prefill(FORM, record(dossier_sets=1), FACTS, former)

    assert found["R5a"] == Answer("1", "", Source.REGISTRY)
    assert found["R9a"] == Answer("no", "Đã bỏ", Source.FORMER)


def test_an_answer_about_a_paper_follows_the_paper() -> None:
    one, two = Paper("Tờ trình"), Paper("Dự thảo")
    former = Former(
        record(papers=(one, two)),
        {"R4a@paper:1": Answer("yes", "Cần"), "R4a@paper:2": Answer("no", "Thừa")},
    )
    found = prefill(FORM, record(papers=(two, Paper("Báo cáo"))), FACTS, former)

    assert found["R4a@paper:1"] == Answer("no", "Thừa", Source.FORMER)
    assert "R4a@paper:2" not in found


def test_an_earlier_answer_that_the_question_takes_no_more_is_left_out() -> None:
    former = Former(record(), {"N2a": Answer("không biết", "Chưa rõ")})

    assert "N2a" not in prefill(FORM, record(), FACTS, former)


def test_a_review_goes_on_with_another_version_and_keeps_its_answers() -> None:
    old = record()
    typed = Answer("no", "Đã ngắn", by="Nguyễn A", at="2024-08-01")
    answers = {**prefill(FORM, old, FACTS), "R6d": typed, "N1a": Answer("Một")}
    new = record(time_limit=days(9), dossier_sets=3)

    found = renew(FORM, new, FACTS, old=old, answers=answers)

    assert found["R6d"] == replace(typed, again=True)
    assert found["N1a"] == Answer("Một")
    assert found["R5a"] == Answer("3", "", Source.REGISTRY)


@given(st.integers(1, 9), st.booleans())
def test_nothing_is_asked_again_of_what_has_not_changed(sets: int, with_fee: bool) -> None:
    of = record(dossier_sets=sets, fee="10 đồng" if with_fee else "Không")
    answers = sound_answers(of) | prefill(FORM, of, FACTS)

    found = renew(FORM, of, FACTS, old=of, answers=answers)

    assert {key: a.value for key, a in found.items()} == {k: a.value for k, a in answers.items()}
    assert not any(answer.again for answer in found.values())
