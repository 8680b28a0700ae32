from __future__ import annotations

from typing import Any

import pytest

from tests.domain.simplification.test_apply import RECORD
from tinhgon.domain.simplification import Measure, MeasureKind, measure_words, targets

K = MeasureKind
WORDS: list[tuple[MeasureKind, str, dict[str, Any], str]] = [
    (K.ABOLISH, "", {}, "Bãi bỏ thủ tục hành chính"),
    (K.MERGE, "", {"into": "Lập dự toán"}, "Gộp thủ tục vào thủ tục “Lập dự toán”"),
    (K.DROP_STEP, "step:2", {}, "Bỏ bước 2 “Văn thư vào sổ”"),
    (
        K.MERGE_STEPS,
        "step:3",
        {"with": ["step:4"]},
        "Gộp bước 4 “Lấy ý kiến Sở Tài chính” vào bước 3 “Phòng chuyên môn thẩm định”",
    ),
    (
        K.SHORTEN,
        "time_limit",
        {"amount": "9", "unit": "working_day"},
        "Rút ngắn thời hạn giải quyết từ 14 ngày làm việc xuống 09 ngày làm việc",
    ),
    (
        K.SHORTEN,
        "step:5",
        {"amount": "4", "unit": "hour"},
        "Rút ngắn thời hạn của bước 5 “Giám đốc ký” từ 02 ngày làm việc xuống 04 giờ làm việc",
    ),
    (K.DROP_PAPER, "paper:3", {}, "Bỏ giấy tờ “Quyết định thành lập”"),
    (K.FEWER_SETS, "dossier_sets", {"sets": 1}, "Giảm số lượng hồ sơ từ 03 bộ xuống 01 bộ"),
    (
        K.ELECTRONIC,
        "paper:1",
        {},
        "Thay bản giấy bằng bản điện tử đối với giấy tờ “Tờ trình”",
    ),
    (
        K.DELEGATE,
        "body:1",
        {"name": "Sở Tài chính"},
        "Ủy quyền thẩm quyền giải quyết cho Sở Tài chính",
    ),
    (K.DROP_CONDITION, "condition:1", {}, "Bỏ yêu cầu, điều kiện “Đã được giao dự toán”"),
    (K.INTERCONNECT, "", {}, "Thực hiện liên thông"),
    (K.OTHER, "result", {"text": "Thông báo"}, "Sửa “kết quả thực hiện” thành “Thông báo”"),
    (K.OTHER, "", {}, "Nội dung khác"),
]


@pytest.mark.parametrize(("kind", "target", "value", "words"), WORDS)
def test_a_measure_says_what_it_does(
    kind: MeasureKind, target: str, value: dict[str, Any], words: str
) -> None:
    assert measure_words(RECORD, Measure(kind, target, value)) == words


def test_every_kind_offers_the_parts_it_may_act_on() -> None:
    offered = {kind: [target.key for target in targets(RECORD, kind)] for kind in MeasureKind}

    assert offered[K.SHORTEN] == ["time_limit", *(f"step:{n}" for n in range(1, 6))]
    assert offered[K.DROP_PAPER] == ["paper:1", "paper:2", "paper:3"]
    assert offered[K.FEWER_SETS] == ["dossier_sets"]
    assert all(offered.values())
