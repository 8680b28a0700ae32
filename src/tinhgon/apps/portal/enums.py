from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.suggesting import Move as Move
from tinhgon.domain.suggesting import Status as Status

STATUS_LABELS = {
    Status.NEW: "Mới nhận",
    Status.SHOWN: "Đã đăng",
    Status.ANSWERED: "Đã trả lời",
    Status.DECLINED: "Không đăng",
}
STATUS_CHOICES = labelled(Status, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    Status.NEW: "waiting",
    Status.SHOWN: "ontime",
    Status.ANSWERED: "done",
    Status.DECLINED: "withdrawn",
}

AUDIT_KINDS = {
    "portal.suggested": "Gửi góp ý về thủ tục",
    "portal.suggestion_moved": "Xử lý góp ý về thủ tục",
}
