"""The terms of the method, and figures as officials write them; the only place that rounds."""

from __future__ import annotations

from decimal import Decimal

from tinhgon.domain.vntext import format_number

from ._enums import Complexity, Confidence, RowGroup, Side, Term

GROUP_WORDS = {
    RowGroup.PREPARE: "Chuẩn bị hồ sơ",
    RowGroup.SUBMIT: "Nộp hồ sơ",
    RowGroup.PAY: "Nộp phí, lệ phí, chi phí khác",
    RowGroup.INSPECTION: (
        "Chuẩn bị, phục vụ việc kiểm tra, đánh giá của cơ quan có thẩm quyền (nếu có)"
    ),
    RowGroup.OTHER: "Công việc khác (nếu có)",
    RowGroup.RECEIVE: "Nhận kết quả",
}
SIDE_WORDS = {
    Side.PERFORMING: "Bên thực hiện",
    Side.DECIDING: "Bên giải quyết",
}
TERM_WORDS = {
    Term.HOURS: "Thời gian thực hiện (giờ)",
    Term.HOURLY: "Mức TNBQ 01 người/01 giờ làm việc",
    Term.SERVICES: "Mức chi phí thuê tư vấn, dịch vụ (in ấn, photo, công chứng, bưu chính…)",
    Term.FEES: "Mức phí, lệ phí, chi phí khác",
    Term.TIMES: "Số lần thực hiện/01 năm",
    Term.SUBJECTS: "Số lượng đối tượng tuân thủ/01 năm",
}
UNIT_WORDS = {
    Term.HOURS: "giờ",
    Term.HOURLY: "đồng/giờ",
    Term.SERVICES: "đồng",
    Term.FEES: "đồng",
    Term.TIMES: "lần",
    Term.SUBJECTS: "đối tượng",
}
CONFIDENCE_WORDS = {
    Confidence.HIGH: "Chắc chắn (đo đếm được, có văn bản)",
    Confidence.MEDIUM: "Ước tính của người làm việc",
    Confidence.LOW: "Giả định, giá trị khởi đầu",
}
COMPLEXITY_WORDS = {
    Complexity.SIMPLE: "Đơn giản",
    Complexity.MEDIUM: "Trung bình",
    Complexity.COMPLEX: "Phức tạp",
}


def money(value: Decimal) -> str:
    """Return đồng as 9.773.104, rounded half up to whole ones."""
    return format_number(value, 0)


def figure(value: Decimal) -> str:
    """Return a figure as it was given, with all of its decimals: 0,25."""
    return format_number(value)


def term_words(term: Term, value: Decimal) -> str:
    """Return a figure with its unit: "16 giờ"."""
    return f"{figure(value)} {UNIT_WORDS[term]}"
