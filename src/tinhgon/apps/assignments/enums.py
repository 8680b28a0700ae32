from __future__ import annotations

from django.db import models

from tinhgon.common.choices import labelled
from tinhgon.domain.assigning import ExtensionStatus as ExtensionStatus
from tinhgon.domain.assigning import Status as Status

STATUS_LABELS = {
    Status.ISSUED: "Mới giao, chưa nhận",
    Status.ACKNOWLEDGED: "Đã nhận",
    Status.IN_PROGRESS: "Đang thực hiện",
    Status.SUBMITTED: "Đã báo cáo, chờ duyệt",
    Status.RETURNED: "Bị trả lại",
    Status.ACCEPTED: "Đã duyệt",
    Status.WITHDRAWN: "Đã thu hồi",
    Status.TRANSFERRED: "Đã chuyển cơ quan kế thừa",
}
STATUS_CHOICES = labelled(Status, STATUS_LABELS)

EXTENSION_STATUS_CHOICES = labelled(
    ExtensionStatus,
    {
        ExtensionStatus.ASKED: "Chờ quyết định",
        ExtensionStatus.GRANTED: "Được gia hạn",
        ExtensionStatus.REFUSED: "Không được gia hạn",
    },
)


AUDIT_KINDS = {
    "assignments.feed_created": "Tạo địa chỉ lịch iCal",
    "assignments.feed_revoked": "Thu hồi địa chỉ lịch iCal",
    "directives.issued": "Giao nhiệm vụ của văn bản",
    "directives.numbered": "Ghi số, ngày của văn bản đã giao",
    "directives.number_corrected": "Sửa số, ngày của văn bản đã giao",
    "directives.amended": "Văn bản được điều chỉnh",
    "directives.replaced": "Văn bản được thay thế",
    "assignments.duty_issued": "Giao nhiệm vụ",
    "assignments.duty_amended": "Điều chỉnh nhiệm vụ",
    "assignments.duty_withdrawn": "Thu hồi nhiệm vụ",
    "assignments.acknowledged": "Nhận việc",
    "assignments.progress_reported": "Cập nhật tiến độ",
    "assignments.submitted": "Báo cáo kết quả",
    "assignments.accepted": "Duyệt kết quả",
    "assignments.returned": "Trả lại kết quả",
    "assignments.fulfilled": "Đóng việc theo kết quả đã nhận trên hệ thống",
    "assignments.extension_asked": "Xin gia hạn",
    "assignments.extension_granted": "Gia hạn",
    "assignments.extension_refused": "Không gia hạn",
    "assignments.passed_on": "Giao tiếp cho đơn vị cấp dưới",
    "assignments.transferred": "Chuyển cơ quan kế thừa",
    "assignments.inherited": "Tiếp nhận từ cơ quan đã kết thúc",
    "assignments.urged": "Đôn đốc",
    "assignments.urging_drafted": "Soạn công văn đôn đốc",
}


class AnswerKind(models.TextChoices):
    PROOF = "proof", "Có văn bản chứng minh"
    NIL = "nil", "Không phát sinh"
    RECORD = "record", "Đã thực hiện trên hệ thống"


class View(models.TextChoices):
    """Which assignments a list shows; the words are those of the filter."""

    OPEN = "mo", "Chưa xong"
    OVERDUE = "qua-han", "Quá hạn"
    SOON = "sap-den-han", "Sắp đến hạn"
    ON_TIME = "con-han", "Còn hạn"
    NO_DUE = "khong-han", "Chưa xong, không có hạn"
    NEW = "chua-nhan", "Mới giao, chưa nhận"
    RETURNED = "tra-lai", "Bị trả lại"
    SUBMITTED = "cho-duyet", "Chờ duyệt"
    EXTENSION = "xin-gia-han", "Đang xin gia hạn"
    DONE = "xong", "Đã duyệt"
    DONE_LATE = "xong-tre", "Báo cáo trễ hạn"
    NIL = "khong-phat-sinh", "Báo cáo không phát sinh"
    ANSWERED = "da-bao-cao", "Đã báo cáo"
    IN_TIME = "dung-han", "Trong hạn (cả việc đã xong)"
    DATED = "co-han", "Có hạn (cả việc đã xong)"
    UNDATED = "khong-co-han", "Không có hạn (cả việc đã xong)"
    LIVE = "duoc-giao", "Được giao (trừ thu hồi, chuyển tiếp)"
    GONE = "thu-hoi", "Thu hồi, chuyển tiếp"
