from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.procedures import (
    LABELS,
    START,
    Change,
    CopyKind,
    Form,
    Record,
    RowChange,
    Step,
    Tier,
    difference,
    part_words,
)

from .records import COMPLETE, complete, records, working_days

SIGNS = {
    Change.SAME: "=",
    Change.ADDED: "+",
    Change.REMOVED: "-",
    Change.CHANGED: "~",
    Change.MOVED: ">",
}


def of_steps(old: list[Step], new: list[Step]) -> list[str]:
    """Return "sign words" of each row of the difference between two lists of steps."""
    found = difference(Record("A", steps=tuple(old)), Record("A", steps=tuple(new)))
    assert [part.part for part in found] in ([], ["steps"])
    return [f"{SIGNS[row.change]} {row.new or row.old}" for part in found for row in part.rows]


def run(*what: str) -> list[Step]:
    return [Step(number, text) for number, text in enumerate(what, 1)]


def test_nothing_differs_from_itself() -> None:
    assert difference(COMPLETE, COMPLETE) == ()


def test_against_no_version_everything_filled_is_added() -> None:
    found = difference(None, COMPLETE)
    filled = [part for part in LABELS if part_words(COMPLETE, part)]
    assert [part.part for part in found] == filled
    assert {row.change for part in found for row in part.rows} == {Change.ADDED}
    assert [row.new for row in found[0].rows] == [COMPLETE.name]


@pytest.mark.parametrize(
    ("changes", "label", "row"),
    [
        (
            {"tier": Tier.COMMUNE},
            "Cấp thực hiện",
            RowChange(Change.CHANGED, "Cấp tỉnh", "Cấp xã"),
        ),
        (
            {"time_limit": working_days(4)},
            "Thời hạn giải quyết",
            RowChange(Change.CHANGED, "05 ngày làm việc", "04 ngày làm việc"),
        ),
        (
            {"time_limit": None},
            "Thời hạn giải quyết",
            RowChange(Change.REMOVED, "05 ngày làm việc", ""),
        ),
        (
            {"national_code": "1.012345"},
            "Mã số quốc gia",
            RowChange(Change.ADDED, "", "1.012345"),
        ),
        # The one value of a part is changed, not replaced, however unlike it is.
        ({"fee": "200"}, "Phí, lệ phí", RowChange(Change.CHANGED, "Không", "200")),
        ({"is_interconnected": True}, "Liên thông", RowChange(Change.CHANGED, "Không", "Có")),
    ],
)
def test_one_part_differs(changes: dict[str, object], label: str, row: RowChange) -> None:
    (part,) = difference(COMPLETE, complete(**changes))
    assert (part.label, part.rows) == (label, (row,))


def test_parts_come_in_the_printed_order() -> None:
    found = difference(
        COMPLETE, complete(bases=(), name="Cử viên chức đi học", subjects=("A", "B"))
    )
    assert [part.part for part in found] == ["name", "subjects", "bases"]


def test_an_inserted_step_leaves_the_others_as_they_are() -> None:
    old = run("Tiếp nhận hồ sơ", "Thẩm định", "Trình ký")
    new = run("Tiếp nhận hồ sơ", "Lấy ý kiến", "Thẩm định", "Trình ký")
    assert of_steps(old, new) == [
        "= Tiếp nhận hồ sơ",
        "+ Lấy ý kiến",
        "= Thẩm định",
        "= Trình ký",
    ]


def test_a_removed_step_stands_where_it_was() -> None:
    old = run("Tiếp nhận hồ sơ", "Lấy ý kiến", "Trình ký")
    assert of_steps(old, run("Tiếp nhận hồ sơ", "Trình ký")) == [
        "= Tiếp nhận hồ sơ",
        "- Lấy ý kiến",
        "= Trình ký",
    ]
    assert of_steps(old, run("Lấy ý kiến")) == ["- Tiếp nhận hồ sơ", "= Lấy ý kiến", "- Trình ký"]


def test_a_moved_step_is_neither_gone_nor_new() -> None:
    old = run("Tiếp nhận", "Lấy ý kiến", "Thẩm định", "Trình ký")
    new = run("Tiếp nhận", "Thẩm định", "Trình ký", "Lấy ý kiến")
    assert of_steps(old, new) == ["= Tiếp nhận", "= Thẩm định", "= Trình ký", "> Lấy ý kiến"]


def test_a_rewritten_step_is_paired_with_the_likest() -> None:
    old = run("Tiếp nhận", "Chuyên viên thẩm định hồ sơ trong ngày", "Trình ký")
    new = run("Tiếp nhận", "Lấy ý kiến", "Chuyên viên thẩm định hồ sơ", "Trình ký")
    found = difference(Record("A", steps=tuple(old)), Record("A", steps=tuple(new)))
    assert [(SIGNS[row.change], row.old, row.new) for row in found[0].rows] == [
        ("=", "Tiếp nhận", "Tiếp nhận"),
        ("+", "", "Lấy ý kiến"),
        ("~", "Chuyên viên thẩm định hồ sơ trong ngày", "Chuyên viên thẩm định hồ sơ"),
        ("=", "Trình ký", "Trình ký"),
    ]


