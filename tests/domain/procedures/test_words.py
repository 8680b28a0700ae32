from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given

from tinhgon.domain.procedures import (
    COPY_WORDS,
    KIND_WORDS,
    LABELS,
    MANNER_WORDS,
    PART_WORDS,
    RULE_OWNER_WORDS,
    START,
    TIER_WORDS,
    UNIT_WORDS,
    Action,
    Basis,
    CopyKind,
    Duration,
    Kind,
    Manner,
    Paper,
    Part,
    Record,
    RuleOwner,
    Step,
    Tier,
    Unit,
    after_words,
    basis_words,
    duration_words,
    figure_words,
    paper_words,
    part_words,
    step_words,
    value_words,
)

from .records import COMPLETE, days, hours, months, records, working_days


def test_every_part_of_a_record_has_a_label_in_no_order_but_the_printed() -> None:
    assert set(LABELS) == {field.name for field in fields(Record)}
    assert list(LABELS)[:2] == ["name", "kind"]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (KIND_WORDS, Kind),
        (TIER_WORDS, Tier),
        (RULE_OWNER_WORDS, RuleOwner),
        (UNIT_WORDS, Unit),
        (MANNER_WORDS, Manner),
        (COPY_WORDS, CopyKind),
        (PART_WORDS, Part),
    ],
)
def test_every_choice_has_words_of_its_own(
    words: dict[StrEnum, str], values: type[StrEnum]
) -> None:
    assert list(words) == list(values)
    assert len(set(words.values())) == len(words)


def test_all_but_abolition_bring_a_version() -> None:
    assert [a for a in Action if not a.brings_version] == [Action.ABOLISHED]


@pytest.mark.parametrize(
    ("value", "words"),
    [("0", "00"), ("5", "05"), ("5.00", "05"), ("10", "10"), ("1E+1", "10"), ("0.5", "0,5"),
     ("1.50", "1,5"), ("9.25", "9,25"), ("1500", "1.500"), ("1500.5", "1.500,5")],
)  # fmt: skip
def test_figures(value: str, words: str) -> None:
    assert figure_words(Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (working_days(5), "05 ngày làm việc"),
        (hours("0.5"), "0,5 giờ làm việc"),
        (days(45), "45 ngày"),
        (months(1), "01 tháng"),
    ],
)
def test_times(value: Duration | None, words: str) -> None:
    assert duration_words(value) == words


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step(1, "Tiếp nhận hồ sơ."), "Tiếp nhận hồ sơ"),
        (
            Step(2, "Thẩm định", "Chuyên viên", hours(4), "Báo cáo"),
            (
                "Thẩm định; người thực hiện: Chuyên viên; thời gian: 04 giờ làm việc; "
                "sản phẩm: Báo cáo"
            ),
        ),
        (Step(3, "Lấy ý kiến", after=(1,)), "Lấy ý kiến; thực hiện sau bước 1"),
        (Step(3, "Lấy ý kiến", after=(2,)), "Lấy ý kiến"),
        (Step(4, "Trình ký", after=(2, 3)), "Trình ký; thực hiện sau bước 2, 3"),
        (Step(4, "Trình ký", after=(2, 2, START)), "Trình ký; thực hiện sau bước 2"),
    ],
)
def test_steps(step: Step, words: str) -> None:
    assert step_words(step) == words


@pytest.mark.parametrize(
    ("number", "after", "words"),
    [
        (1, (), ""),
        (1, (START,), ""),
        (2, (START,), "thực hiện ngay từ đầu"),
        (2, (1, 1), ""),
        (2, (3,), "thực hiện sau bước 3"),
    ],
)
def test_what_a_step_waits_for_in_words(number: int, after: tuple[int, ...], words: str) -> None:
    assert after_words(Step(number, "Làm", after=after)) == words


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        (Paper("Tờ trình"), "Tờ trình; bản chính, số lượng 01"),
        (
            Paper("Tờ khai", CopyKind.CERTIFIED, 12, "Mẫu số 02", compulsory=False),
            "Tờ khai; bản sao có chứng thực, số lượng 12; theo Mẫu số 02; nếu có",
        ),
    ],
)
def test_papers(paper: Paper, words: str) -> None:
    assert paper_words(paper) == words


DAY = date(2020, 3, 5)


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        (Basis("Luật Cán bộ, công chức"), "Luật Cán bộ, công chức"),
        (
            Basis("Nghị định", "30/2020/NĐ-CP", DAY, "5", "2", "a"),
            "điểm a khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
        ),
        (
            Basis("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", "30/2020/NĐ-CP", DAY),
            "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ",
        ),
        (Basis("Luật Thi đua, khen thưởng", article="9"), "Điều 9 Luật Thi đua, khen thưởng"),
    ],
)
def test_bases(basis: Basis, words: str) -> None:
    assert basis_words(basis) == words


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("name", ["Cử công chức đi đào tạo, bồi dưỡng"]),
        ("kind", ["Giữa các cơ quan hành chính nhà nước"]),
        ("tier", ["Cấp tỉnh"]),
        ("is_interconnected", ["Không"]),
        ("rule_owner", ["Tỉnh"]),
        ("national_code", []),
        ("manners", ["Qua hệ thống quản lý văn bản và điều hành"]),
        ("dossier_sets", ["01"]),
        ("time_limit", ["05 ngày làm việc"]),
        (
            "bodies",
            ["Cơ quan có thẩm quyền quyết định: Sở Nội vụ", "Cơ quan phối hợp: Sở Tài chính"],
        ),
        ("forms", ["Mẫu số 01"]),
        ("conditions", ["Có chỉ tiêu đào tạo trong năm"]),
        ("bases", ["điểm a khoản 2 Điều 24 Nghị định số 101/2017/NĐ-CP ngày 01/9/2017"]),
    ],
)
def test_parts(part: str, words: list[str]) -> None:
    assert part_words(COMPLETE, part) == words


def test_what_is_none_or_empty_has_no_words() -> None:
    bare = Record("")
    said = {part: part_words(bare, part) for part in LABELS}
    assert {part: words for part, words in said.items() if words} == {
        "kind": ["Giữa các cơ quan hành chính nhà nước"],
        "tier": ["Cấp tỉnh"],
        "is_interconnected": ["Không"],
    }
    assert part_words(Record("A", is_interconnected=True), "is_interconnected") == ["Có"]


def test_a_part_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        part_words(COMPLETE, "__class__")


def test_one_value_in_words() -> None:
    assert value_words(Tier.COMMUNE) == "Cấp xã"


@given(records)
def test_any_record_has_words(record: Record) -> None:
    for part in LABELS:
        value = getattr(record, part)
        expected = len(value) if isinstance(value, tuple) else int(value not in (None, ""))
        assert len(part_words(record, part)) == expected
