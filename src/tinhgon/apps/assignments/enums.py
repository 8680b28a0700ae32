from __future__ import annotations

from enum import StrEnum, auto

from django.db import models

from tinhgon.common.choices import labelled


class Status(StrEnum):
    ISSUED = auto()
    ACKNOWLEDGED = auto()
    IN_PROGRESS = auto()
    SUBMITTED = auto()
    RETURNED = auto()
    ACCEPTED = auto()
    WITHDRAWN = auto()
    TRANSFERRED = auto()


class ExtensionStatus(StrEnum):
    ASKED = auto()
    GRANTED = auto()
    REFUSED = auto()


STATUS_CHOICES = labelled(
    Status,
    {
        Status.ISSUED: "Đã giao",
        Status.ACKNOWLEDGED: "Đã nhận",
        Status.IN_PROGRESS: "Đang thực hiện",
        Status.SUBMITTED: "Đã báo cáo, chờ duyệt",
        Status.RETURNED: "Trả lại",
        Status.ACCEPTED: "Đã duyệt",
        Status.WITHDRAWN: "Đã thu hồi",
        Status.TRANSFERRED: "Đã chuyển cơ quan kế thừa",
    },
)

EXTENSION_STATUS_CHOICES = labelled(
    ExtensionStatus,
    {
        ExtensionStatus.ASKED: "Đang xin gia hạn",
        ExtensionStatus.GRANTED: "Được gia hạn",
        ExtensionStatus.REFUSED: "Không được gia hạn",
    },
)


class AnswerKind(models.TextChoices):
    PROOF = "proof", "Có văn bản chứng minh"
    NIL = "nil", "Không phát sinh"
