"""Blocks of procedures: shared ones, measures and reasons, numbers that go wrong."""

from __future__ import annotations

import pytest

from .decisions import contents, figures, kinds, reading, reasons

BLOCK = """{head}
{n}.1. Nội dung đơn giản hóa
{content}
{n}.2. Kiến nghị thực thi
Sửa đổi Điều 3 Quy chế làm việc.
"""


def _block(head: str, content: str, n: int = 1) -> str:
    return BLOCK.format(head=head, content=content, n=n)


@pytest.mark.parametrize(
    "head",
    [
        "1. Đối với 02 thủ tục hành chính:\n- Thủ tục cử đi học\n- Thủ tục cử đi công tác",
        "1. Nhóm 02 TTHC:\n+ Thủ tục cử đi học;\n+ Thủ tục cử đi công tác.",
        "1. Các thủ tục sau:\na) Thủ tục cử đi học;\nb) Thủ tục cử đi công tác",
        "1. Nhóm 02 thủ tục, gồm:\n1.1. Thủ tục cử đi học\n1.2. Thủ tục cử đi công tác",
        "1. Đối với 02 TTHC: (1) Thủ tục cử đi học; (2) Thủ tục cử đi công tác",
        "1. Đối với\n02 TTHC:\n- Thủ tục cử đi học\n- Thủ tục cử đi công tác",
    ],
)
def test_several_procedures_share_a_block(head: str) -> None:
    plan = reading(_block(head, "Bỏ bản giấy.\nLý do: Đã có bản điện tử."))
    assert [each.name.rstrip(".") for each in plan.procedures] == [
        "Thủ tục cử đi học",
        "Thủ tục cử đi công tác",
    ]
    assert [each.position for each in plan.procedures] == ["1-1", "1-2"]
    assert {each.group for each in plan.procedures} == {"1"}
    assert [contents(each) for each in plan.procedures] == [["Bỏ bản giấy."]] * 2
    assert [reasons(each) for each in plan.procedures] == [["Đã có bản điện tử."]] * 2


@pytest.mark.parametrize(
    ("content", "measures"),
    [
        ("Bỏ bản sao quyết định.", ["Bỏ bản sao quyết định."]),
        (
            "- Bỏ bản sao quyết định.\n- Rút ngắn từ 05 ngày xuống 03 ngày.",
            ["Bỏ bản sao quyết định.", "Rút ngắn từ 05 ngày xuống 03 ngày."],
        ),
        (
            "Đơn giản hóa thành phần hồ sơ:\n+ Gộp tờ trình với đề án.\n+ Bỏ biên bản họp.",
            ["Gộp tờ trình với đề án.", "Bỏ biên bản họp."],
        ),
        (
            "Bãi bỏ thành phần hồ sơ:\n+ Bản sao quyết định.\n+ Bản sao giấy ủy quyền.",
            ["Bãi bỏ thành phần hồ sơ:\n+ Bản sao quyết định.\n+ Bản sao giấy ủy quyền."],
        ),
        (
            (
                "Giảm thời gian từ 10 ngày còn 07 ngày, cụ thể:\n- Thời gian thẩm định: "
                "từ 06 ngày còn 04 ngày.\n- Thời gian trình ký: từ 04 ngày còn 03 ngày."
            ),
            [
                (
                    "Giảm thời gian từ 10 ngày còn 07 ngày, cụ thể:\n- Thời gian thẩm định: "
                    "từ 06 ngày còn 04 ngày.\n- Thời gian trình ký: từ 04 ngày còn 03 ngày."
                )
            ],
        ),
        (
            (
                "a) Về thành phần hồ sơ:\n- Bỏ bản sao quyết định;\n- Bỏ bản cam kết.\n"
                "b) Về thời hạn giải quyết: rút ngắn từ 05 ngày xuống 03 ngày."
            ),
            [
                "Bỏ bản sao quyết định;",
                "Bỏ bản cam kết.",
                "Về thời hạn giải quyết: rút ngắn từ 05 ngày xuống 03 ngày.",
            ],
        ),
        (
            "1.1.1. Gửi hồ sơ qua hệ thống quản lý văn bản.\n1.1.2. Ký số thay chữ ký tươi.",
            ["Gửi hồ sơ qua hệ thống quản lý văn bản.", "Ký số thay chữ ký tươi."],
        ),
        (
            "Thời gian cắt giảm: từ 05 ngày làm việc xuống 03 ngày làm việc.",
            ["Thời gian cắt giảm: từ 05 ngày làm việc xuống 03 ngày làm việc."],
        ),
        (
            "Bỏ bước lấy ý kiến lần hai.\nGộp bước thẩm định với bước trình.",
            ["Bỏ bước lấy ý kiến lần hai.", "Gộp bước thẩm định với bước trình."],
        ),
    ],
)
def test_what_is_one_measure_and_what_are_several(content: str, measures: list[str]) -> None:
    (each,) = reading(_block("1. Thủ tục cử đi học", content)).procedures
    assert contents(each) == measures


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("- Bỏ A.\n- Bỏ B.\nLý do: Trùng lặp.", ["Trùng lặp.", "Trùng lặp."]),
        ("a) Bỏ A.\nLý do: Đã có.\nb) Bỏ B.\nLý do: Không dùng.", ["Đã có.", "Không dùng."]),
        ("- Bỏ A.\nLý do: Đã có.\n- Bỏ B.\n- Lý do: Không dùng.", ["Đã có.", "Không dùng."]),
        ("Bỏ A. Lý do: Đã có.", ["Đã có."]),
        ("Bỏ A.\nLý do:\n- Đã có.\n- Không dùng.", ["- Đã có.\n- Không dùng."]),
        ("Bỏ A.\nLý do: Đã có.\nHồ sơ vẫn đủ.", ["Đã có.\nHồ sơ vẫn đủ."]),
        ("Bỏ A.", [None]),
        ("Lý do: Đã có.\nBỏ A.", [None]),
    ],
)
def test_a_reason_holds_for_what_stands_before_it(content: str, expected: list[str | None]) -> None:
    plan = reading(_block("1. Thủ tục cử đi học", content))
    if expected != [None] or content == "Bỏ A.":
        assert reasons(plan.procedures[0]) == expected


