from __future__ import annotations

from django.db.models import TextChoices

from tinhgon.common.choices import labelled
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


class PeriodKind(TextChoices):
    """Loại kỳ báo cáo: the cut-off days of each kind are data of `domain.reporting`."""

    QUARTER = "quarter", "Quý"
    HALF = "half", "6 tháng"
    YEAR = "year", "Năm"
    SPECIAL = "special", "Chuyên đề, đột xuất"


AUDIT_KINDS = {
    "reports.period_opened": "Mở kỳ báo cáo",
    "reports.period_changed": "Sửa kỳ báo cáo",
    "reports.period_frozen": "Chốt số liệu kỳ báo cáo",
    "reports.period_closed": "Kết thúc kỳ báo cáo",
    "reports.written": "Sửa nội dung báo cáo",
    "reports.sent": "Gửi báo cáo",
    "reports.nil": "Báo cáo không phát sinh",
    "reports.recalled": "Rút báo cáo đã gửi",
    "reports.returned": "Trả lại báo cáo",
    "reports.received": "Nhận báo cáo",
    "reports.restated": "Điều chỉnh số liệu báo cáo",
}
