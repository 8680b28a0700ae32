"""Of which kind a measure is that somebody else worded: a guess, for a person to correct."""

from __future__ import annotations

import re

from tinhgon.domain.vntext import same_spelling

from ._measure import MeasureKind

# With their tones: "bỏ" takes away, "bổ sung" adds, "bộ" is a set or a ministry.
_DROP = r"\b(bãi bỏ|loại bỏ|lược bỏ|cắt bỏ|cắt giảm|bỏ|giảm|không yêu cầu|không phải nộp)"
_PAPER = r"(thành phần|hồ sơ|giấy tờ|bản sao|bản chính|tài liệu|văn bản)"
_START = r"^\W*(đề nghị |kiến nghị |thực hiện )?"

_RULES: tuple[tuple[MeasureKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            MeasureKind.ABOLISH,
            _START + r"(bãi bỏ|hủy bỏ|cắt giảm|bỏ) (toàn bộ |nội dung )?(các )?(thủ tục|tthc)\b"
            r"(?! (thành phần|bước))",
        ),
        (MeasureKind.MERGE, _START + r"(gộp|ghép|hợp nhất|sáp nhập)( \d+| các)? (thủ tục|tthc)\b"),
        (MeasureKind.FEWER_SETS, rf"{_DROP}.{{0,40}}(số lượng hồ sơ|số bộ|từ \d+ bộ)"),
        (
            MeasureKind.SHORTEN,
            r"\b(rút ngắn|cắt giảm|giảm|rút) .{0,60}(thời gian|thời hạn|\d+ ngày)",
        ),
        (MeasureKind.MERGE_STEPS, r"\b(gộp|ghép) .{0,40}(bước|khâu|công đoạn)"),
        (MeasureKind.DROP_STEP, rf"{_DROP} .{{0,40}}(bước|khâu|công đoạn|trình tự|thủ tục lấy)"),
        (MeasureKind.DROP_CONDITION, rf"{_DROP} .{{0,30}}điều kiện"),
        (
            MeasureKind.ELECTRONIC,
            r"(điện tử|trực tuyến|bản mềm|ioffice|môi trường mạng|số hóa)",
        ),
        (MeasureKind.DROP_PAPER, rf"{_DROP} .{{0,80}}{_PAPER}"),
        (MeasureKind.DELEGATE, r"(phân cấp|ủy quyền|phân quyền)"),
        (MeasureKind.FORM, r"(mẫu hóa|mẫu đơn|tờ khai|biểu mẫu|mẫu số)"),
        (MeasureKind.INTERCONNECT, r"liên thông"),
    )
)


def guess_kind(content: str) -> MeasureKind:
    """Return the kind that the words of a measure speak for; OTHER where they do not tell."""
    words = same_spelling(content).casefold()
    return next((kind for kind, rule in _RULES if rule.search(words)), MeasureKind.OTHER)