def test_an_unlike_step_in_the_same_place_is_another_step() -> None:
    assert of_steps(run("Tiếp nhận hồ sơ"), run("Bay")) == ["- Tiếp nhận hồ sơ", "+ Bay"]


def test_the_same_step_twice_is_two_steps() -> None:
    assert of_steps(run("Trình", "Ký", "Trình"), run("Trình", "Ký")) == [
        "= Trình",
        "= Ký",
        "- Trình",
    ]


def test_numbers_that_shift_are_no_change_of_what_waits_for_what() -> None:
    a, b, c = run("Tiếp nhận", "Thẩm định", "Trình ký")
    first = Step(1, "Kiểm tra")
    old = [a, b, replace(c, after=(1,))]
    new = [first, replace(a, number=2), replace(b, number=3), replace(c, number=4, after=(2,))]
    assert of_steps(old, new) == [
        "+ Kiểm tra",
        "= Tiếp nhận",
        "= Thẩm định",
        "= Trình ký; thực hiện sau bước 2",
    ]


def test_steps_made_parallel_differ_though_they_say_the_same() -> None:
    old = run("Tiếp nhận", "Thẩm định", "Lấy ý kiến")
    new = [*old[:2], replace(old[2], after=(1,))]
    assert of_steps(old, new) == [
        "= Tiếp nhận",
        "= Thẩm định",
        "~ Lấy ý kiến; thực hiện sau bước 1",
    ]
    assert of_steps(new, old)[2] == "~ Lấy ý kiến"
    assert of_steps(old, [*old[:2], replace(old[2], after=(START,))])[2].startswith("~")


def test_naming_the_step_before_is_no_difference() -> None:
    old = run("Tiếp nhận", "Thẩm định")
    assert of_steps(old, [old[0], replace(old[1], after=(1,))]) == []


def test_a_step_that_waited_for_a_removed_one_differs() -> None:
    a, b, c = run("Tiếp nhận", "Lấy ý kiến", "Trình ký")
    old = [a, b, replace(c, after=(1, 2))]
    assert of_steps(old, [a, replace(c, number=2)]) == [
        "= Tiếp nhận",
        "- Lấy ý kiến",
        "~ Trình ký",
    ]


def test_a_changed_paper() -> None:
    first, second = COMPLETE.papers
    new = complete(papers=(first, replace(second, copy=CopyKind.ELECTRONIC, quantity=1)))
    (part,) = difference(COMPLETE, new)
    assert [row.change for row in part.rows] == [Change.SAME, Change.CHANGED]
    assert part.rows[1].old == "Bản sao quyết định tuyển dụng; bản sao, số lượng 02; nếu có"
    assert part.rows[1].new == "Bản sao quyết định tuyển dụng; bản điện tử, số lượng 01; nếu có"


def test_another_file_under_the_same_name_is_a_change() -> None:
    (part,) = difference(COMPLETE, complete(forms=(Form("Mẫu số 01", 8),)))
    assert part.rows == (RowChange(Change.CHANGED, "Mẫu số 01", "Mẫu số 01 (thay tệp kèm theo)"),)
    (renamed,) = difference(COMPLETE, complete(forms=(Form("Mẫu số 1", 8),)))
    assert renamed.rows == (RowChange(Change.CHANGED, "Mẫu số 01", "Mẫu số 1"),)


@given(records, records)
def test_each_row_of_both_versions_is_shown_once(old: Record, new: Record) -> None:
    for part in difference(old, new):
        shown_old = sorted(row.old for row in part.rows if row.change is not Change.ADDED)
        shown_new = [row.new for row in part.rows if row.change is not Change.REMOVED]
        assert shown_old == sorted(part_words(old, part.part))
        assert [text.removesuffix(" (thay tệp kèm theo)") for text in shown_new] == part_words(
            new, part.part
        )


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.permutations(range(8)))
def test_rows_in_another_order_are_moved(texts: list[str], order: list[int]) -> None:
    old = Record("A", subjects=tuple(texts))
    new = Record("A", subjects=tuple(texts[n] for n in order if n < len(texts)))
    changes = {row.change for part in difference(old, new) for row in part.rows}
    assert changes <= {Change.SAME, Change.MOVED}
    assert (Change.MOVED in changes) is (old != new)


@given(records)
def test_a_part_without_a_difference_is_not_listed(record: Record) -> None:
    found = difference(record, replace(record, fee=f"{record.fee}x"))
    assert [part.part for part in found] == ["fee"]
