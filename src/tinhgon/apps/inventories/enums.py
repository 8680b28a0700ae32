from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.procedures import ReplyMove as ReplyMove
from tinhgon.domain.procedures import ReplyStatus as ReplyStatus

STATUS_LABELS = {
    ReplyStatus.ASKED: "Chưa trả lời",
    ReplyStatus.ANSWERED: "Đã thống kê",
    ReplyStatus.NIL: "Không còn sót",
    ReplyStatus.RETURNED: "Trả lại để làm rõ",
    ReplyStatus.ACCEPTED: "Văn phòng đã nhận",
}
STATUS_CHOICES = labelled(ReplyStatus, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    ReplyStatus.ASKED: "none",
    ReplyStatus.ANSWERED: "ontime",
    ReplyStatus.NIL: "ontime",
    ReplyStatus.RETURNED: "returned",
    ReplyStatus.ACCEPTED: "done",
}

AUDIT_KINDS = {
    "inventories.opened": "Mở đợt thống kê bổ sung",
    "inventories.closed": "Kết thúc đợt thống kê bổ sung",
    "inventories.answered": "Trả lời thống kê bổ sung",
    "inventories.nil": "Trả lời không còn thủ tục bỏ sót",
    "inventories.returned": "Trả lại kết quả thống kê bổ sung",
    "inventories.accepted": "Nhận kết quả thống kê bổ sung",
}
