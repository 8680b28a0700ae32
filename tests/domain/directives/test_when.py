from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.deadlines import DueKind
from tinhgon.domain.directives import read_tasks
from tinhgon.domain.vntext import format_date

from .letters import clause, dash, letter, paragraph, read_item, read_items


@pytest.mark.parametrize(
    ("words", "kind", "day"),
    [
        ("hoàn thành trước ngày 01/7/2024", DueKind.BEFORE, date(2024, 7, 1)),
        ("xong trước 30/11/2025", DueKind.BEFORE, date(2025, 11, 30)),
        ("hoàn thành trước ngày 03 tháng 12 năm 2025", DueKind.BEFORE, date(2025, 12, 3)),
        ("hoàn thành trước 17 giờ ngày 05/12/2025", DueKind.BEFORE, date(2025, 12, 5)),
        ("chậm nhất đến ngày 30/9/2025", DueKind.BY, date(2025, 9, 30)),
        ("hoàn thành đến hết ngày 15/8/2025", DueKind.BY, date(2025, 8, 15)),
        ("hoàn thành trong tháng 6/2024", DueKind.IN_MONTH, date(2024, 6, 30)),
        ("hoàn thành trong tháng 02 năm 2024", DueKind.IN_MONTH, date(2024, 2, 29)),
        ("hoàn thành trong quý III/2024", DueKind.IN_QUARTER, date(2024, 9, 30)),
        ("hoàn thành trong quí I năm 2026", DueKind.IN_QUARTER, date(2026, 3, 31)),
        ("hoàn thành trong năm 2026", DueKind.IN_YEAR, date(2026, 12, 31)),
        ("hoàn thành từ ngày 15 đến ngày 31 tháng 12 năm 2025", DueKind.BY, date(2025, 12, 31)),
        # A year left out is the letter's (10/3/2025), or the next one.
        ("hoàn thành trước ngày 15/12", DueKind.BEFORE, date(2025, 12, 15)),
        ("hoàn thành trước ngày 10/02", DueKind.BEFORE, date(2026, 2, 10)),
        ("hoàn thành trong 6 tháng đầu năm 2026", DueKind.BY, date(2026, 6, 30)),
        # There is no such day: the words are kept, nobody is bound.
        ("hoàn thành trước ngày 31/6/2024", DueKind.NONE, None),
    ],
)
def test_what_the_words_of_a_deadline_mean(words: str, kind: DueKind, day: date | None) -> None:
    deadline = read_item(f"Rà soát thủ tục nội bộ, {words}.").deadline
    assert deadline is not None
    assert (deadline.kind, deadline.day) == (kind, day)
    assert deadline.text in words


@pytest.mark.parametrize(
    ("words", "count", "unit", "kind"),
    [
        (
            "trong 05 ngày làm việc kể từ ngày nhận được văn bản",
            5,
            "ngày làm việc",
            DueKind.WITHIN_WORKING_DAYS,
        ),
        ("trong thời hạn 10 ngày kể từ ngày ký", 10, "ngày", DueKind.WITHIN_DAYS),
        ("trong thời gian 03 tháng kể từ ngày ban hành", 3, "tháng", DueKind.NONE),
    ],
)
def test_a_period_counts_from_an_event(words: str, count: int, unit: str, kind: DueKind) -> None:
    deadline = read_item(f"Hoàn thành việc bàn giao {words}.").deadline
    assert deadline is not None
    assert deadline.within is not None
    assert (deadline.kind, deadline.day) == (kind, None)
    assert (deadline.within.count, deadline.within.unit) == (count, unit)


@pytest.mark.parametrize(
    "item",
    [
        "Thực hiện Kế hoạch số 15/KH-UBND ngày 02/12/2022 của UBND tỉnh.",
        "Áp dụng quy trình mới kể từ ngày 01/01/2026.",
        "Xây dựng kế hoạch kiểm tra trong năm 2025.",
        "Bố trí vốn cho các công trình giai đoạn 2024 - 2025.",
        "Khẩn trương, kịp thời xử lý hồ sơ quá hạn theo quy định.",
    ],
)
def test_dates_that_are_no_deadline(item: str) -> None:
    task = read_item(item)
    assert task.deadline is None
    assert task.standing


