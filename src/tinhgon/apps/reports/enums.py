from __future__ import annotations

from django.db.models import TextChoices

from tinhgon.common.choices import labelled
from tinhgon.domain.reportbook import Part as Part
from tinhgon.domain.reportbook import Verdict as Verdict
from tinhgon.domain.reportbook import WorkbookMove as WorkbookMove
from tinhgon.domain.reportbook import WorkbookStatus as WorkbookStatus
from tinhgon.domain.reporting import ReportMove as ReportMove
from tinhgon.domain.reporting import ReportStatus as ReportStatus

STATUS_LABELS = {
    ReportStatus.DRAFT: "Chưa gửi",
    ReportStatus.SENT: "Đã gửi",
    ReportStatus.NIL: "Không phát sinh",
    ReportStatus.RETURNED: "Trả lại để hoàn thiện",
    ReportStatus.RECEIVED: "Đã nhận",
}
STATUS_CHOICES = labelled(ReportStatus, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    ReportStatus.DRAFT: "none",
    ReportStatus.SENT: "waiting",
    ReportStatus.NIL: "waiting",
    ReportStatus.RETURNED: "returned",
    ReportStatus.RECEIVED: "done",
}


WORKBOOK_LABELS = {
    WorkbookStatus.WAITING: "Chờ ghi",
    WorkbookStatus.FAULTY: "Có lỗi, cần nộp lại",
    WorkbookStatus.MERGED: "Đã ghi",
    WorkbookStatus.DISCARDED: "Đã bỏ",
    WorkbookStatus.REPLACED: "Đã thay bằng tệp nộp sau",
}
WORKBOOK_CHOICES = labelled(WorkbookStatus, WORKBOOK_LABELS)
WORKBOOK_KINDS = {
    WorkbookStatus.WAITING: "waiting",
    WorkbookStatus.FAULTY: "returned",
    WorkbookStatus.MERGED: "done",
    WorkbookStatus.DISCARDED: "withdrawn",
    WorkbookStatus.REPLACED: "withdrawn",
}

VERDICT_LABELS = {
    Verdict.WRITE: "sẽ ghi",
    Verdict.SAME: "đã có",
    Verdict.STALE: "đã có người sửa, cần chọn",
    Verdict.CLOSED: "không ghi được",
}
VERDICT_KINDS = {
    Verdict.WRITE: "ontime",
    Verdict.SAME: "none",
    Verdict.STALE: "soon",
    Verdict.CLOSED: "withdrawn",
}


MOST_WORDS = 20_000
"""Letters that a report tells under one section."""


class Keep(TextChoices):
    """Giữ bản nào: what becomes of a row that somebody changed since the workbook went out."""

    FILE = "tep", "Lấy bản trong tệp"
    STORED = "he-thong", "Giữ bản trên hệ thống"
    BOTH = "ca-hai", "Giữ cả hai, bản trong tệp nối sau"


class PeriodKind(TextChoices):
    """Loại kỳ báo cáo: the cut-off days of each kind are data of `domain.reporting`."""

    QUARTER = "quarter", "Quý"
    HALF = "half", "6 tháng"
    YEAR = "year", "Năm"
    SPECIAL = "special", "Chuyên đề, đột xuất"


class Standing(TextChoices):
    """Where a report stands, as the lists are filtered by it."""

    ON_TIME = "dung-han", "đã gửi đúng hạn"
    SENT_LATE = "gui-tre", "đã gửi trễ"
    NOT_YET = "chua-gui", "chưa gửi, còn hạn"
    OVERDUE = "qua-han", "quá hạn chưa gửi"
    NIL = "khong-phat-sinh", "báo cáo không phát sinh"
    TO_RECEIVE = "cho-nhan", "chờ nhận"
    RETURNED = "tra-lai", "đang trả lại"
    RECEIVED = "da-nhan", "đã nhận"
    TO_SEND = "phai-gui", "còn phải gửi"


AUDIT_KINDS = {
    "reports.period_opened": "Mở kỳ báo cáo",
    "reports.period_changed": "Sửa kỳ báo cáo",
    "reports.period_frozen": "Chốt số liệu kỳ báo cáo",
    "reports.period_closed": "Kết thúc kỳ báo cáo",
    "reports.written": "Sửa nội dung báo cáo",
    "reports.sent": "Gửi báo cáo",
    "reports.nil": "Báo cáo không phát sinh",
    "reports.nil_proposed": "Đề nghị báo cáo không phát sinh",
    "reports.recalled": "Rút báo cáo đã gửi",
    "reports.returned": "Trả lại báo cáo",
    "reports.received": "Nhận báo cáo",
    "reports.urged": "Đôn đốc gửi báo cáo",
    "reports.inherited": "Chuyển báo cáo cho cơ quan kế thừa",
    "reports.template_added": "Thay mẫu báo cáo",
    "reports.template_used": "Dùng lại mẫu báo cáo",
    "reports.template_put_aside": "Thôi dùng mẫu báo cáo",
    "reports.restated": "Điều chỉnh số liệu báo cáo",
    "reports.workbook_returned": "Nộp tệp ngoại tuyến",
    "reports.workbook_merged": "Ghi tệp ngoại tuyến",
    "reports.workbook_discarded": "Bỏ tệp ngoại tuyến",
    "reports.figure_remarked": "Ghi ý kiến về số liệu",
}
