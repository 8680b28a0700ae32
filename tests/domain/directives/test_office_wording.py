"""When offices other than the first ones want their work done: dates and rhythms."""

from __future__ import annotations

from datetime import date

import pytest

from .letters import read_item


@pytest.mark.parametrize(
    ("words", "recurrence"),
    [
        ("trước 15h00 thứ Năm hằng tuần", "weekly"),
        ("trước 20/12 hằng năm", "annual"),
        ("trước ngày 25 tháng 12 hằng năm", "annual"),
        ("định kỳ trước ngày 20 của tháng cuối quý", "quarterly"),
        ("trước ngày 05 tháng đầu tiên của quý sau", "quarterly"),
        ("trước ngày 01/6 và 15/11 hằng năm", "semiannual"),
        ("định kỳ 02 lần/năm", "semiannual"),
        ("định kỳ hằng quý, 6 tháng, 9 tháng và năm", "quarterly+semiannual+annual"),
        ("chậm nhất là ngày 05 hằng tháng", "monthly"),
        ("vào chiều thứ Sáu hằng tuần", "weekly"),
        ("định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12)", "semiannual+annual"),
        ("định kỳ hằng quý (trước ngày 25 tháng cuối quý)", "quarterly"),
    ],
)
def test_how_often_a_report_is_due(words: str, recurrence: str) -> None:
    task = read_item(f"Báo cáo kết quả rà soát về Văn phòng UBND tỉnh {words}.")
    assert task.recurrence == recurrence
    assert task.report is not None
    assert task.report.deadline is not None
    assert (task.report.deadline.text, task.report.deadline.day) == (words, None)


def test_reports_of_two_rhythms_are_both_kept() -> None:
    task = read_item(
        "Trước ngày 20 của tháng cuối quý, báo cáo kết quả về Sở Nội vụ; báo cáo năm gửi Sở Nội vụ "
        "trước 20/12 hằng năm."
    )
    assert task.recurrence == "quarterly+annual"


def test_a_weekday_makes_the_work_itself_come_again() -> None:
    task = read_item("Cập nhật tiến độ trên phần mềm trước 15h00 thứ Năm hằng tuần.")
    assert task.recurrence == "weekly"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("chậm nhất cuối tháng 11/2025", date(2025, 11, 30)),
        ("trước cuối tháng 11/2025", date(2025, 11, 30)),
        ("trong tháng 3, tháng 4/2025", date(2025, 4, 30)),
        ("trong quý II và quý III/2025", date(2025, 9, 30)),
        ("trong quý II, III/2025", date(2025, 9, 30)),
        ("từ tháng 4/2025 đến tháng 6/2025", date(2025, 6, 30)),
        ("trước 16h30' ngày 15/8", date(2025, 8, 15)),
        ("trước 17 giờ chiều ngày 15/8/2025", date(2025, 8, 15)),
        ("trước cuối giờ chiều ngày 15/8/2025", date(2025, 8, 15)),
    ],
)
def test_days_hours_and_months_as_offices_write_them(words: str, day: date) -> None:
    deadline = read_item(f"Rà soát thủ tục nội bộ, hoàn thành {words}.").deadline
    assert deadline is not None
    assert (deadline.text, deadline.day) == (words, day)


@pytest.mark.parametrize(
    ("item", "phrase"),
    [
        (
            "Lập kế hoạch chậm nhất 15 ngày sau khi nhận được Kế hoạch này và gửi về Sở Nội vụ.",
            "chậm nhất 15 ngày sau khi nhận được Kế hoạch này",
        ),
        (
            "Trong 03 ngày làm việc kể từ ngày nhận được văn bản này phải trả lời bằng văn bản.",
            "Trong 03 ngày làm việc kể từ ngày nhận được văn bản này",
        ),
        (
            "Thẩm định trong thời hạn 05 ngày kể từ ngày nhận đủ hồ sơ và lệ phí.",
            "trong thời hạn 05 ngày kể từ ngày nhận đủ hồ sơ và lệ phí",
        ),
    ],
)
def test_where_the_event_of_a_period_ends(item: str, phrase: str) -> None:
    deadline = read_item(item).deadline
    assert deadline is not None
    assert deadline.text == phrase
