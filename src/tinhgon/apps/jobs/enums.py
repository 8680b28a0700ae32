from __future__ import annotations

from tinhgon.common.choices import labelled
from tinhgon.domain.background import Move as Move
from tinhgon.domain.background import Status as Status

STATUS_LABELS = {
    Status.WAITING: "Chờ chạy",
    Status.RUNNING: "Đang chạy",
    Status.DONE: "Đã xong",
    Status.FAILED: "Không xong",
    Status.CANCELLED: "Đã hủy",
}
STATUS_CHOICES = labelled(Status, STATUS_LABELS)

# The sign and colour that go with a status: see the component {% state %}.
STATE_KINDS = {
    Status.WAITING: "waiting",
    Status.RUNNING: "soon",
    Status.DONE: "done",
    Status.FAILED: "late",
    Status.CANCELLED: "withdrawn",
}

AUDIT_KINDS = {
    "jobs.asked": "Giao việc chạy nền",
    "jobs.moved": "Việc chạy nền đổi trạng thái",
}