def test_what_is_wrong_in_the_sums_is_shown() -> None:
    plan = reading(
        _block("1. Thủ tục cử đi học", "Bỏ A.") + "1.3. Lợi ích phương án đơn giản hóa\n"
        "- Chi phí tuân thủ TTHC trước khi đơn giản hóa: (10 giờ x 40.000 đồng/giờ) x 10 hồ sơ/năm "
        "= 5.000.000 đồng/năm.\n"
        "- Chi phí tuân thủ TTHC sau khi đơn giản hóa: 3.000.000 đồng/năm.\n"
        "- Chi phí tiết kiệm: 1.000.000 đồng/năm.\n"
        "- Tỷ lệ cắt giảm chi phí: 40%.\n"
    )
    assert figures(plan.procedures[0]) == ["5000000", "3000000", "1000000", "40"]
    assert [(p.kind.value, p.position) for p in plan.problems] == [
        ("saved", "1"),
        ("ratio", "1"),
        ("formula", "1"),
    ]
    assert plan.problems[0].text == (
        "Chi phí tiết kiệm in 1.000.000 đồng, trong khi 5.000.000 đồng trừ 3.000.000 đồng "
        "là 2.000.000 đồng."
    )
    assert "tính từ chi phí là 20%" in plan.problems[1].text
    assert "cho 4.000.000 đồng" in plan.problems[2].text


def test_costs_that_rise_and_ratios_of_nothing_are_shown() -> None:
    rising = reading(
        _block("1. Thủ tục cử đi học", "Bỏ A.") + "1.3. Lợi ích phương án\n"
        "Chi phí trước khi đơn giản hóa: 1.000.000 đồng/năm\n"
        "Chi phí sau khi đơn giản hóa: 2.000.000 đồng/năm\n"
    )
    assert kinds(rising) == ["cost"]
    nothing = reading(
        _block("1. Thủ tục cử đi học", "Bỏ A.") + "1.3. Lợi ích phương án\n"
        "Chi phí trước khi đơn giản hóa: 0 đồng/năm\nTỷ lệ cắt giảm chi phí: 100%\n"
    )
    assert kinds(nothing) == ["ratio"]
    assert "không xác định" in nothing.problems[0].text


@pytest.mark.parametrize(
    ("content", "after", "found"),
    [
        ("Bãi bỏ thủ tục.", "600.000", ["cost"]),
        ("Bãi bỏ toàn bộ thủ tục hành chính nội bộ này.", "600.000", ["cost"]),
        ("Bãi bỏ thủ tục.", "0", []),
        ("Bãi bỏ thủ tục xác nhận của Ủy ban nhân dân xã.", "600.000", []),
    ],
)
def test_what_is_abolished_costs_nothing_afterwards(
    content: str, after: str, found: list[str]
) -> None:
    plan = reading(
        _block("1. Thủ tục cử đi học", content) + "1.3. Lợi ích phương án\n"
        "Chi phí trước khi đơn giản hóa: 1.000.000 đồng/năm\n"
        f"Chi phí sau khi đơn giản hóa: {after} đồng/năm\n"
    )
    assert kinds(plan) == found


