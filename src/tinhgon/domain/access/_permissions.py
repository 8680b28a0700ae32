from __future__ import annotations

from enum import StrEnum, auto


class Permission(StrEnum):
    """Something a person may do on a branch of the tree of agencies (quyền)."""

    SEE = auto()
    UPLOAD_DIRECTIVE = auto()
    ISSUE = auto()
    ANSWER = auto()
    PASS_ON = auto()
    REVIEW = auto()
    URGE = auto()
    REGISTER_DOCUMENT = auto()
    MANAGE_AGENCIES = auto()
    MANAGE_PEOPLE = auto()
    MANAGE_CALENDAR = auto()
    MANAGE_PROGRAMMES = auto()
    SEE_AUDIT = auto()
    PROPOSE_PROCEDURE = auto()
    CONFIRM_PROCEDURE = auto()
    CHECK_PROCEDURE = auto()
    DRAFT_DECISION = auto()
    RECORD_DECISION = auto()
    MANAGE_ROUNDS = auto()
    REVIEW_PROCEDURES = auto()
    CONFIRM_REVIEW = auto()
    CHECK_REVIEW = auto()
    ASSESS_PLAN = auto()
    RECORD_PLAN_DECISION = auto()
    WRITE_REPORT = auto()
    SEND_REPORT = auto()
    RECEIVE_REPORTS = auto()
    MANAGE_REPORT_PERIODS = auto()
    RAISE_DIFFICULTY = auto()
    SEND_DIFFICULTY = auto()
    ANSWER_DIFFICULTY = auto()
    GUIDE_DIFFICULTY = auto()

    @property
    def description(self) -> str:
        """The permission as a sentence in Vietnamese, for the page of roles."""
        return _DESCRIPTIONS[self]


_DESCRIPTIONS: dict[Permission, str] = {
    Permission.SEE: "Xem văn bản, nhiệm vụ và kết quả thực hiện.",
    Permission.UPLOAD_DIRECTIVE: "Tải văn bản chỉ đạo lên và sửa nội dung đọc được.",
    Permission.ISSUE: "Giao nhiệm vụ cho các cơ quan, điều chỉnh và thu hồi nhiệm vụ đã giao.",
    Permission.ANSWER: ("Tiếp nhận nhiệm vụ, cập nhật tiến độ, gửi kết quả và đề nghị gia hạn."),
    Permission.PASS_ON: "Giao tiếp nhiệm vụ cho cơ quan, đơn vị cấp dưới.",
    Permission.REVIEW: ("Chấp nhận kết quả, trả lại để bổ sung và quyết định đề nghị gia hạn."),
    Permission.URGE: "Soạn văn bản đôn đốc gửi các cơ quan chậm thực hiện.",
    Permission.REGISTER_DOCUMENT: "Vào sổ văn bản đi, văn bản đến.",
    Permission.MANAGE_AGENCIES: "Quản lý cơ quan: thêm, đổi tên, sáp nhập, chia tách, kết thúc.",
    Permission.MANAGE_PEOPLE: "Quản lý người dùng: mời, phân vai trò, điều chuyển, ngừng sử dụng.",
    Permission.MANAGE_CALENDAR: "Quản lý lịch làm việc: ngày nghỉ, ngày làm bù.",
    Permission.MANAGE_PROGRAMMES: "Quản lý chương trình, đợt thực hiện, mốc thời gian và chỉ tiêu.",
    Permission.SEE_AUDIT: "Xem nhật ký thay đổi.",
    Permission.PROPOSE_PROCEDURE: "Thống kê, cập nhật nội dung thủ tục hành chính nội bộ.",
    Permission.CONFIRM_PROCEDURE: "Xác nhận thủ tục hành chính do cơ quan mình thống kê.",
    Permission.CHECK_PROCEDURE: (
        "Kiểm soát chất lượng thủ tục hành chính: kiểm tra, trả lại, gộp, công khai."
    ),
    Permission.DRAFT_DECISION: "Soạn và trình quyết định công bố thủ tục hành chính.",
    Permission.RECORD_DECISION: "Ghi số, ngày, người ký của quyết định công bố đã ký.",
    Permission.MANAGE_ROUNDS: (
        "Mở, bổ sung, kết thúc đợt rà soát; quản lý phiếu hỏi và định mức chi phí."
    ),
    Permission.REVIEW_PROCEDURES: (
        "Rà soát thủ tục của cơ quan mình, tính chi phí tuân thủ, soạn phương án đơn giản hóa."
    ),
    Permission.CONFIRM_REVIEW: (
        "Xác nhận kết quả rà soát và phương án đơn giản hóa của cơ quan mình."
    ),
    Permission.CHECK_REVIEW: "Kiểm tra kết quả rà soát của các cơ quan, trả lại để rà soát thêm.",
    Permission.ASSESS_PLAN: (
        "Đánh giá phương án đơn giản hóa của các cơ quan khác, trả lại để hoàn thiện."
    ),
    Permission.RECORD_PLAN_DECISION: "Ghi quyết định phê duyệt phương án đơn giản hóa đã ký.",
    Permission.WRITE_REPORT: "Soạn báo cáo định kỳ, chuyên đề của cơ quan mình.",
    Permission.SEND_REPORT: "Gửi, rút báo cáo của cơ quan mình, báo cáo không phát sinh.",
    Permission.RECEIVE_REPORTS: (
        "Nhận báo cáo của các cơ quan gửi đến, trả lại để hoàn thiện, đôn đốc."
    ),
    Permission.MANAGE_REPORT_PERIODS: "Mở, sửa, chốt số liệu, kết thúc kỳ báo cáo.",
    Permission.RAISE_DIFFICULTY: (
        "Nêu khó khăn, vướng mắc của cơ quan mình, đồng ý hoặc không đồng ý với trả lời."
    ),
    Permission.SEND_DIFFICULTY: "Gửi khó khăn, vướng mắc vượt thẩm quyền lên cấp trên.",
    Permission.ANSWER_DIFFICULTY: (
        "Tiếp nhận, trả lời, trả lại khó khăn, vướng mắc gửi đến cơ quan mình."
    ),
    Permission.GUIDE_DIFFICULTY: (
        "Chọn trả lời vướng mắc làm hướng dẫn dùng chung cho mọi cơ quan, đơn vị."
    ),
}
