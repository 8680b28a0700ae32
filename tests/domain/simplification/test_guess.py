from __future__ import annotations

import pytest

from tinhgon.domain.simplification import MeasureKind, guess_kind

K = MeasureKind
CASES: dict[str, MeasureKind] = {
    "Bãi bỏ thủ tục này": K.ABOLISH,
    "Đề nghị bãi bỏ TTHC": K.ABOLISH,
    "Cắt giảm thủ tục hành chính": K.ABOLISH,
    "Gộp thủ tục này với thủ tục “Cử công chức đi đào tạo”": K.MERGE,
    "Hợp nhất 02 thủ tục thành một": K.MERGE,
    "Rút ngắn thời gian giải quyết từ 10 ngày xuống 07 ngày làm việc": K.SHORTEN,
    "Giảm thời gian giải quyết thủ tục hành chính từ 10 ngày còn 09 ngày": K.SHORTEN,
    "Cắt giảm thời hạn thẩm định": K.SHORTEN,
    "Bãi bỏ thành phần hồ sơ: “Bản sao quyết định thành lập”": K.DROP_PAPER,
    "Không yêu cầu nộp bản sao bằng tốt nghiệp": K.DROP_PAPER,
    "Giảm số lượng hồ sơ từ 02 bộ xuống 01 bộ": K.FEWER_SETS,
    "Bỏ bước lấy ý kiến Sở Tài chính": K.DROP_STEP,
    "Gộp bước thẩm định và bước trình": K.MERGE_STEPS,
    "Bỏ điều kiện về số năm công tác": K.DROP_CONDITION,
    "Gửi hồ sơ trực tuyến qua hệ thống iOffice": K.ELECTRONIC,
    "Ủy quyền cho Giám đốc Sở Nội vụ quyết định": K.DELEGATE,
    "Mẫu hóa tờ trình": K.FORM,
    "Thực hiện liên thông với thủ tục bổ nhiệm": K.INTERCONNECT,
    "Sửa tên thủ tục cho phù hợp": K.OTHER,
    "Uỷ quyền cho Giám đốc Sở": K.DELEGATE,
    "Bổ sung thành phần hồ sơ": K.OTHER,
    "Bổ sung bước lấy ý kiến Sở Tài chính": K.OTHER,
    "Sửa đổi, bổ sung yêu cầu, điều kiện": K.OTHER,
    "Cán bộ nộp hồ sơ tại một cửa": K.OTHER,
    "Bộ Nội vụ ban hành văn bản hướng dẫn": K.OTHER,
    "Quy định số lượng 01 bộ hồ sơ": K.OTHER,
    "": K.OTHER,
}


@pytest.mark.parametrize("words", CASES)
def test_the_kind_that_words_speak_for(words: str) -> None:
    assert guess_kind(words) is CASES[words]


@pytest.mark.parametrize(
    "words",
    [
        "Bãi bỏ thành phần hồ sơ của thủ tục",
        "Giảm thời gian giải quyết thủ tục",
        "Không bãi bỏ thủ tục mà giảm hồ sơ",
    ],
)
def test_what_only_mentions_the_procedure_does_not_end_it(words: str) -> None:
    assert guess_kind(words) not in {K.ABOLISH, K.MERGE}