def test_counts_are_held_against_the_first_article_and_headings() -> None:
    annex = (
        "I. LĨNH VỰC ĐÀO TẠO (02 TTHC)\n"
        + _block("1. Thủ tục cử đi học", "Bỏ A.")
        + "II. LĨNH VỰC BIÊN CHẾ (01 TTHC)\n"
        + _block("1. Thủ tục giao biên chế", "Bỏ B.")
    )
    plan = reading(annex, first="Thông qua phương án đơn giản hóa 03 thủ tục hành chính nội bộ.")
    assert [count.count for count in plan.stated_counts] == [3, 2, 1]
    assert [p.text.partition("”")[0] for p in plan.problems] == [
        "Văn bản nêu “03 thủ tục hành chính nội bộ",
        "Văn bản nêu “LĨNH VỰC ĐÀO TẠO (02 TTHC)",
    ]


def test_totals_are_held_against_the_sum() -> None:
    costs = (
        "{n}.3. Lợi ích phương án\n- Chi phí trước khi đơn giản hóa: 10.000.000 đồng/năm\n"
        "- Chi phí sau khi đơn giản hóa: 8.000.000 đồng/năm\n- Chi phí tiết kiệm: 2.000.000 "
        "đồng/năm\n- Tỷ lệ cắt giảm: 20%\n"
    )
    plan = reading(
        _block("1. Thủ tục cử đi học", "Bỏ A.")
        + costs.format(n=1)
        + _block("2. Thủ tục giao biên chế", "Bỏ B.", n=2)
        + costs.format(n=2)
        + "Tổng chi phí tuân thủ của 02 TTHC trước khi đơn giản hóa: 20.000.000 đồng/năm\n"
        "Tổng chi phí tiết kiệm của 02 TTHC: 5.000.000 đồng/năm\n"
    )
    assert plan.totals.before == 20000000
    assert plan.totals.saved == 5000000
    assert [p.text for p in plan.problems] == [
        "Tổng chi phí tiết kiệm in 5.000.000 đồng, cộng 2 phương án được 4.000.000 đồng."
    ]


def test_without_costs_the_benefit_stays_in_words() -> None:
    plan = reading(
        _block("1. Thủ tục cử đi học", "Bỏ A.")
        + "1.3. Lợi ích phương án\nGiảm thời gian chờ đợi, tiết kiệm chi phí đi lại.\n"
    )
    (each,) = plan.procedures
    assert each.costs.is_empty
    assert each.benefit == "Giảm thời gian chờ đợi, tiết kiệm chi phí đi lại."
    assert not plan.problems


@pytest.mark.parametrize(
    "head",
    [
        "1. Thủ tục cử đi học (1.004321)",
        "1. Thủ tục cử đi học - Mã TTHC: 1.004321",
        "1. 1.004321 - Thủ tục cử đi học",
        "1. Thủ tục cử đi học\nMã số: 1.004321",
        "1. Tên thủ tục hành chính: Thủ tục cử đi học (Mã số TTHC: 1.004321)",
    ],
)
def test_the_code_beside_the_name(head: str) -> None:
    (each,) = reading(_block(head, "Bỏ A.")).procedures
    assert (each.name, each.code) == ("Thủ tục cử đi học", "1.004321")


def test_columns_of_times_are_the_measure_and_no_cost() -> None:
    (each,) = reading(
        "STT | Tên TTHC (Mã số) | Thời hạn theo quy định | Thời hạn sau cắt giảm | Tỷ lệ cắt giảm\n"
        "1 | Cử đi học (1.004321) | 10 ngày | 07 ngày | 30%"
    ).procedures
    assert (each.name, each.code) == ("Cử đi học", "1.004321")
    assert contents(each) == ["Thời hạn theo quy định: 10 ngày; Thời hạn sau cắt giảm: 07 ngày"]
    assert each.costs.is_empty