@pytest.mark.parametrize(
    ("words", "recurrence"),
    [
        ("định kỳ hằng tháng báo cáo Sở Nội vụ", "monthly"),
        ("định kỳ 03 tháng/lần báo cáo Sở Nội vụ", "quarterly"),
        ("báo cáo Sở Nội vụ trước ngày 20 hằng tháng", "monthly"),
        ("báo cáo Sở Nội vụ trước ngày 25/12 hằng năm", "annual"),
        ("báo cáo Sở Nội vụ hằng quý, 06 tháng, năm", "quarterly+semiannual+annual"),
        ("định kỳ báo cáo Sở Nội vụ", "periodic"),
        ("định kỳ hằng quý hoặc đột xuất báo cáo Sở Nội vụ", "quarterly+ad_hoc"),
        ("thường xuyên báo cáo Sở Nội vụ", None),
    ],
)
def test_work_that_comes_again(words: str, recurrence: str | None) -> None:
    task = read_item(f"Theo dõi việc giải quyết hồ sơ; {words}.")
    assert task.recurrence == recurrence
    assert task.deadline is None


def test_a_deadline_may_open_the_sentence() -> None:
    first = read_item("Trong quý II năm 2025, Sở Xây dựng hoàn thành quy hoạch phân khu.")
    second = read_item("Trước ngày 20 hằng tháng, các đơn vị gửi báo cáo về Sở Nội vụ.")
    assert first.deadline is not None
    assert first.deadline.day == date(2025, 6, 30)
    assert second.deadline is None
    assert second.report is not None
    assert second.report.deadline is not None
    assert second.report.deadline.text == "Trước ngày 20 hằng tháng"


def test_clauses_with_days_of_their_own_are_tasks_of_their_own() -> None:
    first, second = read_items(
        "Sửa chữa trụ sở, hoàn thành trước ngày 30/11/2025; xây mới kho lưu trữ, hoàn thành "
        "trước ngày 31/01/2026."
    )
    assert [t.deadline.day for t in (first, second) if t.deadline] == [
        date(2025, 11, 30),
        date(2026, 1, 31),
    ]


def test_items_inherit_the_deadline_of_their_heading() -> None:
    reading = read_tasks(
        letter(
            clause(
                1,
                "Sở Nội vụ hoàn thành trước ngày 15/12/2025 các việc sau:",
                dash("Xây dựng quy chế phối hợp."),
                dash("Tập huấn cho công chức, hoàn thành trước ngày 20/11/2025."),
            )
        )
    )
    days = [task.deadline.day if task.deadline else None for task in reading.tasks]
    assert days == [date(2025, 12, 15), date(2025, 11, 20)]
    assert reading.tasks[0].origins.due is not None
    assert reading.tasks[0].origins.due.how == "inherited"


def test_a_line_that_only_dates_is_no_task() -> None:
    reading = read_tasks(
        letter(
            clause(
                1,
                "Sở Nội vụ",
                paragraph("Hoàn thiện quy chế phối hợp."),
                paragraph("Thời gian hoàn thành trước ngày 15/12/2025."),
            )
        )
    )
    (task,) = reading.tasks
    assert task.deadline is not None
    assert task.deadline.day == date(2025, 12, 15)


def test_a_deadline_may_point_to_another_item() -> None:
    first, second = read_items(
        "Sở Nội vụ hoàn thành việc kiểm kê chậm nhất ngày 30/9/2025.",
        "Sở Tài chính bàn giao tài sản theo thời gian tại khoản 1 Công văn này.",
    )
    assert first.deadline is not None
    assert second.deadline is not None
    assert second.deadline.day == first.deadline.day == date(2025, 9, 30)
    assert second.deadline.kind is DueKind.BY


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_written_as_officials_write_it_is_read_again(day: date) -> None:
    deadline = read_item(f"Hoàn thành việc rà soát trước ngày {format_date(day)}.").deadline
    assert deadline is not None
    assert deadline.day == day
