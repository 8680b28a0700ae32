from __future__ import annotations

from datetime import date

import pytest

from .letters import read_item


@pytest.mark.parametrize(
    ("item", "to"),
    [
        ("Rà soát thủ tục; báo cáo UBND tỉnh kết quả thực hiện.", "UBND tỉnh"),
        ("Tổng hợp, gửi báo cáo kết quả về Sở Nội vụ.", "Sở Nội vụ"),
        ("Kịp thời phản ánh khó khăn về Văn phòng UBND tỉnh.", "Văn phòng UBND tỉnh"),
        ("Báo cáo và đề xuất UBND tỉnh, Bộ Nội vụ hướng xử lý.", "UBND tỉnh; Bộ Nội vụ"),
        (
            "Báo cáo UBND tỉnh (thông qua Sở Tài chính) tình hình giải ngân.",
            "UBND tỉnh (thông qua Sở Tài chính)",
        ),
        ("Trường hợp vượt thẩm quyền, báo cáo cấp có thẩm quyền xem xét.", "cấp có thẩm quyền"),
        ("Thực hiện chế độ báo cáo hằng tuần về Văn phòng UBND tỉnh.", "Văn phòng UBND tỉnh"),
        ("Tự kiểm tra; có báo cáo gửi về Thanh tra tỉnh.", "Thanh tra tỉnh"),
        (
            "Chịu trách nhiệm về tiến độ; kịp thời báo cáo UBND tỉnh khó khăn, vướng mắc.",
            "UBND tỉnh",
        ),
        # What the receiver does with it, sending a product, and the noun are no reports.
        ("Gửi hồ sơ về Sở Nội vụ để tổng hợp, báo cáo UBND tỉnh.", None),
        ("Gửi danh sách về Sở Nội vụ trước ngày 15/12/2025.", None),
        ("Trên cơ sở báo cáo của Sở Nội vụ, hoàn thiện quy chế.", None),
        ("Tham mưu UBND tỉnh ban hành quy chế.", None),
    ],
)
def test_who_gets_a_report(item: str, to: str | None) -> None:
    report = read_item(item).report
    assert (report.to if report else None) == to


@pytest.mark.parametrize(
    ("item", "work", "reported"),
    [
        (
            "Hoàn thành phương án trước ngày 01/7/2024; báo cáo UBND tỉnh trước ngày 05/7/2024.",
            date(2024, 7, 1),
            date(2024, 7, 5),
        ),
        (
            "Rà soát thủ tục còn sót; báo cáo UBND tỉnh kết quả trước ngày 01/7/2024.",
            None,
            date(2024, 7, 1),
        ),
        (
            "Hoàn thành và báo cáo UBND tỉnh trước ngày 20/02/2025.",
            date(2025, 2, 20),
            date(2025, 2, 20),
        ),
        (
            "Báo cáo UBND tỉnh tình hình giải ngân trước ngày 20/02/2025.",
            date(2025, 2, 20),
            date(2025, 2, 20),
        ),
        (
            "Rà soát hồ sơ, báo cáo UBND tỉnh trước ngày 20/02/2025.",
            date(2025, 2, 20),
            date(2025, 2, 20),
        ),
        (
            "Góp ý dự thảo; tổng hợp, báo cáo UBND tỉnh theo quy định (trước ngày 10/02/2025).",
            None,
            date(2025, 2, 10),
        ),
    ],
)
def test_which_day_is_the_work_s_and_which_the_report_s(
    item: str, work: date | None, reported: date
) -> None:
    task = read_item(item)
    assert task.report is not None
    assert task.report.deadline is not None
    assert (task.deadline.day if task.deadline else None) == work
    assert task.report.deadline.day == reported


def test_the_receiver_s_own_day_is_not_the_doer_s() -> None:
    task = read_item(
        "Báo cáo Sở Nội vụ trước ngày 20/11 hằng năm để tổng hợp, báo cáo UBND tỉnh trước ngày "
        "30/11."
    )
    assert task.deadline is None
    assert task.report is not None
    assert task.report.deadline is not None
    assert task.report.deadline.text == "trước ngày 20/11 hằng năm"


def test_a_report_inside_another_report_has_no_day() -> None:
    report = read_item(
        "Phê duyệt phương án lần 2; báo cáo UBND tỉnh kết quả tại báo cáo kiểm soát thủ tục hành "
        "chính năm 2024."
    ).report
    assert report is not None
    assert report.deadline is not None
    assert report.deadline.day is None
    assert report.vehicle == "tại báo cáo kiểm soát thủ tục hành chính năm 2024"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Số hóa 100% hồ sơ còn hiệu lực.", [(100, "%", None, None)]),
        (
            "Cắt giảm ít nhất 20% thủ tục, 20% chi phí tuân thủ.",
            [(20, "%", ">=", None), (20, "%", ">=", None)],
        ),
        ("Rút ngắn 20 - 30% thời gian giải quyết.", [(20, "%", None, 30)]),
        ("Giải quyết tối thiểu 95,5% hồ sơ đúng hạn.", [(95.5, "%", ">=", None)]),
        ("Công bố quy trình của 59 TTHC.", [(59, "TTHC", None, None)]),
        ("Xử lý dứt điểm 1.250 hồ sơ tồn đọng.", [(1250, "hồ sơ", None, None)]),
        ("Hiện nay mới đạt 45% số hồ sơ; tiếp tục số hóa hồ sơ.", []),
        ("Sửa đổi một số điều của 37 văn bản về quy hoạch.", []),
        ("Rà soát các văn bản có liên quan (04 nghị quyết, 03 kế hoạch).", []),
        ("Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.", []),
    ],
)
def test_numbers_to_be_reached(
    item: str, expected: list[tuple[float, str, str | None, float | None]]
) -> None:
    found = read_item(item).targets
    assert [(t.value, t.unit, t.op, t.value_max) for t in found] == expected


@pytest.mark.parametrize(
    ("item", "metric"),
    [
        (
            "Tập trung số hóa 100% hồ sơ, tài liệu còn hiệu lực, hoàn thành trước 30/11/2025.",
            "số hóa 100% hồ sơ, tài liệu còn hiệu lực",
        ),
        ("Tổ chức rà soát 100% quy trình, phê duyệt phương án.", "rà soát 100% quy trình"),
        (
            "Bảo đảm cắt giảm tối thiểu 30% thời gian và đơn giản hóa hồ sơ.",
            "cắt giảm tối thiểu 30% thời gian",
        ),
        ("Công bố quy trình của 59 TTHC theo Nghị quyết.", "Công bố quy trình của 59 TTHC"),
    ],
)
def test_what_a_number_counts(item: str, metric: str) -> None:
    (target,) = read_item(item).targets
    assert target.metric_text == metric


def test_documents_an_item_cites() -> None:
    (cited,) = read_item("Thực hiện Kế hoạch số 15/KH-UBND ngày 02/12/2022 của UBND tỉnh.").cited
    assert (cited.number, cited.symbol, cited.on) == ("15", "KH-UBND", date(2022, 12, 2))