def test_headings_without_labels() -> None:
    plan = reading(
        "1. Thủ tục cử đi học\n- Rút ngắn từ 05 ngày xuống 03 ngày.\n"
        "2. Thủ tục giao biên chế\n- Bỏ bản giấy.\n- Gộp hai tờ trình.\n"
    )
    assert [(each.name, contents(each)) for each in plan.procedures] == [
        ("Thủ tục cử đi học", ["Rút ngắn từ 05 ngày xuống 03 ngày."]),
        ("Thủ tục giao biên chế", ["Bỏ bản giấy.", "Gộp hai tờ trình."]),
    ]


def test_content_without_a_label_of_its_own() -> None:
    plan = reading(
        "1. Thủ tục cử đi học\nThời gian cắt giảm: từ 05 ngày xuống 03 ngày.\n"
        "Lý do: Bớt một vòng ký.\nKiến nghị thực thi: Sửa Điều 3 Quy chế.\n"
        "2. Thủ tục giao biên chế\nThành phần hồ sơ: bỏ bản giấy.\n"
        "Lý do: Đã có bản điện tử.\nKiến nghị thực thi: Sửa Điều 4 Quy chế.\n"
    )
    assert [(contents(each), reasons(each), each.implementation) for each in plan.procedures] == [
        (
            ["Thời gian cắt giảm: từ 05 ngày xuống 03 ngày."],
            ["Bớt một vòng ký."],
            "Sửa Điều 3 Quy chế.",
        ),
        (["Thành phần hồ sơ: bỏ bản giấy."], ["Đã có bản điện tử."], "Sửa Điều 4 Quy chế."),
    ]


def test_a_wrong_number_on_a_label_does_not_break_the_block() -> None:
    annex = _block("1. Thủ tục cử đi học", "Bỏ A.") + _block(
        "2. Thủ tục giao biên chế", "Bỏ B.", n=2
    ).replace("2.2.", "1.2.")
    plan = reading(annex)
    assert [each.implementation for each in plan.procedures] == [
        "Sửa đổi Điều 3 Quy chế làm việc."
    ] * 2


def test_numbered_items_of_a_part_are_no_procedures() -> None:
    plan = reading(
        "1. Thủ tục cử đi học\nNội dung đơn giản hóa: Bỏ A.\nKiến nghị thực thi\n"
        "1. Sửa Điều 3 Quy chế.\n2. Sửa Điều 5 Quy chế.\n"
        "2. Thủ tục giao biên chế\nNội dung đơn giản hóa: Bỏ B.\nKiến nghị thực thi\n"
        "Sửa Điều 4 Quy chế.\n"
    )
    assert [each.name for each in plan.procedures] == [
        "Thủ tục cử đi học",
        "Thủ tục giao biên chế",
    ]
    assert plan.procedures[0].implementation == "1. Sửa Điều 3 Quy chế.\n2. Sửa Điều 5 Quy chế."


def test_several_annexes_count_for_the_position() -> None:
    plan = reading(
        _block("1. Thủ tục cử đi học", "Bỏ A.")
        + "\nPHỤ LỤC II\nPHƯƠNG ÁN ĐƠN GIẢN HÓA CẤP XÃ\n\n"
        + _block("1. Thủ tục giao biên chế", "Bỏ B.")
    )
    assert len({each.position for each in plan.procedures}) == 2


def test_what_stands_between_blocks_is_kept_and_shown() -> None:
    plan = reading("Ghi chú cho người đọc phụ lục này.\n" + _block("1. Thủ tục cử đi học", "Bỏ A."))
    assert [piece.text for piece in plan.unread] == ["Ghi chú cho người đọc phụ lục này."]
    assert plan.unread[0].source.line > 30


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Lý do: Trùng.\nNội dung đơn giản hóa: Bỏ bản sao.", [("Bỏ bản sao.", "Trùng.")]),
        (
            (
                "Lý do: Trùng.\nNội dung đơn giản hóa: Bỏ bản sao.\nLý do: Đã có.\n"
                "Nội dung đơn giản hóa: Bỏ tờ trình."
            ),
            [("Bỏ bản sao.", "Trùng."), ("Bỏ tờ trình.", "Đã có.")],
        ),
        (
            "Lý do: Trùng.\nNội dung đơn giản hóa: Bỏ bản sao.\nLý do: Đã có.",
            [("Bỏ bản sao.", "Trùng.\nĐã có.")],
        ),
    ],
)
def test_a_reason_before_its_content(content: str, told: list[tuple[str, str]]) -> None:
    [procedure] = reading(f"1. Thủ tục cử đi học\n{content}").procedures
    assert list(zip(contents(procedure), reasons(procedure), strict=True)) == told
