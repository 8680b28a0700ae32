from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.domain.directives import summary


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Thực thi xong các phương án đã được phê duyệt ở lần 1 trước ngày 01/7/2024; "
                "gửi báo cáo kết quả về UBND tỉnh trước ngày 05/7/2024"
            ),
            "Thực thi xong các phương án đã được phê duyệt ở lần 1",
        ),
        (
            "Rà soát, phê duyệt phương án lần 2, hoàn thành trước ngày 01/11/2024; báo cáo",
            "Rà soát, phê duyệt phương án lần 2",
        ),
        (
            "Giao Sở Tư pháp chủ trì thẩm định quy trình sửa đổi, bảo đảm chất lượng.",
            "Sở Tư pháp chủ trì thẩm định quy trình sửa đổi",
        ),
        ("theo dõi, đôn đốc các cơ quan", "Theo dõi, đôn đốc các cơ quan"),
        (
            (
                "Tổng hợp kết quả thực hiện của các cơ quan, đơn vị, địa phương trên địa bàn tỉnh "
                "theo từng nhóm nhiệm vụ đã được giao"
            ),
            (
                "Tổng hợp kết quả thực hiện của các cơ quan, đơn vị, địa phương trên địa bàn tỉnh "
                "theo từng nhóm nhiệm vụ đã…"
            ),
        ),
    ],
)
def test_a_summary_is_the_first_clause_without_its_deadline(text: str, expected: str) -> None:
    assert summary(text) == expected


@given(st.text(max_size=400))
def test_a_summary_is_never_long(text: str) -> None:
    assert len(summary(text)) <= 112
